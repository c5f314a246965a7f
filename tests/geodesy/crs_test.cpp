#include "waywarden/geodesy/crs.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

TEST(Transformer, TakesEastAndNorthWhateverTheAuthoritySays) {
  // EPSG:4326 lists latitude first; x is longitude here all the same.
  const std::vector<Point> points = {{87.0, 27.0}};
  const auto utm = Transformer(Crs("EPSG:4326"), Crs("EPSG:32645"))(points);
  EXPECT_NEAR(utm[0].x, 500000.0, 1e-6);  // 87 E is the zone's central meridian
  EXPECT_NEAR(utm[0].y, 0.9996 * 2987594.0, 200.0);
  const auto back = Transformer(Crs("EPSG:32645"), Crs::wgs84())(utm);
  EXPECT_NEAR(back[0].x, 87.0, 1e-9);
  EXPECT_NEAR(back[0].y, 27.0, 1e-9);
}

TEST(Transformer, PointsThatCannotBeTransformedAreInfinite) {
  const std::vector<Point> points = {{0, 0}, {0, 100}};
  const auto moved = Transformer(Crs::wgs84(), Crs("EPSG:3857"))(points);
  EXPECT_TRUE(moved[0].finite());
  EXPECT_FALSE(moved[1].finite());
}

TEST(Transformer, SaysWhatIsWrongWithACrs) {
  EXPECT_THROW(Transformer(Crs(), Crs::wgs84()), CrsError);
  EXPECT_THROW(Transformer(Crs("EPSG:99999999"), Crs::wgs84()), CrsError);
  EXPECT_THROW(Transformer(Crs("no such thing"), Crs::wgs84()), CrsError);
  EXPECT_THROW(
      Transformer(Crs("ENGCRS[\"site\",EDATUM[\"site\"],CS[Cartesian,2],AXIS[\"x\",east],AXIS[\"y\",north],"
                      "LENGTHUNIT[\"metre\",1]]"),
                  Crs::wgs84()),
      CrsError);
}

TEST(Crs, KnowsDegreesFromMetres) {
  EXPECT_TRUE(is_geographic(Crs::wgs84()));
  EXPECT_TRUE(is_geographic(Crs("EPSG:4326")));
  EXPECT_FALSE(is_geographic(Crs("EPSG:32645")));
  EXPECT_FALSE(Crs().known());
}

TEST(Crs, WktReadsBack) {
  const Crs from_text(wkt(Crs("EPSG:32645")));
  const std::vector<Point> points = {{87.5, 26.0}};
  EXPECT_EQ(Transformer(Crs::wgs84(), from_text)(points),
            Transformer(Crs::wgs84(), Crs("EPSG:32645"))(points));
}

TEST(EqualArea, KeepsAreas) {
  const std::vector<Point> ring = {{80, 20}, {80.5, 20}, {80.5, 20.5}, {80, 20.5}, {80, 20}};
  const auto plane = Transformer(Crs::wgs84(), equal_area_around({86, 26}))(ring);
  double twice = 0.0;
  for (std::size_t i = 0; i + 1 < plane.size(); ++i) {
    twice += plane[i].x * plane[i + 1].y - plane[i].y * plane[i + 1].x;
  }
  EXPECT_NEAR(twice / 2 / geodesic_area(Geometry::of_polygon(ring)), 1.0, 1e-4);
}

}  // namespace
}  // namespace waywarden
