#pragma once

/// Small balanced separators by inertial flow (Schild and Sommer, "On balanced separators in road networks",
/// 2015), with paths that share no node instead of cuts of edges. Along each direction, the first and the
/// last nodes are sources and sinks, step by step more of them, and each step's flow goes on from the last
/// one's (as in Hamann and Strasser, "Graph bisection with Pareto optimization", 2018, but growing along the
/// direction). The best separator found is a last direction: straight across it.

#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/detail/directions.h"
#include "waywarden/routing/detail/disjoint_paths.h"

namespace waywarden::detail {

/// Which nodes of a connected graph with at least two nodes to take out, never none, along at least one
/// direction. Among equally good separators, the first direction's.
std::vector<Side> separate(const Adjacency& graph, std::span<const Direction> directions,
                           const Execution& execution);

}  // namespace waywarden::detail
