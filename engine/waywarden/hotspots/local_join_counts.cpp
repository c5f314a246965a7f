#include "waywarden/hotspots/local_join_counts.h"

#include <algorithm>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void require_binary(std::span<const double> values) {
  const auto bad = std::find_if(values.begin(), values.end(), [](double v) { return v != 0.0 && v != 1.0; });
  if (bad == values.end()) return;
  throw InputError("the value of cell " + std::to_string(bad - values.begin()) + " is neither 0 nor 1");
}

/// In the order of content, not of rows.
double joined(std::span<const double> counted, const Weights& others, std::size_t cell) {
  std::vector<double> weights;
  for (std::size_t e = others.first[cell]; e < others.first[cell + 1]; ++e) {
    if (counted[others.neighbour[e]] == 1.0) weights.push_back(others.weight_at(e));
  }
  std::sort(weights.begin(), weights.end());
  double sum = 0.0;
  for (const double weight : weights) sum += weight;
  return sum;
}

/// Of the cells that `ask`, the neighbours that are `counted`.
LocalJoinCountResult join_counts(const std::vector<double>& ask, const std::vector<double>& counted,
                                 const Weights& weights, const LocalJoinCountOptions& options,
                                 const Execution& execution) {
  const Weights others = without_self(weights);
  const auto direction = [&](std::size_t i) {
    return ask[i] == 1.0 ? SumDirection::rises : SumDirection::absent;
  };
  LocalJoinCountResult result;
  result.test =
      local_tests(counted, others, Summand::value, direction, LocalState::absent, options.test, execution);
  result.joins.reserve(ask.size());
  for (std::size_t i = 0; i < ask.size(); ++i)
    result.joins.push_back(ask[i] == 1.0 ? joined(counted, others, i) : 0.0);
  return result;
}

std::vector<double> both(std::span<const double> a, std::span<const double> b) {
  std::vector<double> product;
  for (std::size_t i = 0; i < a.size(); ++i) product.push_back(a[i] * b[i]);
  return product;
}

std::vector<double> only(std::span<const double> a, std::span<const double> b) {
  std::vector<double> difference;
  for (std::size_t i = 0; i < a.size(); ++i) difference.push_back(a[i] * (1.0 - b[i]));
  return difference;
}

void require_usable(std::span<const double> values, const Weights& weights) {
  require_fitting(values, weights);
  require_binary(values);
}

}  // namespace

LocalJoinCountResult local_join_counts(std::span<const double> has, const Weights& weights,
                                       const LocalJoinCountOptions& options, const Execution& execution) {
  require_usable(has, weights);
  const std::vector<double> column(has.begin(), has.end());
  return join_counts(column, column, weights, options, execution);
}

LocalJoinCountResult bivariate_local_join_counts(std::span<const double> has, std::span<const double> around,
                                                 const Weights& weights, const LocalJoinCountOptions& options,
                                                 const Execution& execution) {
  require_usable(has, weights);
  require_usable(around, weights);
  return join_counts(only(has, around), only(around, has), weights, options, execution);
}

LocalJoinCountResult local_colocation_counts(std::span<const double> has, std::span<const double> has_too,
                                             const Weights& weights, const LocalJoinCountOptions& options,
                                             const Execution& execution) {
  require_usable(has, weights);
  require_usable(has_too, weights);
  const std::vector<double> column = both(has, has_too);
  return join_counts(column, column, weights, options, execution);
}

}  // namespace waywarden
