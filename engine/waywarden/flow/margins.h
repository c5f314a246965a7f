#pragma once

/// Iterative proportional fitting of a sparse table to its margins (Deming and Stephan 1940).

#include <cstdint>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

/// A sparse table: cell k stands in (row[k], column[k]) with value[k] > 0.
struct SparseTable {
  std::vector<std::uint32_t> row;
  std::vector<std::uint32_t> column;
  std::vector<double> value;
};

struct FitResult {
  std::vector<double> value;
  std::size_t rounds = 0;
  /// Largest |margin - target| / target over targets > 0.
  double error = 0.0;
};

/// Scales rows and columns in turn until every margin is met to `tolerance`, or for `most_rounds`: then the
/// error is larger, infinite where factors have left all bounds. An empty margin vector is not fitted.
/// Targets must be >= 0 and, when both are given, have one sum; cells whose target is 0 become 0. Two passes
/// over the cells per round.
FitResult fit_margins(const SparseTable& table, const std::vector<double>& row_targets,
                      const std::vector<double>& column_targets, double tolerance, std::size_t most_rounds,
                      const Execution& execution);

}  // namespace waywarden
