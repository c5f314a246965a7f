#include "waywarden/hotspots/global_statistics.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/hotspots/local_moments.h"
#include "waywarden/hotspots/local_test.h"

namespace waywarden {
namespace {

/// In the order of content, not of rows.
double sum_of(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  double sum = 0.0;
  for (const double number : numbers) sum += number;
  return sum;
}

/// The weight of (i, j), 0 where there is none.
double weight_of(const Weights& weights, std::size_t i, std::size_t j) {
  const auto row = weights.neighbours(i);
  const auto found = std::lower_bound(row.begin(), row.end(), j);
  if (found == row.end() || *found != j) return 0.0;
  return weights.weight_at(weights.first[i] + static_cast<std::size_t>(found - row.begin()));
}

/// The sums of weights that all moments are made of: of all, of squares of both directions together, and of
/// squares of rows and columns together.
struct WeightSums {
  double n = 0.0, s0 = 0.0, s1 = 0.0, s2 = 0.0;
};

WeightSums weight_sums(const Weights& weights) {
  const std::size_t n = weights.size();
  std::vector<double> all, pairs;
  std::vector<std::vector<double>> columns(n), rows(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t e = weights.first[i]; e < weights.first[i + 1]; ++e) {
      const std::uint32_t j = weights.neighbour[e];
      const double weight = weights.weight_at(e);
      all.push_back(weight);
      pairs.push_back(weight * (weight + weight_of(weights, j, i)));
      rows[i].push_back(weight);
      columns[j].push_back(weight);
    }
  }
  std::vector<double> margins;
  for (std::size_t i = 0; i < n; ++i) {
    const double margin = sum_of(std::move(rows[i])) + sum_of(std::move(columns[i]));
    margins.push_back(margin * margin);
  }
  return {static_cast<double>(n), sum_of(std::move(all)), sum_of(std::move(pairs)),
          sum_of(std::move(margins))};
}

double square(double x) { return x * x; }

/// x (x - 1) ... of k factors.
double falling(double x, int k) {
  double product = 1.0;
  for (int i = 0; i < k; ++i) product *= x - i;
  return product;
}

Significance significance(double value, double expected, double variance) {
  // Rounding leaves a little where nothing can vary.
  if (!(variance > 1e-14 * square(expected))) return {0.0, std::nullopt, std::nullopt};
  const double z = (value - expected) / std::sqrt(variance);
  return {variance, z, std::erfc(std::abs(z) / std::numbers::sqrt2)};
}

GlobalStatistic undefined(GlobalState state) { return {state, {}, {}, {}, {}}; }

/// A column over weights, and why it may have no statistic.
struct Map {
  std::vector<double> values;
  Weights others;
  DistinctValues distinct;
  Population population;
  WeightSums sums;

  Map(std::vector<double> column, const Weights& weights)
      : values(std::move(column)),
        others(without_self(weights)),
        distinct(distinct_values(values)),
        population(distinct),
        sums(weight_sums(others)) {}
  Map(const Map&) = delete;
  Map& operator=(const Map&) = delete;

  GlobalState state() const {
    if (sums.n < 4.0) return GlobalState::too_few;
    if (!(sums.s0 > 0.0)) return GlobalState::no_neighbours;
    return population.squares() > 0.0 ? GlobalState::defined : GlobalState::constant;
  }

  double kurtosis() const { return sums.n * population.fourths() / square(population.squares()); }

  /// The sum of `of(i, local sum)` over all cells.
  template <class Of>
  double total(Summand summand, const Of& of) const {
    const LocalSummer summer(values, population, distinct, others, summand);
    std::vector<double> terms;
    for (std::size_t i = 0; i < values.size(); ++i) terms.push_back(of(i, summer.of(i)));
    return sum_of(std::move(terms));
  }
};

double moran_variance(const WeightSums& w, double k) {
  const double n = w.n, s0 = square(w.s0);
  const double first = n * ((n * n - 3.0 * n + 3.0) * w.s1 - n * w.s2 + 3.0 * s0);
  const double second = k * ((n * n - n) * w.s1 - 2.0 * n * w.s2 + 6.0 * s0);
  return (first - second) / (falling(n - 1.0, 3) * s0) - square(1.0 / (n - 1.0));
}

double geary_variance(const WeightSums& w, double k) {
  const double n = w.n, s0 = square(w.s0);
  const double first = (n - 1.0) * w.s1 * (n * n - 3.0 * n + 3.0 - k * (n - 1.0));
  const double second = (n - 1.0) * w.s2 * (n * n + 3.0 * n - 6.0 - k * (n * n - n + 2.0)) / 4.0;
  const double third = s0 * (n * n - 3.0 - k * square(n - 1.0));
  return (first - second + third) / (n * (n - 2.0) * (n - 3.0) * s0);
}

/// Sums of powers of the values, divided by their mean.
struct Powers {
  double first = 0.0, second = 0.0, third = 0.0, fourth = 0.0;
};

Powers powers(const DistinctValues& values, double mean) {
  Powers sums;
  for (std::size_t g = 0; g < values.size(); ++g) {
    const double x = values.value[g] / mean, copies = static_cast<double>(values.copies[g]);
    sums.first += copies * x;
    sums.second += copies * x * x;
    sums.third += copies * x * x * x;
    sums.fourth += copies * x * x * x * x;
  }
  return sums;
}

/// The mean square of G (Getis and Ord 1992).
double squared_g(const WeightSums& w, const Powers& m) {
  const double n = w.n, s0 = square(w.s0);
  const double b0 = (n * n - 3.0 * n + 3.0) * w.s1 - n * w.s2 + 3.0 * s0;
  const double b1 = -((n * n - n) * w.s1 - 2.0 * n * w.s2 + 6.0 * s0);
  const double b2 = -(2.0 * n * w.s1 - (n + 3.0) * w.s2 + 6.0 * s0);
  const double b3 = 4.0 * (n - 1.0) * w.s1 - 2.0 * (n + 1.0) * w.s2 + 8.0 * s0;
  const double b4 = w.s1 - w.s2 + s0;
  const double sum = b0 * square(m.second) + b1 * m.fourth + b2 * square(m.first) * m.second +
                     b3 * m.first * m.third + b4 * square(square(m.first));
  return sum / (square(square(m.first) - m.second) * falling(n, 4));
}

/// How often two, three and four different cells give a pair, two pairs with a cell in common, and two pairs
/// without.
struct PairChances {
  double one = 0.0, touching = 0.0, apart = 0.0;
};

/// Half the weighted number of pairs, when values are dealt at random.
GlobalStatistic half_count(double value, const WeightSums& w, const PairChances& chances) {
  const double expected = w.s0 * chances.one / 2.0;
  const double squared = w.s1 * chances.one + (w.s2 - 2.0 * w.s1) * chances.touching +
                         (square(w.s0) + w.s1 - w.s2) * chances.apart;
  return {GlobalState::defined,
          value,
          expected,
          {},
          significance(value, expected, squared / 4.0 - square(expected))};
}

/// Of ones, where `ones` of n cells are.
PairChances alike(double n, double ones) {
  return {falling(ones, 2) / falling(n, 2), falling(ones, 3) / falling(n, 3),
          falling(ones, 4) / falling(n, 4)};
}

PairChances unlike(double n, double ones) {
  const double zeros = n - ones, pair = ones * zeros / falling(n, 2);
  return {2.0 * pair, pair, 4.0 * falling(ones, 2) * falling(zeros, 2) / falling(n, 4)};
}

}  // namespace

std::string name(GlobalState state) {
  switch (state) {
    case GlobalState::defined:
      return "defined";
    case GlobalState::constant:
      return "constant";
    case GlobalState::no_neighbours:
      return "no_neighbours";
    case GlobalState::too_few:
      return "too_few";
  }
  throw OptionError("no such state");
}

GlobalStatistic moran(std::span<const double> values, const Weights& weights) {
  require_fitting(values, weights);
  const Map map(standardised_unless_whole(values), weights);
  if (map.state() != GlobalState::defined) return undefined(map.state());
  const WeightSums& w = map.sums;
  const double cross = map.total(Summand::value, [&](std::size_t i, const LocalSum& sum) {
    return map.population.deviation(map.distinct.group[i]) * sum.sum;
  });
  const double value = w.n / w.s0 * cross / map.population.squares(), expected = -1.0 / (w.n - 1.0);
  const double normal =
      (square(w.n) * w.s1 - w.n * w.s2 + 3.0 * square(w.s0)) / ((square(w.n) - 1.0) * square(w.s0)) -
      square(expected);
  return {GlobalState::defined, value, expected, significance(value, expected, normal),
          significance(value, expected, moran_variance(w, map.kurtosis()))};
}

GlobalStatistic geary(std::span<const double> values, const Weights& weights) {
  require_fitting(values, weights);
  const Map map(standardised_unless_whole(values), weights);
  if (map.state() != GlobalState::defined) return undefined(map.state());
  const WeightSums& w = map.sums;
  const double squares =
      map.total(Summand::squared_difference, [](std::size_t, const LocalSum& sum) { return sum.sum; });
  const double value = (w.n - 1.0) * squares / (2.0 * w.s0 * map.population.squares());
  const double normal =
      ((2.0 * w.s1 + w.s2) * (w.n - 1.0) - 4.0 * square(w.s0)) / (2.0 * (w.n + 1.0) * square(w.s0));
  return {GlobalState::defined, value, 1.0, significance(value, 1.0, normal),
          significance(value, 1.0, geary_variance(w, map.kurtosis()))};
}

GlobalStatistic general_g(std::span<const double> values, const Weights& weights) {
  require_fitting(values, weights);
  if (std::any_of(values.begin(), values.end(), [](double v) { return v < 0.0; }))
    throw InputError("the general G needs values that are not negative");
  const Map map(std::vector(values.begin(), values.end()), weights);
  if (map.state() != GlobalState::defined) return undefined(map.state());
  const double mean = map.population.mean();
  const Powers m = powers(map.distinct, mean);
  const double pairs = square(m.first) - m.second;
  // One value above 0 alone: there is no product to share out.
  if (!(pairs > 1e-12 * m.second)) return undefined(GlobalState::too_few);
  const double products = map.total(Summand::value, [&](std::size_t i, const LocalSum& sum) {
    return map.values[i] / mean * (sum.sum / mean + sum.weights);
  });
  const double value = products / pairs, expected = map.sums.s0 / falling(map.sums.n, 2);
  return {GlobalState::defined,
          value,
          expected,
          {},
          significance(value, expected, squared_g(map.sums, m) - square(expected))};
}

JoinCounts join_counts(std::span<const double> values, const Weights& weights) {
  require_fitting(values, weights);
  if (!std::all_of(values.begin(), values.end(), [](double v) { return v == 0.0 || v == 1.0; }))
    throw InputError("join counts need a column of 0 and 1");
  const Map map(std::vector(values.begin(), values.end()), weights);
  const GlobalState state = map.state();
  if (state != GlobalState::defined) return {undefined(state), undefined(state), undefined(state)};
  const double n = map.sums.n, ones = std::round(map.population.mean() * n);
  const auto count = [&](double own, double other) {
    std::vector<double> joined;
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t e = map.others.first[i]; values[i] == own && e < map.others.first[i + 1]; ++e) {
        if (values[map.others.neighbour[e]] == other) joined.push_back(map.others.weight_at(e));
      }
    }
    return sum_of(std::move(joined)) / 2.0;
  };
  return {half_count(count(1.0, 1.0), map.sums, alike(n, ones)),
          half_count(count(0.0, 0.0), map.sums, alike(n, n - ones)),
          half_count(count(0.0, 1.0) + count(1.0, 0.0), map.sums, unlike(n, ones))};
}

}  // namespace waywarden
