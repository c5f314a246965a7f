#include "waywarden/hotspots/contiguity.h"

#include <gtest/gtest.h>

#include <limits>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;

Geometry rectangle(double x, double y, double width, double height) {
  const std::vector<Point> ring = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
  return Geometry::of_polygon(ring);
}

std::vector<Geometry> lattice(int columns, int rows) {
  std::vector<Geometry> areas;
  for (int c = 0; c < columns; ++c) {
    for (int r = 0; r < rows; ++r) areas.push_back(rectangle(c, r, 1, 1));
  }
  return areas;
}

/// By counting steps on the lattice.
Weights lattice_neighbours(int columns, int rows, Border border) {
  std::vector<std::vector<std::uint32_t>> lists;
  for (int i = 0; i < columns * rows; ++i) {
    lists.emplace_back();
    for (int j = 0; j < columns * rows; ++j) {
      const int dx = std::abs(i / rows - j / rows), dy = std::abs(i % rows - j % rows);
      const bool near = border == Border::queen ? std::max(dx, dy) == 1 : dx + dy == 1;
      if (near) lists.back().push_back(static_cast<std::uint32_t>(j));
    }
  }
  return binary_weights(std::move(lists));
}

TEST(Contiguity, OfALatticeIsQueenOrRook) {
  for (const Border border : {Border::queen, Border::rook}) {
    const Weights expected = lattice_neighbours(5, 4, border);
    EXPECT_EQ(contiguity(lattice(5, 4), {border, std::nullopt}), expected);
    EXPECT_EQ(contiguity(lattice(5, 4), {border, 0.0}), expected);
    EXPECT_EQ(contiguity(lattice(5, 4), {border, 0.01}), expected);
  }
}

TEST(Contiguity, DoesNotDependOnTheOrderOfAreas) {
  const auto areas = lattice(6, 6);
  const auto order = random_order(4, areas.size());
  for (const std::optional<double> tolerance : {std::optional<double>{}, std::optional<double>{0.05}}) {
    const Weights weights = contiguity(areas, {Border::queen, tolerance});
    EXPECT_EQ(contiguity(reordered<Geometry>(areas, order), {Border::queen, tolerance}),
              reordered(weights, order));
  }
}

/// A big area whose side is cut in two by its neighbours: they share vertices only at its corners.
TEST(Contiguity, BordersCutAtOtherPlacesNeedATolerance) {
  const std::vector<Geometry> areas = {rectangle(0, 0, 2, 3), rectangle(2, 0, 1, 1), rectangle(2, 1, 1, 1),
                                       rectangle(2, 2, 1, 1)};
  EXPECT_EQ(contiguity(areas, {Border::queen, std::nullopt}).neighbours(0).size(), 2U);
  EXPECT_EQ(contiguity(areas, {Border::rook, std::nullopt}).neighbours(0).size(), 0U);
  for (const Border border : {Border::queen, Border::rook})
    EXPECT_EQ(contiguity(areas, {border, 0.0}).neighbours(0).size(), 3U);
}

TEST(Contiguity, GapsAndOverlapsUpToTheToleranceDoNoHarm) {
  // A gap of 0.02, an overlap of 0.02, and a slight slope.
  const std::vector<Point> sloping = {{2.0, 0}, {3.0, 0}, {3.0, 1}, {2.01, 1}, {2.0, 0}};
  const std::vector<Geometry> areas = {rectangle(0, 0, 1, 1), rectangle(1.02, 0, 1, 1),
                                       Geometry::of_polygon(sloping), rectangle(10, 10, 1, 1)};
  for (const Border border : {Border::queen, Border::rook}) {
    const Weights near = contiguity(areas, {border, 0.03});
    EXPECT_EQ(near, binary_weights({{1}, {0, 2}, {1}, {}}));
    EXPECT_EQ(islands(near), std::vector<std::size_t>{3});
    EXPECT_EQ(contiguity(areas, {border, 0.001}).neighbours(0).size(), 0U);
  }
}

TEST(Contiguity, AreasThatCrossAreQueenNeighbours) {
  const std::vector<Geometry> areas = {rectangle(0, 1, 3, 1), rectangle(1, 0, 1, 3)};
  EXPECT_EQ(contiguity(areas, {Border::queen, 0.0}), binary_weights({{1}, {0}}));
  EXPECT_EQ(contiguity(areas, {Border::rook, 0.0}), binary_weights({{}, {}}));
}

TEST(Contiguity, ACornerIsNoStretchHoweverSharp) {
  const std::vector<Point> needle = {{1, 1}, {3, 1.2}, {3, 1.3}, {1, 1}};
  const std::vector<Geometry> areas = {rectangle(0, 0, 1, 1), Geometry::of_polygon(needle)};
  EXPECT_EQ(contiguity(areas, {Border::rook, 0.01}), binary_weights({{}, {}}));
  EXPECT_EQ(contiguity(areas, {Border::queen, 0.01}), binary_weights({{1}, {0}}));
}

TEST(Contiguity, HolesAreBoundariesToo) {
  Geometry ring = rectangle(0, 0, 3, 3);
  ring.polygon_ends.clear();
  const Geometry hole = rectangle(1, 1, 1, 1);
  ring.add_part(hole.part(0));
  ring.close_polygon();
  const std::vector<Geometry> areas = {ring, hole};
  EXPECT_EQ(contiguity(areas, {Border::rook, std::nullopt}), binary_weights({{1}, {0}}));
}

TEST(Contiguity, OfNothingAndOfAreasWithoutGeometry) {
  EXPECT_EQ(contiguity({}).size(), 0U);
  EXPECT_EQ(contiguity(std::vector<Geometry>(2), {Border::queen, 1.0}), binary_weights({{}, {}}));
}

TEST(Contiguity, RefusesWhatHasNoBorder) {
  const std::vector<Geometry> points = {rectangle(0, 0, 1, 1), Geometry::of_point({0, 0})};
  EXPECT_THROW(contiguity(points), InputError);
  EXPECT_THROW(contiguity(std::vector{rectangle(0, 0, std::numeric_limits<double>::infinity(), 1)}),
               InputError);
  EXPECT_THROW(contiguity(lattice(1, 1), {Border::queen, -1.0}), OptionError);
}

}  // namespace
}  // namespace waywarden
