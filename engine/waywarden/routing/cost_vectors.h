#pragma once

/// Costs of several scenarios as weights in one unit, so that their answers can be compared to the last
/// digit. The unit is a power of two, chosen so that no way through any of them can overflow
/// (`way_weight_unit`). Each cost is rounded to the nearest unit, never below 1 for a cost above 0: a route
/// of n edges is off by at most n units.

#include <limits>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/hierarchy.h"
#include "waywarden/routing/metric.h"

namespace waywarden {

struct CostVectors {
  /// Per scenario, one weight per arc.
  std::vector<std::vector<Weight>> weights;
  /// Cost of one unit.
  double unit = 1.0;

  std::size_t size() const { return weights.size(); }
  /// Infinite for `kNoWay`.
  double cost(Cost units) const {
    return units == kNoWay ? std::numeric_limits<double>::infinity() : static_cast<double>(units) * unit;
  }
  /// As many of them as `out` has room for.
  void fill_costs(std::span<const Cost> units, std::span<double> out) const;
};

/// One vector of costs per scenario, one cost per arc; infinite means closed. Throws `OptionError` for a
/// negative cost, NaN, or a vector of another length.
CostVectors cost_vectors(const Hierarchy& hierarchy, std::span<const std::span<const double>> scenarios,
                         const Execution& execution = {});

}  // namespace waywarden
