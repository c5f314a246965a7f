#pragma once

/// Where journeys go when some of the evaders know of the teams: exposure after minus before, from one reload
/// with the costs of the teams. Journeys are attempted ones, so this is movement, not success: what is
/// displaced, before anybody is stopped. Demand is fixed. An increase anywhere is flagged.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/displacement/rerouting.h"
#include "waywarden/flow/loading.h"

namespace waywarden {

/// Columns per edge, crossing, site, mode or country.
struct Displaced {
  std::vector<double> before;
  std::vector<double> after;
  std::vector<double> change;
  /// Standard error of the change, from the differences draw by draw.
  std::vector<double> change_error;
  /// 1 where the change is above 0 by more than rounding (1e-9 of the largest exposure in the column).
  std::vector<std::uint8_t> increased;
};

struct Displacement {
  /// Journeys.
  Displaced edge;
  Displaced crossing;
  Displaced site;
  /// Journey-kilometres: per `Mode`; per country of the network, then outside every country.
  Displaced mode_km;
  Displaced country_km;
  /// Journeys that enter, in the order of `country_km`: over edges that begin in another country.
  Displaced country_inflow;
};

/// `before`: the loading in which nobody knows of any team.
Displacement displacement(const Movement& movement, const Loading& before, const Sites& sites,
                          std::span<const SiteId> placement, const Awareness& awareness,
                          const Execution& execution);

/// The same between two loadings of movements that differ in what evaders know, or in demand: when `share` of
/// the evaders moves as in `after`, all others as in `before`.
Displacement displacement_between(const Movement& movement, const Loading& before, const Loading& after,
                                  const Sites& sites, double share, const Execution& execution);

}  // namespace waywarden
