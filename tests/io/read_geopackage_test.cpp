/// GeoPackages are databases: what they may hold beside rows, and what SQLite would leave beside them.

#include <gtest/gtest.h>

#include <algorithm>

#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"
#include "waywarden/io/detail/table_definition.h"
#include "waywarden/io/read.h"
#include "waywarden/io/write.h"

namespace waywarden {
namespace {

using namespace test;
using detail::keeps_rows_in_file;

Release two_points() {
  FeatureTable table{"points", "", Crs::wgs84(), {"1", "2"}, {}, {}};
  table.geometries = {Geometry::of_point({85, 27}), Geometry::of_point({86, 28})};
  return unrestricted({{context_table(table, "", Origin::synthetic)}, {}, {}}, "test");
}

/// Bytes 18 and 19 of the header say how changes are written; 2 stands for a write-ahead log
/// (sqlite.org/fileformat).
void set_write_ahead(const std::string& file) {
  std::string content = content_of(file);
  content[18] = content[19] = 2;
  put(file, content);
}

TEST(ReadGeoPackage, LeavesWriteAheadFilesAlone) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", two_points());
  set_write_ahead(folder / "a.gpkg");
  for (const std::string& log : {std::string(), std::string(4096, 'x')}) {
    if (!log.empty()) put(folder / "a.gpkg-wal", log);
    const auto before = contents_of(folder.path());
    const auto [table, report] = read_layer(folder / "a.gpkg");
    EXPECT_EQ(table.size(), 2U);
    EXPECT_EQ(report.entries.size(), log.empty() ? 0U : 1U);
    EXPECT_EQ(list_layers(folder / "a.gpkg").size(), 1U);
    EXPECT_EQ(contents_of(folder.path()) == before, true) << "files changed";
  }
}

/// Bytes 60 to 63 of the header say which version of the standard a file follows; 10400 stands for 1.4.
TEST(ReadGeoPackage, TakesOneOfANewerStandardWithoutAWarning) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", two_points());
  std::string content = content_of(folder / "a.gpkg");
  put(folder / "a.gpkg", content.replace(60, 4, std::string("\0\0\x28\xA0", 4)));
  const auto [table, report] = read_layer(folder / "a.gpkg");
  EXPECT_EQ(table.size(), 2U);
  EXPECT_TRUE(report.entries.empty());
}

TEST(ReadGeoPackage, RefusesTablesThatReadFromElsewhere) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", two_points());
  std::string content = content_of(folder / "a.gpkg");
  const std::string index = "USING rtree(id, minx, maxx, miny, maxy)";
  const std::string hostile = "USING VirtualText('/etc/hostname',UTF8)";
  ASSERT_EQ(index.size(), hostile.size());
  const auto at = content.find(index);
  ASSERT_NE(at, std::string::npos);
  put(folder / "a.gpkg", content.replace(at, index.size(), hostile));
  EXPECT_THROW(read_layer(folder / "a.gpkg"), RefusedError);
  EXPECT_THROW(list_layers(folder / "a.gpkg"), RefusedError);
}

TEST(KeepsRowsInFile, KnowsOrdinaryTablesAndIndexes) {
  EXPECT_TRUE(keeps_rows_in_file("CREATE TABLE \"roads\" (fid INTEGER)"));
  EXPECT_TRUE(keeps_rows_in_file("create virtual table \"rtree_a\"\"b_geom\" using RTREE(id, minx, maxx)"));
  EXPECT_TRUE(keeps_rows_in_file("CREATE VIRTUAL TABLE rtree_a_geom USING rtree(id)"));
  EXPECT_TRUE(keeps_rows_in_file("CREATE VIRTUAL TABLE [names] USING fts5(name)"));
}

TEST(KeepsRowsInFile, IsNotTakenInByNamesAndComments) {
  EXPECT_FALSE(keeps_rows_in_file("CREATE VIRTUAL TABLE a USING VirtualText('/etc/hostname')"));
  EXPECT_FALSE(keeps_rows_in_file("CREATE VIRTUAL TABLE \"x USING rtree(\" USING VirtualOGR('a')"));
  EXPECT_FALSE(keeps_rows_in_file("CREATE VIRTUAL TABLE \"x\" USING VirtualOGR('\" USING rtree(')"));
  EXPECT_FALSE(keeps_rows_in_file("CREATE/**/VIRTUAL TABLE a USING rtree(id)"));
  EXPECT_FALSE(keeps_rows_in_file("CREATE VIRTUAL TABLE a USING \"rtree\"(id)"));
  EXPECT_FALSE(keeps_rows_in_file(""));
}

}  // namespace
}  // namespace waywarden
