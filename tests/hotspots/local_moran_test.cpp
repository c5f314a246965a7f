#include "waywarden/hotspots/local_moran.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "hotspots/dealt_worlds.h"
#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"
#include "waywarden/hotspots/derived_weights.h"

namespace waywarden {
namespace {

using namespace testing;

/// What the formula says of a cell whose neighbours hold `near`.
double formula(double own, const std::vector<double>& own_column, const std::vector<double>& near,
               const std::vector<double>& near_column, double less, double weight) {
  double sum = 0.0;
  for (const double v : near) sum += weight * (v - mean_of(near_column));
  return (own - mean_of(own_column)) * sum /
         std::sqrt(variance_of(own_column, less) * variance_of(near_column, less));
}

void expect_dealt(const LocalMoranResult& result, std::size_t i, const Dealt& dealt) {
  const auto& test = result.test;
  ASSERT_EQ(test.state[i] == LocalState::defined, dealt.variance > 1e-12) << name(test.state[i]);
  if (test.state[i] != LocalState::defined) return;
  EXPECT_NEAR(*result.expected[i], dealt.mean, 1e-9);
  EXPECT_NEAR(*result.variance[i], dealt.variance, 1e-9);
  EXPECT_NEAR(*test.z_sim[i], (*result.statistic[i] - dealt.mean) / std::sqrt(dealt.variance), 1e-7);
  EXPECT_NEAR(*test.p[i], std::min(1.0, 2.0 * std::min(dealt.lower, dealt.upper)), 1e-12);
  EXPECT_EQ(test.p_error[i], 0.0);
}

class LocalMoran : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(LocalMoran, EqualsFullEnumeration) {
  const SmallWorld world = small_world(GetParam(), 7, 2 + static_cast<std::uint32_t>(GetParam() % 5));
  const bool shares = GetParam() % 2 == 0;
  const double less = GetParam() % 3 == 0 ? 0.0 : 1.0;
  const LocalMoranOptions options = {less == 0.0 ? Deviation::over_n : Deviation::over_n_minus_1,
                                     {.method = ProbabilityMethod::exact}};
  const auto result =
      local_moran(world.values, shares ? row_standardised(world.weights) : world.weights, options);
  EXPECT_EQ(result.test.state[0], LocalState::island);
  for (std::size_t i = 1; i < 7; ++i) {
    const auto near = around(world.values, world.weights, i);
    if (near.empty() || !result.statistic[i]) continue;
    const double weight = shares ? 1.0 / static_cast<double>(near.size()) : 1.0;
    const auto of = [&](const std::vector<double>& dealt) {
      return formula(world.values[i], world.values, dealt, world.values, less, weight);
    };
    EXPECT_NEAR(*result.statistic[i], of(near), 1e-9);
    expect_dealt(result, i, deal_all(world.values, world.weights, i, of(near), of));
  }
}

TEST_P(LocalMoran, OfTwoColumnsEqualsFullEnumeration) {
  const SmallWorld world = small_world(GetParam(), 7, 5);
  const auto own = small_world(GetParam() + 1000, 7, 6).values;
  const auto result =
      bivariate_local_moran(own, world.values, world.weights, {.test = {.method = ProbabilityMethod::exact}});
  for (std::size_t i = 1; i < 7; ++i) {
    const auto near = around(world.values, world.weights, i);
    if (near.empty() || !result.statistic[i]) continue;
    const auto of = [&](const std::vector<double>& dealt) {
      return formula(own[i], own, dealt, world.values, 1.0, 1.0);
    };
    EXPECT_NEAR(*result.statistic[i], of(near), 1e-9);
    expect_dealt(result, i, deal_all(world.values, world.weights, i, of(near), of));
  }
}

/// Likeness is the upper tail of I, whatever the sign of the cell.
TEST_P(LocalMoran, OneSidedTailsAreThoseOfTheStatistic) {
  const SmallWorld world = small_world(GetParam(), 6, 4);
  LocalMoranOptions greater, less;
  greater.test = {.method = ProbabilityMethod::exact, .alternative = Alternative::greater};
  less.test = {.method = ProbabilityMethod::exact, .alternative = Alternative::less};
  const auto like = local_moran(world.values, world.weights, greater),
             unlike = local_moran(world.values, world.weights, less);
  for (std::size_t i = 1; i < 6; ++i) {
    if (!like.test.p[i]) continue;
    const auto of = [&](const std::vector<double>& dealt) {
      return formula(world.values[i], world.values, dealt, world.values, 1.0, 1.0);
    };
    const Dealt dealt =
        deal_all(world.values, world.weights, i, of(around(world.values, world.weights, i)), of);
    EXPECT_NEAR(*like.test.p[i], dealt.upper, 1e-12);
    EXPECT_NEAR(*unlike.test.p[i], dealt.lower, 1e-12);
  }
}

TEST_P(LocalMoran, ThreadsAndRowsDoNotChangeABit) {
  SmallWorld world = small_world(GetParam(), 40, 6);
  for (double& v : world.values) v *= GetParam() % 2 == 0 ? 1.0 : 0.1;
  LocalMoranOptions options;
  options.test.permutations.least_permutations = 99;
  const auto once = local_moran(world.values, world.weights, options, {.threads = 1});
  const auto again = local_moran(world.values, world.weights, options, {.threads = 8});
  const auto order = random_order(GetParam(), 40);
  const auto shuffled =
      local_moran(reordered<double>(world.values, order), reordered(world.weights, order), options);
  EXPECT_EQ(once.test.p, again.test.p);
  EXPECT_EQ(once.statistic, again.statistic);
  for (std::size_t row = 0; row < 40; ++row) {
    EXPECT_EQ(shuffled.statistic[row], once.statistic[order[row]]);
    EXPECT_EQ(shuffled.test.z_sim[row], once.test.z_sim[order[row]]);
    EXPECT_EQ(shuffled.test.p[row], once.test.p[order[row]]);
    EXPECT_EQ(shuffled.test.q[row], once.test.q[order[row]]);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, LocalMoran, ::testing::Range(std::uint64_t{1}, std::uint64_t{31}));

TEST(LocalMoranOf, QuadrantsSayWhoIsLikeWhom) {
  const std::vector<double> values = {9, 8, 0, 1, 9, 0};
  const Weights weights = binary_weights({{1}, {0}, {3}, {2}, {2}, {0}});
  const auto result = local_moran(values, weights);
  const std::vector<Quadrant> expected = {Quadrant::high_high, Quadrant::high_high, Quadrant::low_low,
                                          Quadrant::low_low,   Quadrant::high_low,  Quadrant::low_high};
  EXPECT_EQ(result.quadrant, expected);
}

TEST(LocalMoranOf, WhatIsUndefinedHasAName) {
  const Weights weights = binary_weights({{1, 2}, {0}, {0, 1, 3}, {2}, {}});
  const auto equal = local_moran(std::vector<double>(5, 0.1), weights);
  EXPECT_EQ(equal.test.count(LocalState::constant), 4U);
  EXPECT_FALSE(equal.statistic[0] || equal.test.p[0]);
  // The third is at the mean: its I is 0 whatever lies around it.
  const auto mean = local_moran(std::vector<double>{1, 2, 3, 4, 5}, weights);
  EXPECT_EQ(mean.test.state[2], LocalState::constant);
  EXPECT_EQ(mean.statistic[2], 0.0);
  EXPECT_EQ(mean.test.state[4], LocalState::island);
  EXPECT_EQ(mean.quadrant[4], Quadrant::undefined);
}

TEST(LocalMoranOf, RealNumbersArePermutedAndTheErrorIsStated) {
  SmallWorld world = small_world(3, 30, 8);
  world.values[0] += 0.5;
  const auto result = local_moran(world.values, world.weights);
  EXPECT_EQ(result.test.p_name(), "p_sim");
  for (std::size_t i = 1; i < 30; ++i) {
    ASSERT_TRUE(result.test.p_error[i]);
    EXPECT_GT(*result.test.p_error[i], 0.0);
    EXPECT_LT(*result.test.p_error[i], 0.25);
  }
  EXPECT_THROW(local_moran(world.values, world.weights, {.test = {.method = ProbabilityMethod::exact}}),
               OptionError);
}

TEST(LocalMoranOf, RefusesWhatDoesNotFit) {
  const Weights weights = binary_weights({{1}, {0}});
  EXPECT_THROW(local_moran(std::vector<double>{1}, weights), InputError);
  EXPECT_THROW(local_moran(std::vector<double>{1, std::nan("")}, weights), InputError);
  EXPECT_THROW(bivariate_local_moran(std::vector<double>{1, 2}, std::vector<double>{1}, weights), InputError);
}

}  // namespace
}  // namespace waywarden
