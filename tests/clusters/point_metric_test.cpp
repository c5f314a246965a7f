#include "waywarden/clusters/point_metric.h"

#include <gtest/gtest.h>

#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/clusters/detail/sites.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

using detail::Sites;

class Geodesics : public ::testing::TestWithParam<std::uint64_t> {};

/// From millimetres to half-way round, everywhere, along meridians, parallels and between.
TEST_P(Geodesics, LieBetweenTheirBounds) {
  RandomStream stream(GetParam(), 0);
  const std::vector<std::uint32_t> order = {0, 1};
  for (double reach = 1e-8; reach < 100.0; reach *= 7.0) {
    const Point a{-180 + 360 * stream.uniform(), -90 + 180 * stream.uniform()};
    Point b{a.x + reach * (stream.uniform() - 0.5), a.y + reach * (stream.uniform() - 0.5)};
    if (GetParam() % 3 == 1) b.x = a.x;
    if (GetParam() % 3 == 2) b.y = a.y;
    b.y = std::clamp(b.y, -90.0, 90.0);
    const std::vector<Point> points = {a, b};
    const Sites sites(points, PointMetric::geodesic, order);
    const double expected = geodesic_distance(a, b).value;
    EXPECT_LE(sites.at_least(sites.straight(0, 1)), expected);
    EXPECT_GE(sites.at_most(sites.straight(0, 1)), expected);
    EXPECT_EQ(sites.distance(0, 1), sites.distance(1, 0));
    EXPECT_TRUE(sites.within(0, 1, expected * (1 + 1e-15)));
    EXPECT_FALSE(sites.within(1, 0, expected * (1 - 1e-12) - 1e-9));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Geodesics, ::testing::Range(std::uint64_t{1}, std::uint64_t{301}));

/// Where the bound is tightest, it is tight: along the meridian at the equator.
TEST(PointMetric, BoundsAreNarrow) {
  const std::vector<Point> points = {{10, -0.05}, {10, 0.05}};
  const std::vector<std::uint32_t> order = {0, 1};
  const Sites sites(points, PointMetric::geodesic, order);
  const double line = sites.straight(0, 1);
  EXPECT_NEAR(sites.at_most(line), sites.distance(0, 1), 1e-6);
  EXPECT_NEAR(sites.at_least(line), sites.distance(0, 1), 0.01);
}

TEST(PointMetric, PlanarDistanceIsStraight) {
  const std::vector<Point> points = {{3, 4}, {0, 0}};
  const std::vector<std::uint32_t> order = {1, 0};
  const Sites sites(points, PointMetric::planar, order);
  EXPECT_EQ(sites.distance(0, 1), 5.0);
  EXPECT_EQ(sites.at_least(5.0), 5.0);
  EXPECT_EQ(sites.at_most(5.0), 5.0);
}

TEST(PointMetric, RefusesWhatItCannotMeasure) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Point bad : {Point{nan, 0}, Point{0, 91}, Point{361, 0}}) {
    const std::vector<Point> points = {{0, 0}, bad};
    EXPECT_THROW(detail::require_usable(points, PointMetric::geodesic), InputError);
  }
  const std::vector<Point> large = {{1e200, 0}};
  EXPECT_THROW(detail::require_usable(large, PointMetric::planar), InputError);
}

}  // namespace
}  // namespace waywarden
