#include "waywarden/hotspots/hex_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

std::vector<Point> points_around(std::uint64_t seed, Point centre, std::size_t count) {
  RandomStream stream(seed, 0);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    points.push_back({centre.x + 4 * (stream.uniform() - 0.5), centre.y + 3 * (stream.uniform() - 0.5)});
  }
  return points;
}

TEST(HexCell, IdTextsAreStableAndUnambiguous) {
  EXPECT_EQ(id_text({3, -12}), "H+003-012");
  EXPECT_EQ(id_text({0, 0}), "H+000+000");
  EXPECT_EQ(id_text({-12345, 6789}), "H-12345+6789");
}

TEST(HexCell, DistanceCountsSteps) {
  EXPECT_EQ(hex_distance({0, 0}, {1, -1}), 1);
  EXPECT_EQ(hex_distance({2, 1}, {2, 1}), 0);
  EXPECT_EQ(hex_distance({-1, -1}, {1, 2}), 5);
}

TEST(HexGrid, EveryCellHasTheSameGeodesicArea) {
  for (const Point centre : {Point{85, 27}, Point{-70, -40}, Point{20, 69}}) {
    const HexGrid grid(centre, 100.0);
    const auto polygons = grid.polygons(grid.covering(points_around(1, centre, 30)));
    ASSERT_GT(polygons.size(), 100U);
    // Sides are straight in the projection, here geodesics: hence the tolerance.
    for (const Geometry& polygon : polygons) EXPECT_NEAR(geodesic_area(polygon), 1e8, 1e8 * 1e-4);
  }
}

TEST(HexGrid, APointIsInTheCellWhoseCentreIsNearest) {
  const HexGrid grid({85, 27}, 200.0);
  const auto points = points_around(2, {85, 27}, 60);
  const auto cells = grid.cells_of(points);
  const auto all = grid.covering(points);
  const auto centres = grid.centres(all);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double own = geodesic_distance(points[i], grid.centres(std::span(&cells[i], 1)).front()).value;
    for (const Point centre : centres) EXPECT_GE(geodesic_distance(points[i], centre).value, own * 0.99);
  }
}

TEST(HexGrid, TheCentreOfACellIsInIt) {
  const HexGrid grid({10, 50}, 3.0);
  const auto cells = grid.covering(points_around(3, {10, 50}, 20));
  EXPECT_EQ(grid.cells_of(grid.centres(cells)), cells);
}

TEST(HexGrid, CoveringHoldsEveryPointAndIsSortedAndConnected) {
  const HexGrid grid({85, 27}, 400.0);
  const auto points = points_around(4, {85, 27}, 500);
  const auto cells = grid.covering(points);
  EXPECT_TRUE(std::is_sorted(cells.begin(), cells.end()));
  const std::set<HexCell> known(cells.begin(), cells.end());
  EXPECT_EQ(known.size(), cells.size());
  for (const HexCell cell : grid.cells_of(points)) EXPECT_TRUE(known.contains(cell));
  for (const HexCell a : cells) {
    EXPECT_TRUE(std::any_of(cells.begin(), cells.end(), [&](HexCell b) { return hex_distance(a, b) == 1; }));
  }
}

TEST(HexGrid, CoveringOnePointOrNone) {
  const HexGrid grid({85, 27}, 400.0);
  const std::vector<Point> one = {{85, 27}};
  EXPECT_EQ(grid.covering(one), (std::vector<HexCell>{{0, 0}}));
  EXPECT_TRUE(grid.covering({}).empty());
}

TEST(HexGrid, AroundPointsDoesNotDependOnTheirOrder) {
  auto points = points_around(5, {85.3, 27.4}, 100);
  const HexGrid grid = hex_grid_around(points, {.cell_area_km2 = 25.0});
  const auto cells = grid.covering(points);
  std::reverse(points.begin(), points.end());
  const HexGrid again = hex_grid_around(points, {.cell_area_km2 = 25.0});
  EXPECT_EQ(grid.centre(), again.centre());
  EXPECT_EQ(cells, again.covering(points));
  EXPECT_EQ(grid.centre(), (Point{85, 27}));
}

TEST(HexGrid, EdgeAndAreaSayTheSame) {
  const std::vector<Point> points = {{0, 0}};
  const HexGrid grid = hex_grid_around(points, {.edge = Metres{1000.0}});
  EXPECT_NEAR(grid.cell_area_km2(), 1.5 * std::sqrt(3.0), 1e-12);
  EXPECT_NEAR(grid.edge().value, 1000.0, 1e-9);
}

TEST(HexGrid, AcrossTheAntimeridian) {
  const std::vector<Point> points = {{179.5, -17}, {-179.5, -16}, {-179.9, -18}};
  const HexGrid grid = hex_grid_around(points, {.cell_area_km2 = 500.0});
  EXPECT_EQ(std::abs(grid.centre().x), 180.0);
  const auto cells = grid.covering(points);
  EXPECT_LT(cells.size(), 200U);
  for (const Geometry& polygon : grid.polygons(cells)) {
    const Box box = bounds(polygon.points);
    EXPECT_LT(box.high.x - box.low.x, 1.0);
  }
}

TEST(HexGrid, RefusesWhatItCannotLayOut) {
  const std::vector<Point> bad = {{0, 0}, {0, std::numeric_limits<double>::quiet_NaN()}};
  const std::vector<Point> wide = {{-60, -50}, {60, 50}};
  EXPECT_THROW(HexGrid({0, 95}, 1.0), OptionError);
  EXPECT_THROW(HexGrid({0, 0}, 0.0), OptionError);
  EXPECT_THROW(HexGrid({0, 0}, std::numeric_limits<double>::infinity()), OptionError);
  EXPECT_THROW(HexGrid({0, 0}, 1.0).cells_of(bad), InputError);
  EXPECT_THROW(HexGrid({0, 0}, 1.0).covering(wide), OptionError);
  EXPECT_THROW(hex_grid_around({}), InputError);
  EXPECT_THROW(hex_grid_around(bad), InputError);
}

}  // namespace
}  // namespace waywarden
