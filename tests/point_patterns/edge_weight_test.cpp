#include "waywarden/point_patterns/edge_weight.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(EdgeWeight, OfThePairsOfASquare) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const std::vector<Point> points = {{0, 0}, {5, 5}};
  const EdgeWeight isotropic(square, points, EdgeCorrection::isotropic, 3.0, {});
  EXPECT_EQ(isotropic(1, {6, 5}, 1.0), 1.0);
  EXPECT_EQ(isotropic(0, {0, 0}, 0.0), 1.0);
  // A quarter is inside: 4, cut down to 3.
  EXPECT_EQ(isotropic(0, {1, 0}, 1.0), 3.0);
  const EdgeWeight uncut(square, points, EdgeCorrection::isotropic, 100.0, {});
  EXPECT_NEAR(uncut(0, {1, 0}, 1.0), 4.0, 1e-14);
  EXPECT_EQ(uncut.depth(1), 5.0);
  const EdgeWeight translation(square, points, EdgeCorrection::translation, 100.0, {});
  EXPECT_NEAR(translation(1, {0, 5}, 5.0), 2.0, 1e-15);
  EXPECT_EQ(translation(0, {10, 10}, std::sqrt(200.0)), 100.0);
  EXPECT_EQ(EdgeWeight(square, points, EdgeCorrection::none, 100.0, {})(0, {1, 0}, 1.0), 1.0);
}

TEST(EdgeWeight, RefusesBadOptions) {
  EXPECT_THROW(require_largest_weight(0.9), OptionError);
  EXPECT_THROW(require_largest_weight(std::nan("")), OptionError);
  const PlanarWindow square(Box{{0, 0}, {6, 8}});
  EXPECT_NO_THROW(require_radii(std::vector<double>{0, 5}, square));
  EXPECT_THROW(require_radii(std::vector<double>{5.1}, square), OptionError);
  EXPECT_THROW(require_radii(std::vector<double>{2, 2}, square), OptionError);
}

}  // namespace
}  // namespace waywarden
