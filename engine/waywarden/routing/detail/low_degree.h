#pragma once

/// What every good order begins with: nodes with at most one neighbour go, over and over, which adds no link;
/// then those with two, whose neighbours become neighbours, which never adds more links than it takes away.
/// Road networks shrink to a fifth. What is left has at least three neighbours nearly everywhere: nodes
/// beside very long lists stay, and those that would make the tree deep.
///
/// Nodes of a chain go in rounds, never two neighbours in one round: a chain of k nodes gets a tree of height
/// O(log k), not k. Trees deeper than two dozen nodes are treated as chains there, which adds some links.
/// O(nodes + links) for lists of bounded length.

#include <cstdint>
#include <vector>

#include "waywarden/routing/detail/adjacency.h"

namespace waywarden::detail {

struct LowDegree {
  /// Nodes taken out, in this order.
  std::vector<std::uint32_t> gone;
  /// Nodes that are left, ascending, and their neighbours, numbered as in `left`.
  std::vector<std::uint32_t> left;
  Adjacency rest;
};

LowDegree take_out_low_degree(Adjacency graph);

}  // namespace waywarden::detail
