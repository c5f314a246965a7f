#include "waywarden/io/write.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"
#include "waywarden/io/read.h"

namespace waywarden {
namespace {

using namespace test;

FeatureTable roads() {
  FeatureTable table{"roads", "", Crs("EPSG:32645"), {"r1", "r2", "r3"}, {}, {}};
  const Point a[] = {{300000, 3000000}, {310000, 3010000.5}}, b[] = {{300000, 3000000}, {290000, 3010000.5}};
  table.geometries = {Geometry::of_line(a), Geometry::of_line(b), Geometry()};
  table.add(Column("name", Column::Texts{"=HYPERLINK(\"x\")", "a,\"b\"\r\nc", ""}, {1, 1, 1}));
  table.add(Column("lanes", Column::Integers{-2, 9'007'199'254'740'993, 0}, {1, 1, 0}));
  table.add(Column("share", Column::Reals{0.1, -2.5e-8, 1e300}));
  table.add(Column("open", Column::Booleans{1, 0, 0}, {1, 1, 0}));
  return table;
}

FeatureTable sites() {
  FeatureTable table{"sites", "", Crs::wgs84(), {"1", "2"}, {}, {}};
  table.geometries = {Geometry::of_point({85.123456789, 27.5}), Geometry::of_point({-0.00000001, 27.6})};
  table.add(Column("id", Column::Integers{1, 2}));
  table.add(Column("name", Column::Texts{"Київ", "-5"}));
  return table;
}

FeatureTable totals() {
  FeatureTable table{"totals", "", Crs(), {"all"}, {}, {}};
  table.add(Column("journeys", Column::Reals{12.5}));
  return table;
}

Release released(std::vector<FeatureTable> tables, Origin origin = Origin::synthetic) {
  Draft draft;
  for (FeatureTable& table : tables) draft.tables.push_back(context_table(std::move(table), "", origin));
  return release(draft);
}

Release all() { return released({roads(), sites(), totals()}); }

LayerStyle style_for(const std::string& table) {
  LayerStyle style;
  style.table = table;
  style.classes.resize(1);
  return style;
}

ReadResult layer(const std::string& file, const std::string& name, const std::string& id_column = "id") {
  ReadOptions options;
  options.layer = name;
  options.id_column = id_column;
  return read_layer(file, options);
}

void expect_same_column(const FeatureTable& got, const Column& wanted) {
  const Column& column = got.column(wanted.name());
  EXPECT_EQ(column.type(), wanted.type()) << wanted.name();
  EXPECT_EQ(column.validity(), wanted.validity()) << wanted.name();
  for (std::size_t row = 0; row < wanted.size(); ++row)
    EXPECT_EQ(column.text(row), wanted.text(row)) << wanted.name();
}

TEST(WriteGeoPackage, IsReadBackAsItWas) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", all());
  const auto [table, report] = layer(folder / "a.gpkg", "roads");
  const FeatureTable wanted = roads();
  EXPECT_EQ(table.ids, wanted.ids);
  EXPECT_EQ(table.geometries, wanted.geometries);
  EXPECT_EQ(table.crs, wanted.crs);
  for (const Column& column : wanted.columns) expect_same_column(table, column);
  EXPECT_EQ(list_layers(folder / "a.gpkg").size(), 3U);
  EXPECT_FALSE(list_layers(folder / "a.gpkg")[2].has_geometry);
}

TEST(WriteGeoPackage, GivesTheSameBytesTwice) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", all(), {style_for("roads")});
  write_geopackage(folder / "b.gpkg", all(), {style_for("roads")});
  EXPECT_EQ(content_of(folder / "a.gpkg") == content_of(folder / "b.gpkg"), true);
}

TEST(WriteGeoPackage, TakesItsDateFromTheEnvironment) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", all());
  EXPECT_NE(content_of(folder / "a.gpkg").find("1970-01-01T00:00:00.000Z"), std::string::npos);
  setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  write_geopackage(folder / "b.gpkg", all());
  unsetenv("SOURCE_DATE_EPOCH");
  EXPECT_NE(content_of(folder / "b.gpkg").find("2023-11-14T22:13:20.000Z"), std::string::npos);
}

TEST(WriteGeoPackage, SaysWhereTheFiguresComeFrom) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", released({totals()}, Origin::synthetic));
  EXPECT_EQ(layer(folder / "a.gpkg", "totals").table.column("data").text(0), "synthetic");
  write_geopackage(folder / "a.gpkg", released({totals()}, Origin::observed));
  EXPECT_EQ(layer(folder / "a.gpkg", "totals").table.column("data").text(0), "observed");
}

TEST(WriteGeoPackage, KeepsStylesWhereQgisLooksForThem) {
  const TemporaryFolder folder;
  LayerStyle style = style_for("roads");
  style.label_column = "name";
  write_geopackage(folder / "a.gpkg", all(), {style, style_for("sites")});
  const FeatureTable styles = layer(folder / "a.gpkg", "layer_styles", "").table;
  std::vector<std::string> names;
  for (const Column& column : styles.columns) names.push_back(column.name());
  EXPECT_EQ(names, (std::vector<std::string>{"f_table_catalog", "f_table_schema", "f_table_name",
                                             "f_geometry_column", "styleName", "styleQML", "styleSLD",
                                             "useAsDefault", "description", "owner", "ui", "update_time"}));
  EXPECT_EQ(styles.column("f_table_name").text(0), "roads");
  EXPECT_EQ(styles.column("f_geometry_column").text(0), "geom");
  EXPECT_EQ(styles.column("f_table_schema").text(0), "");
  EXPECT_EQ(styles.column("useAsDefault").number(1), 1.0);
  EXPECT_EQ(styles.column("styleQML").text(0), qml(style));
  EXPECT_EQ(styles.column("update_time").text(0), "1970-01-01T00:00:00Z");
}

TEST(WriteGeoPackage, RefusesStylesForWhatIsNotReleased) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_geopackage(folder / "a.gpkg", all(), {style_for("rails")}), OptionError);
  LayerStyle style = style_for("roads");
  style.label_column = "secret";
  EXPECT_THROW(write_geopackage(folder / "a.gpkg", all(), {style}), OptionError);
  EXPECT_TRUE(contents_of(folder.path()).empty());
}

TEST(WriteGeoPackage, CopesWithHostileNames) {
  const TemporaryFolder folder;
  FeatureTable odd = sites(), reserved = sites(), layer_styles = sites();
  odd.name = "x\"; DROP TABLE gpkg_contents; -- & <co>'";
  for (const char* name : {"fid", "geom", "GEOM", "a\"; --", "select", "data", "=x"}) {
    odd.add(Column(name, Column::Integers{3, 4}));
  }
  reserved.name = "gpkg_contents";
  layer_styles.name = "Layer_Styles";
  write_geopackage(folder / "a.gpkg", released({odd, reserved, layer_styles}), {style_for(odd.name)});
  const FeatureTable table = layer(folder / "a.gpkg", odd.name).table;
  EXPECT_EQ(table.geometries, odd.geometries);
  for (const char* name : {"fid", "geom", "GEOM_2", "a\"; --", "select", "data", "=x"}) {
    EXPECT_EQ(table.column(name).number(1), 4.0) << name;
  }
  EXPECT_EQ(table.column("data_2").text(0), "synthetic");
  EXPECT_EQ(layer(folder / "a.gpkg", "layer_gpkg_contents").table.size(), 2U);
  EXPECT_EQ(layer(folder / "a.gpkg", "Layer_Styles_2").table.size(), 2U);
}

TEST(WriteGeoPackage, TakesTablesOfOneTitle) {
  const TemporaryFolder folder;
  const Draft draft{
      {context_table(sites(), "Same", Origin::observed), context_table(totals(), "Same", Origin::observed)},
      {},
      {}};
  write_geopackage(folder / "a.gpkg", release(draft));
  EXPECT_EQ(list_layers(folder / "a.gpkg").size(), 2U);
}

TEST(WriteGeoPackage, StoresKindsOfGeometryTogether) {
  const TemporaryFolder folder;
  FeatureTable mixed = sites();
  const Point line[] = {{1, 2}, {3, 4}};
  mixed.geometries[1] = Geometry::of_line(line);
  write_geopackage(folder / "a.gpkg", released({mixed}));
  EXPECT_EQ(layer(folder / "a.gpkg", "sites").table.geometries, mixed.geometries);
  FeatureTable empty{"empty", "", Crs::wgs84(), {}, {}, {}};
  empty.add(Column("n", Column::Integers{}));
  write_geopackage(folder / "b.gpkg", released({empty}));
  EXPECT_EQ(layer(folder / "b.gpkg", "empty").table.size(), 0U);
}

TEST(WriteGeoPackage, LeavesTheOldFileWhenItFails) {
  const TemporaryFolder folder;
  put(folder / "a.gpkg", "old");
  FeatureTable lost = sites();
  lost.crs = Crs();
  EXPECT_THROW(write_geopackage(folder / "a.gpkg", released({roads(), lost})), CrsError);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(write_geopackage(folder / "a.gpkg", all(), {}, {1, &progress}), Cancelled);
  const auto left = contents_of(folder.path());
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left.begin()->second, "old");
}

TEST(WriteGeoPackage, WritesOnlyToPlainPaths) {
  EXPECT_THROW(write_geopackage("/vsicurl/http://127.0.0.1:18999/a.gpkg", all()), RefusedError);
  EXPECT_THROW(write_geopackage("PG:dbname=a", all()), RefusedError);
  EXPECT_THROW(write_geopackage("/no/such/folder/a.gpkg", all()), FileError);
  EXPECT_THROW(write_csv("/vsimem/a", all()), RefusedError);
  EXPECT_THROW(write_geojson("/no/such/folder/inside", all()), FileError);
}

TEST(WriteGeoJson, IsInDegreesWithSevenDecimals) {
  const TemporaryFolder folder;
  const auto files = write_geojson(folder / "out", all());
  EXPECT_EQ(files, (std::vector<std::string>{folder / "out/roads.geojson", folder / "out/sites.geojson"}));
  const std::string text = content_of(files[0]);
  EXPECT_EQ(text.find("\"crs\""), std::string::npos);
  EXPECT_NE(text.find("[ 84.9824943, 27.1079795 ]"), std::string::npos) << text;
  EXPECT_NE(text.find("\"data\": \"synthetic\""), std::string::npos);
  const FeatureTable table = layer(files[0], "").table;
  EXPECT_EQ(table.ids, roads().ids);
  for (const Column& column : roads().columns) expect_same_column(table, column);
}

TEST(WriteGeoJson, TurnsOuterRingsCounterClockwise) {
  const TemporaryFolder folder;
  FeatureTable cells{"cells", "", Crs::wgs84(), {"1"}, {}, {}};
  const Point clockwise[] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}};
  cells.geometries = {Geometry::of_polygon(clockwise)};
  const auto files = write_geojson(folder.path(), released({cells}));
  const std::vector<Point> ring = layer(files[0], "").table.geometries[0].points;
  double twice_area = 0.0;
  for (std::size_t i = 1; i < ring.size(); ++i)
    twice_area += ring[i - 1].x * ring[i].y - ring[i].x * ring[i - 1].y;
  EXPECT_DOUBLE_EQ(twice_area, 2.0);
}

TEST(WriteCsv, FollowsRfc4180AndDefusesFormulas) {
  const TemporaryFolder folder;
  const auto files = write_csv(folder.path(), all());
  EXPECT_EQ(content_of(files[0]),
            "id,name,lanes,share,open,data,geometry\r\n"
            "r1,\"'=HYPERLINK(\"\"x\"\")\",-2,0.1,true,synthetic,\"LINESTRING (84.9824943 27.1079795, "
            "85.0817815 27.1996294)\"\r\n"
            "r2,\"a,\"\"b\"\"\r\nc\",9007199254740993,-2.5e-08,false,synthetic,\"LINESTRING (84.9824943 "
            "27.1079795, "
            "84.8799702 27.1967216)\"\r\n"
            "r3,\"\",,1e+300,,synthetic,\r\n");
  EXPECT_EQ(
      content_of(files[1]),
      "id,name,data,longitude,latitude\r\n1,Київ,synthetic,85.1234568,27.5\r\n2,'-5,synthetic,0,27.6\r\n");
  EXPECT_EQ(content_of(files[2]), "id,journeys,data\r\nall,12.5,synthetic\r\n");
}

TEST(WriteCsv, DefusesEveryBeginningOfAFormula) {
  const TemporaryFolder folder;
  FeatureTable table{"t", "", Crs(), {"=1", "+1", "-1", "@a", "\tx", "\rx", "x=1"}, {}, {}};
  table.add(Column("=cmd", Column::Integers{-1, -2, -3, -4, -5, -6, -7}));
  const std::string text = content_of(write_csv(folder.path(), released({table}))[0]);
  EXPECT_EQ(
      text,
      "id,'=cmd,data\r\n'=1,-1,synthetic\r\n'+1,-2,synthetic\r\n'-1,-3,synthetic\r\n'@a,-4,synthetic\r\n"
      "'\tx,-5,synthetic\r\n\"'\rx\",-6,synthetic\r\nx=1,-7,synthetic\r\n");
}

TEST(WriteCsv, GivesTablesFileNamesOfTheirOwn) {
  const TemporaryFolder folder;
  FeatureTable a = totals(), b = totals(), c = totals();
  a.name = "../../etc/a b";
  b.name = "...etc_a b";
  c.name = "..";
  const auto files = write_csv(folder.path(), released({a, b, c}));
  for (const std::string& file : files) {
    EXPECT_EQ(std::filesystem::path(file).parent_path(), folder.path()) << file;
    EXPECT_TRUE(std::filesystem::exists(file)) << file;
  }
  EXPECT_EQ(contents_of(folder.path()).size(), 3U);
}

TEST(WriteCsv, LeavesNothingWhenItFails) {
  const TemporaryFolder folder;
  put(folder / "roads.csv", "old");
  FeatureTable lost = sites();
  lost.crs = Crs();
  EXPECT_THROW(write_csv(folder.path(), released({roads(), lost})), CrsError);
  FeatureTable nowhere = sites();
  nowhere.geometries[0].points[0].x = std::numeric_limits<double>::infinity();
  EXPECT_THROW(write_csv(folder.path(), released({roads(), nowhere})), Error);
  EXPECT_EQ(contents_of(folder.path()).size(), 1U);
  EXPECT_EQ(content_of(folder / "roads.csv"), "old");
}

}  // namespace
}  // namespace waywarden
