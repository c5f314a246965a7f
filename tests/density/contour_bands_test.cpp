#include "waywarden/density/contour_bands.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <numbers>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Values = std::vector<std::optional<double>>;

double signed_area(std::span<const Point> ring) {
  double twice = 0.0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += ring[i].x * ring[i + 1].y - ring[i + 1].x * ring[i].y;
  }
  return twice / 2;
}

double area(const Geometry& geometry) {
  double sum = 0.0;
  for (std::size_t i = 0; i < geometry.part_count(); ++i) sum += signed_area(geometry.part(i));
  return sum;
}

bool covers(const Geometry& geometry, Point p) {
  bool inside = false;
  for (std::size_t part = 0; part < geometry.part_count(); ++part) {
    const auto ring = geometry.part(part);
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const Point a = ring[i], b = ring[i + 1];
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * ((p.y - a.y) / (b.y - a.y))) {
        inside = !inside;
      }
    }
  }
  return inside;
}

/// A cone of height 10: its bands are rings.
TEST(ContourBands, AroundACone) {
  const RasterGrid grid{{-20, -20}, 0.25, 160, 160};
  Values cone;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    cone.emplace_back(10 - std::hypot(grid.centre(i).x, grid.centre(i).y));
  }
  const double levels[] = {1.0, 4.0, 8.0};
  const auto bands = contour_bands(grid, cone, levels);
  ASSERT_EQ(bands.size(), 3U);
  EXPECT_NEAR(area(bands[0]), std::numbers::pi * (81 - 36), 0.2);
  EXPECT_NEAR(area(bands[1]), std::numbers::pi * (36 - 4), 0.2);
  EXPECT_NEAR(area(bands[2]), std::numbers::pi * 4, 0.1);
  EXPECT_EQ(bands[0].part_count(), 2U);
  EXPECT_EQ(bands[0].polygon_ends.size(), 1U);
  EXPECT_GT(signed_area(bands[0].part(0)), 0.0);
  EXPECT_LT(signed_area(bands[0].part(1)), 0.0);
  EXPECT_EQ(bands[2].part_count(), 1U);
}

TEST(ContourBands, OfASlopeAreStripes) {
  const RasterGrid grid{{0, 0}, 1.0, 4, 3};
  Values slope;
  for (std::size_t i = 0; i < grid.size(); ++i) slope.emplace_back(grid.centre(i).x);
  const double levels[] = {1.0, 2.25, 9.0};
  const auto bands = contour_bands(grid, slope, levels);
  EXPECT_NEAR(area(bands[0]), 1.25 * 2, 1e-5);
  EXPECT_NEAR(area(bands[1]), 1.25 * 2, 1e-5);
  EXPECT_TRUE(bands[2].empty());
  EXPECT_EQ(bands[2].type, GeometryType::multi_polygon);
}

/// Two squares that touch in a corner are two polygons; a ring of squares pinched at a corner is one polygon.
TEST(ContourBands, TouchInCorners) {
  const double levels[] = {0.0};
  const RasterGrid two{{0, 0}, 1.0, 3, 3};
  Values apart(9, 1.0);
  apart[2].reset();
  apart[6].reset();
  const Geometry squares = contour_bands(two, apart, levels).front();
  EXPECT_EQ(squares.polygon_ends.size(), 2U);
  EXPECT_DOUBLE_EQ(area(squares), 2.0);

  // Around the missing middle: with the south-western corner missing too, only that square is gone as well.
  const RasterGrid around{{0, 0}, 1.0, 6, 6};
  Values ring(36, 1.0);
  ring[0].reset();   // takes the square at (0, 0)
  ring[14].reset();  // takes those at (1, 1), (2, 1), (1, 2), (2, 2)
  const Geometry pinched = contour_bands(around, ring, levels).front();
  EXPECT_EQ(pinched.polygon_ends.size(), 1U);
  EXPECT_EQ(pinched.part_count(), 2U);
  EXPECT_DOUBLE_EQ(area(pinched), 25.0 - 5.0);
}

TEST(ContourBands, RefuseBadInput) {
  const RasterGrid grid{{0, 0}, 1.0, 2, 2};
  const Values flat(4, 1.0);
  const double none[] = {std::numeric_limits<double>::infinity()}, falling[] = {2.0, 1.0},
               twice[] = {1.0, 1.0};
  EXPECT_THROW(contour_bands(grid, Values(3), {}), OptionError);
  EXPECT_THROW(contour_bands(grid, flat, none), OptionError);
  EXPECT_THROW(contour_bands(grid, flat, falling), OptionError);
  EXPECT_THROW(contour_bands(grid, flat, twice), OptionError);
  const Values bad(4, std::numeric_limits<double>::quiet_NaN());
  EXPECT_THROW(contour_bands(grid, bad, {}), InputError);
  EXPECT_TRUE(contour_bands(grid, flat, {}).empty());
  const double levels[] = {0.0, 1.0};
  EXPECT_TRUE(contour_bands(grid, Values(4), levels)[1].empty());
  EXPECT_TRUE(contour_bands({{0, 0}, 1.0, 0, 0}, Values(), levels)[1].empty());
  EXPECT_TRUE(contour_bands({{0, 0}, 1.0, 1, 5}, Values(5, 1.0), levels)[1].empty());
}

/// Values that meet levels exactly, plateaus of one cell's width among them, and values of all magnitudes.
Values drawn(const RasterGrid& grid, std::uint64_t seed) {
  RandomStream stream(seed, 1);
  Values values;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const double u = stream.uniform();
    double value = u;
    if (seed % 3 == 1) value = std::floor(4 * u) / 4;
    if (seed % 3 == 2) value = std::pow(10.0, 600 * u - 300);
    values.emplace_back(value);
    if (stream.uniform() < 0.08 * static_cast<double>(seed % 4)) values.back().reset();
  }
  return values;
}

class Bands : public ::testing::TestWithParam<int> {};

/// Along the edges between middles values run straight: there every point belongs to the band of its value.
TEST_P(Bands, HoldWhatLiesBetweenTheirLevels) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const RasterGrid grid{{3, -2}, 1.0, 2 + seed % 9, 2 + seed % 7};
  const Values values = drawn(grid, seed);
  const double levels[] = {-1.0, 0.25, 0.5, 0.500001, 0.75};
  const auto bands = contour_bands(grid, values, levels);
  RandomStream stream(seed, 2);
  for (std::size_t row = 1; row + 1 < grid.rows; ++row) {
    for (std::size_t column = 1; column + 2 < grid.columns; ++column) {
      const std::size_t a = row * grid.columns + column, b = a + 1;
      const std::size_t needed[] = {a - grid.columns, b - grid.columns, a, b,
                                    a + grid.columns, b + grid.columns};
      bool whole = true;
      for (const std::size_t cell : needed) whole = whole && values[cell].has_value();
      if (!whole) continue;
      const double share = 0.05 + 0.9 * stream.uniform();
      const double value = *values[a] + share * (*values[b] - *values[a]);
      const Point p{grid.x(column) + share, grid.y(row)};
      for (std::size_t i = 0; i < bands.size(); ++i) {
        const double next = i + 1 < bands.size() ? levels[i + 1] : std::numeric_limits<double>::infinity();
        // What crossings may be moved by, in units of the value.
        const double near = 2e-6 * std::abs(*values[b] - *values[a]) + 1e-12;
        if (std::abs(value - levels[i]) < near || std::abs(value - next) < near) continue;
        EXPECT_EQ(covers(bands[i], p), value >= levels[i] && value < next)
            << seed << " " << value << " " << i;
      }
    }
  }
}

/// Together they are the whole squares; each is made of outer rings with holes in them; sides are passed
/// once, and those that are not of the border are passed the other way by the band next to it.
TEST_P(Bands, ShareTheRasterOut) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const RasterGrid grid{{3, -2}, 1.0, 2 + seed % 9, 2 + seed % 7};
  const Values values = drawn(grid, seed);
  const double levels[] = {-1.0, 0.25, 0.5, 0.500001, 0.75};
  double squares = 0.0, total = 0.0;
  for (std::size_t row = 0; row + 1 < grid.rows; ++row) {
    for (std::size_t column = 0; column + 1 < grid.columns; ++column) {
      const std::size_t at = row * grid.columns + column;
      squares += values[at] && values[at + 1] && values[at + grid.columns] && values[at + grid.columns + 1];
    }
  }
  std::map<std::pair<Point, Point>, int> passed;
  for (const Geometry& band : contour_bands(grid, values, levels)) {
    for (std::size_t i = 0; i < band.polygon_ends.size(); ++i) {
      const auto [first, last] = band.rings_of_polygon(i);
      EXPECT_GT(signed_area(band.part(first)), 0.0);
      for (std::size_t hole = first + 1; hole < last; ++hole) EXPECT_LT(signed_area(band.part(hole)), 0.0);
    }
    for (std::size_t part = 0; part < band.part_count(); ++part) {
      const auto ring = band.part(part);
      EXPECT_EQ(ring.front(), ring.back());
      for (std::size_t i = 0; i + 1 < ring.size(); ++i) ++passed[{ring[i], ring[i + 1]}];
    }
    total += area(band);
  }
  EXPECT_NEAR(total, squares, 1e-9);
  for (const auto& [side, times] : passed) {
    const auto [a, b] = side;
    EXPECT_EQ(times, 1);
    EXPECT_TRUE(passed.contains({b, a}) || a.x == b.x || a.y == b.y);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Bands, ::testing::Range(0, 90));

}  // namespace
}  // namespace waywarden
