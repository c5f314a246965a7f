#pragma once

/// The most that can flow from one node to another, and the arcs that limit it: a cut of least capacity (Ford
/// and Fulkerson 1956), found by Boost.Graph's maximum flow (Boykov and Kolmogorov 2004).
///
/// Capacities are doubles; the value is the sum of the capacities of the cut's arcs, by ascending arc. Of
/// several minimum cuts it is the one nearest to the source. Worst case O(nodes^2 arcs value of the cut in
/// arcs); on road networks close to linear.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/hierarchy.h"

namespace waywarden {

struct MinimumCut {
  double value = 0.0;
  /// From the source's side to the other, ascending; those of capacity 0 too.
  std::vector<std::uint32_t> arc;
  /// Per node, 1 on the source's side: what can still be reached where the flow is greatest.
  std::vector<std::uint8_t> source_side;
};

/// Throws `OptionError` where the arcs do not fit the nodes, a capacity is negative or not finite, or source
/// and sink are one node or none.
MinimumCut minimum_cut(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity,
                       std::uint32_t source, std::uint32_t sink);

}  // namespace waywarden
