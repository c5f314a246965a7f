#include "waywarden/network/lines.h"

#include <gtest/gtest.h>

#include "world.h"

namespace waywarden {
namespace {

LinkLayer layer() {
  LinkLayer roads{test::table("roads"), Mode::road, "speed", "oneway", "p"};
  test::add_line(roads.table, "a", {{0, 0}, {1, 0}});
  test::add_line(roads.table, "b", {{0, 1}, {1, 1}});
  test::add_point(roads.table, "c", {0, 0});
  roads.table.add(Column("speed", Column::Reals{80, 0, 0}, {1, 0, 1}));
  roads.table.add(Column("oneway", Column::Texts{"-1", "yes", ""}));
  roads.table.add(Column("p", Column::Reals{0.5, 1.0, 0}));
  return roads;
}

TEST(Lines, CarryTheFactsOfTheirFeature) {
  ImportReport report;
  const auto lines = read_lines(layer(), report);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].facts.speed_kmh, 80.0);
  EXPECT_EQ(lines[0].facts.ways, Ways::backward);
  EXPECT_EQ(lines[1].facts.speed_kmh, kSpeedNotStated);
  EXPECT_EQ(lines[1].facts.ways, Ways::forward);
  EXPECT_LT(lines[1].facts.detection, 1.0);
  ASSERT_EQ(report.entries.size(), 1U);
  EXPECT_EQ(report.entries[0].where.feature, "c");
}

TEST(Lines, LevelsAreWholeNumbers) {
  LinkLayer roads = layer();
  roads.level_column = "storey";
  roads.table.add(Column("storey", Column::Reals{-1, 0, 0}, {1, 0, 1}));
  ImportReport report;
  EXPECT_EQ(read_lines(roads, report)[0].facts.level, -1);
  EXPECT_EQ(read_lines(roads, report)[1].facts.level, 0);
  roads.level_column = "half";
  roads.table.add(Column("half", Column::Reals{0.5, 0, 0}));
  EXPECT_THROW(read_lines(roads, report), InputError);
}

TEST(Lines, EveryPartOfAMultiLineIsALine) {
  LinkLayer roads{test::table("roads"), Mode::road, "", "", ""};
  Geometry two{GeometryType::multi_line_string, {}, {}, {}};
  two.add_part(std::vector<Point>{{0, 0}, {1, 0}});
  two.add_part(std::vector<Point>{{2, 0}, {3, 0}});
  roads.table.ids = {"a"};
  roads.table.geometries = {two};
  ImportReport report;
  const auto lines = read_lines(roads, report);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].facts.source.id, "a");
}

TEST(Lines, ImpossibleValuesAreErrorsThatNameTheFeature) {
  LinkLayer roads = layer();
  roads.table.columns[2] = Column("p", Column::Reals{0.5, -0.1, 0});
  ImportReport report;
  try {
    read_lines(roads, report);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.where().feature, "b");
    EXPECT_EQ(error.where().layer, "roads");
  }
}

TEST(Lines, ComeInAnyReferenceSystem) {
  LinkLayer roads{test::table("roads"), Mode::road, "", "", ""};
  roads.table.crs = Crs("EPSG:32645");
  test::add_line(roads.table, "a", {{500000, 3000000}, {501000, 3000000}});
  ImportReport report;
  const auto lines = read_lines(roads, report);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NEAR(lines[0].line[0].x, 87.0, 1e-7);
  EXPECT_NEAR(lines[0].line[0].y, 27.12, 0.01);
}

}  // namespace
}  // namespace waywarden
