#include "waywarden/flow/margins.h"

#include <algorithm>
#include <cmath>

namespace waywarden {
namespace {

std::vector<double> sums(const std::vector<std::uint32_t>& group, const std::vector<double>& value,
                         std::size_t count) {
  std::vector<double> sum(count, 0.0);
  for (std::size_t k = 0; k < value.size(); ++k) sum[group[k]] += value[k];
  return sum;
}

void scale(const std::vector<std::uint32_t>& group, const std::vector<double>& targets,
           std::vector<double>& value) {
  if (targets.empty()) return;
  std::vector<double> factor = sums(group, value, targets.size());
  for (std::size_t g = 0; g < factor.size(); ++g) factor[g] = factor[g] > 0.0 ? targets[g] / factor[g] : 0.0;
  for (std::size_t k = 0; k < value.size(); ++k) value[k] *= factor[group[k]];
}

double largest_error(const std::vector<std::uint32_t>& group, const std::vector<double>& targets,
                     const std::vector<double>& value) {
  if (targets.empty()) return 0.0;
  const std::vector<double> sum = sums(group, value, targets.size());
  double error = 0.0;
  for (std::size_t g = 0; g < targets.size(); ++g) {
    if (targets[g] > 0.0) error = std::max(error, std::abs(sum[g] - targets[g]) / targets[g]);
  }
  return error;
}

}  // namespace

std::optional<FitResult> fit_margins(const SparseTable& table, const std::vector<double>& row_targets,
                                     const std::vector<double>& column_targets, double tolerance,
                                     std::size_t most_rounds, const Execution& execution) {
  FitResult fit{table.value, 0, 0.0};
  while (fit.rounds < most_rounds) {
    execution.check();
    ++fit.rounds;
    scale(table.row, row_targets, fit.value);
    scale(table.column, column_targets, fit.value);
    fit.error = std::max(largest_error(table.row, row_targets, fit.value),
                         largest_error(table.column, column_targets, fit.value));
    if (fit.error <= tolerance) return fit;
  }
  return std::nullopt;
}

}  // namespace waywarden
