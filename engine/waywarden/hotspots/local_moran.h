#pragma once

/// Local Moran (Anselin 1995): is a cell like its neighbours, high among high or low among low?
/// I_i = z_i * sum of w_ij z_j, with z the values standardised by their mean and deviation over n - 1 (as
/// GeoDa and PySAL) or n (as spdep); which, is an option and stands in the result. Weights are used as they
/// are: `row_standardised` ones make the local sum a mean. Self-weights are left out.
///
/// Bivariate (Lee 2001; as GeoDa): I_i = x_i * sum of w_ij y_j, the neighbours' y beside the cell's own x.
///
/// I_i rises with the sum of the neighbours where z_i > 0 and falls where z_i < 0, so its distribution given
/// the cell is that of the sum: exact for counts (`conditional_test.h`). Where z_i = 0 it is 0 whatever the
/// neighbours, and `constant`. The greater alternative is likeness, the lesser one unlikeness.
///
/// Never NaN; the same bits in any order of rows and on any number of threads.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/hotspots/local_test.h"

namespace waywarden {

enum class Deviation : std::uint8_t { over_n_minus_1, over_n };

std::string name(Deviation deviation);

/// The cell, then its neighbours, above or below the mean; PySAL's q is 1, 2, 3, 4 in the order of
/// high_high, low_high, low_low, high_low. What equals the mean counts as low.
enum class Quadrant : std::uint8_t { undefined, high_high, low_high, low_low, high_low };

std::string name(Quadrant quadrant);

struct LocalMoranOptions {
  Deviation deviation = Deviation::over_n_minus_1;
  LocalTestOptions test = {};
};

/// One row per cell.
struct LocalMoranResult {
  /// Nothing for an island, or where all values are equal.
  std::vector<std::optional<double>> statistic;
  /// Mean and variance over the conditional permutations; nothing where the state is not `defined`.
  std::vector<std::optional<double>> expected;
  std::vector<std::optional<double>> variance;
  std::vector<Quadrant> quadrant;
  Deviation deviation = Deviation::over_n_minus_1;
  LocalTests test;
};

/// Throws `InputError` for a value that is not finite, or weights that do not fit.
LocalMoranResult local_moran(std::span<const double> values, const Weights& weights,
                             const LocalMoranOptions& options = {}, const Execution& execution = {});

/// `values` are the cells' own, `around` those of their neighbours.
LocalMoranResult bivariate_local_moran(std::span<const double> values, std::span<const double> around,
                                       const Weights& weights, const LocalMoranOptions& options = {},
                                       const Execution& execution = {});

}  // namespace waywarden
