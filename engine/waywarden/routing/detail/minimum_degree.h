#pragma once

/// The order of a small piece of a graph by minimum degree, where nodes outside the piece, which all go
/// later, count as neighbours.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/detail/adjacency.h"

namespace waywarden::detail {

/// Nodes of the piece in the order of ascending (number of neighbours, level, position in `piece`), where a
/// node's level is above those of the nodes already taken out around it. O(p^2 (p + outside) / 64) for p
/// nodes: for pieces of up to some hundreds.
std::vector<std::uint32_t> minimum_degree(const Adjacency& graph, std::span<const std::uint32_t> piece);

}  // namespace waywarden::detail
