#pragma once

/// Points with times, in the order of their content, and their pairs: what tests of interaction between space
/// and time work on.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

struct TimedPoints {
  std::vector<Point> at;
  std::vector<double> time;

  std::size_t size() const { return at.size(); }
  /// Unordered pairs of different points.
  double pairs() const {
    const auto n = static_cast<double>(size());
    return n * (n - 1.0) / 2.0;
  }
};

/// Sorted by (x, y, time). Throws `InputError` for a value that is not finite and for lengths that differ.
TimedPoints timed_points(std::span<const Point> points, std::span<const double> times);

/// first < second, as positions.
struct NearPair {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  double distance = 0.0;
};

/// Pairs at most so far apart. Points are sorted.
std::vector<NearPair> near_pairs(std::span<const Point> points, double distance,
                                 const Execution& execution = {});

/// The times dealt anew over the points, from the stream (seed, permutation).
std::vector<double> dealt_times(std::span<const double> times, std::uint64_t seed, std::uint64_t permutation);

}  // namespace waywarden
