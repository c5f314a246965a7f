#include "waywarden/hotspots/local_moran.h"

#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kGrain = 1024;

/// A column as local sums need it.
struct Column {
  std::span<const double> values;
  DistinctValues distinct;
  Population population;

  explicit Column(std::span<const double> v)
      : values(v), distinct(distinct_values(v)), population(distinct) {}
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;

  double deviation(std::size_t cell) const { return population.deviation(distinct.group[cell]); }
  bool constant() const { return !(population.squares() > 0.0); }
  /// The standard deviation.
  double scale(Deviation deviation) const {
    return std::sqrt(population.squares() /
                     (population.n() - (deviation == Deviation::over_n_minus_1 ? 1.0 : 0.0)));
  }
};

Quadrant quadrant(double own, double around) {
  if (own > 0.0) return around > 0.0 ? Quadrant::high_high : Quadrant::high_low;
  return around > 0.0 ? Quadrant::low_high : Quadrant::low_low;
}

LocalMoranResult of_size(std::size_t cells, Deviation deviation) {
  LocalMoranResult result;
  result.statistic.resize(cells);
  result.expected.resize(cells);
  result.variance.resize(cells);
  result.quadrant.resize(cells, Quadrant::undefined);
  result.deviation = deviation;
  return result;
}

LocalMoranResult moran(const Column& own, const Column& around, const Weights& others,
                       const LocalMoranOptions& options, const Execution& execution) {
  LocalMoranResult result = of_size(others.size(), options.deviation);
  const auto direction = [&](std::size_t i) {
    const double d = own.constant() ? 0.0 : own.deviation(i);
    return d > 0.0 ? SumDirection::rises : d < 0.0 ? SumDirection::falls : SumDirection::absent;
  };
  result.test = local_tests(around.values, others, Summand::value, direction, LocalState::constant,
                            options.test, execution);
  if (own.constant() || around.constant()) return result;
  const LocalSummer summer(around.values, around.population, around.distinct, others, Summand::value);
  const double scale = own.scale(options.deviation) * around.scale(options.deviation);
  parallel_for(
      others.size(), execution,
      [&](std::size_t i) {
        if (result.test.neighbours[i] == 0) return;
        const LocalSum sum = summer.of(i);
        const double factor = own.deviation(i) / scale;
        result.statistic[i] = factor * sum.sum;
        result.quadrant[i] = quadrant(own.deviation(i), sum.sum);
        if (result.test.state[i] != LocalState::defined) return;
        const Standardised given =
            standardised(sum, around.population.others(around.distinct.group[i], Summand::value));
        result.expected[i] = factor * given.mean;
        result.variance[i] = factor * factor * given.variance;
      },
      kGrain);
  return result;
}

}  // namespace

std::string name(Deviation deviation) {
  switch (deviation) {
    case Deviation::over_n_minus_1:
      return "n-1";
    case Deviation::over_n:
      return "n";
  }
  throw OptionError("no such deviation");
}

std::string name(Quadrant quadrant) {
  switch (quadrant) {
    case Quadrant::undefined:
      return "undefined";
    case Quadrant::high_high:
      return "high_high";
    case Quadrant::low_high:
      return "low_high";
    case Quadrant::low_low:
      return "low_low";
    case Quadrant::high_low:
      return "high_low";
  }
  throw OptionError("no such quadrant");
}

LocalMoranResult local_moran(std::span<const double> values, const Weights& weights,
                             const LocalMoranOptions& options, const Execution& execution) {
  require_fitting(values, weights);
  const Column column(values);
  return moran(column, column, without_self(weights), options, execution);
}

LocalMoranResult bivariate_local_moran(std::span<const double> values, std::span<const double> around,
                                       const Weights& weights, const LocalMoranOptions& options,
                                       const Execution& execution) {
  require_fitting(values, weights);
  require_fitting(around, weights);
  return moran(Column(values), Column(around), without_self(weights), options, execution);
}

}  // namespace waywarden
