#include "waywarden/features/reproject.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

FeatureTable sample(const Crs& crs) {
  FeatureTable t;
  t.name = "roads";
  t.source = "a.gpkg";
  t.crs = crs;
  t.ids = {"1", "2"};
  t.geometries = {Geometry::of_point({500000, 3000000}), Geometry::of_point({std::nan(""), 0})};
  t.add(Column("n", Column::Integers{1, 2}));
  return t;
}

TEST(Reproject, MovesVerticesAndReportsWhatCannotMove) {
  ImportReport report;
  const FeatureTable moved = reprojected(sample(Crs("EPSG:32645")), Crs::wgs84(), report);
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_NEAR(moved.geometries[0].points[0].x, 87.0, 1e-9);
  EXPECT_EQ(moved.crs, Crs::wgs84());
  EXPECT_EQ(moved.column("n").number(0), 1.0);
  ASSERT_EQ(report.entries.size(), 1U);
  EXPECT_EQ(report.entries[0].where.feature, "2");
}

TEST(Reproject, AnUnknownCrsNamesFileAndLayer) {
  ImportReport report;
  try {
    reprojected(sample(Crs()), Crs::wgs84(), report);
    FAIL();
  } catch (const CrsError& error) {
    EXPECT_EQ(error.where().file, "a.gpkg");
    EXPECT_EQ(error.where().layer, "roads");
  }
}

TEST(Reproject, TablesWithoutGeometryStayAsTheyAre) {
  FeatureTable t;
  t.ids = {"1"};
  ImportReport report;
  EXPECT_EQ(reprojected(t, Crs::wgs84(), report).size(), 1U);
}

}  // namespace
}  // namespace waywarden
