#include "waywarden/network/country_areas.h"

#include <gtest/gtest.h>

#include <boost/geometry.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <random>

#include "world.h"

namespace waywarden {
namespace {

using BoostPoint = boost::geometry::model::d2::point_xy<double>;
using BoostPolygon = boost::geometry::model::polygon<BoostPoint>;

/// A star around a centre: a ring of the given number of corners.
std::vector<Point> star(Point centre, unsigned corners, std::mt19937& random) {
  std::uniform_real_distribution<double> radius(0.3, 1.0);
  std::vector<Point> ring;
  for (unsigned i = 0; i < corners; ++i) {
    const double angle = 6.283185307179586 * i / corners, r = radius(random);
    ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
  }
  ring.push_back(ring.front());
  return ring;
}

BoostPolygon to_boost(const std::vector<Point>& ring) {
  BoostPolygon polygon;
  for (const Point p : ring) boost::geometry::append(polygon, BoostPoint(p.x, p.y));
  boost::geometry::correct(polygon);
  return polygon;
}

TEST(CountryAreas, AgreesWithBoostOnRandomStars) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto a = star({0, 0}, 17, random), b = star({2.5, 0}, 23, random);
    CountryLayer layer{test::table("countries"), "code", "", "", Metres{100}};
    for (const auto& ring : {a, b}) {
      layer.table.ids.push_back(std::to_string(layer.table.ids.size()));
      layer.table.geometries.push_back(Geometry::of_polygon(ring));
    }
    layer.table.add(Column("code", Column::Texts{"A", "B"}));
    ImportReport report;
    const CountryAreas areas(layer, report);
    const BoostPolygon boost_a = to_boost(a), boost_b = to_boost(b);
    std::uniform_real_distribution<double> x(-1.2, 3.7), y(-1.2, 1.2);
    for (int i = 0; i < 500; ++i) {
      const Point p{x(random), y(random)};
      const auto found = areas.country_at(p);
      EXPECT_EQ(found == 0, boost::geometry::within(BoostPoint(p.x, p.y), boost_a));
      EXPECT_EQ(found == 1, boost::geometry::within(BoostPoint(p.x, p.y), boost_b));
    }
  }
}

TEST(CountryAreas, FindsWhereALineMeetsABorder) {
  ImportReport report;
  const CountryAreas areas(test::two_countries(100), report);
  EXPECT_EQ(areas.border_shares({-1, 0}, {3, 0}), std::vector<double>{0.25});
  EXPECT_TRUE(areas.border_shares({1, 0}, {3, 0}).empty());
  // A line that ends on the border touches it.
  EXPECT_EQ(areas.border_shares({-1, 0}, {0, 0}), std::vector<double>{1.0});
  // Along the border there is no single place where it is met.
  for (const double share : areas.border_shares({0, 1}, {0, 2})) EXPECT_TRUE(share >= 0.0 && share <= 1.0);
}

TEST(CountryAreas, HolesAreOutside) {
  CountryLayer layer{test::table("countries"), "code", "", "", Metres{100}};
  Geometry ring = Geometry::of_polygon(std::vector<Point>{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}});
  ring.polygon_ends.clear();
  ring.add_part(std::vector<Point>{{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}});
  ring.close_polygon();
  layer.table.ids = {"1"};
  layer.table.geometries = {ring};
  layer.table.add(Column("code", Column::Texts{"A"}));
  ImportReport report;
  const CountryAreas areas(layer, report);
  EXPECT_EQ(areas.country_at({0.5, 0.5}), 0);
  EXPECT_FALSE(areas.country_at({1.5, 1.5}));
}

TEST(CountryAreas, RowsWithoutCodeOrPolygonAreReported) {
  CountryLayer layer = test::two_countries(100);
  test::add_point(layer.table, "3", {0, 0});
  layer.table.columns.clear();
  layer.table.add(Column("code", Column::Texts{"A", "", "C"}));
  ImportReport report;
  const CountryAreas areas(layer, report);
  EXPECT_EQ(areas.codes(), std::vector<std::string>{"A"});
  EXPECT_EQ(report.count(Outcome::skipped), 2U);
}

}  // namespace
}  // namespace waywarden
