#include "waywarden/network/chains.h"

#include <algorithm>
#include <map>

namespace waywarden {
namespace {

using Stop = std::pair<Mode, Point>;

/// Which links end at each point, per mode.
std::map<Stop, std::vector<std::size_t>> incidence(const std::vector<Link>& links) {
  std::map<Stop, std::vector<std::size_t>> at;
  for (std::size_t i = 0; i < links.size(); ++i) {
    at[{links[i].facts.mode, links[i].line.front()}].push_back(i);
    at[{links[i].facts.mode, links[i].line.back()}].push_back(i);
  }
  return at;
}

class Walker {
 public:
  explicit Walker(const std::vector<Link>& links)
      : links_(links), at_(incidence(links)), used_(links.size(), 0) {}

  std::vector<Chain> walk() {
    std::vector<Chain> found;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      if (used_[i] == 0) found.push_back(chain_through(i));
    }
    return found;
  }

 private:
  Point end(const ChainPiece& piece) const {
    const auto& line = links_[piece.link].line;
    return piece.reversed ? line.front() : line.back();
  }

  /// Follows the run from its last piece until a junction or an end.
  void extend(Chain& chain) {
    for (;;) {
      const Point here = end(chain.back());
      const auto& around = at_.at({links_[chain.back().link].facts.mode, here});
      if (around.size() != 2) return;
      const std::size_t next = around[0] == chain.back().link ? around[1] : around[0];
      if (used_[next] != 0) return;
      used_[next] = 1;
      chain.push_back({next, links_[next].line.front() != here});
    }
  }

  Chain chain_through(std::size_t start) {
    used_[start] = 1;
    Chain chain = {{start, true}};
    extend(chain);
    std::reverse(chain.begin(), chain.end());
    for (ChainPiece& piece : chain) piece.reversed = !piece.reversed;
    extend(chain);
    return chain;
  }

  const std::vector<Link>& links_;
  std::map<Stop, std::vector<std::size_t>> at_;
  std::vector<std::uint8_t> used_;
};

}  // namespace

std::vector<Chain> chains(const std::vector<Link>& links) { return Walker(links).walk(); }

}  // namespace waywarden
