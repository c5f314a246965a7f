#pragma once

/// Where to place k teams against evaders who do not know of them: greedy, one team after the other at the
/// site that adds most. The journeys stopped are a monotone submodular function of the set of teams (no
/// journey reacts), so greedy reaches at least 1 - 1/e of the best placement, and each prefix S of its choice
/// bounds that best from above: value of S plus the k largest gains given S (Nemhauser, Wolsey and Fisher
/// 1978; Minoux 1978). The least of these bounds is reported; it is usually far tighter than 1 - 1/e.
///
/// O(nodes of all trees) per team, and that only for summing: trees without the new site are not touched.

#include <cstddef>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/interception.h"
#include "waywarden/interdiction/placement.h"

namespace waywarden {

/// `trees` of `draws` draws in which `journeys` (mean over draws) are attempted. Throws `OptionError` when
/// more sites require a team than there are teams, or there are fewer than two draws.
Placement greedy_placement(std::span<const SiteTree> trees, std::size_t draws, double journeys,
                           const Sites& sites, std::size_t teams, const Execution& execution = {});

/// What `teams` teams can stop at most, seen from teams `placed` (all required sites among them) that stop
/// `caught` and the gains of all sites given them. Holds for evaders who reroute as well: each is caught at
/// most as often as before.
double submodular_bound(double caught, std::span<const double> gains, const Sites& sites,
                        std::span<const SiteId> placed, std::size_t teams);

}  // namespace waywarden
