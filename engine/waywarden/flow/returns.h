#pragma once

/// Trafficking is a loop: of those who arrive a part returns to where it came from, and where nothing has
/// changed there, is trafficked again. Journeys are then more than the first ones, and not in proportion
/// where people return from some places more often than from others.
///
/// Each place sends as many more as return to it: with journeys T0 of the model's own weights and T of the
/// sources' weights grown by `growth`,
///
///     growth_i = 1 + sum_j rate_j * T_ij / sum_j T0_ij        T = the model's, with growth_i * S_i and
///                                                                 total = total of T0 + all that return
///
/// to a fixed point. What else a model takes from the weights, such as the median cost, stays that of the
/// first journeys. Without constraint, under `production`, and for stated flows, it is
/// T_ij = T0_ij / (1 - sum_j rate_j T0_ij / sum_j T0_ij); with one rate for all it is T0 / (1 - rate) under
/// every constraint. Arrivals that are constrained keep their shares, not their number.

#include <vector>

#include "waywarden/flow/demand_model.h"

namespace waywarden {

struct ReturningDemand {
  /// First journeys and repeated ones.
  Demand demand;
  /// Per place: journeys that begin with people who have returned to it.
  std::vector<double> returning;
  /// Journeys of the first time.
  double first_journeys = 0.0;
  std::size_t rounds = 0;
  /// Largest relative change of what leaves a place in the last round; at most 1e-10.
  double change = 0.0;
};

/// `rates`: the share of arrivals that return and move again, one for all places of arrival or one for each,
/// in [0, 1). The model is fitted anew in each round; there are some 23 / -ln(largest rate). Throws
/// `OptionError` for rates outside that, for more than 100,000 rounds, and as the model does.
ReturningDemand with_returns(const Places& places, const Skim& skim, const DemandModel& model,
                             const std::vector<double>& rates, const Execution& execution);

/// Those who return move on as those who left their place first.
ReturningDemand with_returns(const Demand& first, std::size_t places, const std::vector<double>& rates,
                             const Execution& execution);

}  // namespace waywarden
