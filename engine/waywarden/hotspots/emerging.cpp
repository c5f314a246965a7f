#include "waywarden/hotspots/emerging.h"

#include <algorithm>
#include <array>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// The eight of one kind.
struct KindOfClasses {
  EmergingClass fresh, consecutive, intensifying, persistent, diminishing, sporadic, oscillating, historical;
};

constexpr KindOfClasses kHot = {EmergingClass::new_hot,          EmergingClass::consecutive_hot,
                                EmergingClass::intensifying_hot, EmergingClass::persistent_hot,
                                EmergingClass::diminishing_hot,  EmergingClass::sporadic_hot,
                                EmergingClass::oscillating_hot,  EmergingClass::historical_hot};
constexpr KindOfClasses kCold = {EmergingClass::new_cold,          EmergingClass::consecutive_cold,
                                 EmergingClass::intensifying_cold, EmergingClass::persistent_cold,
                                 EmergingClass::diminishing_cold,  EmergingClass::sporadic_cold,
                                 EmergingClass::oscillating_cold,  EmergingClass::historical_cold};

constexpr std::array<const char*, 17> kNames = {
    "new_hot",          "consecutive_hot",   "intensifying_hot", "persistent_hot",   "diminishing_hot",
    "sporadic_hot",     "oscillating_hot",   "historical_hot",   "no_pattern",       "new_cold",
    "consecutive_cold", "intensifying_cold", "persistent_cold",  "diminishing_cold", "sporadic_cold",
    "oscillating_cold", "historical_cold"};

std::size_t count(std::span<const BinHeat> steps, BinHeat heat) {
  return static_cast<std::size_t>(std::count(steps.begin(), steps.end(), heat));
}

bool ninety_percent(std::size_t some, std::size_t all) { return 10 * some >= 9 * all; }

/// Steps of a kind up to the last, without a break.
std::size_t final_run(std::span<const BinHeat> steps, BinHeat kind) {
  const auto broken = std::find_if(steps.rbegin(), steps.rend(), [&](BinHeat h) { return h != kind; });
  return static_cast<std::size_t>(broken - steps.rbegin());
}

EmergingClass class_by_trend(const KindOfClasses& classes, BinHeat kind, Trend trend) {
  if (trend == Trend::neither) return classes.persistent;
  const bool stronger = static_cast<int>(trend) == static_cast<int>(kind);
  return stronger ? classes.intensifying : classes.diminishing;
}

/// Of a place whose last step is of this kind.
EmergingClass class_of_kind(std::span<const BinHeat> steps, BinHeat kind, Trend trend) {
  const KindOfClasses& classes = kind == BinHeat::hot ? kHot : kCold;
  const std::size_t same = count(steps, kind), other = steps.size() - same - count(steps, BinHeat::neither);
  if (same == 1) return classes.fresh;
  if (ninety_percent(same, steps.size())) return class_by_trend(classes, kind, trend);
  if (final_run(steps, kind) == same) return classes.consecutive;
  return other == 0 ? classes.sporadic : classes.oscillating;
}

BinHeat heat_of(HotspotClass hotspot, std::optional<double> q, double level) {
  if (!q || *q > level) return BinHeat::neither;
  if (hotspot <= HotspotClass::hot_90) return BinHeat::hot;
  const bool cold = hotspot >= HotspotClass::cold_90 && hotspot <= HotspotClass::cold_99;
  return cold ? BinHeat::cold : BinHeat::neither;
}

MannKendall trend_of(std::span<const std::optional<double>> z) {
  std::vector<double> defined;
  for (const auto& value : z) {
    if (value) defined.push_back(*value);
  }
  return mann_kendall(defined);
}

Trend direction(const MannKendall& trend, double level) {
  if (!trend.p || *trend.p > level) return Trend::neither;
  return trend.s > 0 ? Trend::up : Trend::down;
}

void require_levels(const EmergingOptions& options) {
  if (!(options.level > 0.0 && options.level <= 0.10)) {
    throw OptionError("the level of a bin must be above 0 and at most .10");
  }
  if (!(options.trend_level > 0.0 && options.trend_level < 1.0)) {
    throw OptionError("the level of the trend must be between 0 and 1");
  }
}

GetisOrdResult judge_bins(const SpaceTimeCube& cube, const EmergingOptions& options,
                          const Execution& execution) {
  const std::vector<double> values(cube.counts.begin(), cube.counts.end());
  const Weights weights = space_time_contiguity(cube, options.rings, options.steps_back);
  const GetisOrdOptions by_bin{LocalStatistic::gi_star, options.method, options.permutations,
                               options.adjustment};
  return getis_ord(values, weights, by_bin, execution);
}

}  // namespace

std::string name(EmergingClass emerging) {
  const auto index = static_cast<std::size_t>(emerging);
  if (index >= kNames.size()) throw OptionError("no such class of emerging hot spot");
  return kNames[index];
}

EmergingClass emerging_class(std::span<const BinHeat> steps, Trend trend) {
  if (steps.empty()) return EmergingClass::none;
  if (steps.back() != BinHeat::neither) return class_of_kind(steps, steps.back(), trend);
  if (ninety_percent(count(steps, BinHeat::hot), steps.size())) return EmergingClass::historical_hot;
  if (ninety_percent(count(steps, BinHeat::cold), steps.size())) return EmergingClass::historical_cold;
  return EmergingClass::none;
}

EmergingResult emerging_hotspots(const SpaceTimeCube& cube, const EmergingOptions& options,
                                 const Execution& execution) {
  require_levels(options);
  EmergingResult result;
  result.bins = judge_bins(cube, options, execution);
  for (std::size_t bin = 0; bin < cube.counts.size(); ++bin) {
    result.heat.push_back(heat_of(result.bins.hotspot[bin], result.bins.q[bin], options.level));
  }
  const std::span<const BinHeat> heat = result.heat;
  const std::span<const std::optional<double>> z = result.bins.z;
  for (std::size_t cell = 0; cell < cube.cells.size(); ++cell) {
    const auto steps = heat.subspan(cube.bin(cell, 0), cube.steps.size());
    result.trend.push_back(trend_of(z.subspan(cube.bin(cell, 0), cube.steps.size())));
    result.hot_steps.push_back(static_cast<std::uint32_t>(count(steps, BinHeat::hot)));
    result.cold_steps.push_back(static_cast<std::uint32_t>(count(steps, BinHeat::cold)));
    result.emerging.push_back(emerging_class(steps, direction(result.trend.back(), options.trend_level)));
  }
  return result;
}

}  // namespace waywarden
