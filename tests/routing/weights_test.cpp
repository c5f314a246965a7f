#include "waywarden/routing/weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(EdgeWeights, RoundToTheNearestUnit) {
  EXPECT_EQ(to_weight(0.0, 0.5), 0U);
  EXPECT_EQ(to_weight(10.2, 0.5), 20U);
  EXPECT_EQ(to_weight(10.3, 0.5), 21U);
}

TEST(EdgeWeights, ACostAboveZeroIsNeverFree) { EXPECT_EQ(to_weight(1e-30, 1.0), 1U); }

TEST(EdgeWeights, SaturateBelowClosed) {
  EXPECT_EQ(to_weight(1e300, 1.0), kClosed - 1);
  EXPECT_EQ(to_weight(kInfinity, 1.0), kClosed);
}

TEST(EdgeWeights, UnitIsAPowerOfTwoThatLeavesHeadroom) {
  const std::vector<double> costs = {0.0, 3.0, 700.0, kInfinity};
  const double unit = weight_unit(costs, 64.0);
  EXPECT_EQ(std::exp2(std::round(std::log2(unit))), unit);
  EXPECT_LT(to_weight(64.0 * 700.0, unit), kClosed - 1);
  EXPECT_GT(64.0 * 700.0 / (unit / 2), static_cast<double>(kClosed - 1));
}

TEST(EdgeWeights, ErrorIsAtMostHalfAUnitPerEdge) {
  RandomStream random(5, 0);
  std::vector<double> costs(1000);
  for (double& cost : costs) cost = 1.0 + 100.0 * random.uniform();
  const EdgeWeights weights = to_weights(costs);
  for (std::size_t e = 0; e < costs.size(); ++e) {
    EXPECT_LE(std::abs(weights.per_edge[e] * weights.unit - costs[e]), weights.unit / 2);
  }
}

TEST(EdgeWeights, NothingCostsAnything) { EXPECT_EQ(weight_unit(std::vector<double>{0.0, 0.0}), 1.0); }

TEST(EdgeWeights, RefuseWhatIsNoCost) {
  EXPECT_THROW(weight_unit(std::vector<double>{-1.0}), OptionError);
  EXPECT_THROW(weight_unit(std::vector<double>{std::nan("")}), OptionError);
}

}  // namespace
}  // namespace waywarden
