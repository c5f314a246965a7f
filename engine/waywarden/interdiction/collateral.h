#pragma once

/// What teams cost those who travel lawfully. A team at a site stops a lawful traveller who passes with
/// probability 1 - specificity while it works: a stop per traveller and site, so the stops of a placement are
/// the sum of those at its sites (somebody stopped at two of them is stopped twice), whoever stands upstream.
/// Each detected journey is a stop that was right; the load is how many lawful travellers are stopped for
/// each of them.
///
/// As a constraint the stops are a limit (limits.h) like a budget. The frontier shows what each relaxation of
/// it would buy: placements for a falling price per stop, each the greedy choice by gain - price * stops and
/// none of them dominated, with a bound on what any placement with as few stops can capture.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/site_tree.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/site_routes.h"

namespace waywarden {

/// Lawful travellers stopped by a team at each site. `passing`: lawful travellers at each site over the
/// period of the study, e.g. `journeys_passing` of lawful movement loaded with the same sites.
/// `specificity`: chance that a team lets a lawful traveller pass. Throws `OptionError` for a column of
/// another length, travellers that are negative or not finite, and a specificity outside [0, 1].
std::vector<double> lawful_stops(const Sites& sites, std::span<const double> passing, double specificity);

/// At most so many stops. Not to be the first limit of a placement: sites nobody passes are free of it.
Limit stop_limit(std::vector<double> stops, double most);

/// Columns per placement on the frontier, stops ascending and capture with them.
struct CollateralFrontier {
  /// Captured journeys that a stop must be worth, 0 for the last.
  std::vector<double> price;
  std::vector<std::vector<SiteId>> sites;
  /// Journeys captured and lawful travellers stopped.
  std::vector<double> caught;
  std::vector<double> stops;
  /// Lawful travellers stopped per journey captured; 0 where nothing is captured.
  std::vector<double> stops_per_capture;
  /// No placement within the limits and with as few stops captures more.
  std::vector<double> bound;
};

/// `points` prices from that at which nothing is worth a stop, geometrically down to 1e-4 of it, and 0.
/// Throws as `check_limits`, and `OptionError` for fewer than 2 points.
CollateralFrontier collateral_frontier(std::span<const SiteTree> trees, std::size_t draws, const Sites& sites,
                                       const Limits& limits, std::span<const double> stops,
                                       std::size_t points, const Execution& execution);
CollateralFrontier collateral_frontier(const SiteRoutes& routes, const Sites& sites, const Limits& limits,
                                       std::span<const double> stops, std::size_t points,
                                       const Execution& execution);

}  // namespace waywarden
