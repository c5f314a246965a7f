/// Files cut off at any byte: they load as a whole, load with a report, or throw. Never in silence, never a
/// crash.

#include <gtest/gtest.h>

#include <algorithm>

#include "io/shapefile_bytes.h"
#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/io/read.h"
#include "waywarden/io/write.h"

namespace waywarden {
namespace {

using namespace test;

constexpr std::size_t kCuts = 50;

FeatureTable roads() {
  FeatureTable table{"roads", "", Crs("EPSG:32645"), {}, {}, {}};
  Column::Texts names;
  for (int i = 0; i < 200; ++i) {
    const Point line[] = {{300000.0 + i, 3000000.0}, {300100.0 + i, 3000100.0}};
    table.ids.push_back(std::to_string(i));
    table.geometries.push_back(Geometry::of_line(line));
    names.push_back("road " + std::to_string(i));
  }
  table.add(Column("name", std::move(names)));
  return table;
}

Release release_of_roads() {
  return unrestricted({{context_table(roads(), "Roads", Origin::synthetic)}, {}, {}}, "test");
}

bool same(const FeatureTable& a, const FeatureTable& b) {
  if (a.geometries != b.geometries || a.columns.size() != b.columns.size()) return false;
  for (std::size_t i = 0; i < a.columns.size(); ++i) {
    if (a.columns[i].values() != b.columns[i].values()) return false;
  }
  return true;
}

/// Cuts one part of a dataset at many places and reads `path` each time.
void cut_everywhere(const std::string& path, const std::string& part) {
  const FeatureTable whole = read_layer(path).table;
  const std::string content = content_of(part);
  for (std::size_t cut = 0; cut < kCuts; ++cut) {
    const std::size_t length = content.size() * cut / kCuts;
    put(part, content.substr(0, length));
    try {
      const ReadResult result = read_layer(path);
      EXPECT_TRUE(!result.report.entries.empty() || same(result.table, whole))
          << part << " cut at " << length;
    } catch (const Error& error) {
      EXPECT_FALSE(error.reason().empty());
    }
  }
  put(part, content);
  EXPECT_TRUE(same(read_layer(path).table, whole));
}

TEST(Truncated, ShapefileAtAnyByteOfAnyPart) {
  const TemporaryFolder folder;
  put_good(folder / "a");
  for (const std::string part : {"a.shp", "a.shx", "a.dbf", "a.prj"})
    cut_everywhere(folder / "a.shp", folder / part);
}

TEST(Truncated, GeoPackageAtAnyByte) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", release_of_roads());
  cut_everywhere(folder / "a.gpkg", folder / "a.gpkg");
}

TEST(Truncated, GeoJsonAtAnyByte) {
  const TemporaryFolder folder;
  const std::string file = write_geojson(folder.path(), release_of_roads()).front();
  cut_everywhere(file, file);
}

/// Bytes changed at random: any outcome is right but a crash, a hang or an exception of another family.
void change_bytes(const std::string& path, const std::string& part, std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  const std::string content = content_of(part);
  for (std::uint64_t round = 0; round < 150; ++round) {
    RandomStream random(seed, round);
    std::string changed = content;
    for (int i = 0; i < 8; ++i)
      changed[random.below(static_cast<std::uint32_t>(changed.size()))] = static_cast<char>(random.bits());
    put(part, changed);
    try {
      const ReadResult result = read_layer(path);
      EXPECT_EQ(result.table.ids.size(), result.table.size());
      for (const Column& column : result.table.columns) EXPECT_EQ(column.size(), result.table.size());
    } catch (const Error& error) {
      EXPECT_FALSE(error.reason().empty());
    }
  }
}

TEST(Changed, ShapefileSurvivesAnyBytes) {
  const TemporaryFolder folder;
  put_good(folder / "a");
  const std::string shp = content_of(folder / "a.shp"), shx = content_of(folder / "a.shx");
  change_bytes(folder / "a.shp", folder / "a.shp", 1);
  put(folder / "a.shp", shp);
  change_bytes(folder / "a.shp", folder / "a.shx", 2);
  put(folder / "a.shx", shx);
  change_bytes(folder / "a.shp", folder / "a.dbf", 3);
}

TEST(Changed, GeoPackageSurvivesAnyBytes) {
  const TemporaryFolder folder;
  write_geopackage(folder / "a.gpkg", release_of_roads());
  change_bytes(folder / "a.gpkg", folder / "a.gpkg", 4);
}

TEST(Changed, GeoJsonSurvivesAnyBytes) {
  const TemporaryFolder folder;
  const std::string file = write_geojson(folder.path(), release_of_roads()).front();
  change_bytes(file, file, 5);
}

}  // namespace
}  // namespace waywarden
