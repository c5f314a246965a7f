#pragma once

/// How firm a ranking is: the same placement under assumptions that are half and twice as strong, one at a
/// time, all else (demand and draws included) as it was. A site that keeps its rank can be trusted; one that
/// drops out hangs on figures nobody knows.
///
///  - detection: the hazard -ln(1 - p) of teams and of what watches edges already is multiplied, so a team
///  that detects
///    with 0.5 then does so with 0.29 or 0.75 and never with certainty;
///  - route noise: the deviation of the field of perceived costs (perception.h);
///  - risk aversion: money per unit of hazard, for edges and for teams.
///
/// Time: one loading on `draws` draws and one placement per variant.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "waywarden/judgement/evader_models.h"

namespace waywarden {

enum class Assumption : std::uint8_t { detection, route_noise, risk_aversion };
inline constexpr std::array<Assumption, 3> kAssumptions = {Assumption::detection, Assumption::route_noise,
                                                           Assumption::risk_aversion};
std::string_view name(Assumption assumption);

struct SensitivityOptions {
  /// Each assumption is divided and multiplied by this; > 1.
  double factor = 2.0;
  /// Draws of each variant; all draws where there are fewer. The ranking asked about has all: with fewer
  /// draws here the ranges contain some noise of sampling.
  std::uint32_t draws = 16;
  /// Which placement is asked about.
  EvaderModel model = EvaderModel::unaware;
  PartlyAwareOptions placement = {};
};

struct Sensitivity {
  /// The variants, in the order of `rank`.
  std::vector<Assumption> assumption;
  std::vector<double> factor;
  std::uint32_t draws = 0;

  // per site of the placement, in its order; ranks count from 1
  /// Per variant the site's rank there; nothing where it gets no team.
  std::vector<std::vector<std::optional<std::size_t>>> rank;
  /// Best rank, the one in the placement itself included.
  std::vector<std::size_t> rank_low;
  /// Worst rank; nothing where the site drops out in some variant.
  std::vector<std::optional<std::size_t>> rank_high;
};

/// The movement as it would be with one assumption `factor` times as strong: generalised costs, perception,
/// and what teams detect. Costs are those of `movement`, made with `awareness.risk_aversion`.
struct Variant {
  EdgeCosts costs;
  Perception perception;
  Sites sites;
  Awareness awareness;
};
Variant variant_of(const Movement& movement, const Sites& sites, const Awareness& awareness,
                   Assumption assumption, double factor);

/// `placement`: made on all draws of the movement with the same options. Throws `OptionError` for a factor
/// that is not finite and > 1, or no draws.
Sensitivity rank_ranges(const Movement& movement, const Sites& sites, const Awareness& awareness,
                        const Placement& placement, const SensitivityOptions& options,
                        const Execution& execution);

}  // namespace waywarden
