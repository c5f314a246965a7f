#pragma once

/// What local statistics are made of: the weighted sum of what each neighbour adds, and the mean and variance
/// of that sum when the values of the other cells are dealt at random over them (Sokal, Oden and Thomson
/// 1998), which standardise it. The same values on the same neighbours give the same bits in any order of
/// rows.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/hotspots/distinct_values.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden {

/// What a neighbour adds to the sum of a cell, times its weight.
enum class Summand : std::uint8_t {
  value,               ///< its value
  squared_difference,  ///< the square of its value less the cell's
};

/// Of the summands that are compared. Those that are values are counted from the mean of all values, so that
/// nothing is lost where values are large and close together.
struct Moments {
  double n = 0.0;
  double mean = 0.0;
  double variance = 0.0;  ///< over n
};

/// The sums of powers of all deviations from the mean.
class Population {
 public:
  explicit Population(const DistinctValues& values);

  double n() const { return n_; }
  double mean() const { return mean_; }
  /// The sum of squared deviations; 0 only where all values are equal.
  double squares() const { return squares_; }
  /// The sum of fourth powers of deviations.
  double fourths() const { return fourths_; }
  /// The value of the group less the mean.
  double deviation(std::size_t group) const;

  Moments all() const;
  /// Of what the other cells add to a cell with this value.
  Moments others(std::size_t group, Summand summand) const;

 private:
  Moments counted(std::size_t group, Summand summand) const;

  const DistinctValues& values_;
  double n_ = 0.0, mean_ = 0.0, squares_ = 0.0, cubes_ = 0.0, fourths_ = 0.0;
};

/// Whole numbers as they are, for exact sums; others less their mean, by their deviation, so that fourth
/// powers are finite.
std::vector<double> standardised_unless_whole(std::span<const double> values);

/// Whether a cell counts among its neighbours: by its own weight where it lists itself, else by the largest
/// of its row.
enum class Own : std::uint8_t { as_listed, counted };

struct LocalSum {
  double weights = 0.0;
  double squared_weights = 0.0;
  /// Of weight times summand; values are counted from the mean of all.
  double sum = 0.0;
};

class LocalSummer {
 public:
  LocalSummer(std::span<const double> values, const Population& population, const DistinctValues& distinct,
              const Weights& weights, Summand summand, Own own = Own::as_listed);

  LocalSum of(std::size_t cell) const;

 private:
  LocalSum added_up(std::size_t cell) const;
  double summand(std::size_t neighbour, std::size_t cell) const;

  std::span<const double> values_;
  const Weights& weights_;
  Summand summand_;
  Own own_;
  double mean_;
  /// Sums are exact in any order.
  bool exact_;
};

/// Nothing where the summands do not vary, or everything is a neighbour with one weight, so that the sum
/// cannot vary.
struct Standardised {
  enum class Why : std::uint8_t { defined, constant, all_neighbours };
  Why why = Why::defined;
  double mean = 0.0;
  double variance = 0.0;
  double z = 0.0;
};

Standardised standardised(const LocalSum& sum, const Moments& compared);

}  // namespace waywarden
