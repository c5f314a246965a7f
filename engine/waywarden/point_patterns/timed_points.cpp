#include "waywarden/point_patterns/timed_points.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/point_patterns/near_points.h"

namespace waywarden {
namespace {

constexpr std::uint32_t kTimes = 511;

}  // namespace

TimedPoints timed_points(std::span<const Point> points, std::span<const double> times) {
  if (points.size() != times.size()) throw InputError("there must be one time per point");
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].finite() && std::isfinite(times[i])) continue;
    throw InputError("place or time of point " + std::to_string(i) + " is not finite");
  }
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(points[a], times[a]) < std::pair(points[b], times[b]);
  });
  TimedPoints sorted;
  for (const std::size_t i : order) {
    sorted.at.push_back(points[i]);
    sorted.time.push_back(times[i]);
  }
  return sorted;
}

std::vector<NearPair> near_pairs(std::span<const Point> points, double distance, const Execution& execution) {
  const NearPoints near(points, distance);
  std::vector<NearPair> pairs;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % 256 == 0) execution.check();
    near.visit(points[i], [&](std::uint32_t j, double apart) {
      if (i < j) pairs.push_back({static_cast<std::uint32_t>(i), j, apart});
    });
  }
  return pairs;
}

std::vector<double> dealt_times(std::span<const double> times, std::uint64_t seed,
                                std::uint64_t permutation) {
  RandomStream stream(seed, permutation, kTimes);
  std::vector<double> dealt(times.begin(), times.end());
  for (std::size_t i = dealt.size(); i > 1; --i) {
    std::swap(dealt[i - 1], dealt[stream.below(static_cast<std::uint32_t>(i))]);
  }
  return dealt;
}

}  // namespace waywarden
