#pragma once

/// Where to place teams against evaders who do not know of them: greedy, one team after the other at the
/// site that adds most. The journeys stopped are a monotone submodular function of the set of teams (no
/// journey reacts), so greedy reaches at least 1 - 1/e of the best placement, and each prefix S of its choice
/// bounds that best from above: value of S plus the k largest gains given S (Nemhauser, Wolsey and Fisher
/// 1978; Minoux 1978). The least of these bounds is reported; it is usually far tighter than 1 - 1/e.
///
/// Under a budget or several limits two orders are tried, by what a site adds and by what it adds per use of
/// the scarcest limit, as long as sites fit, and the better is kept: under a budget at least (1 - 1/e) / 2 of
/// the best (Leskovec et al. 2007; the first site by what it adds is the best single one). The bound then has
/// the largest fractional sum of gains in place of the k largest.
///
/// O(nodes of all trees, or branches of all nets) per team, and that only for summing: those without the new
/// site are not touched.

#include <cstddef>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/interdiction/site_routes.h"

namespace waywarden {

/// `trees` of `draws` draws in which `journeys` (mean over draws) are attempted. Throws `OptionError` when
/// more sites require a team than there are teams, or there are fewer than two draws.
Placement greedy_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, std::size_t teams, const Execution& execution = {});

/// Within limits. Throws as `check_limits`.
Placement greedy_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, const Limits& limits, const Execution& execution = {});

/// On routes chosen by any model. Standard errors are 0 where there is one draw: then nothing was drawn.
Placement greedy_placement(const SiteRoutes& routes, double journeys, const Sites& sites,
                           const Limits& limits, const Execution& execution = {});

/// The rows of a placement, its sites in the order of what each adds to those before it, required ones first:
/// a list of which every part is as good as greedy makes it. Bound and status are left open.
Placement in_order_of_gain(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, std::span<const SiteId> placement,
                           const Execution& execution = {});
Placement in_order_of_gain(const SiteRoutes& routes, double journeys, const Sites& sites,
                           std::span<const SiteId> placement, const Execution& execution = {});

/// What `teams` teams can stop at most, seen from teams `placed` (all required sites among them) that stop
/// `caught` and the gains of all sites given them. Holds for evaders who reroute as well: each is caught at
/// most as often as before.
double submodular_bound(double caught, std::span<const double> gains, const Sites& sites,
                        std::span<const SiteId> placed, std::size_t teams);
double submodular_bound(double caught, std::span<const double> gains, const Sites& sites,
                        std::span<const SiteId> placed, const Limits& limits);

}  // namespace waywarden
