#include "waywarden/point_patterns/near_repeat.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/envelopes.h"
#include "waywarden/point_patterns/timed_points.h"

namespace waywarden {
namespace {

using Counts = std::vector<std::uint64_t>;

/// 0.05 can be reached.
constexpr std::size_t kLeastPermutations = 19;

void require_bands(std::span<const double> ends) {
  if (ends.empty()) throw OptionError("at least one band is needed");
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (!(ends[i] >= 0.0) || !std::isfinite(ends[i]) || (i > 0 && !(ends[i - 1] < ends[i]))) {
      throw OptionError("ends of bands must be finite, not negative and ascending");
    }
  }
}

/// The number of bands where it lies beyond the last.
std::size_t band_of(std::span<const double> ends, double value) {
  return static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), value) - ends.begin());
}

struct BandPair {
  std::uint32_t first, second, band;
};

std::vector<BandPair> pairs_in_bands(std::span<const Point> points, const NearRepeatOptions& options,
                                     const Execution& execution) {
  std::vector<BandPair> banded;
  for (const NearPair& pair : near_pairs(points, options.distances.back(), execution)) {
    const Point a = points[pair.first], b = points[pair.second];
    const double apart = options.metric == PlaneDistance::manhattan
                             ? std::abs(a.x - b.x) + std::abs(a.y - b.y)
                             : pair.distance;
    const std::size_t band = band_of(options.distances, apart);
    if (band == options.distances.size()) continue;
    banded.push_back({pair.first, pair.second, static_cast<std::uint32_t>(band)});
  }
  return banded;
}

Counts counts_of(std::span<const BandPair> pairs, std::span<const double> times,
                 const NearRepeatOptions& options) {
  const std::size_t width = options.times.size();
  Counts counts(options.distances.size() * width, 0);
  for (const BandPair& pair : pairs) {
    const std::size_t band = band_of(options.times, std::abs(times[pair.first] - times[pair.second]));
    if (band < width) ++counts[pair.band * width + band];
  }
  return counts;
}

/// Of all pairs, wherever they are.
Counts pairs_by_time(std::vector<double> times, std::span<const double> ends) {
  std::sort(times.begin(), times.end());
  Counts counts(ends.size(), 0);
  for (std::size_t k = 0; k < ends.size(); ++k) {
    std::size_t last = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
      while (last < times.size() && times[last] - times[i] <= ends[k]) ++last;
      counts[k] += last - i - 1;
    }
  }
  for (std::size_t k = ends.size(); k-- > 1;) counts[k] -= counts[k - 1];
  return counts;
}

std::vector<double> expected_counts(std::span<const BandPair> pairs, const TimedPoints& points,
                                    const NearRepeatOptions& options) {
  Counts by_distance(options.distances.size(), 0);
  for (const BandPair& pair : pairs) ++by_distance[pair.band];
  const Counts by_time = pairs_by_time(points.time, options.times);
  std::vector<double> expected;
  for (const std::uint64_t near : by_distance) {
    for (const std::uint64_t soon : by_time) {
      expected.push_back(near == 0 ? 0.0
                                   : static_cast<double>(near) * static_cast<double>(soon) / points.pairs());
    }
  }
  return expected;
}

void judge(NearRepeat& result, std::span<const double> simulated) {
  const std::size_t cells = result.observed.size();
  const std::vector<double> observed(result.observed.begin(), result.observed.end());
  Counts reached(cells, 1);
  for (std::size_t i = 0; i < simulated.size(); ++i) {
    reached[i % cells] += simulated[i] >= observed[i % cells] ? 1U : 0U;
  }
  const std::size_t studies = cells == 0 ? 1 : simulated.size() / cells + 1;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    result.p.push_back(static_cast<double>(reached[cell]) / static_cast<double>(studies));
    const double expected = result.expected[cell];
    result.ratio.push_back(expected > 0.0 ? std::optional(observed[cell] / expected) : std::nullopt);
  }
  const EnvelopeOptions upper{EnvelopeKind::extreme_rank, Alternative::greater};
  result.p_global = global_envelope(observed, simulated, upper).p;
}

}  // namespace

std::string name(PlaneDistance distance) {
  return distance == PlaneDistance::euclidean ? "euclidean" : "manhattan";
}

NearRepeat near_repeat(std::span<const Point> points, std::span<const double> times,
                       const NearRepeatOptions& options, const Execution& execution) {
  require_bands(options.distances);
  require_bands(options.times);
  if (options.permutations < kLeastPermutations) throw OptionError("at least 19 permutations are needed");
  const TimedPoints sorted = timed_points(points, times);
  const auto pairs = pairs_in_bands(sorted.at, options, execution);
  NearRepeat result{.observed = counts_of(pairs, sorted.time, options),
                    .expected = expected_counts(pairs, sorted, options)};
  const std::size_t cells = result.observed.size();
  std::vector<double> simulated(options.permutations * cells);
  execution.start("permuting", options.permutations);
  const auto permute = [&](std::size_t s) {
    const Counts counts = counts_of(pairs, dealt_times(sorted.time, options.seed, s), options);
    std::copy(counts.begin(), counts.end(), simulated.begin() + static_cast<std::ptrdiff_t>(s * cells));
    execution.advance();
  };
  parallel_for(options.permutations, execution, permute);
  judge(result, simulated);
  return result;
}

}  // namespace waywarden
