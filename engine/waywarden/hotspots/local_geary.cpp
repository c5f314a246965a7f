#include "waywarden/hotspots/local_geary.h"

#include <cmath>

namespace waywarden {
namespace {

constexpr std::size_t kGrain = 1024;

}  // namespace

LocalGearyResult local_geary(std::span<const double> values, const Weights& weights,
                             const LocalGearyOptions& options, const Execution& execution) {
  require_fitting(values, weights);
  const Weights others = without_self(weights);
  const std::vector<double> used = standardised_unless_whole(values);
  const DistinctValues distinct = distinct_values(used);
  const Population population(distinct);
  LocalGearyResult result;
  result.deviation = options.deviation;
  result.statistic.resize(values.size());
  result.expected.resize(values.size());
  result.variance.resize(values.size());
  const auto rises = [](std::size_t) { return SumDirection::rises; };
  result.test = local_tests(used, others, Summand::squared_difference, rises, LocalState::constant,
                            options.test, execution);
  if (!(population.squares() > 0.0)) return result;
  const double n = population.n();
  const double divisor = options.deviation == Deviation::over_n ? n : n - 1.0;
  const double scale = population.squares() / divisor;
  const LocalSummer summer(used, population, distinct, others, Summand::squared_difference);
  parallel_for(
      values.size(), execution,
      [&](std::size_t i) {
        if (result.test.neighbours[i] == 0) return;
        const LocalSum sum = summer.of(i);
        result.statistic[i] = sum.sum / scale;
        if (result.test.state[i] != LocalState::defined) return;
        const Standardised given =
            standardised(sum, population.others(distinct.group[i], Summand::squared_difference));
        result.expected[i] = given.mean / scale;
        result.variance[i] = given.variance / (scale * scale);
      },
      kGrain);
  return result;
}

}  // namespace waywarden
