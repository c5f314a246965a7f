#include "waywarden/network/snapping.h"

#include <gtest/gtest.h>

#include <random>

#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

Point target(const std::map<Point, Point>& targets, Point p) {
  const auto found = targets.find(p);
  return found == targets.end() ? p : found->second;
}

TEST(Snapping, ClustersStayWithinToleranceAndDoNotDependOnOrder) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> near(0.0, 2e-4);
    std::vector<Point> points;
    for (int i = 0; i < 60; ++i) points.push_back({85.0 + near(random), 27.0 + near(random)});
    const Metres tolerance{8.0};
    const auto targets = snap_targets(points, tolerance);
    for (const Point a : points) {
      for (const Point b : points) {
        if (target(targets, a) != target(targets, b)) continue;
        EXPECT_LE(geodesic_distance(a, b).value, tolerance.value);
      }
    }
    EXPECT_FALSE(targets.empty());
    std::shuffle(points.begin(), points.end(), random);
    EXPECT_EQ(snap_targets(points, tolerance), targets);
  }
}

TEST(Snapping, ARowOfPointsDoesNotCollapseIntoOne) {
  std::vector<Point> row;
  for (int i = 0; i < 30; ++i) row.push_back({i * 0.9e-5, 0.0});  // one metre apart
  const auto targets = snap_targets(row, Metres{1.5});
  EXPECT_GT(geodesic_distance(target(targets, row.front()), target(targets, row.back())).value, 25.0);
}

TEST(Snapping, ThePointThatOccursMostStays) {
  const Point often{1.0, 1.0}, once{0.999999, 1.0};
  const auto targets = snap_targets({often, once, often}, Metres{5.0});
  ASSERT_EQ(targets.size(), 1U);
  EXPECT_EQ(targets.at(once), often);
}

}  // namespace
}  // namespace waywarden
