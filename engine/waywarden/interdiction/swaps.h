#pragma once

/// Better placements from a given one: sites are added as long as any fits and adds something, then one site
/// is exchanged for another, always the pair that gains most, until no exchange gains more than a relative
/// 1e-9: a local optimum. Every exchange is judged exactly: with one team away, one pass over the ways (or
/// the nets that pass the site) gives what each site would add. Ties go to the first pair by id.
///
/// O(teams * passages), or O(teams * branches of their nets + teams * branches), per exchange, in parallel
/// over the team taken away.

#include <cstdint>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/watched_nets.h"
#include "waywarden/interdiction/ways.h"

namespace waywarden {

struct Swapped {
  /// Flag per site.
  std::vector<std::uint8_t> chosen;
  double caught = 0.0;
  int exchanges = 0;
};

/// `chosen` keeps the limits; sites that are `fixed` stay. Uses are
/// columns of `SiteWays::sites`. Ends after `most` exchanges at the latest.
Swapped swap_sites(const SiteWays& ways, const Limits& limits, std::vector<std::uint8_t> chosen,
                   const std::vector<std::uint8_t>& fixed, int most, const Execution& execution);

/// Where routes are too many to be listed. `open` (flag per site): those that may be chosen.
Swapped swap_sites(const WatchedNets& unwatched, const Limits& limits, std::vector<std::uint8_t> chosen,
                   const std::vector<std::uint8_t>& fixed, const std::vector<std::uint8_t>& open, int most,
                   const Execution& execution);

}  // namespace waywarden
