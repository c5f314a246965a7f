#pragma once

/// Displacement where demand depends on cost: teams that evaders know of make some journeys dearer, so fewer
/// of them are attempted and others take their place. A pair's demand changes as the gravity model's does,
///
///     journeys * gravity(costs with the teams) / gravity(costs without),
///
/// which holds for stated demand as well and is the gravity model itself where the demand came from it. Costs
/// do not depend on how many travel, so this is the fixed point that damped repetition would approach,
/// reached at once and exactly. Gravity's decay is relative to the median cost, with teams as without: where
/// all pairs become dearer alike, none loses demand. Only evaders who know of the teams respond.

#include "waywarden/displacement/displacement.h"
#include "waywarden/flow/gravity.h"

namespace waywarden {

/// The demand of those who know of the teams. A pair that gravity gives no journeys without teams keeps its
/// own; one that teams cut off does not exist, as teams close nothing. Throws as `gravity_demand` and
/// `team_costs`.
Demand responding_demand(const Movement& movement, const Sites& sites, std::span<const SiteId> placement,
                         double risk_aversion, const GravityOptions& gravity, const Execution& execution);

struct RespondingDisplacement {
  Demand demand;
  Displacement displacement;
};

/// `before`: the loading of `movement` in which nobody knows of any team.
RespondingDisplacement responding_displacement(const Movement& movement, const Loading& before,
                                               const Sites& sites, std::span<const SiteId> placement,
                                               const Awareness& awareness, const GravityOptions& gravity,
                                               const Execution& execution);

}  // namespace waywarden
