#include "waywarden/geometry/point.h"

#include <gtest/gtest.h>

#include <vector>

namespace waywarden {
namespace {

TEST(Point, OrdersByXThenY) {
  EXPECT_LT((Point{1, 5}), (Point{2, 0}));
  EXPECT_LT((Point{1, 0}), (Point{1, 5}));
}

TEST(Point, KnowsWhetherItIsFinite) {
  EXPECT_TRUE((Point{1, 2}.finite()));
  EXPECT_FALSE((Point{1, std::numeric_limits<double>::infinity()}.finite()));
  EXPECT_FALSE((Point{std::nan(""), 2}.finite()));
}

TEST(Box, GrowsAroundPoints) {
  EXPECT_TRUE(Box().empty());
  const Box box = bounds(std::vector<Point>{{1, 2}, {-1, 5}});
  EXPECT_EQ(box.low, (Point{-1, 2}));
  EXPECT_EQ(box.high, (Point{1, 5}));
  EXPECT_EQ(box.centre(), (Point{0, 3.5}));
  EXPECT_TRUE(box.contains({1, 5}));
  EXPECT_FALSE(box.contains({1.1, 5}));
}

}  // namespace
}  // namespace waywarden
