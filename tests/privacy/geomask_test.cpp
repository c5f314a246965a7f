#include "waywarden/privacy/geomask.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

FeatureTable records(std::size_t count, Point at, const Crs& crs = Crs::wgs84()) {
  FeatureTable table;
  table.name = "incidents";
  table.crs = crs;
  for (std::size_t i = 0; i < count; ++i) {
    table.ids.push_back("i" + std::to_string(i));
    table.geometries.push_back(Geometry::of_point(at));
  }
  return table;
}

Point point_of(const FeatureTable& table, std::size_t row) { return table.geometries[row].points.front(); }

TEST(Geomask, DistancesAreWithinTheRing) {
  for (const double latitude : {-60.0, 0.0, 27.0, 55.0}) {
    const Point at{84.0, latitude};
    const FeatureTable masked = geomask(records(2000, at), {{1000.0}, {20000.0}, 7});
    for (std::size_t i = 0; i < 2000; ++i) {
      const double distance = geodesic_distance(at, point_of(masked, i)).value;
      EXPECT_GE(distance, 1000.0 * 0.999) << latitude;
      EXPECT_LE(distance, 20000.0 * 1.001) << latitude;
    }
  }
}

/// Shares of points within half the ring's area and in each quadrant; 5 deviations of a binomial.
TEST(Geomask, PointsAreUniformByArea) {
  constexpr std::size_t count = 20000;
  const Point at{84.0, 27.0};
  const FeatureTable masked = geomask(records(count, at), {{1000.0}, {5000.0}, 3});
  const double half = std::sqrt((1000.0 * 1000.0 + 5000.0 * 5000.0) / 2.0);
  std::size_t inside = 0, quadrants[4] = {};
  for (std::size_t i = 0; i < count; ++i) {
    const Point p = point_of(masked, i);
    inside += geodesic_distance(at, p).value < half;
    ++quadrants[(p.x > at.x) + 2 * (p.y > at.y)];
  }
  EXPECT_NEAR(static_cast<double>(inside), count / 2.0, 5 * std::sqrt(count / 4.0));
  for (const std::size_t quadrant : quadrants)
    EXPECT_NEAR(static_cast<double>(quadrant), count / 4.0, 5 * std::sqrt(count * 3.0 / 16.0));
}

TEST(Geomask, DependsOnSeedAndIdNotOnRow) {
  FeatureTable table = records(50, {84.0, 27.0});
  const FeatureTable masked = geomask(table, {{1000.0}, {5000.0}, 3});
  std::vector<std::size_t> backwards;
  for (std::size_t i = 50; i-- > 0;) backwards.push_back(i);
  const FeatureTable again = geomask(table.take(backwards), {{1000.0}, {5000.0}, 3});
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(point_of(masked, i), point_of(again, 49 - i));
  const FeatureTable other = geomask(table, {{1000.0}, {5000.0}, 4});
  EXPECT_NE(point_of(masked, 0), point_of(other, 0));
  EXPECT_NE(point_of(masked, 0), point_of(masked, 1));
}

TEST(Geomask, WorksInAnyCrs) {
  const Crs utm("EPSG:32645");
  const Point at = Transformer(Crs::wgs84(), utm)(std::vector<Point>{{87.0, 27.0}})[0];
  const FeatureTable masked = geomask(records(100, at, utm), {{1000.0}, {5000.0}, 3});
  for (std::size_t i = 0; i < 100; ++i) {
    const Point p = point_of(masked, i);
    const double distance = std::hypot(p.x - at.x, p.y - at.y);
    EXPECT_GE(distance, 998.0);
    EXPECT_LE(distance, 5010.0);
  }
}

TEST(Geomask, AcrossTheDateLine) {
  const FeatureTable masked = geomask(records(100, {180.0, 0.0}), {{1000.0}, {5000.0}, 3});
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_GE(point_of(masked, i).x, -180.0);
    EXPECT_LE(point_of(masked, i).x, 180.0);
  }
}

TEST(Geomask, MissingStaysMissing) {
  FeatureTable table = records(2, {84.0, 27.0});
  table.geometries[1] = {};
  EXPECT_TRUE(geomask(table, {}).geometries[1].empty());
}

TEST(Geomask, WhatCannotBeMaskedIsAnError) {
  FeatureTable line = records(1, {84.0, 27.0});
  line.geometries[0] = Geometry::of_line(std::vector<Point>{{84.0, 27.0}, {85.0, 27.0}});
  EXPECT_THROW(geomask(line, {}), InputError);
  const FeatureTable table = records(1, {84.0, 27.0});
  EXPECT_THROW(geomask(records(1, {84.0, 27.0}, Crs()), {}), CrsError);
  EXPECT_THROW(geomask(table, {{5000.0}, {1000.0}, 0}), OptionError);
  EXPECT_THROW(geomask(table, {{0.0}, {1000.0}, 0}), OptionError);
  EXPECT_THROW(geomask(table, {{1.0}, {1e6}, 0}), OptionError);
}

}  // namespace
}  // namespace waywarden
