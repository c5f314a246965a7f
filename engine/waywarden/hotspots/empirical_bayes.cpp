#include "waywarden/hotspots/empirical_bayes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/hotspots/detail/ordered_sum.h"

namespace waywarden {
namespace {

using detail::ordered_sum;

struct Area {
  double count;
  double exposure;

  double rate() const { return count / exposure; }
};

/// What is usual in some areas.
struct Prior {
  double mean = 0.0;
  /// Between areas, beyond what chance makes; below 0 where there is less than that.
  double variance = 0.0;
};

/// Of areas with exposure, at least one.
Prior prior(const std::vector<Area>& areas) {
  std::vector<double> counts, exposures, squares;
  for (const Area& area : areas) {
    counts.push_back(area.count);
    exposures.push_back(area.exposure);
  }
  const double exposed = ordered_sum(std::move(exposures));
  const double mean = ordered_sum(std::move(counts)) / exposed;
  for (const Area& area : areas) {
    const double deviation = area.rate() - mean;
    squares.push_back(area.exposure * deviation * deviation);
  }
  const double by_chance = mean / (exposed / static_cast<double>(areas.size()));
  return {mean, ordered_sum(std::move(squares)) / exposed - by_chance};
}

/// Drawn towards the mean.
double shrunk(const Area& area, const Prior& usual) {
  const double between = std::max(0.0, usual.variance);
  if (between == 0.0) return usual.mean;
  return usual.mean + (area.rate() - usual.mean) * (between / (between + usual.mean / area.exposure));
}

std::vector<Area> exposed_areas(std::span<const double> counts, std::span<const double> offsets,
                                std::span<const std::size_t> rows) {
  std::vector<Area> areas;
  for (const std::size_t row : rows)
    if (offsets[row] > 0.0) areas.push_back({counts[row], offsets[row]});
  return areas;
}

std::vector<Area> exposed_areas(std::span<const double> counts, std::span<const double> offsets) {
  std::vector<std::size_t> rows(counts.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return exposed_areas(counts, offsets, rows);
}

/// The rates, each replaced by what `smooth(row, area)` makes of it.
template <class Smooth>
Rates replaced(std::span<const double> counts, const RateExposure& exposure, const Smooth& smooth) {
  Rates rates = raw_rates(counts, exposure);
  const std::vector<double> offsets = exposure.offsets();
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (rates.state[i] == RateState::defined) rates.rate[i] = smooth(i, Area{counts[i], offsets[i]});
  return rates;
}

std::optional<double> standardised(const Area& area, const Prior& usual) {
  const double by_chance = usual.mean / area.exposure, variance = usual.variance + by_chance;
  return (area.rate() - usual.mean) / std::sqrt(variance > 0.0 ? variance : by_chance);
}

}  // namespace

Rates global_empirical_bayes(std::span<const double> counts, const RateExposure& exposure) {
  std::optional<Prior> usual;
  const std::vector<double> offsets = exposure.offsets();
  return replaced(counts, exposure, [&](std::size_t, const Area& area) {
    if (!usual) usual = prior(exposed_areas(counts, offsets));
    return shrunk(area, *usual);
  });
}

Rates local_empirical_bayes(std::span<const double> counts, const RateExposure& exposure,
                            const Weights& weights) {
  require_valid(weights);
  if (weights.size() != counts.size()) throw InputError("there must be one row of weights per count");
  const std::vector<double> offsets = exposure.offsets();
  const Weights around = with_self(without_self(weights));
  return replaced(counts, exposure, [&](std::size_t row, const Area& area) {
    const auto neighbours = around.neighbours(row);
    const std::vector<std::size_t> rows(neighbours.begin(), neighbours.end());
    return shrunk(area, prior(exposed_areas(counts, offsets, rows)));
  });
}

Rates empirical_bayes_standardised(std::span<const double> counts, const RateExposure& exposure) {
  Rates rates = raw_rates(counts, exposure);
  if (!rates.overall) return rates;
  const std::vector<double> offsets = exposure.offsets();
  const Prior usual = prior(exposed_areas(counts, offsets));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (rates.state[i] != RateState::defined) continue;
    rates.rate[i] = usual.mean > 0.0 ? standardised({counts[i], offsets[i]}, usual) : std::nullopt;
    if (!rates.rate[i]) rates.state[i] = RateState::no_expectation;
  }
  return rates;
}

}  // namespace waywarden
