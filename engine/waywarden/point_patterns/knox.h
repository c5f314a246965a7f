#pragma once

/// Knox's test (Applied Statistics 13, 1964): are more pairs of events close both in space and in time than
/// if times had been dealt at random over the places? Pairs exactly at a limit are close.
///
/// Mean and variance of the count under all permutations are exact (Barton and David 1966). p is the share of
/// permutations with at least as many pairs, ties and the observed one included; dealing stops once
/// `stop_after` permutations have reached the count, and p is then stop_after / permutations (Besag and
/// Clifford, Biometrika 78, 1991): still a valid p, and far cheaper where nothing is going on. Permutations
/// come from streams of their own: the same result for any order of rows and number of threads.
///
/// O(n log n + pairs close in space), per permutation O(n + pairs close in space).

#include <cstdint>
#include <optional>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

struct KnoxOptions {
  /// Limits, inclusive, not negative, in the units of coordinates and times.
  double distance = 0.0;
  double time = 0.0;
  std::uint64_t permutations = 9'999;
  /// 0: never stop early.
  std::uint64_t stop_after = 100;
  std::uint64_t seed = 0;
};

struct KnoxResult {
  /// Pairs close in both, in space, in time.
  std::uint64_t close = 0;
  std::uint64_t near = 0;
  std::uint64_t soon = 0;
  /// Of `close`, over all permutations; z only where they differ.
  double mean = 0.0;
  double variance = 0.0;
  std::optional<double> z;
  double p = 1.0;
  /// Monte Carlo standard error of p, from the share with one more of each kind: never 0.
  double p_error = 0.0;
  /// Dealt.
  std::uint64_t permutations = 0;
};

/// Throws `InputError` for places or times that are not finite, `OptionError` for bad limits or no
/// permutations.
KnoxResult knox(std::span<const Point> points, std::span<const double> times, const KnoxOptions& options,
                const Execution& execution = {});

}  // namespace waywarden
