#include "waywarden/point_patterns/knox.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/timed_points.h"

namespace waywarden {
namespace {

void require_options(const KnoxOptions& options) {
  for (const double limit : {options.distance, options.time}) {
    if (!(limit >= 0.0) || !std::isfinite(limit)) throw OptionError("limits must be finite and not negative");
  }
  if (options.permutations == 0) throw OptionError("at least one permutation is needed");
}

std::uint64_t close_pairs(std::span<const NearPair> near, std::span<const double> times, double limit) {
  std::uint64_t close = 0;
  for (const NearPair& pair : near) {
    close += std::abs(times[pair.first] - times[pair.second]) <= limit ? 1U : 0U;
  }
  return close;
}

/// A graph of close pairs, as far as moments need it: edges, and pairs of edges that share a point.
struct PairGraph {
  double edges = 0.0;
  double adjacent = 0.0;

  double apart() const { return edges * (edges - 1.0) / 2.0 - adjacent; }
};

PairGraph graph_of_degrees(std::span<const std::uint64_t> degrees) {
  PairGraph graph;
  for (const std::uint64_t degree : degrees) {
    const auto d = static_cast<double>(degree);
    graph.edges += d / 2.0;
    graph.adjacent += d * (d - 1.0) / 2.0;
  }
  return graph;
}

PairGraph graph_of_places(std::span<const NearPair> near, std::size_t points) {
  std::vector<std::uint64_t> degrees(points, 0);
  for (const NearPair& pair : near) {
    ++degrees[pair.first];
    ++degrees[pair.second];
  }
  return graph_of_degrees(degrees);
}

PairGraph graph_of_times(std::vector<double> times, double limit) {
  std::sort(times.begin(), times.end());
  std::vector<std::uint64_t> degrees(times.size());
  std::size_t first = 0, last = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    while (times[i] - times[first] > limit) ++first;
    while (last < times.size() && times[last] - times[i] <= limit) ++last;
    degrees[i] = last - first - 1;
  }
  return graph_of_degrees(degrees);
}

/// Mean and variance of the edges that two graphs share when the points of one are dealt at random onto those
/// of the other: two edges are the same, share a point, or are apart, in both.
void set_moments(KnoxResult& result, const PairGraph& space, const PairGraph& time, double n) {
  if (n < 2.0) return;
  const double all = n * (n - 1.0) / 2.0, adjacent = n * (n - 1.0) * (n - 2.0) / 2.0,
               apart = n * (n - 1.0) * (n - 2.0) * (n - 3.0) / 8.0;
  result.mean = space.edges * time.edges / all;
  double square = result.mean;
  if (n > 2.0) square += 2.0 * space.adjacent * time.adjacent / adjacent;
  if (n > 3.0) square += 2.0 * space.apart() * time.apart() / apart;
  result.variance = std::max(square - result.mean * result.mean, 0.0);
  // Where nothing can vary, rounding may.
  if (result.variance <= 1e-12 * square) {
    result.variance = 0.0;
  } else {
    result.z = (static_cast<double>(result.close) - result.mean) / std::sqrt(result.variance);
  }
}

void set_p(KnoxResult& result, std::uint64_t reached, const KnoxOptions& options) {
  const auto m = static_cast<double>(result.permutations), met = static_cast<double>(reached);
  const bool stopped = options.stop_after > 0 && reached >= options.stop_after;
  result.p = stopped ? met / m : (met + 1.0) / (m + 1.0);
  const double share = (met + 1.0) / (m + 2.0);
  result.p_error = std::sqrt(share * (1.0 - share) / m);
}

/// In batches, each run in parallel; the end is looked for in the order of the permutations.
void deal_permutations(KnoxResult& result, std::span<const NearPair> near, const TimedPoints& points,
                       const KnoxOptions& options, const Execution& execution) {
  constexpr std::uint64_t kBatch = 256;
  execution.start("permuting", options.permutations);
  std::uint64_t reached = 0;
  bool done = false;
  while (!done && result.permutations < options.permutations) {
    const std::uint64_t first = result.permutations, count = std::min(kBatch, options.permutations - first);
    std::vector<std::uint64_t> close(count);
    const auto permute = [&](std::size_t i) {
      close[i] = close_pairs(near, dealt_times(points.time, options.seed, first + i), options.time);
    };
    parallel_for(count, execution, permute);
    for (std::size_t i = 0; i < count && !done; ++i) {
      ++result.permutations;
      reached += close[i] >= result.close ? 1U : 0U;
      done = options.stop_after > 0 && reached >= options.stop_after;
    }
    execution.advance(count);
  }
  set_p(result, reached, options);
}

}  // namespace

KnoxResult knox(std::span<const Point> points, std::span<const double> times, const KnoxOptions& options,
                const Execution& execution) {
  require_options(options);
  const TimedPoints sorted = timed_points(points, times);
  const auto near = near_pairs(sorted.at, options.distance, execution);
  const PairGraph space = graph_of_places(near, sorted.size()),
                  time = graph_of_times(sorted.time, options.time);
  KnoxResult result;
  result.close = close_pairs(near, sorted.time, options.time);
  result.near = near.size();
  result.soon = static_cast<std::uint64_t>(std::llround(time.edges));
  set_moments(result, space, time, static_cast<double>(sorted.size()));
  deal_permutations(result, near, sorted, options, execution);
  return result;
}

}  // namespace waywarden
