#pragma once

/// Local join counts (Anselin and Li 2019): how many neighbours of a cell that has something have it too?
/// Univariate: x_i * sum of w_ij x_j. Bivariate: of cells that have x and not y, the neighbours that have y
/// and not x. Co-location: of cells that have both, the neighbours that have both. Values are 0 or 1;
/// self-weights are left out.
///
/// Given the cell, the number of neighbours that have it is hypergeometric where weights are equal within the
/// row: p is exact (`conditional_test.h`). Cells that do not have it are `absent`. The alternative is
/// `greater` unless asked otherwise.

#include <optional>
#include <span>
#include <vector>

#include "waywarden/hotspots/local_test.h"

namespace waywarden {

struct LocalJoinCountOptions {
  LocalTestOptions test = {.alternative = Alternative::greater};
};

/// One row per cell.
struct LocalJoinCountResult {
  /// 0 for a cell that does not have it, and for an island.
  std::vector<double> joins;
  LocalTests test;
};

/// Throw `InputError`, naming the cell, for a value other than 0 and 1, or weights that do not fit.
LocalJoinCountResult local_join_counts(std::span<const double> has, const Weights& weights,
                                       const LocalJoinCountOptions& options = {},
                                       const Execution& execution = {});
LocalJoinCountResult bivariate_local_join_counts(std::span<const double> has, std::span<const double> around,
                                                 const Weights& weights,
                                                 const LocalJoinCountOptions& options = {},
                                                 const Execution& execution = {});
LocalJoinCountResult local_colocation_counts(std::span<const double> has, std::span<const double> has_too,
                                             const Weights& weights,
                                             const LocalJoinCountOptions& options = {},
                                             const Execution& execution = {});

}  // namespace waywarden
