#pragma once

/// Demand estimated by intervening opportunities (Stouffer 1940; Schneider 1959): who leaves considers
/// opportunities one by one, the cheapest to reach first, and accepts each with the same small chance.
///
///     journeys_ij = S_i * (exp(-L * before_ij) - exp(-L * (before_ij + D_j))) / (1 - exp(-L * R_i))
///
/// for i != j joined by a route, with S and D the places' source and destination weights, before_ij the
/// opportunities at places that cost less to reach from i than j does, i itself left out, and R_i all within
/// reach of i. Opportunities are relative, as shares of all destination weights. Places at one cost get
/// together what one place with their sum would, and share it in proportion (opportunities.h). Without
/// constraint what leaves i is S_i, where anything is in reach.

#include "waywarden/flow/estimated_demand.h"

namespace waywarden {

struct InterveningOptions {
  /// L above, > 0: a share v of all opportunities is passed without accepting one with chance
  /// exp(-acceptance * v). 2 passes half of them as often as gravity with a decay of 1 goes to the median
  /// cost.
  double acceptance = 2.0;
  DemandConstraint constraint = DemandConstraint::none;
  /// Journeys in all.
  std::optional<double> total = std::nullopt;
};

/// Before it is fitted. O(pairs * log pairs). Throws `OptionError` for an acceptance that is not finite and
/// > 0, and as `place_pairs` does.
DemandPattern intervening_pattern(const Places& places, const Skim& skim, const InterveningOptions& options,
                                  const Execution& execution);

/// Throws as `intervening_pattern` and `estimated_demand` do.
EstimatedDemand intervening_demand(const Places& places, const Skim& skim, const InterveningOptions& options,
                                   const Execution& execution);

}  // namespace waywarden
