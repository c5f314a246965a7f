#pragma once

/// Local Geary (Anselin 1995, 2019): how different is a cell from its neighbours?
/// C_i = sum of w_ij (z_i - z_j)^2, with z the values standardised by their mean and deviation over n - 1 (as
/// GeoDa and spdep) or n (as PySAL). Small where neighbours are alike, whether high or low. Weights are used
/// as they are; self-weights are left out.
///
/// Given the cell, C_i is a sum of squared differences, which for counts are whole numbers: its distribution
/// is exact where one table per value held is affordable (`conditional_test.h`). The lesser alternative is
/// likeness, the greater one unlikeness.
///
/// Never NaN; the same bits in any order of rows and on any number of threads.

#include <optional>
#include <span>
#include <vector>

#include "waywarden/hotspots/local_moran.h"
#include "waywarden/hotspots/local_test.h"

namespace waywarden {

struct LocalGearyOptions {
  Deviation deviation = Deviation::over_n_minus_1;
  LocalTestOptions test = {};
};

/// One row per cell.
struct LocalGearyResult {
  /// Nothing for an island, or where all values are equal.
  std::vector<std::optional<double>> statistic;
  /// Mean and variance over the conditional permutations; nothing where the state is not `defined`.
  std::vector<std::optional<double>> expected;
  std::vector<std::optional<double>> variance;
  Deviation deviation = Deviation::over_n_minus_1;
  LocalTests test;
};

/// Throws `InputError` for a value that is not finite, or weights that do not fit.
LocalGearyResult local_geary(std::span<const double> values, const Weights& weights,
                             const LocalGearyOptions& options = {}, const Execution& execution = {});

}  // namespace waywarden
