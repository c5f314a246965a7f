#pragma once

/// Costs as the routing core sees them: unsigned fixed-point integers. Sums are exact and equal on every
/// machine, ties are real ties, and overflow is impossible by construction: an edge weight has 32 bits, a
/// distance 64, and a route has fewer than 2^32 edges. Rounding: each edge's cost is rounded to the nearest
/// unit, never below 1 for a cost above 0, so a route of n edges is off by at most n units;
/// `EdgeWeights::unit` says how much a unit is.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace waywarden {

using Weight = std::uint32_t;
using Distance = std::uint64_t;

/// A closed edge.
inline constexpr Weight kClosed = std::numeric_limits<Weight>::max();
/// Not reachable: a named state, larger than every distance.
inline constexpr Distance kUnreachable = std::numeric_limits<Distance>::max();

struct EdgeWeights {
  std::vector<Weight> per_edge;
  /// Cost of one unit.
  double unit = 1.0;
};

/// The unit for a set of costs: the largest finite cost, times `headroom` for noise to come, fits below
/// `kClosed`. Throws `OptionError` for a negative cost or NaN; infinities are closed edges.
double weight_unit(std::span<const double> costs, double headroom = 64.0);

/// One cost as a weight: saturates at kClosed - 1; infinity becomes kClosed.
Weight to_weight(double cost, double unit);

/// As many of them as `out` has room for.
void fill_weights(std::span<const double> costs, double unit, std::span<Weight> out);

/// All costs, with the unit of `weight_unit`.
EdgeWeights to_weights(std::span<const double> costs);

}  // namespace waywarden
