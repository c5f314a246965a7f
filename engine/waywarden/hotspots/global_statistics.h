#pragma once

/// One number for a whole map: Moran's I, Geary's C, Getis and Ord's G and join counts, with mean and
/// variance in closed form (Cliff and Ord 1981; Getis and Ord 1992). *Normality*: the values are draws from
/// one normal distribution. *Randomisation*: the values at hand are dealt over the cells at random. z is
/// standardised by it; p is two-sided, from the normal distribution, which for small n is an approximation.
///
/// Weights are used as they are, self-weights left out; they need not be symmetric. Islands count among the
/// n cells. The same bits in any order of rows. O(entries log entries).

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "waywarden/hotspots/weights.h"

namespace waywarden {

enum class GlobalState : std::uint8_t {
  defined,
  constant,       ///< all values are equal
  no_neighbours,  ///< no cell has a neighbour
  too_few,        ///< fewer than four cells, or for G fewer than two values above 0
};

std::string name(GlobalState state);

/// Under one assumption.
struct Significance {
  double variance = 0.0;
  /// Nothing where the variance is 0: no deal could give anything else.
  std::optional<double> z;
  std::optional<double> p;
};

struct GlobalStatistic {
  GlobalState state = GlobalState::defined;
  /// Nothing below where the state is not `defined`.
  std::optional<double> value;
  std::optional<double> expected;
  /// Nothing for G and join counts, which no normal values have.
  std::optional<Significance> normality;
  std::optional<Significance> randomisation;
};

/// Throw `InputError` for a value that is not finite, or weights that do not fit.
GlobalStatistic moran(std::span<const double> values, const Weights& weights);
GlobalStatistic geary(std::span<const double> values, const Weights& weights);
/// Throws `InputError` also for a negative value.
GlobalStatistic general_g(std::span<const double> values, const Weights& weights);

/// Of a column of 0 and 1: joins between two ones, two zeros, and a one and a zero; each pair of neighbours
/// counts half for either direction. Throws `InputError` for another value.
struct JoinCounts {
  GlobalStatistic ones;
  GlobalStatistic zeros;
  GlobalStatistic mixed;
};
JoinCounts join_counts(std::span<const double> values, const Weights& weights);

}  // namespace waywarden
