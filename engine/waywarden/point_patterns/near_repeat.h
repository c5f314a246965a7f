#pragma once

/// After an event, how much more likely is another one nearby, soon? Pairs of events are counted in bands of
/// distance and of time, against the same places with the dates dealt at random (Johnson et al. 2007;
/// Ratcliffe and Rengert 2008, whose calculator this table comes from).
///
/// Bands are given by their upper ends: band k holds what is above the end before and at most its own, the
/// first also 0; a first end of 0 is a band of its own for repeats in the same place, or on the same date.
///
///   expected  mean over all permutations, exactly: pairs in the distance band x pairs in the time band / all
///   ratio     observed / expected; undefined where nothing is expected
///   p         share of permutations with at least as many pairs, ties and the observed one included
///   p_global  of the whole table at once (extreme rank test, upper side): that some cell is unusual
///
/// O(n log n + pairs within the last distance), per permutation the same without the sorting.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

enum class PlaneDistance : std::uint8_t { euclidean, manhattan };

/// "euclidean", "manhattan".
std::string name(PlaneDistance distance);

struct NearRepeatOptions {
  /// Upper ends of the bands: ascending, not negative.
  std::vector<double> distances;
  std::vector<double> times;
  PlaneDistance metric = PlaneDistance::euclidean;
  std::size_t permutations = 999;
  std::uint64_t seed = 0;
};

/// Cells by distance, then time.
struct NearRepeat {
  std::vector<std::uint64_t> observed{};
  std::vector<double> expected{};
  std::vector<std::optional<double>> ratio{};
  std::vector<double> p{};
  double p_global = 1.0;
};

/// Throws `InputError` for places or times that are not finite, `OptionError` for bad bands or fewer than 19
/// permutations.
NearRepeat near_repeat(std::span<const Point> points, std::span<const double> times,
                       const NearRepeatOptions& options, const Execution& execution = {});

}  // namespace waywarden
