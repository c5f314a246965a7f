#include "waywarden/flow/margins.h"

#include <algorithm>
#include <cmath>

namespace waywarden {
namespace {

using Numbers = std::vector<std::uint32_t>;

/// One side of a table: what its cells are multiplied with, and by which sums that is found.
struct Side {
  Side(const Numbers& numbers, const std::vector<double>& targets) : number(numbers), target(targets) {
    const std::size_t seen = numbers.empty() ? 0 : *std::max_element(numbers.begin(), numbers.end()) + 1;
    factor.assign(std::max(seen, targets.size()), 1.0);
  }

  bool fitted() const { return !target.empty(); }

  void sum_up(const std::vector<double>& value, const Side& other) {
    sum.assign(factor.size(), 0.0);
    for (std::size_t k = 0; k < value.size(); ++k) sum[number[k]] += value[k] * other.factor[other.number[k]];
  }
  void scale() {
    for (std::size_t g = 0; g < factor.size(); ++g) factor[g] = sum[g] > 0.0 ? target[g] / sum[g] : 0.0;
  }
  double error() const {
    double largest = 0.0;
    for (std::size_t g = 0; g < target.size(); ++g) {
      if (target[g] == 0.0) continue;
      const double off = std::abs(factor[g] * sum[g] - target[g]) / target[g];
      // Factors that have left all bounds make what is not a number.
      if (!(off <= largest)) largest = std::isfinite(off) ? off : HUGE_VAL;
    }
    return largest;
  }

  const Numbers& number;
  const std::vector<double>& target;
  std::vector<double> factor;
  std::vector<double> sum;
};

std::vector<double> product(const SparseTable& table, const Side& rows, const Side& columns) {
  std::vector<double> value = table.value;
  for (std::size_t k = 0; k < value.size(); ++k)
    value[k] *= rows.factor[table.row[k]] * columns.factor[table.column[k]];
  return value;
}

}  // namespace

FitResult fit_margins(const SparseTable& table, const std::vector<double>& row_targets,
                      const std::vector<double>& column_targets, double tolerance, std::size_t most_rounds,
                      const Execution& execution) {
  Side rows(table.row, row_targets), columns(table.column, column_targets);
  FitResult fit;
  if (rows.fitted()) rows.sum_up(table.value, columns);
  do {
    execution.check();
    ++fit.rounds;
    if (rows.fitted()) rows.scale();
    if (columns.fitted()) {
      columns.sum_up(table.value, rows);
      columns.scale();
      // The margins of the rows now, and what the next round scales them by.
      if (rows.fitted()) rows.sum_up(table.value, columns);
    }
    fit.error = std::max(columns.error(), rows.error());
  } while (!(fit.error <= tolerance) && fit.rounds < most_rounds);
  fit.value = product(table, rows, columns);
  return fit;
}

}  // namespace waywarden
