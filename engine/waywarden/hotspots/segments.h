#pragma once

/// Road segments of vulnerability: incidents and facilities (fuel stations, motels, bars) carried to the
/// edges of a linear network, as counts and rates per kilometre, and which edges are neighbours along the
/// network, for local statistics of those rates.

#include <optional>
#include <span>
#include <vector>

#include "waywarden/hotspots/weights.h"
#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

/// Edges that are at most `steps` nodes apart: those that share a node at 1, their neighbours too at 2. O(n x
/// neighbours).
Weights segment_neighbours(const LinearNetwork& network, unsigned steps = 1);

struct SegmentCounts {
  /// Per edge: weight carried to it, and that per kilometre; none on an edge without length.
  std::vector<double> count;
  std::vector<std::optional<double>> per_km;
  /// Weight of what has no position.
  double unassigned = 0.0;
};

/// `weights` as long as `positions`, or empty: each counts 1. What lies on a node counts for the edge its
/// position names. Throws `InputError` for a position off the network or a weight that is negative or not
/// finite.
SegmentCounts count_by_segment(const LinearNetwork& network,
                               std::span<const std::optional<LinePosition>> positions,
                               std::span<const double> weights = {});

}  // namespace waywarden
