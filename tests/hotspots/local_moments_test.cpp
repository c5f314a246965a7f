#include "waywarden/hotspots/local_moments.h"

#include <gtest/gtest.h>

#include <cmath>

#include "hotspots/dealt_worlds.h"

namespace waywarden {
namespace {

using namespace testing;

class LocalMoments : public ::testing::TestWithParam<std::uint64_t> {};

/// Summed up directly; the last value is far away now and then, so that the others hardly vary.
TEST_P(LocalMoments, OfTheOthersEqualDirectSums) {
  SmallWorld world = small_world(GetParam(), 12, 4);
  if (GetParam() % 4 == 0) world.values.back() = 1e7;
  for (double& v : world.values) v *= GetParam() % 2 == 0 ? 1.0 : 0.1;
  const DistinctValues distinct = distinct_values(world.values);
  const Population population(distinct);
  for (const Summand summand : {Summand::value, Summand::squared_difference}) {
    for (std::size_t i = 0; i < 12; ++i) {
      std::vector<double> added;
      for (std::size_t j = 0; j < 12; ++j) {
        if (j == i) continue;
        const double d = world.values[j] - world.values[i];
        added.push_back(summand == Summand::value ? world.values[j] - mean_of(world.values) : d * d);
      }
      const Moments m = population.others(distinct.group[i], summand);
      const double variance = variance_of(added, 0.0), mean = mean_of(added);
      EXPECT_EQ(m.n, 11.0);
      EXPECT_NEAR(m.mean, mean, 1e-9 * (1.0 + std::abs(mean)));
      EXPECT_NEAR(m.variance, variance, 1e-8 * (1e-6 * mean * mean + variance) + 1e-15);
    }
  }
}

TEST_P(LocalMoments, OfASumEqualThoseOfAllDeals) {
  SmallWorld world = small_world(GetParam(), 7, 5);
  RandomStream stream(GetParam(), 3);
  for (std::size_t e = 0; e < world.weights.neighbour.size(); ++e)
    world.weights.weight.push_back(stream.uniform());
  const DistinctValues distinct = distinct_values(world.values);
  const Population population(distinct);
  const LocalSummer summer(world.values, population, distinct, world.weights, Summand::value);
  for (std::size_t i = 1; i < 7; ++i) {
    if (world.weights.neighbours(i).empty()) continue;
    const auto of = [&](const std::vector<double>& dealt) {
      double sum = 0.0;
      for (std::size_t j = 0; j < dealt.size(); ++j)
        sum += world.weights.weight[world.weights.first[i] + j] * (dealt[j] - mean_of(world.values));
      return sum;
    };
    const double observed = of(around(world.values, world.weights, i));
    EXPECT_NEAR(summer.of(i).sum, observed, 1e-12);
    const Standardised given =
        standardised(summer.of(i), population.others(distinct.group[i], Summand::value));
    if (given.why != Standardised::Why::defined) continue;
    const Dealt dealt = deal_all(world.values, world.weights, i, observed, of);
    EXPECT_NEAR(given.mean, dealt.mean, 1e-10);
    EXPECT_NEAR(given.variance, dealt.variance, 1e-10);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, LocalMoments, ::testing::Range(std::uint64_t{1}, std::uint64_t{25}));

TEST(LocalSums, CountTheCellItselfByItsOwnOrTheLargestWeight) {
  const std::vector<double> values = {1, 2, 6};
  const DistinctValues distinct = distinct_values(values);
  const Population population(distinct);
  const Weights listed{{0, 2, 3, 3}, {0, 1, 2}, {0.25, 0.5, 2.0}};
  const LocalSummer summer(values, population, distinct, listed, Summand::value, Own::counted);
  EXPECT_EQ(summer.of(0).weights, 0.75);
  EXPECT_EQ(summer.of(1).weights, 4.0);
  EXPECT_EQ(summer.of(2).weights, 1.0);
  EXPECT_EQ(summer.of(1).sum, 2.0 * (2 - 3) + 2.0 * (6 - 3));
}

}  // namespace
}  // namespace waywarden
