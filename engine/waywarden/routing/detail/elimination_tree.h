#pragma once

/// The elimination tree of an order without its links (Liu, "The role of elimination trees in sparse
/// factorization", 1990), and the order rewritten so that every subtree is a block of ranks. That changes no
/// link between nodes, only what lies side by side in memory. O(links of the graph * log nodes).

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/detail/adjacency.h"

namespace waywarden::detail {

/// Parent of each rank, itself where there is none. `order` is node by rank.
std::vector<std::uint32_t> elimination_tree(const Adjacency& graph, std::span<const std::uint32_t> order);

/// The order with subtrees together and children before parents, siblings as they were.
std::vector<std::uint32_t> in_postorder(const Adjacency& graph, std::span<const std::uint32_t> order);

}  // namespace waywarden::detail
