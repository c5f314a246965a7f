#include "waywarden/index/point_index.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "index/random_points.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_points;

std::vector<PointIndex::Hit> all_by_distance(const std::vector<Point>& points, Point from) {
  std::vector<PointIndex::Hit> hits;
  for (std::size_t i = 0; i < points.size(); ++i) {
    hits.push_back({i, std::hypot(from.x - points[i].x, from.y - points[i].y)});
  }
  std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
    return std::pair(a.distance, a.index) < std::pair(b.distance, b.index);
  });
  return hits;
}

TEST(PointIndex, NearestEqualsBruteForceTiesIncluded) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto points = random_points(seed, 300);
    const PointIndex index(points);
    for (const Point from : random_points(seed + 1000, 20)) {
      auto expected = all_by_distance(points, from);
      expected.resize(seed);
      EXPECT_EQ(index.nearest(from, seed), expected);
    }
  }
}

TEST(PointIndex, WithinRadiusEqualsBruteForce) {
  const auto points = random_points(7, 400);
  const PointIndex index(points);
  for (const Point from : random_points(8, 30)) {
    std::vector<PointIndex::Hit> expected;
    for (const auto& hit : all_by_distance(points, from)) {
      if (hit.distance <= 0.25) expected.push_back(hit);
    }
    EXPECT_EQ(index.within(from, 0.25), expected);
  }
}

TEST(PointIndex, WithinBoxIncludesItsEdge) {
  const std::vector<Point> points = {{0, 0}, {1, 0}, {2, 2}, {1, 1}};
  const PointIndex index(points);
  EXPECT_EQ(index.within(Box{{0, 0}, {1, 1}}), (std::vector<std::size_t>{0, 1, 3}));
  EXPECT_TRUE(index.within(Box{}).empty());
}

TEST(PointIndex, FewerPointsThanAskedFor) {
  const std::vector<Point> points = {{0, 0}, {3, 4}};
  const PointIndex index(points);
  const std::vector<PointIndex::Hit> expected = {{0, 0.0}, {1, 5.0}};
  EXPECT_EQ(index.nearest({0, 0}, 9), expected);
  EXPECT_TRUE(index.nearest({0, 0}, 0).empty());
}

TEST(PointIndex, OfNothing) {
  const PointIndex index(std::vector<Point>{});
  EXPECT_EQ(index.size(), 0U);
  EXPECT_TRUE(index.extent().empty());
  EXPECT_TRUE(index.nearest({0, 0}, 3).empty());
  EXPECT_TRUE(index.within({0, 0}, 3).empty());
}

TEST(PointIndex, RefusesCoordinatesThatAreNotFinite) {
  const std::vector<Point> points = {{0, 0}, {std::numeric_limits<double>::quiet_NaN(), 0}};
  EXPECT_THROW(PointIndex{points}, InputError);
}

}  // namespace
}  // namespace waywarden
