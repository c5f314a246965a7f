#include "waywarden/routing/detail/post_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden::detail {
namespace {

constexpr std::uint32_t kUnplaced = 0xFFFFFFFF;
constexpr std::uint32_t kNoParent = 0xFFFFFFFF;

/// For each rank the lower ends of the arcs that have it as the higher one.
struct LowerEnds {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> low;
};

LowerEnds lower_ends(ArcColumns arcs, std::span<const std::uint32_t> rank) {
  LowerEnds ends{std::vector<std::uint32_t>(rank.size() + 1, 0),
                 std::vector<std::uint32_t>(arcs.tail.size())};
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    ++ends.first[std::max(rank[arcs.tail[a]], rank[arcs.head[a]])];
  }
  std::inclusive_scan(ends.first.begin(), ends.first.end(), ends.first.begin());
  for (std::size_t a = arcs.tail.size(); a-- > 0;) {
    const auto [low, high] = std::minmax({rank[arcs.tail[a]], rank[arcs.head[a]]});
    ends.low[--ends.first[high]] = low;
  }
  return ends;
}

/// Joins the tree that `low` is in to `root`; `shortcut` leads from each rank towards its tree's root.
void hang(std::uint32_t low, std::uint32_t root, std::vector<std::uint32_t>& parent,
          std::vector<std::uint32_t>& shortcut) {
  while (low != root) {
    const std::uint32_t next = std::exchange(shortcut[low], root);
    if (next == kNoParent) parent[low] = root;
    low = next == kNoParent ? root : next;
  }
}

/// Per rank its parent.
std::vector<std::uint32_t> elimination_tree(ArcColumns arcs, std::span<const std::uint32_t> rank,
                                            const Execution& execution) {
  const LowerEnds ends = lower_ends(arcs, rank);
  std::vector<std::uint32_t> parent(rank.size(), kNoParent), shortcut(rank.size(), kNoParent);
  for (std::uint32_t r = 0; r < rank.size(); ++r) {
    if (r % 4096 == 0) execution.check();
    for (std::uint32_t i = ends.first[r]; i < ends.first[r + 1]; ++i) hang(ends.low[i], r, parent, shortcut);
  }
  return parent;
}

/// Old ranks by ascending (size of subtree, rank).
std::vector<std::uint32_t> by_size(std::span<const std::uint32_t> size) {
  std::vector<std::uint32_t> first(size.size() + 2, 0), sorted(size.size());
  for (const std::uint32_t s : size) ++first[s + 1];
  std::inclusive_scan(first.begin(), first.end(), first.begin());
  for (std::uint32_t r = 0; r < size.size(); ++r) sorted[first[size[r]]++] = r;
  return sorted;
}

std::vector<std::uint32_t> subtree_sizes(std::span<const std::uint32_t> parent) {
  std::vector<std::uint32_t> size(parent.size(), 1);
  for (std::size_t r = 0; r < parent.size(); ++r) {
    if (parent[r] != kNoParent) size[parent[r]] += size[r];
  }
  return size;
}

}  // namespace

std::vector<std::uint32_t> ranks_of(std::span<const std::uint32_t> order) {
  std::vector<std::uint32_t> rank(order.size(), kUnplaced);
  for (std::uint32_t r = 0; r < order.size(); ++r) {
    if (order[r] >= order.size() || rank[order[r]] != kUnplaced) {
      throw OptionError("an order must have each node once");
    }
    rank[order[r]] = r;
  }
  return rank;
}

PostOrder post_order(ArcColumns arcs, std::span<const std::uint32_t> rank, const Execution& execution) {
  const std::vector<std::uint32_t> parent = elimination_tree(arcs, rank, execution);
  const std::vector<std::uint32_t> size = subtree_sizes(parent), ascending = by_size(size);
  PostOrder order{std::vector<std::uint32_t>(parent.size()), std::vector<std::uint32_t>(parent.size())};
  // Where the range of the next child ends, per old rank: parents, which are bigger, are met before children.
  std::vector<std::uint32_t> end(parent.size());
  auto end_of_roots = static_cast<std::uint32_t>(parent.size());
  for (std::size_t i = ascending.size(); i-- > 0;) {
    const std::uint32_t r = ascending[i];
    std::uint32_t& room = parent[r] == kNoParent ? end_of_roots : end[parent[r]];
    order.number[r] = end[r] = room - 1;
    room -= size[r];
    order.first_below[order.number[r]] = room;
  }
  return order;
}

}  // namespace waywarden::detail
