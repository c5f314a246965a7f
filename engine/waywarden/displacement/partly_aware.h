#pragma once

/// Where to place teams, within limits, when a share of the evaders learns where they stand and reroutes:
/// greedy on the journeys that are stopped of both, (1 - share) * unaware + share * rerouted. At each step a
/// few candidates are compared with all reactions on some of the draws: by turns those that promise most if
/// nobody reacted any more, and those that gain most from the unaware, as if all others escaped. The best of
/// them gets the team, and what it adds is evaluated on all draws: every gain reported is exact.
///
/// Rerouting is neither monotone nor submodular: a team may lower what the others stop, and greedy has no
/// guarantee. But no evader who reroutes is caught more often than before (rerouting.h), so the bound of the
/// unaware holds here too; under groups (sites.h) that of the unaware with every site alone.
///
/// Under a budget or several limits two orders are tried, by what a site adds and by what it adds per use of
/// the scarcest limit, as long as sites fit, and the better is kept, as in greedy.h.
///
/// Time: per team, growing all trees through the candidates, (1 + evaluated * selection_draws / draws) times.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/displacement/rerouting.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/placement.h"

namespace waywarden {

struct PartlyAwareOptions {
  /// What a placement may use (limits.h).
  Limits limits = {};
  /// Candidates compared at each step, and on how many draws at most.
  std::size_t evaluated = 3;
  std::uint32_t selection_draws = 16;
};

/// `unaware`: routes of evaders who know of no team. Stops early where the best candidate adds nothing.
/// Throws as `check_limits`, and `OptionError` when `evaluated` or `selection_draws` is 0.
Placement partly_aware_placement(const Rerouting& rerouting, const KnownRoutes& unaware, const Sites& sites,
                                 const PartlyAwareOptions& options, const Execution& execution);

/// Journeys that a placement stops per draw, when all evaders know of it.
std::vector<double> aware_interceptions_per_draw(const Rerouting& rerouting, const KnownRoutes& unaware,
                                                 const Sites& sites, std::span<const SiteId> placement,
                                                 const Execution& execution);

/// (1 - share) * unaware + share * aware, draw by draw.
std::vector<double> mixed(std::span<const double> unaware, std::span<const double> aware, double share);

}  // namespace waywarden
