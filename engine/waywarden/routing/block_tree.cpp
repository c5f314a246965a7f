#include "waywarden/routing/block_tree.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Nodes between two looks at whether to stop.
constexpr std::size_t kPiece = 1 << 16;

struct Neighbours {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> node;
};

/// Over the chosen arcs, both ways, repeats left in.
Neighbours neighbours(std::size_t nodes, ArcColumns arcs, std::span<const std::uint32_t> chosen) {
  Neighbours near{std::vector<std::uint32_t>(nodes + 1, 0), std::vector<std::uint32_t>(2 * chosen.size())};
  for (const std::uint32_t a : chosen) {
    if (a >= arcs.tail.size() || a >= arcs.head.size()) throw OptionError("there is no such arc");
    if (std::max(arcs.tail[a], arcs.head[a]) >= nodes) throw OptionError("an arc ends at no node");
    ++near.first[arcs.tail[a]];
    ++near.first[arcs.head[a]];
  }
  std::inclusive_scan(near.first.begin(), near.first.end(), near.first.begin());
  for (const std::uint32_t a : chosen) {
    near.node[--near.first[arcs.tail[a]]] = arcs.head[a];
    near.node[--near.first[arcs.head[a]]] = arcs.tail[a];
  }
  return near;
}

/// A depth-first search in which a node that has been done with hands its block to all that hang below it.
class BlockSearch {
 public:
  explicit BlockSearch(Neighbours near)
      : near_(std::move(near)),
        next_(near_.first.begin(), near_.first.end() - 1),
        number(next_.size(), 0),
        of_node(next_.size(), BlockTree::kNoBlock),
        low_(next_.size(), 0) {}

  void search(const Execution& execution) {
    for (std::uint32_t root = 0; root < number.size(); ++root) {
      if (root % kPiece == 0) execution.check();
      if (number[root] == 0) search_from(root, execution);
    }
  }

 private:
  void search_from(std::uint32_t root, const Execution& execution) {
    enter(root);
    while (!way_.empty()) {
      const std::uint32_t n = way_.back();
      if (next_[n] == near_.first[n + 1]) {
        leave(n);
      } else if (const std::uint32_t other = near_.node[next_[n]++]; number[other] == 0) {
        enter(other);
        if (seen_ % kPiece == 0) execution.check();
      } else {
        low_[n] = std::min(low_[n], number[other]);
      }
    }
    open_.clear();
  }

  void enter(std::uint32_t n) {
    number[n] = low_[n] = ++seen_;
    way_.push_back(n);
    open_.push_back(n);
  }

  void leave(std::uint32_t n) {
    way_.pop_back();
    if (way_.empty()) return;
    const std::uint32_t above = way_.back();
    if (low_[n] >= number[above]) {
      close_block(n, above);
    } else {
      low_[above] = std::min(low_[above], low_[n]);
    }
  }

  /// Nothing below n gets past the node above it.
  void close_block(std::uint32_t n, std::uint32_t above) {
    const auto block = static_cast<std::uint32_t>(top.size());
    top.push_back(above);
    for (bool more = true; more; open_.pop_back()) {
      more = open_.back() != n;
      of_node[open_.back()] = block;
    }
  }

  Neighbours near_;
  std::vector<std::uint32_t> next_;

 public:
  /// Per node from 1 on, in the order in which the search has come to it.
  std::vector<std::uint32_t> number;
  std::vector<std::uint32_t> of_node;
  std::vector<std::uint32_t> top;

 private:
  std::vector<std::uint32_t> low_;
  std::uint32_t seen_ = 0;
  /// From the root to the node that is worked on, and all nodes that have no block yet.
  std::vector<std::uint32_t> way_;
  std::vector<std::uint32_t> open_;
};

}  // namespace

BlockTree::BlockTree(std::size_t nodes, ArcColumns arcs, std::span<const std::uint32_t> chosen,
                     const Execution& execution)
    : of_arc_(arcs.tail.size(), kNoBlock) {
  BlockSearch search(neighbours(nodes, arcs, chosen));
  search.search(execution);
  // An arc belongs to the block that leads up from its lower end.
  for (const std::uint32_t a : chosen) {
    const std::uint32_t tail = arcs.tail[a], head = arcs.head[a];
    if (tail != head) of_arc_[a] = search.of_node[search.number[tail] > search.number[head] ? tail : head];
  }
  of_node_ = std::move(search.of_node);
  top_ = std::move(search.top);
  // Blocks are closed before those above them.
  depth_.resize(top_.size());
  for (std::size_t b = top_.size(); b-- > 0;) depth_[b] = static_cast<std::uint32_t>(depth(top_[b]) + 1);
}

std::vector<std::uint32_t> BlockTree::between(std::uint32_t a, std::uint32_t b) const {
  if (std::max(a, b) >= of_node_.size()) throw OptionError("there is no such node");
  std::vector<std::uint32_t> passed;
  while (a != b && of_node_[a] != of_node_[b]) {
    std::uint32_t& lower = depth(a) < depth(b) ? b : a;
    passed.push_back(of_node_[lower]);
    lower = top_[of_node_[lower]];
  }
  if (a != b && of_node_[a] == kNoBlock) return {};
  if (a != b) passed.push_back(of_node_[a]);
  std::sort(passed.begin(), passed.end());
  return passed;
}

std::vector<std::uint32_t> open_arcs(std::span<const Weight> per_arc) {
  std::vector<std::uint32_t> open;
  for (std::uint32_t a = 0; a < per_arc.size(); ++a) {
    if (per_arc[a] != kClosed) open.push_back(a);
  }
  return open;
}

}  // namespace waywarden
