#include "waywarden/point_patterns/space_time_k.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/edge_weight.h"
#include "waywarden/point_patterns/envelopes.h"
#include "waywarden/point_patterns/timed_points.h"

namespace waywarden {
namespace {

using Surface = std::vector<double>;

void require_options(const SpaceTimeKOptions& options, const PlanarWindow& window) {
  require_radii(options.distances, window);
  require_largest_weight(options.largest_weight);
  if (options.distances.empty() || options.times.empty()) throw OptionError("distances and times are needed");
  if (options.correction == EdgeCorrection::border)
    throw OptionError("there is no border correction in time");
  const double period = options.last_time - options.first_time;
  if (!(period > 0.0) || !std::isfinite(period)) throw OptionError("the period must end after it begins");
  for (std::size_t i = 0; i < options.times.size(); ++i) {
    const bool ascending = i == 0 || options.times[i - 1] < options.times[i];
    if (!(options.times[i] >= 0.0) || !(options.times[i] <= period) || !ascending) {
      throw OptionError("times must be ascending, from 0 to the length of the period");
    }
  }
  if (options.permutations < 19) throw OptionError("at least 19 permutations are needed");
}

void require_points(const TimedPoints& points, const PlanarWindow& window, const SpaceTimeKOptions& options) {
  require_inside(window, points.at);
  if (points.size() < 2) throw InputError("at least two events are needed");
  for (const double time : points.time) {
    if (time < options.first_time || time > options.last_time) {
      throw InputError("an event lies outside the period");
    }
  }
}

/// A pair close in space, with both its edge weights.
struct WeightedPair {
  std::uint32_t first, second;
  std::size_t band;
  double forth, back;
};

std::size_t band_of(std::span<const double> ends, double value) {
  return static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), value) - ends.begin());
}

std::vector<WeightedPair> weighted_pairs(const TimedPoints& points, const PlanarWindow& window,
                                         const SpaceTimeKOptions& options, const Execution& execution) {
  const EdgeWeight weight(window, points.at, options.correction, options.largest_weight, execution);
  const auto near = near_pairs(points.at, options.distances.back(), execution);
  std::vector<WeightedPair> pairs(near.size());
  const auto weigh = [&](std::size_t i) {
    const auto [first, second, distance] = near[i];
    pairs[i] = {first, second, band_of(options.distances, distance),
                weight(first, points.at[second], distance), weight(second, points.at[first], distance)};
  };
  parallel_for(near.size(), execution, weigh, 64);
  return pairs;
}

double time_weight(double from, double apart, const SpaceTimeKOptions& options) {
  return from - apart >= options.first_time && from + apart <= options.last_time ? 1.0 : 2.0;
}

/// Sums over pairs within (s, t), not yet scaled.
Surface summed(std::span<const WeightedPair> pairs, std::span<const double> times,
               const SpaceTimeKOptions& options) {
  const std::size_t width = options.times.size();
  Surface sums(options.distances.size() * width, 0.0);
  for (const WeightedPair& pair : pairs) {
    const double a = times[pair.first], b = times[pair.second], apart = std::abs(a - b);
    const std::size_t band = band_of(options.times, apart);
    if (band == width) continue;
    sums[pair.band * width + band] +=
        pair.forth * time_weight(a, apart, options) + pair.back * time_weight(b, apart, options);
  }
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += i % width > 0 ? sums[i - 1] : 0.0;
  for (std::size_t i = width; i < sums.size(); ++i) sums[i] += sums[i - width];
  return sums;
}

Surface space_sums(std::span<const WeightedPair> pairs, const SpaceTimeKOptions& options) {
  Surface sums(options.distances.size(), 0.0);
  for (const WeightedPair& pair : pairs) sums[pair.band] += pair.forth + pair.back;
  for (std::size_t s = 1; s < sums.size(); ++s) sums[s] += sums[s - 1];
  return sums;
}

Surface time_sums(std::vector<double> times, const SpaceTimeKOptions& options) {
  std::sort(times.begin(), times.end());
  Surface sums(options.times.size(), 0.0);
  for (std::size_t i = 0; i < times.size(); ++i) {
    for (std::size_t j = i + 1; j < times.size() && times[j] - times[i] <= options.times.back(); ++j) {
      const double apart = times[j] - times[i];
      sums[band_of(options.times, apart)] +=
          time_weight(times[i], apart, options) + time_weight(times[j], apart, options);
    }
  }
  for (std::size_t t = 1; t < sums.size(); ++t) sums[t] += sums[t - 1];
  return sums;
}

Surface scaled(Surface values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

/// Per surface, the sum of its standardised cells; the observed one is the first.
std::vector<double> standardised_sums(std::span<const double> surfaces, std::size_t cells) {
  const std::size_t count = surfaces.size() / cells;
  std::vector<double> sums(count, 0.0);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    double mean = 0.0, squares = 0.0;
    for (std::size_t s = 0; s < count; ++s) mean += surfaces[s * cells + cell] / static_cast<double>(count);
    for (std::size_t s = 0; s < count; ++s) squares += std::pow(surfaces[s * cells + cell] - mean, 2.0);
    const double deviation = std::sqrt(squares / static_cast<double>(count));
    // The cell says nothing where all surfaces agree, but for rounding.
    if (!(deviation > 1e-12 * std::abs(mean))) continue;
    for (std::size_t s = 0; s < count; ++s) sums[s] += (surfaces[s * cells + cell] - mean) / deviation;
  }
  return sums;
}

void judge(SpaceTimeK& result, std::span<const double> surfaces) {
  const std::size_t cells = result.k.size();
  const auto sums = standardised_sums(surfaces, cells);
  result.statistic = sums.front();
  const auto reached = [&](double sum) { return sum >= result.statistic - 1e-9; };
  result.p = static_cast<double>(std::count_if(sums.begin(), sums.end(), reached)) /
             static_cast<double>(sums.size());
  const EnvelopeOptions upper{EnvelopeKind::extreme_rank, Alternative::greater};
  result.p_global = global_envelope(surfaces.first(cells), surfaces.subspan(cells), upper).p;
}

void compare(SpaceTimeK& result, std::size_t width) {
  for (std::size_t i = 0; i < result.k.size(); ++i) {
    const double apart = result.k_space[i / width] * result.k_time[i % width];
    result.excess.push_back(result.k[i] - apart);
    result.ratio.push_back(apart > 0.0 ? std::optional(result.excess.back() / apart) : std::nullopt);
  }
}

}  // namespace

SpaceTimeK space_time_k(std::span<const Point> points, std::span<const double> times,
                        const PlanarWindow& window, const SpaceTimeKOptions& options,
                        const Execution& execution) {
  require_options(options, window);
  const TimedPoints sorted = timed_points(points, times);
  require_points(sorted, window, options);
  const auto pairs = weighted_pairs(sorted, window, options, execution);
  const double ordered = 2.0 * sorted.pairs(), period = options.last_time - options.first_time;
  const auto surface_of = [&](std::span<const double> dealt) {
    return scaled(summed(pairs, dealt, options), window.area() * period / ordered);
  };
  SpaceTimeK result{.k = surface_of(sorted.time),
                    .k_space = scaled(space_sums(pairs, options), window.area() / ordered),
                    .k_time = scaled(time_sums(sorted.time, options), period / ordered)};
  const std::size_t cells = result.k.size();
  std::vector<double> surfaces((options.permutations + 1) * cells);
  std::copy(result.k.begin(), result.k.end(), surfaces.begin());
  execution.start("permuting", options.permutations);
  const auto permute = [&](std::size_t s) {
    const Surface surface = surface_of(dealt_times(sorted.time, options.seed, s));
    std::copy(surface.begin(), surface.end(),
              surfaces.begin() + static_cast<std::ptrdiff_t>((s + 1) * cells));
    execution.advance();
  };
  parallel_for(options.permutations, execution, permute);
  compare(result, options.times.size());
  judge(result, surfaces);
  return result;
}

}  // namespace waywarden
