#pragma once

/// The routes that evaders take once they know of teams, and the sites on them. A team costs an evader who
/// knows of it risk_aversion * (-ln(1 - detection)) on top of what the route costs, not perceived but known.
/// Only trees through a site that has got a team are grown again: dearer elsewhere changes no cheapest route.
/// The same draws serve all, so differences are not noise.
///
/// With the routes r (rerouted) and u (unaware) of one evader, u is no dearer without teams and r no dearer
/// with them; added up: r passes no more hazard of teams than u, so it is caught at most as often. This holds
/// to the rounding of weights, and where no journey passes one site, or two of a group, twice: it would pay
/// twice and be detected once.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/loading.h"
#include "waywarden/interdiction/sites.h"

namespace waywarden {

/// Those who know of teams among all evaders, and how they mind them.
struct Awareness {
  double share = 0.5;
  /// Money per unit of hazard, as in `CostAssumptions`.
  double risk_aversion = 200.0;
};

/// Routes of all evaders who know of the same teams.
struct KnownRoutes {
  std::vector<SiteId> teams;
  Forest forest;
  /// One per tree of the forest, in its order.
  std::vector<SiteTree> site_trees;

  std::size_t draws() const { return forest.draws; }
};

/// Throws `OptionError` when the movement has other sites, the share is outside [0, 1], or the risk aversion
/// is not finite and >= 0.
void require_fit(const Movement& movement, const Sites& sites, const Awareness& awareness);

/// Journeys that have a route, mean over draws.
double journeys_on(const KnownRoutes& routes);

/// The same routes in the first draws only.
KnownRoutes first_draws(const KnownRoutes& routes, std::uint32_t draws);

class Rerouting {
 public:
  /// Keeps references to the movement's parts and to the sites. Throws as `require_fit`.
  Rerouting(const Movement& movement, const Sites& sites, const Awareness& awareness);

  const Awareness& awareness() const { return awareness_; }

  /// Nobody knows of any team: as loaded, or found anew for the first `draws` draws.
  KnownRoutes unaware(const Loading& loading, const Execution& execution) const;
  KnownRoutes unaware(std::uint32_t draws, const Execution& execution) const;

  /// The same evaders with further teams to know of. As exact as finding all routes anew.
  KnownRoutes with(const KnownRoutes& routes, std::span<const SiteId> added,
                   const Execution& execution) const;

 private:
  std::vector<double> known_costs(std::span<const SiteId> teams) const;
  void contract(KnownRoutes& routes, std::span<const std::uint8_t> which, const Execution& execution) const;

  Movement movement_;
  const Sites& sites_;
  Awareness awareness_;
  std::vector<DestinationDemand> demand_;
  ArcSites arc_sites_;
};

}  // namespace waywarden
