#include "waywarden/routing/elimination.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>
#include <utility>

namespace waywarden {
namespace {

using Neighbours = std::vector<std::vector<std::uint32_t>>;

Neighbours neighbours(std::size_t nodes, std::span<const Joint> joints) {
  Neighbours near(nodes);
  for (const Joint& joint : joints) {
    if (joint.a == joint.b) continue;
    near[joint.a].push_back(joint.b);
    near[joint.b].push_back(joint.a);
  }
  for (std::vector<std::uint32_t>& list : near) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return near;
}

/// Takes nodes out while keeping everyone's neighbours among those that are left.
class Game {
 public:
  explicit Game(Neighbours near) : near_(std::move(near)), level_(near_.size(), 0) {
    for (std::uint32_t n = 0; n < near_.size(); ++n) queue_.push(entry(n));
  }

  /// The next node to go.
  std::uint32_t take() {
    // Entries are renewed when a node changes; outdated ones are passed over.
    while (queue_.top() != entry(std::get<2>(queue_.top()))) queue_.pop();
    const std::uint32_t node = std::get<2>(queue_.top());
    queue_.pop();
    const std::vector<std::uint32_t> around = std::exchange(near_[node], {});
    const std::uint32_t level = level_[node] + 1;
    level_[node] = kGone;
    for (const std::uint32_t n : around) join(n, node, around, level);
    return node;
  }

 private:
  using Entry = std::tuple<std::size_t, std::uint32_t, std::uint32_t>;
  static constexpr std::uint32_t kGone = 0xFFFFFFFF;

  Entry entry(std::uint32_t n) const { return {near_[n].size(), level_[n], n}; }

  void join(std::uint32_t n, std::uint32_t gone, const std::vector<std::uint32_t>& around,
            std::uint32_t level) {
    std::vector<std::uint32_t> merged;
    merged.reserve(near_[n].size() + around.size());
    std::set_union(near_[n].begin(), near_[n].end(), around.begin(), around.end(),
                   std::back_inserter(merged));
    std::erase_if(merged, [&](std::uint32_t other) { return other == n || other == gone; });
    near_[n] = std::move(merged);
    level_[n] = std::max(level_[n], level);
    queue_.push(entry(n));
  }

  Neighbours near_;
  std::vector<std::uint32_t> level_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

}  // namespace

std::vector<std::uint32_t> minimum_degree_order(std::size_t nodes, std::span<const Joint> joints) {
  Game game(neighbours(nodes, joints));
  std::vector<std::uint32_t> order;
  for (std::size_t r = 0; r < nodes; ++r) order.push_back(game.take());
  return order;
}

}  // namespace waywarden
