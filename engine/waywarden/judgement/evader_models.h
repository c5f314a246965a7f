#pragma once

/// Placements for evaders of several kinds, each judged against all of them: a placement made for those who
/// know nothing may do badly against those who know, and the other way round. Regret is what a placement
/// loses, against one model, to the best placement known for it; the bound says how much more any could stop
/// at most.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "waywarden/displacement/partly_aware.h"

namespace waywarden {

enum class EvaderModel : std::uint8_t {
  unaware,       ///< nobody knows of the teams
  partly_aware,  ///< a share of the evaders knows of them and reroutes
  evasive,       ///< all know of them, and escape by any route that is not too long (evasive_capture.h)
  worst_case,    ///< all know of them, and mind nothing but being detected (evasion_network.h)
  mixed_patrol,  ///< as the worst case, where a patrol that changes might stand instead (mixed_patrol.h)
};
inline constexpr std::array<EvaderModel, 5> kEvaderModels = {EvaderModel::unaware, EvaderModel::partly_aware,
                                                             EvaderModel::evasive, EvaderModel::worst_case,
                                                             EvaderModel::mixed_patrol};
/// Those who choose routes by sampled perception: what `place_teams` places for. All are judged by judge.h.
inline constexpr std::array<EvaderModel, 2> kPerceivingModels = {EvaderModel::unaware,
                                                                 EvaderModel::partly_aware};
std::string_view name(EvaderModel model);

/// Columns per pair of models: placed for one, facing the other.
struct Outcomes {
  std::vector<EvaderModel> placed_for;
  std::vector<EvaderModel> facing;
  /// Journeys stopped, with the standard error over draws, and as a share of all.
  std::vector<double> caught;
  std::vector<double> caught_error;
  std::vector<double> share;
  /// Journeys lost to the best placement known against the same evaders, >= 0.
  std::vector<double> regret;
  /// No placement within the limits stops more of these evaders.
  std::vector<double> bound;
};

struct Placements {
  Placement unaware;
  Placement partly_aware;
  Outcomes outcomes;

  /// Of those in `kPerceivingModels`.
  const Placement& placed_for(EvaderModel model) const {
    return model == EvaderModel::unaware ? unaware : partly_aware;
  }
};

/// `loading`: of the same movement, nobody knowing of teams. Without groups both bounds are
/// the lower of the two found.
Placements place_teams(const Movement& movement, const Loading& loading, const Sites& sites,
                       const Awareness& awareness, const PartlyAwareOptions& options,
                       const Execution& execution);

/// The same from routes at hand.
Placements place_teams(const Rerouting& rerouting, const KnownRoutes& unaware, const Sites& sites,
                       const PartlyAwareOptions& options, const Execution& execution);

}  // namespace waywarden
