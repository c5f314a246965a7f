#include "waywarden/hotspots/local_geary.h"

#include <gtest/gtest.h>

#include <cmath>

#include "hotspots/dealt_worlds.h"
#include "hotspots/shuffled.h"
#include "waywarden/hotspots/derived_weights.h"

namespace waywarden {
namespace {

using namespace testing;

class LocalGeary : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(LocalGeary, EqualsFullEnumeration) {
  const SmallWorld world = small_world(GetParam(), 7, 2 + static_cast<std::uint32_t>(GetParam() % 5));
  const bool shares = GetParam() % 2 == 0;
  const auto result =
      local_geary(world.values, shares ? row_standardised(world.weights) : world.weights,
                  {.deviation = Deviation::over_n, .test = {.method = ProbabilityMethod::exact}});
  for (std::size_t i = 1; i < 7; ++i) {
    const auto near = around(world.values, world.weights, i);
    if (near.empty() || !result.statistic[i]) continue;
    const double weight = shares ? 1.0 / static_cast<double>(near.size()) : 1.0;
    const auto of = [&](const std::vector<double>& dealt) {
      double sum = 0.0;
      for (const double v : dealt) sum += weight * (v - world.values[i]) * (v - world.values[i]);
      return sum / variance_of(world.values, 0.0);
    };
    const Dealt dealt = deal_all(world.values, world.weights, i, of(near), of);
    EXPECT_NEAR(*result.statistic[i], of(near), 1e-9);
    ASSERT_EQ(result.test.state[i] == LocalState::defined, dealt.variance > 1e-12);
    if (result.test.state[i] != LocalState::defined) continue;
    EXPECT_NEAR(*result.expected[i], dealt.mean, 1e-9);
    EXPECT_NEAR(*result.variance[i], dealt.variance, 1e-9);
    EXPECT_NEAR(*result.test.p[i], std::min(1.0, 2.0 * std::min(dealt.lower, dealt.upper)), 1e-12);
  }
}

TEST_P(LocalGeary, PermutationsAgreeWithTheExactProbabilities) {
  const SmallWorld world = small_world(GetParam(), 25, 5);
  LocalGearyOptions exact, sampled;
  exact.test.method = ProbabilityMethod::exact;
  sampled.test.method = ProbabilityMethod::permutations;
  sampled.test.permutations = {.least_permutations = 4000, .permutations_per_cell = 0, .stop_after = 400};
  const auto p = local_geary(world.values, world.weights, exact).test.p;
  const auto estimate = local_geary(world.values, world.weights, sampled).test;
  for (std::size_t i = 1; i < 25; ++i) {
    if (!p[i]) continue;
    EXPECT_NEAR(*estimate.p[i], *p[i], 6.0 * *estimate.p_error[i] + 1e-3);
  }
}

TEST_P(LocalGeary, ThreadsAndRowsDoNotChangeABit) {
  SmallWorld world = small_world(GetParam(), 30, 6);
  for (double& v : world.values) v *= GetParam() % 2 == 0 ? 1.0 : 0.1;
  LocalGearyOptions options;
  options.test.permutations.least_permutations = 99;
  const auto once = local_geary(world.values, world.weights, options, {.threads = 1});
  const auto order = random_order(GetParam(), 30);
  const auto shuffled = local_geary(reordered<double>(world.values, order), reordered(world.weights, order),
                                    options, {.threads = 8});
  for (std::size_t row = 0; row < 30; ++row) {
    EXPECT_EQ(shuffled.statistic[row], once.statistic[order[row]]);
    EXPECT_EQ(shuffled.test.z_sim[row], once.test.z_sim[order[row]]);
    EXPECT_EQ(shuffled.test.p[row], once.test.p[order[row]]);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, LocalGeary, ::testing::Range(std::uint64_t{1}, std::uint64_t{25}));

TEST(LocalGearyOf, HugeNumbersStayFinite) {
  const std::vector<double> values = {1e100, -1e100, 3.0, 1e99, 0.5};
  const Weights weights = binary_weights({{1, 2}, {0, 3}, {4, 0}, {1}, {}});
  const auto result = local_geary(values, weights);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_TRUE(std::isfinite(*result.test.z_sim[i]));
  EXPECT_EQ(result.test.state[4], LocalState::island);
}

TEST(LocalGearyOf, TheOnlyOneOfItsKindDiffersFromAllAlike) {
  const Weights weights = binary_weights({{1, 2}, {2, 3}, {3, 4}, {4, 0}, {0, 1}});
  const auto result = local_geary(std::vector<double>{1, 0, 0, 0, 0}, weights);
  EXPECT_EQ(result.test.state[0], LocalState::constant);
  EXPECT_EQ(result.test.state[1], LocalState::defined);
}

}  // namespace
}  // namespace waywarden
