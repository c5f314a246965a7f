#include "waywarden/hotspots/local_join_counts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "hotspots/dealt_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using namespace testing;

/// P(at least `joins` of `drawn` are among `marked` of `all`), by adding up binomial coefficients.
double hypergeometric_upper(int all, int marked, int drawn, int joins) {
  const auto choose = [](int n, int k) {
    return k < 0 || k > n ? 0.0 : std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1));
  };
  double p = 0.0;
  for (int j = joins; j <= drawn; ++j) p += choose(marked, j) * choose(all - marked, drawn - j);
  return p / choose(all, drawn);
}

class LocalJoins : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(LocalJoins, AreHypergeometric) {
  const SmallWorld world = small_world(GetParam(), 20, 2);
  const auto result = local_join_counts(world.values, world.weights);
  const int ones = static_cast<int>(std::lround(mean_of(world.values) * 20));
  EXPECT_EQ(result.test.p_name(), "p_exact");
  for (std::size_t i = 0; i < 20; ++i) {
    int joins = 0;
    for (const std::uint32_t j : world.weights.neighbours(i)) joins += world.values[j] == 1.0 ? 1 : 0;
    if (world.values[i] == 0.0) joins = 0;
    EXPECT_EQ(result.joins[i], joins);
    ASSERT_EQ(result.test.p[i].has_value(), world.values[i] == 1.0 && i != 0);
    if (!result.test.p[i]) continue;
    const int k = static_cast<int>(world.weights.neighbours(i).size());
    EXPECT_NEAR(*result.test.p[i], hypergeometric_upper(19, ones - 1, k, joins), 1e-11);
  }
}

TEST_P(LocalJoins, OfTwoColumnsEqualFullEnumeration) {
  const SmallWorld world = small_world(GetParam(), 7, 2);
  const auto other = small_world(GetParam() + 500, 7, 2).values;
  std::vector<double> only_other, both;
  for (std::size_t i = 0; i < 7; ++i) {
    only_other.push_back(other[i] * (1.0 - world.values[i]));
    both.push_back(other[i] * world.values[i]);
  }
  const auto apart = bivariate_local_join_counts(world.values, other, world.weights);
  const auto together = local_colocation_counts(world.values, other, world.weights);
  const auto count = [](const std::vector<double>& near) {
    double sum = 0.0;
    for (const double v : near) sum += v;
    return sum;
  };
  for (std::size_t i = 1; i < 7; ++i) {
    const bool asks = world.values[i] == 1.0 && other[i] == 0.0;
    EXPECT_EQ(apart.joins[i], asks ? count(around(only_other, world.weights, i)) : 0.0);
    EXPECT_EQ(together.joins[i], both[i] == 1.0 ? count(around(both, world.weights, i)) : 0.0);
    if (apart.test.p[i]) {
      EXPECT_TRUE(asks);
      EXPECT_NEAR(*apart.test.p[i], deal_all(only_other, world.weights, i, apart.joins[i], count).upper,
                  1e-12);
    }
    if (together.test.p[i]) {
      EXPECT_EQ(both[i], 1.0);
      EXPECT_NEAR(*together.test.p[i], deal_all(both, world.weights, i, together.joins[i], count).upper,
                  1e-12);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, LocalJoins, ::testing::Range(std::uint64_t{1}, std::uint64_t{31}));

/// Columbus, NSA: 24 ones of 49; the first three have 2, 3 and 4 neighbours, all of them ones.
TEST(LocalJoinsOf, ColumbusAsPublished) {
  std::vector<double> values(49, 0.0);
  std::fill(values.begin(), values.begin() + 24, 1.0);
  std::vector<std::vector<std::uint32_t>> lists(49);
  lists[0] = {1, 2};
  lists[1] = {0, 2, 3};
  lists[2] = {0, 1, 3, 4};
  const auto result = local_join_counts(values, binary_weights(lists));
  EXPECT_NEAR(*result.test.p[0], 0.224291, 5e-7);
  EXPECT_NEAR(*result.test.p[1], 0.102394, 5e-7);
  EXPECT_NEAR(*result.test.p[2], 0.045508, 5e-7);
}

TEST(LocalJoinsOf, UnequalWeightsArePermuted) {
  SmallWorld world = small_world(5, 20, 2);
  RandomStream stream(1, 1);
  for (std::size_t e = 0; e < world.weights.neighbour.size(); ++e)
    world.weights.weight.push_back(stream.uniform());
  EXPECT_EQ(local_join_counts(world.values, world.weights).test.p_name(), "p_sim");
}

TEST(LocalJoinsOf, WhatIsUndefinedHasAName) {
  const Weights weights = binary_weights({{1}, {0}, {}});
  const auto result = local_join_counts(std::vector<double>{1, 0, 1}, weights);
  EXPECT_EQ(result.test.state[1], LocalState::absent);
  EXPECT_EQ(result.test.state[2], LocalState::island);
  EXPECT_THROW(local_join_counts(std::vector<double>{1, 0, 2}, weights), InputError);
  EXPECT_THROW(local_join_counts(std::vector<double>{1, 0}, weights), InputError);
}

}  // namespace
}  // namespace waywarden
