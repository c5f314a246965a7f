#include "waywarden/geometry/geometry.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

TEST(Geometry, KeepsPartsAndPolygons) {
  Geometry g{GeometryType::multi_polygon, {}, {}, {}};
  g.add_part(std::vector<Point>{{0, 0}, {4, 0}, {4, 4}, {0, 0}});
  g.add_part(std::vector<Point>{{1, 1}, {2, 1}, {2, 2}, {1, 1}});
  g.close_polygon();
  g.add_part(std::vector<Point>{{9, 9}, {10, 9}, {10, 10}, {9, 9}});
  g.close_polygon();
  EXPECT_EQ(g.part_count(), 3U);
  EXPECT_EQ(g.part(1).front(), (Point{1, 1}));
  EXPECT_EQ(g.part(2).size(), 4U);
  EXPECT_EQ(g.rings_of_polygon(0), (std::pair<std::size_t, std::size_t>{0, 2}));
  EXPECT_EQ(g.rings_of_polygon(1), (std::pair<std::size_t, std::size_t>{2, 3}));
}

TEST(Geometry, Makers) {
  EXPECT_EQ(Geometry::of_point({1, 2}).points.size(), 1U);
  EXPECT_EQ(Geometry::of_line(std::vector<Point>{{0, 0}, {1, 1}}).part_count(), 1U);
  EXPECT_EQ(Geometry::of_polygon(std::vector<Point>{{0, 0}, {1, 1}, {1, 0}, {0, 0}}).polygon_ends.size(), 1U);
  EXPECT_TRUE(Geometry().empty());
}

TEST(GeometryType, NamesAreThoseOfGeoJson) {
  EXPECT_EQ(name(GeometryType::point), "Point");
  EXPECT_EQ(name(GeometryType::multi_line_string), "MultiLineString");
  EXPECT_EQ(name(GeometryType::none), "None");
}

}  // namespace
}  // namespace waywarden
