#pragma once

/// Demand estimated by a gravity model (Wilson, "A statistical theory of spatial distribution models", 1967):
///
///     journeys_ij = a_i * S_i * b_j * D_j * f(cost_ij)     for i != j joined by a route
///
/// with S = Places::source_weight, D = Places::destination_weight and f of deterrence.h. Without constraint
/// a = b = 1 up to the total; else they fit the margins (estimated_demand.h).

#include "waywarden/flow/deterrence.h"
#include "waywarden/flow/estimated_demand.h"

namespace waywarden {

struct GravityOptions {
  Decay function = Decay::exponential;
  double decay = 1.0;
  DemandConstraint constraint = DemandConstraint::none;
  /// Journeys in all.
  std::optional<double> total = std::nullopt;
  /// Of Tanner's function.
  double exponent = 0.0;
};

/// Before it is fitted. Throws as `place_pairs` and `check(Deterrence)` do.
DemandPattern gravity_pattern(const Places& places, const Skim& skim, const GravityOptions& options);

/// Throws as `gravity_pattern` and `estimated_demand` do.
EstimatedDemand gravity_demand(const Places& places, const Skim& skim, const GravityOptions& options,
                               const Execution& execution);

}  // namespace waywarden
