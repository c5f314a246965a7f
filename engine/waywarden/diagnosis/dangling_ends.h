#pragma once

/// Ends of lines that stop just short of another line of their mode: beyond the tolerance within which the
/// import joined ends, near enough to be a gap in the drawing. A dead end is told apart from a gap by the way
/// round: where the network itself leads to the near line within `detour` times the gap, nothing is missing
/// (the tip of a short side street is near the street it left).
///
/// Distances to lines as `GeographicSegmentIndex` measures them. O(n log n) for n vertices, and a search of
/// the surroundings per end that has a line within reach.

#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/network/network.h"

namespace waywarden {

struct DanglingOptions {
  /// Largest gap.
  Metres reach{10.0};
  /// At least 1.
  double detour = 5.0;
};

/// One row per end, by node.
struct DanglingEnds {
  std::vector<NodeId> node;
  /// The nearest line that no short way round leads to: one of its edges, where on it, and how far.
  std::vector<EdgeId> near_edge;
  std::vector<Point> near_point;
  std::vector<double> gap_m;
};

/// Throws `OptionError` for a reach that is negative or not finite, or a detour below 1.
DanglingEnds dangling_ends(const Network& network, const DanglingOptions& options,
                           const Execution& execution);

}  // namespace waywarden
