#pragma once

/// Emerging hot spots: how each place came to be hot or cold. Gi* for every bin of a space-time cube,
/// corrected for their number, the trend of each place's Gi* z over the steps (Mann-Kendall), and from both
/// one of 17 classes.
///
/// The classes are those of "How Emerging Hot Spot Analysis works" (help of ArcGIS Pro 3.2, Space Time
/// Pattern Mining toolbox). In its terms, for hot; for cold put cold for hot, and below for above:
///
///  new           hot at the last step, and never before
///  consecutive   one unbroken run of at least two hot steps up to the last, never hot before the run, and
///                hot at less than 90 % of the steps
///  intensifying  hot at 90 % of the steps and at the last, and the clustering grows significantly stronger
///  persistent    hot at 90 % of the steps, and no significant trend
///  diminishing   hot at 90 % of the steps and at the last, and the clustering grows significantly weaker
///  sporadic      hot at the last step, and on and off before: hot at less than 90 % of the steps, cold at
///  none oscillating   hot at the last step, cold at one before, and hot at less than 90 % of the steps
///  historical    not hot at the last step, but hot at 90 % of the steps
///  none          none of these
///
/// (Up to Pro 2.x, sporadic did not ask for the last step, and one hot step was a run.) What that text leaves
/// open is decided so:
///
///  - "90 %" is at least 90 %, exactly: 9 of 10 steps are, 17 of 19 are not.
///  - The last step comes first: where it is significant, one of the seven classes of its kind applies, and
///    always one does; historical and none are for places whose last step is neither (so that 9 hot steps of
///    10 and then a cold one are a new cold spot), and persistent is not for those (they are historical).
///  - New and consecutive look back for the same kind only, as they are worded: a place that was cold, then
///    neither, and is hot for the first time is new, not oscillating. A single step that is hot is new.
///  - A bin is hot where `getis_ord` classes it so with q <= `level`, by default .05; the text names no
///  level.
///    The correction (Benjamini-Hochberg) is over all bins of the cube, which is also what mean and deviation
///    are taken over ("entire cube"). A bin's neighbours are those of `space_time_contiguity`.
///  - The trend is that of the z of Gi*, by the normal p <= `trend_level`, by default .05; a rising z is
///    stronger clustering of a hot spot and weaker clustering of a cold one. Steps whose z is undefined are
///    left out of it.
///  - p of a bin is the conditional permutation test's, exact where that applies, not the normal p of z.
///
/// The same cube gives the same bits in any order of its cells and on any number of threads. Cost: that of
/// `getis_ord` on cells x steps values.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/hotspots/getis_ord.h"
#include "waywarden/hotspots/mann_kendall.h"
#include "waywarden/hotspots/space_time_cube.h"

namespace waywarden {

enum class EmergingClass : std::uint8_t {
  new_hot,
  consecutive_hot,
  intensifying_hot,
  persistent_hot,
  diminishing_hot,
  sporadic_hot,
  oscillating_hot,
  historical_hot,
  none,
  new_cold,
  consecutive_cold,
  intensifying_cold,
  persistent_cold,
  diminishing_cold,
  sporadic_cold,
  oscillating_cold,
  historical_cold,
};

/// "new_hot", ..., "no_pattern".
std::string name(EmergingClass emerging);

enum class BinHeat : std::int8_t { cold = -1, neither = 0, hot = 1 };
/// Of Gi*, where significant.
enum class Trend : std::int8_t { down = -1, neither = 0, up = 1 };

/// The rules above. No steps have no pattern.
EmergingClass emerging_class(std::span<const BinHeat> steps, Trend trend);

struct EmergingOptions {
  /// Of `space_time_contiguity`.
  unsigned rings = 1;
  std::size_t steps_back = 1;
  /// In (0, .10].
  double level = 0.05;
  /// In (0, 1).
  double trend_level = 0.05;
  ProbabilityMethod method = ProbabilityMethod::automatic;
  PermutationOptions permutations = {};
  Adjustment adjustment = Adjustment::benjamini_hochberg;
};

struct EmergingResult {
  // Per cell.
  std::vector<EmergingClass> emerging;
  std::vector<std::uint32_t> hot_steps;
  std::vector<std::uint32_t> cold_steps;
  /// Of the defined z of its bins.
  std::vector<MannKendall> trend;
  /// Per bin, numbered as in the cube.
  GetisOrdResult bins;
  std::vector<BinHeat> heat;
};

/// Throws `OptionError` for a level outside its domain.
EmergingResult emerging_hotspots(const SpaceTimeCube& cube, const EmergingOptions& options = {},
                                 const Execution& execution = {});

}  // namespace waywarden
