#include "waywarden/io/read.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "io/shapefile_bytes.h"
#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using namespace test;

bool reported(const ImportReport& report, Outcome outcome, const std::string& feature,
              const std::string& reason) {
  return std::any_of(report.entries.begin(), report.entries.end(), [&](const ImportReport::Entry& e) {
    return e.outcome == outcome && e.where.feature == feature && e.reason == reason;
  });
}

std::string feature(const std::string& geometry, const std::string& properties = "{}") {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

std::string point(double x, double y) {
  return R"({"type":"Point","coordinates":[)" + std::to_string(x) + "," + std::to_string(y) + "]}";
}

std::string collection(const std::vector<std::string>& features, const std::string& members = "") {
  std::string text;
  for (const std::string& f : features) text += (text.empty() ? "" : ",") + f;
  return R"({"type":"FeatureCollection",)" + members + R"("features":[)" + text + "]}";
}

class ReadTest : public testing::Test {
 protected:
  ReadResult read(const std::string& name, const std::string& content,
                  const ReadOptions& options = {}) const {
    put(folder_ / name, content);
    return read_layer(folder_ / name, options);
  }

  TemporaryFolder folder_;
};

TEST_F(ReadTest, KeepsTypesValuesAndMissingOnes) {
  const auto [table, report] =
      read("a.geojson",
           collection({feature(point(1, 2), R"({"n":7,"r":0.5,"b":true,"t":"Київ","d":"2024-02-30"})"),
                       feature(point(3, 4), R"({"n":null,"r":null,"b":null,"t":null,"d":null})")}));
  EXPECT_EQ(table.ids, (std::vector<std::string>{"0", "1"}));
  EXPECT_EQ(table.column("n").type(), ColumnType::integer);
  EXPECT_EQ(table.column("r").type(), ColumnType::real);
  EXPECT_EQ(table.column("b").type(), ColumnType::boolean);
  EXPECT_EQ(table.column("t").text(0), "Київ");
  EXPECT_EQ(table.column("d").text(0), "2024-02-30");
  for (const Column& column : table.columns) EXPECT_FALSE(column.valid(1)) << column.name();
  EXPECT_EQ(table.geometries[1], Geometry::of_point({3, 4}));
  EXPECT_TRUE(is_geographic(table.crs));
  EXPECT_TRUE(report.entries.empty());
  EXPECT_EQ(report.features_read.begin()->second, 2U);
}

TEST_F(ReadTest, TakesIdsFromAColumn) {
  ReadOptions options;
  options.id_column = "road";
  const auto [table, report] =
      read("a.geojson",
           collection({feature(point(1, 2), R"({"road":"A1"})"), feature(point(1, 2), R"({"road":null})"),
                       feature(point(1, 2), R"({"road":"A1"})")}),
           options);
  EXPECT_EQ(table.ids, (std::vector<std::string>{"A1", "#1", "A1"}));
  EXPECT_TRUE(reported(report, Outcome::doubtful, "#1", "no id: the feature's number is used"));
  EXPECT_TRUE(reported(report, Outcome::doubtful, "A1", "id occurs more than once"));
}

TEST_F(ReadTest, ReadsOnlyTheColumnsAskedFor) {
  ReadOptions options;
  options.columns = {"b"};
  options.id_column = "a";
  const auto result =
      read("a.geojson", collection({feature(point(1, 2), R"({"a":5,"b":6,"c":7})")}), options);
  ASSERT_EQ(result.table.columns.size(), 1U);
  EXPECT_EQ(result.table.columns[0].name(), "b");
  EXPECT_EQ(result.table.ids[0], "5");
}

TEST_F(ReadTest, NamesTheColumnsThereAre) {
  ReadOptions options;
  options.columns = {"lanes"};
  try {
    read("a.geojson", collection({feature(point(1, 2), R"({"speed":5})")}), options);
    FAIL() << "was read";
  } catch (const InputError& error) {
    EXPECT_EQ(error.reason(), "no column 'lanes'; there are: speed");
    EXPECT_EQ(error.where().layer, "a");
  }
}

TEST_F(ReadTest, DropsHeightsAndSaysSoOnce) {
  const auto result = read("a.geojson", collection({feature(R"({"type":"Point","coordinates":[1,2,3]})"),
                                                    feature(R"({"type":"Point","coordinates":[4,5,6]})")}));
  EXPECT_EQ(result.table.geometries[1], Geometry::of_point({4, 5}));
  EXPECT_TRUE(reported(result.report, Outcome::repaired, "", "z dropped"));
  EXPECT_EQ(std::count_if(result.report.entries.begin(), result.report.entries.end(),
                          [](const auto& e) { return e.reason == "z dropped"; }),
            1);
}

TEST_F(ReadTest, KeepsRowsWithoutGeometryAndReportsThem) {
  const auto result = read("a.geojson", collection({feature("null"), feature(point(1, 2))}));
  EXPECT_EQ(result.table.geometries[0].type, GeometryType::none);
  EXPECT_TRUE(reported(result.report, Outcome::doubtful, "0", "null geometry"));
}

TEST_F(ReadTest, MakesCollectionsOfOneKindMultiGeometriesAndSkipsMixedOnes) {
  const std::string line = R"({"type":"LineString","coordinates":[[0,0],[1,1]]})";
  const auto result = read(
      "a.geojson",
      collection(
          {feature(R"({"type":"GeometryCollection","geometries":[)" + line + "," + line + "]}"),
           feature(R"({"type":"GeometryCollection","geometries":[)" + line + "," + point(1, 2) + "]}")}));
  ASSERT_EQ(result.table.size(), 1U);
  EXPECT_EQ(result.table.geometries[0].type, GeometryType::multi_line_string);
  EXPECT_EQ(result.table.geometries[0].part_count(), 2U);
  EXPECT_TRUE(reported(result.report, Outcome::repaired, "0", "collection turned into a multi-geometry"));
  EXPECT_TRUE(reported(result.report, Outcome::skipped, "1", "collection of different kinds of geometry"));
}

TEST_F(ReadTest, TurnsCurvesIntoLines) {
  ReadOptions options;
  options.crs = Crs::wgs84();
  const auto result = read("a.csv", "id,WKT\n1,\"CIRCULARSTRING(0 0,1 1,2 0)\"\n", options);
  ASSERT_EQ(result.table.geometries[0].type, GeometryType::line_string);
  EXPECT_GT(result.table.geometries[0].points.size(), 10U);
  EXPECT_TRUE(reported(result.report, Outcome::repaired, "1", "curve turned into lines"));
}

TEST_F(ReadTest, TakesNumbersThatAreNotFiniteAsMissing) {
  const auto result =
      read("a.geojson",
           collection({feature(point(1, 2), R"({"cost":NaN})"), feature(point(1, 2), R"({"cost":1.5})")}));
  EXPECT_FALSE(result.table.column("cost").valid(0));
  EXPECT_TRUE(reported(result.report, Outcome::repaired, "0", "number that is not finite"));
}

TEST_F(ReadTest, RepairsTextThatIsNotUtf8) {
  const auto content = collection({feature(point(1, 2), "{\"name\":\"Z\xFCrich\"}")});
  const auto guessed = read("a.geojson", content);
  EXPECT_EQ(guessed.table.column("name").text(0), "Z\xEF\xBF\xBDrich");
  EXPECT_TRUE(reported(guessed.report, Outcome::repaired, "0",
                       "text is not UTF-8: what could not be decoded is marked"));
  ReadOptions options;
  options.encoding = "ISO-8859-1";
  const auto stated = read("a.geojson", content, options);
  EXPECT_EQ(stated.table.column("name").text(0), "Zürich");
  EXPECT_TRUE(reported(stated.report, Outcome::repaired, "0", "text read in the encoding given"));
}

TEST_F(ReadTest, ReportsNoAttributeValue) {
  const auto result =
      read("a.geojson", collection({feature(R"({"type":"Point","coordinates":["Jane",2]})"),
                                    feature(point(1, 2), "{\"name\":\"Jane \xFC\",\"p\":NaN}")}));
  EXPECT_FALSE(result.report.entries.empty());
  for (const auto& e : result.report.entries) {
    EXPECT_EQ((e.reason + e.detail).find("Jane"), std::string::npos) << e.reason << ": " << e.detail;
  }
}

TEST_F(ReadTest, WantsACrsForGeometry) {
  const std::string content = "id,WKT\n1,POINT(3 4)\n";
  EXPECT_THROW(read("a.csv", content), CrsError);
  ReadOptions options;
  options.crs = Crs("EPSG:32645");
  const auto result = read("a.csv", content, options);
  EXPECT_EQ(result.table.crs, Crs("EPSG:32645"));
  EXPECT_EQ(result.table.geometries[0], Geometry::of_point({3, 4}));
}

TEST_F(ReadTest, RefusesACrsThatNobodyCanRead) {
  ReadOptions options;
  options.crs = Crs("no such system");
  EXPECT_THROW(read("a.geojson", collection({feature(point(1, 2))}), options), CrsError);
}

TEST_F(ReadTest, ReportsACrsThatIsSetAside) {
  ReadOptions options;
  options.crs = Crs("EPSG:32645");
  const auto content = collection({feature(point(300000, 3000000))});
  EXPECT_TRUE(reported(read("a.geojson", content, options).report, Outcome::doubtful, "",
                       "coordinate reference system of the file set aside for the one given"));
  options.crs = Crs::wgs84();  // what GeoJSON has anyway
  EXPECT_TRUE(read("a.geojson", collection({feature(point(1, 2))}), options).report.entries.empty());
}

TEST_F(ReadTest, RefusesMetresThatAreSaidToBeDegrees) {
  EXPECT_THROW(
      read("a.geojson", collection({feature(point(300000, 3000000)), feature(point(310000, 3100000))})),
      InputError);
}

TEST_F(ReadTest, SkipsSingleFeaturesOutsideTheRangeOfDegrees) {
  const auto result =
      read("a.geojson", collection({feature(point(10, 95)), feature(point(181, 50)), feature(point(1, 2))}));
  EXPECT_EQ(result.table.ids, (std::vector<std::string>{"1", "2"}));
  EXPECT_TRUE(reported(result.report, Outcome::skipped, "0", "coordinates outside the range of degrees"));
  EXPECT_TRUE(reported(result.report, Outcome::doubtful, "1", "longitude past 180 degrees"));
}

TEST_F(ReadTest, DoubtsDegreesThatAreSaidToBeMetres) {
  ReadOptions options;
  options.crs = Crs("EPSG:32645");
  EXPECT_TRUE(reported(read("a.csv", "id,WKT\n1,POINT(85 27)\n", options).report, Outcome::doubtful, "",
                       "coordinates look like degrees, but the coordinate reference system is projected"));
}

TEST_F(ReadTest, PutsLongitudeFirstWhateverTheFormatSays) {
  const auto result =
      read("a.gml",
           "<?xml version=\"1.0\"?><f:FeatureCollection xmlns:f=\"http://www.opengis.net/gml\" "
           "xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><x><n>1</n><p><gml:Point "
           "srsName=\"urn:ogc:def:crs:EPSG::4326\"><gml:pos>27.5 85.25</gml:pos></gml:Point></p></x>"
           "</gml:featureMember></f:FeatureCollection>");
  EXPECT_EQ(result.table.geometries[0], Geometry::of_point({85.25, 27.5}));
}

TEST_F(ReadTest, TakesPointsFromColumns) {
  ReadOptions options;
  options.x_column = "lon";
  options.y_column = "lat";
  EXPECT_THROW(read("a.csv", "lon,lat\n85.25,27.5\n", options), CrsError);
  options.crs = Crs::wgs84();
  const auto result = read("a.csv", "name,lon,lat\na,85.25,27.5\nb,,27\n", options);
  EXPECT_EQ(result.table.geometries[0], Geometry::of_point({85.25, 27.5}));
  EXPECT_EQ(result.table.geometries[1].type, GeometryType::none);
  EXPECT_TRUE(reported(result.report, Outcome::doubtful, "2", "null geometry"));
  options.y_column = "";
  EXPECT_THROW(read("a.csv", "lon,lat\n1,2\n", options), OptionError);
}

TEST_F(ReadTest, ReadsTablesWithoutGeometry) {
  const auto result = read("a.csv", "code,n,when\n007,5,2024-01-31\n,,\n");
  EXPECT_FALSE(result.table.has_geometry());
  EXPECT_EQ(result.table.size(), 2U);
  EXPECT_EQ(result.table.column("n").type(), ColumnType::integer);
  EXPECT_EQ(result.table.column("when").text(0), "2024-01-31");
  for (const Column& column : result.table.columns) EXPECT_FALSE(column.valid(1)) << column.name();
}

TEST_F(ReadTest, KeepsLeadingZerosOfCodes) {
  const auto result = read("a.csv", "code,n\n007,5\n012,6\n");
  EXPECT_EQ(result.table.column("code").text(0), "007");
  EXPECT_EQ(result.table.column("n").type(), ColumnType::integer);
}

TEST_F(ReadTest, TakesNumbersOfCsvForWhatTheyAre) {
  const auto result =
      read("a.csv", "whole,real,mixed,long,name,none\n-5,1e3,7,12345678901234567890,inf,\n0,.5,a,1,nan,\n");
  const auto type = [&](const char* name) { return result.table.column(name).type(); };
  EXPECT_EQ(type("whole"), ColumnType::integer);
  EXPECT_EQ(type("real"), ColumnType::real);
  EXPECT_EQ(result.table.column("real").number(0), 1000.0);
  for (const char* name : {"mixed", "long", "name", "none"}) EXPECT_EQ(type(name), ColumnType::text) << name;
}

TEST_F(ReadTest, TakesDecimalCommasWhereTheyCanBeNothingElse) {
  const auto result = read("a.csv", "x;grouped\n2,35;1,234\n48;5,678\n");
  EXPECT_EQ(result.table.column("x").number(0), 2.35);
  EXPECT_EQ(result.table.column("grouped").type(), ColumnType::text);
  EXPECT_TRUE(reported(result.report, Outcome::repaired, "", "decimal commas read as points"));
}

TEST_F(ReadTest, FindsTypesByTheWholeFile) {
  std::string content = "id,value\n";
  for (int i = 0; i < 300'000; ++i) content += "1,12345\n";
  const auto result = read("a.csv", content + "1,many\n");
  EXPECT_EQ(result.table.column("value").type(), ColumnType::text);
  EXPECT_EQ(result.table.column("value").text(300'000), "many");
}

TEST_F(ReadTest, MakesColumnNamesUnique) {
  const auto result = read("a.csv", "n,n,\n1,2,3\n4,5,6\n");
  ASSERT_EQ(result.table.columns.size(), 3U);
  EXPECT_NE(result.table.columns[0].name(), result.table.columns[1].name());
  EXPECT_FALSE(result.table.columns[2].name().empty());
}

TEST_F(ReadTest, ListsLayersAndAsksForOneOfSeveral) {
  put(folder_ / "a.kml",
      "<?xml version=\"1.0\"?><kml "
      "xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Folder><name>posts</name>"
      "<Placemark><Point><coordinates>85,27</coordinates></Point></Placemark></Folder><Folder><name>roads</"
      "name>"
      "<Placemark><Point><coordinates>86,28</coordinates></Point></Placemark></Folder></Document></kml>");
  const std::vector<LayerInfo> layers = list_layers(folder_ / "a.kml");
  ASSERT_EQ(layers.size(), 2U);
  EXPECT_EQ(layers[1].name, "roads");
  EXPECT_TRUE(layers[1].has_geometry);
  try {
    read_layer(folder_ / "a.kml");
    FAIL() << "was read";
  } catch (const InputError& error) {
    EXPECT_EQ(error.reason(), "has several layers, name one of them: posts, roads");
  }
  ReadOptions options;
  options.layer = "roads";
  EXPECT_EQ(read_layer(folder_ / "a.kml", options).table.geometries[0].points[0].x, 86.0);
  options.layer = "rails";
  EXPECT_THROW(read_layer(folder_ / "a.kml", options), InputError);
}

TEST_F(ReadTest, KeepsToItsLimits) {
  const auto content = collection({feature(point(1, 2)), feature(point(3, 4)), feature(point(5, 6))});
  ReadOptions options;
  options.max_features = 2;
  EXPECT_THROW(read("a.geojson", content, options), InputError);
  options.max_features = 3;
  options.max_vertices = 2;
  EXPECT_THROW(read("a.geojson", content, options), InputError);
}

TEST_F(ReadTest, StopsWhenAsked) {
  put_good(folder_ / "a");
  Progress progress;
  progress.cancel();
  EXPECT_THROW(read_layer(folder_ / "a.shp", {}, {1, &progress}), Cancelled);
}

TEST_F(ReadTest, ShowsItsProgress) {
  put_good(folder_ / "a");
  Progress progress;
  read_layer(folder_ / "a.shp", {}, {1, &progress});
  EXPECT_EQ(progress.snapshot().step, "reading a");
  EXPECT_EQ(progress.snapshot().done, 3U);
  EXPECT_EQ(progress.snapshot().total, 3U);
}

TEST_F(ReadTest, TellsMissingFromEmptyFromRefused) {
  put(folder_ / "empty.geojson", "");
  EXPECT_THROW(read_layer(folder_ / "none.shp"), FileError);
  EXPECT_THROW(read_layer(folder_ / "empty.geojson"), FileError);
  EXPECT_THROW(read("vrt.geojson", "<OGRVRTDataSource><OGRVRTLayer name=\"a\"/></OGRVRTDataSource>"),
               RefusedError);
  EXPECT_THROW(list_layers("/vsicurl/http://127.0.0.1:18999/a.shp"), RefusedError);
}

}  // namespace
}  // namespace waywarden
