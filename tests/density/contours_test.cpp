#include "waywarden/density/contours.h"

#include <gtest/gtest.h>

#include <limits>
#include <numbers>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Values = std::vector<std::optional<double>>;

double signed_area(const std::vector<Point>& ring) {
  double twice = 0.0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
  }
  return twice / 2;
}

/// A cone of height 10: its lines are circles.
TEST(ContourLines, AroundACone) {
  const RasterGrid grid{{-20, -20}, 0.25, 160, 160};
  Values cone, pit;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    cone.emplace_back(10 - std::hypot(grid.centre(i).x, grid.centre(i).y));
    pit.emplace_back(-*cone.back());
  }
  for (const double level : {1.0, 4.0, 8.0}) {
    const auto lines = contour_lines(grid, cone, level);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].front(), lines[0].back());
    for (const Point p : lines[0]) EXPECT_NEAR(std::hypot(p.x, p.y), 10 - level, 0.01);
    // Anticlockwise around what is high, clockwise around what is low.
    EXPECT_NEAR(signed_area(lines[0]), std::numbers::pi * (10 - level) * (10 - level), 0.1);
    EXPECT_LT(signed_area(contour_lines(grid, pit, -level).at(0)), 0.0);
  }
}

TEST(ContourLines, OpenWhereTheRasterEnds) {
  const RasterGrid grid{{0, 0}, 1.0, 4, 3};
  Values slope;
  for (std::size_t i = 0; i < grid.size(); ++i) slope.emplace_back(grid.centre(i).x);
  const auto lines = contour_lines(grid, slope, 2.0);
  ASSERT_EQ(lines.size(), 1U);
  // High is in the east: southwards would have it on the left.
  EXPECT_EQ(lines[0], (std::vector<Point>{{2, 2.5}, {2, 1.5}, {2, 0.5}}));
  slope[5].reset();
  EXPECT_TRUE(contour_lines(grid, slope, 2.0).empty());
}

TEST(ContourLines, RefuseBadInput) {
  const RasterGrid grid{{0, 0}, 1.0, 2, 2};
  EXPECT_THROW(contour_lines(grid, Values(3), 0.0), OptionError);
  EXPECT_THROW(contour_lines(grid, Values(4), std::numeric_limits<double>::infinity()), OptionError);
  EXPECT_TRUE(contour_lines(grid, Values(4), 0.0).empty());
}

class Contours : public ::testing::TestWithParam<int> {};

/// On noise, saddles and all: every crossing of an edge is passed by one line, lines end at the border alone,
/// and the high end of every edge lies to the left.
TEST_P(Contours, SeparateHighFromLow) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  RandomStream stream(seed, 1);
  const RasterGrid grid{{0, 0}, 1.0, 2 + seed % 9, 2 + seed % 7};
  Values noise;
  for (std::size_t i = 0; i < grid.size(); ++i) noise.emplace_back(stream.uniform());
  std::size_t crossings = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const bool high = *noise[i] >= 0.5;
    if (i % grid.columns + 1 < grid.columns) crossings += high != (*noise[i + 1] >= 0.5);
    if (i / grid.columns + 1 < grid.rows) crossings += high != (*noise[i + grid.columns] >= 0.5);
  }
  std::size_t passed = 0;
  const auto on_border = [&](Point p) {
    return p.x == 0.5 || p.y == 0.5 || p.x == double(grid.columns) - 0.5 || p.y == double(grid.rows) - 0.5;
  };
  for (const auto& line : contour_lines(grid, noise, 0.5)) {
    const bool closed = line.front() == line.back();
    passed += line.size() - (closed ? 1 : 0);
    if (!closed) {
      EXPECT_TRUE(on_border(line.front()) && on_border(line.back()));
    }
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const Point a = line[i], b = line[i + 1];
      // The end of a's edge that lies to the left of the step: a crossing has one fractional coordinate.
      const bool level_edge = a.y - 0.5 == std::floor(a.y - 0.5);
      for (const double end : {0.0, 1.0}) {
        const Point corner = level_edge ? Point{std::floor(a.x - 0.5) + 0.5 + end, a.y}
                                        : Point{a.x, std::floor(a.y - 0.5) + 0.5 + end};
        const double side = (b.x - a.x) * (corner.y - a.y) - (b.y - a.y) * (corner.x - a.x);
        const auto cell =
            static_cast<std::size_t>(corner.y) * grid.columns + static_cast<std::size_t>(corner.x);
        EXPECT_EQ(side > 0.0, *noise[cell] >= 0.5) << seed;
      }
    }
  }
  EXPECT_EQ(passed, crossings);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Contours, ::testing::Range(0, 60));

}  // namespace
}  // namespace waywarden
