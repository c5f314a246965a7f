#include "waywarden/flow/walk_sums.h"

#include <gtest/gtest.h>

#include "flow/logit_world.h"

namespace waywarden {
namespace {

using worlds::LogitWorld;

std::vector<double> random_vector(std::uint64_t seed, std::size_t size, double bound) {
  RandomStream random(seed, 10, 77);
  std::vector<double> values(size);
  for (double& value : values) value = random.uniform() < 0.1 ? 0.0 : bound * random.uniform();
  return values;
}

void expect_near(const std::vector<double>& found, const std::vector<double>& expected, std::uint64_t seed) {
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(found[i], expected[i], 1e-9 * std::abs(expected[i]) + 1e-14) << "seed " << seed;
}

class ManyWalkSums : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ManyWalkSums, SolveAsDenseEliminationOrDivergeAsTheSpectralRadiusSays) {
  const LogitWorld world(GetParam());
  // From far below to far above what returning walks may weigh.
  const double bound = 0.2 + 0.1 * static_cast<double>(GetParam() % 12);
  const std::vector<double> weights = random_vector(GetParam(), world.core.arc_count(), bound);
  const worlds::Matrix m = worlds::matrix_of(world.core, weights);
  const double radius = worlds::spectral_radius(m);
  ASSERT_GT(std::abs(radius - 1.0), 1e-4) << "seed " << GetParam();
  if (radius > 1.0) {
    EXPECT_THROW(WalkSums(world.core, weights, {}), DivergentWalks) << "seed " << GetParam();
    return;
  }
  const WalkSums sums(world.core, weights, {});
  const std::vector<double> b = random_vector(GetParam() + 1000, world.core.node_count(), 2.0);
  expect_near(sums.from(b), worlds::dense_solution(worlds::one_minus(m), b), GetParam());
  expect_near(sums.into(b), worlds::dense_solution(worlds::transposed(worlds::one_minus(m)), b), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManyWalkSums, testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(WalkSums, RefuseWhatMakesNoSense) {
  const LogitWorld world(1);
  std::vector<double> weights(world.core.arc_count(), 0.0);
  const WalkSums none(world.core, weights, {});
  EXPECT_THROW(none.from(std::vector<double>(1)), OptionError);
  EXPECT_THROW(WalkSums(world.core, std::vector<double>(1), {}), OptionError);
  for (const double weight : {-0.1, HUGE_VAL, std::nan("")}) {
    weights[0] = weight;
    EXPECT_THROW(WalkSums(world.core, weights, {}), OptionError);
  }
}

}  // namespace
}  // namespace waywarden
