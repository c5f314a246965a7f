#pragma once

/// Ways to look at a graph from one end to the other, along each of which inertial flow tries to cut it.

#include <cstdint>
#include <vector>

#include "waywarden/routing/detail/adjacency.h"
#include "waywarden/routing/dissection.h"

namespace waywarden::detail {

/// A number for each node, by which to line them up.
using Direction = std::vector<float>;

/// Projections on `count` axes at equal angles.
std::vector<Direction> compass_directions(std::span<const Position> positions, std::size_t count);

/// Steps to one node less steps to another, for three pairs far apart (an embedding by landmarks): for graphs
/// whose positions nobody knows. For a connected graph. O(nodes + links).
std::vector<Direction> landmark_directions(const Adjacency& graph);

}  // namespace waywarden::detail
