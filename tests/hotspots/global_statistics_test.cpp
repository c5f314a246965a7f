#include "waywarden/hotspots/global_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "hotspots/dealt_worlds.h"
#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using namespace testing;
using Formula = std::function<double(const std::vector<double>&)>;

/// Every entry of the weights, with their sum.
template <class Term>
double over_pairs(const Weights& weights, const Term& term) {
  double sum = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    for (std::size_t e = weights.first[i]; e < weights.first[i + 1]; ++e)
      sum += weights.weight_at(e) * term(i, weights.neighbour[e]);
  }
  return sum;
}

double total_weight(const Weights& weights) {
  return over_pairs(weights, [](std::size_t, std::size_t) { return 1.0; });
}

double moran_by_hand(const std::vector<double>& v, const Weights& weights) {
  const double mean = mean_of(v);
  return over_pairs(weights, [&](std::size_t i, std::size_t j) { return (v[i] - mean) * (v[j] - mean); }) /
         total_weight(weights) / variance_of(v, 0.0);
}

double geary_by_hand(const std::vector<double>& v, const Weights& weights) {
  return over_pairs(weights, [&](std::size_t i, std::size_t j) { return (v[i] - v[j]) * (v[i] - v[j]); }) /
         (2.0 * total_weight(weights)) / variance_of(v, 1.0);
}

double g_by_hand(const std::vector<double>& v, const Weights& weights) {
  double pairs = 0.0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    for (std::size_t j = 0; j < v.size(); ++j) pairs += i != j ? v[i] * v[j] : 0.0;
  }
  return over_pairs(weights, [&](std::size_t i, std::size_t j) { return v[i] * v[j]; }) / pairs;
}

/// Mean and variance over all orders of the values.
std::pair<double, double> over_orders(const std::vector<double>& values, const Formula& formula) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  double n = 0.0, sum = 0.0, squares = 0.0;
  do {
    const double s = formula(reordered<double>(values, order));
    n += 1.0;
    sum += s;
    squares += s * s;
  } while (std::next_permutation(order.begin(), order.end()));
  return {sum / n, squares / n - sum * sum / (n * n)};
}

void expect_dealt(const GlobalStatistic& statistic, const std::vector<double>& values,
                  const Formula& formula) {
  ASSERT_EQ(statistic.state, GlobalState::defined);
  const auto [mean, variance] = over_orders(values, formula);
  EXPECT_NEAR(*statistic.value, formula(values), 1e-12);
  EXPECT_NEAR(*statistic.expected, mean, 1e-10);
  EXPECT_NEAR(statistic.randomisation->variance, variance, 1e-9 * (1.0 + mean * mean));
  if (variance < 1e-9) return;
  const double z = (formula(values) - mean) / std::sqrt(variance);
  EXPECT_NEAR(*statistic.randomisation->z, z, 1e-6);
  EXPECT_NEAR(*statistic.randomisation->p, std::erfc(std::abs(z) / std::sqrt(2.0)), 1e-6);
}

class Global : public ::testing::TestWithParam<std::uint64_t> {};

/// Moments under randomisation against all 720 orders of six values, for weights that are neither symmetric
/// nor equal.
TEST_P(Global, MomentsEqualFullEnumeration) {
  SmallWorld world = small_world(GetParam(), 6, 9);
  RandomStream stream(GetParam(), 7);
  for (std::size_t e = 0; e < world.weights.neighbour.size(); ++e)
    world.weights.weight.push_back(stream.uniform());
  for (double& v : world.values) v += stream.uniform();
  const Weights& w = world.weights;
  expect_dealt(moran(world.values, w), world.values,
               [&](const std::vector<double>& v) { return moran_by_hand(v, w); });
  expect_dealt(geary(world.values, w), world.values,
               [&](const std::vector<double>& v) { return geary_by_hand(v, w); });
  expect_dealt(general_g(world.values, w), world.values,
               [&](const std::vector<double>& v) { return g_by_hand(v, w); });
}

TEST_P(Global, JoinCountsEqualFullEnumeration) {
  const SmallWorld world = small_world(GetParam(), 6, 2);
  const JoinCounts joins = join_counts(world.values, world.weights);
  if (joins.ones.state == GlobalState::constant) return;
  const auto count = [&](double a, double b) {
    return [&world, a, b](const std::vector<double>& v) {
      return over_pairs(world.weights, [&](std::size_t i, std::size_t j) {
        return (v[i] == a && v[j] == b) || (v[i] == b && v[j] == a) ? 0.5 : 0.0;
      });
    };
  };
  expect_dealt(joins.ones, world.values, count(1, 1));
  expect_dealt(joins.zeros, world.values, count(0, 0));
  expect_dealt(joins.mixed, world.values, count(0, 1));
}

/// Mean and variance under normality against many draws.
TEST_P(Global, NormalMomentsEqualThoseOfDraws) {
  const SmallWorld world = small_world(GetParam() % 3 + 1, 8, 3);
  RandomStream stream(GetParam(), 5);
  double squares = 0.0, squares_c = 0.0;
  const int draws = 4000;
  std::vector<double> v(8);
  for (int d = 0; d < draws; ++d) {
    for (double& x : v) x = stream.normal();
    squares += std::pow(moran_by_hand(v, world.weights) + 1.0 / 7.0, 2) / draws;
    squares_c += std::pow(geary_by_hand(v, world.weights) - 1.0, 2) / draws;
  }
  const double variance = moran(v, world.weights).normality->variance;
  const double variance_c = geary(v, world.weights).normality->variance;
  EXPECT_NEAR(squares / variance, 1.0, 0.15);
  EXPECT_NEAR(squares_c / variance_c, 1.0, 0.15);
}

TEST_P(Global, RowsDoNotChangeABit) {
  const SmallWorld world = small_world(GetParam(), 30, 5);
  std::vector<double> values = world.values;
  for (double& v : values) v = 0.1 * v + 0.3;
  const auto order = random_order(GetParam(), 30);
  const auto shuffled = reordered<double>(values, order);
  const Weights renumbered = reordered(world.weights, order);
  EXPECT_EQ(moran(values, world.weights).randomisation->z, moran(shuffled, renumbered).randomisation->z);
  EXPECT_EQ(geary(values, world.weights).randomisation->z, geary(shuffled, renumbered).randomisation->z);
  EXPECT_EQ(general_g(values, world.weights).randomisation->z,
            general_g(shuffled, renumbered).randomisation->z);
}
INSTANTIATE_TEST_SUITE_P(Seeds, Global, ::testing::Range(std::uint64_t{1}, std::uint64_t{16}));

TEST(GlobalOf, WhatIsUndefinedHasAName) {
  const Weights ring = binary_weights({{1}, {2}, {3}, {0}}), none = binary_weights({{}, {}, {}, {}});
  EXPECT_EQ(moran(std::vector<double>(4, 0.1), ring).state, GlobalState::constant);
  EXPECT_EQ(geary(std::vector<double>{1, 2, 3, 4}, none).state, GlobalState::no_neighbours);
  EXPECT_EQ(moran(std::vector<double>{1, 2}, binary_weights({{1}, {0}})).state, GlobalState::too_few);
  EXPECT_EQ(general_g(std::vector<double>{0, 0, 5, 0}, ring).state, GlobalState::too_few);
  EXPECT_EQ(join_counts(std::vector<double>(4, 1.0), ring).mixed.state, GlobalState::constant);
  EXPECT_FALSE(moran(std::vector<double>(4, 0.1), ring).value);
}

TEST(GlobalOf, HugeNumbersStayFinite) {
  const Weights ring = binary_weights({{1}, {2}, {3}, {4}, {0}});
  const std::vector<double> values = {1e100, 2e99, 0.5, 7e99, 1e98};
  for (const auto& statistic : {moran(values, ring), geary(values, ring), general_g(values, ring)})
    EXPECT_TRUE(std::isfinite(*statistic.randomisation->z));
}

TEST(GlobalOf, RefusesWhatDoesNotFit) {
  const Weights ring = binary_weights({{1}, {2}, {3}, {0}});
  EXPECT_THROW(moran(std::vector<double>{1, 2}, ring), InputError);
  EXPECT_THROW(general_g(std::vector<double>{1, -2, 3, 4}, ring), InputError);
  EXPECT_THROW(join_counts(std::vector<double>{1, 0, 0.5, 0}, ring), InputError);
}

}  // namespace
}  // namespace waywarden
