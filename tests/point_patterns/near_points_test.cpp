#include "waywarden/point_patterns/near_points.h"

#include <gtest/gtest.h>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

class NearPointsWorlds : public ::testing::TestWithParam<int> {};

TEST_P(NearPointsWorlds, VisitsAllThatAreNearOnce) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  RandomStream stream(seed, 1);
  std::vector<Point> points;
  const double flat = seed % 3 == 0 ? 0.0 : 10.0;
  for (std::size_t i = 0; i < 1 + seed % 80; ++i) {
    points.push_back({double(stream.below(30)), std::round(flat * stream.uniform())});
  }
  points = in_canonical_order(points);
  for (const double distance : {0.0, 1.0, 3.7, 5.0, 200.0}) {
    const NearPoints near(points, distance);
    for (const Point from : {points[0], points.back(), Point{-4, 5}, Point{35, -2}, Point{1e9, -1e9}}) {
      std::vector<std::uint32_t> visited, expected;
      near.visit(from, [&](std::uint32_t j, double apart) {
        EXPECT_NEAR(apart, std::hypot(points[j].x - from.x, points[j].y - from.y), 1e-9);
        visited.push_back(j);
      });
      for (std::uint32_t j = 0; j < points.size(); ++j) {
        if (std::hypot(points[j].x - from.x, points[j].y - from.y) <= distance) expected.push_back(j);
      }
      std::sort(visited.begin(), visited.end());
      EXPECT_EQ(visited, expected);
    }
  }
}

TEST(NearPoints, OfNothing) {
  const NearPoints near({}, 1.0);
  near.visit({0, 0}, [](std::uint32_t, double) { FAIL(); });
}

INSTANTIATE_TEST_SUITE_P(Seeds, NearPointsWorlds, ::testing::Range(0, 50));

}  // namespace
}  // namespace waywarden
