#include "waywarden/routing/detail/elimination_tree.h"

#include <numeric>

namespace waywarden::detail {
namespace {

std::vector<std::uint32_t> iota(std::size_t size) {
  std::vector<std::uint32_t> numbers(size);
  std::iota(numbers.begin(), numbers.end(), 0U);
  return numbers;
}

/// The top of the tree that a rank is in so far; ways to it are shortened.
std::uint32_t top(std::vector<std::uint32_t>& above, std::uint32_t rank) {
  while (above[rank] != rank) {
    above[rank] = above[above[rank]];
    rank = above[rank];
  }
  return rank;
}

/// Number of nodes below and at each rank.
std::vector<std::uint32_t> subtree_sizes(std::span<const std::uint32_t> parent) {
  std::vector<std::uint32_t> size(parent.size(), 1);
  for (std::size_t r = 0; r < parent.size(); ++r) {
    if (parent[r] != r) size[parent[r]] += size[r];
  }
  return size;
}

}  // namespace

std::vector<std::uint32_t> elimination_tree(const Adjacency& graph, std::span<const std::uint32_t> order) {
  std::vector<std::uint32_t> rank(order.size());
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  std::vector<std::uint32_t> parent = iota(order.size()), above = parent;
  for (std::uint32_t r = 0; r < order.size(); ++r) {
    for (const std::uint32_t other : graph.of(order[r])) {
      if (rank[other] > r) continue;
      const std::uint32_t below = top(above, rank[other]);
      parent[below] = above[below] = r;
    }
  }
  return parent;
}

std::vector<std::uint32_t> in_postorder(const Adjacency& graph, std::span<const std::uint32_t> order) {
  const std::vector<std::uint32_t> parent = elimination_tree(graph, order), size = subtree_sizes(parent);
  // A subtree's block ends at its root, just below the blocks of the siblings after it.
  std::vector<std::uint32_t> end(order.size()), found(order.size());
  auto roots_end = static_cast<std::uint32_t>(order.size());
  for (auto r = static_cast<std::uint32_t>(order.size()); r-- > 0;) {
    std::uint32_t& block_end = parent[r] == r ? roots_end : end[parent[r]];
    found[block_end - 1] = order[r];
    end[r] = block_end - 1;
    block_end -= size[r];
  }
  return found;
}

}  // namespace waywarden::detail
