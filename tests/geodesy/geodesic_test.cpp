#include "waywarden/geodesy/geodesic.h"

#include <geodesic.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

/// Karney's own example for WGS 84 (GeodSolve): JFK to Heathrow.
TEST(Geodesic, PublishedDistance) {
  EXPECT_NEAR(geodesic_distance({-73.8, 40.6}, {-0.5, 51.6}).value, 5551759.400, 0.001);
}

/// A quarter of the equator and of a meridian of WGS 84.
TEST(Geodesic, QuarterCircles) {
  EXPECT_NEAR(geodesic_distance({0, 0}, {90, 0}).value, 10018754.1714, 1e-3);
  EXPECT_NEAR(geodesic_distance({0, 0}, {0, 90}).value, 10001965.7293, 1e-3);
}

/// Shortly before distances count as short another algorithm measures them, and shortly after.
TEST(Geodesic, ShortDistancesAreThoseOfTheGeneralAlgorithm) {
  RandomStream random(5, 3, 41);
  const auto within = [&](double least, double most) { return least + (most - least) * random.uniform(); };
  for (int i = 0; i < 20'000; ++i) {
    const Point a{within(-180, 179.9), within(-79.9, 79.9)};
    const double reach = std::pow(10.0, within(-7, std::log10(0.0199)));
    const Point b{a.x + within(-reach, reach), a.y + within(-reach, reach)};
    double metres = 0.0;
    geod_geodesic ellipsoid;
    geod_init(&ellipsoid, 6378137.0, 1.0 / 298.257223563);
    geod_inverse(&ellipsoid, a.y, a.x, b.y, b.x, &metres, nullptr, nullptr);
    EXPECT_NEAR(geodesic_distance(a, b).value, metres, 1e-8) << a.x << " " << a.y << " " << b.x << " " << b.y;
    EXPECT_EQ(geodesic_distance(a, b).value, geodesic_distance(b, a).value);
  }
  EXPECT_EQ(geodesic_distance({7, 50}, {7, 50}).value, 0.0);
}

/// Also where one end alone lies beyond the latitude up to which distances count as short.
TEST(Geodesic, DistancesAreTheSameBothWays) {
  for (const double y : {79.985, 79.99, 79.995, -79.985, -79.99, -79.995}) {
    const Point a{7, y}, b{7.013, y + std::copysign(0.0123, y)};
    EXPECT_EQ(geodesic_distance(a, b).value, geodesic_distance(b, a).value) << y;
  }
}

TEST(Geodesic, LengthIsTheSumOfItsParts) {
  const std::vector<Point> line = {{0, 0}, {1, 1}, {2, 0}};
  EXPECT_EQ(geodesic_length(line).value,
            geodesic_distance(line[0], line[1]).value + geodesic_distance(line[1], line[2]).value);
  EXPECT_EQ(geodesic_length({}).value, 0.0);
}

TEST(Geodesic, InterpolationDividesTheDistance) {
  const Point a{80, 20}, b{95, 31}, p = geodesic_interpolate(a, b, 0.3);
  const double whole = geodesic_distance(a, b).value;
  EXPECT_NEAR(geodesic_distance(a, p).value, 0.3 * whole, 1e-3);
  EXPECT_NEAR(geodesic_distance(p, b).value, 0.7 * whole, 1e-3);
}

TEST(Geodesic, HolesSubtractFromAreas) {
  Geometry square = Geometry::of_polygon(std::vector<Point>{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}});
  const double whole = geodesic_area(square);
  EXPECT_NEAR(whole, 4 * 12308778361.469, 4 * 12308778361.469 * 1e-3);  // one degree square at the equator
  const std::vector<Point> hole = {{0.5, 0.5}, {0.5, 1}, {1, 1}, {1, 0.5}, {0.5, 0.5}};
  square.polygon_ends.clear();
  square.add_part(hole);
  square.close_polygon();
  EXPECT_NEAR(geodesic_area(square), whole - geodesic_area(Geometry::of_polygon(hole)), 1.0);
}

}  // namespace
}  // namespace waywarden
