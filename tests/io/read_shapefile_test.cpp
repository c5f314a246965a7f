/// Shapefiles whose parts contradict each other.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "io/shapefile_bytes.h"
#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"
#include "waywarden/features/reproject.h"
#include "waywarden/io/read.h"

namespace waywarden {
namespace {

using namespace test;

bool reported(const ImportReport& report, Outcome outcome, const std::string& feature,
              const std::string& reason) {
  return std::any_of(report.entries.begin(), report.entries.end(), [&](const ImportReport::Entry& e) {
    return e.outcome == outcome && e.where.feature == feature && e.reason == reason;
  });
}

class ReadShapefile : public testing::Test {
 protected:
  TemporaryFolder folder_;
};

TEST_F(ReadShapefile, TakesCellsThatAreNoNumbersAsMissing) {
  put_good(folder_ / "a");
  put_rows(folder_ / "a", {row("abc"), row("1e3"), row("7")}, 3);
  const auto [table, report] = read_layer(folder_ / "a.shp");
  EXPECT_FALSE(table.column("n").valid(0));
  EXPECT_FALSE(table.column("n").valid(1));
  EXPECT_EQ(table.column("n").number(2), 7.0);
  EXPECT_TRUE(reported(report, Outcome::repaired, "0", "cell that is not a number taken as missing"));
  EXPECT_TRUE(reported(report, Outcome::repaired, "1", "cell that is not a number taken as missing"));
}

TEST_F(ReadShapefile, LeavesNoShapeOutInSilence) {
  put_good(folder_ / "a");
  put_rows(folder_ / "a", {row("1"), row("2", "road", '*')}, 2);
  const auto [table, report] = read_layer(folder_ / "a.shp");
  EXPECT_TRUE(reported(report, Outcome::skipped, "1", "row is marked as deleted"));
  EXPECT_TRUE(reported(report, Outcome::skipped, "", "shapes without a row in the .dbf"));
}

TEST_F(ReadShapefile, SkipsRecordsThatShareTheirBytes) {
  put_good(folder_ / "a");
  overwrite(folder_ / "a.shx", 116, content_of(folder_ / "a.shx").substr(100, 8));
  const auto [table, report] = read_layer(folder_ / "a.shp");
  EXPECT_EQ(table.ids, (std::vector<std::string>{"0", "1"}));
  EXPECT_TRUE(reported(report, Outcome::skipped, "2", "record shares its bytes with another"));
}

TEST_F(ReadShapefile, SkipsVerticesThatAreNotFinite) {
  put_good(folder_ / "a");
  overwrite(folder_ / "a.shp", kFirstRecord + 48,
            Bytes().real(std::numeric_limits<double>::quiet_NaN()).get());
  overwrite(folder_ / "a.shp", kSecondRecord + 56,
            Bytes().real(std::numeric_limits<double>::infinity()).get());
  const auto [table, report] = read_layer(folder_ / "a.shp");
  EXPECT_EQ(table.ids, (std::vector<std::string>{"2"}));
  EXPECT_TRUE(reported(report, Outcome::skipped, "0", "vertex that is not finite"));
  EXPECT_TRUE(reported(report, Outcome::skipped, "1", "vertex that is not finite"));
}

TEST_F(ReadShapefile, ReadsCyrillicByItsDeclaredEncoding) {
  put_good(folder_ / "a");
  put_rows(folder_ / "a", {row("1", "\xCA\xE8\xBF\xE2"), row("2"), row("3")}, 3);
  ReadOptions options;
  options.encoding = "CP1251";
  EXPECT_EQ(read_layer(folder_ / "a.shp", options).table.column("t").text(0), "Київ");
  put(folder_ / "a.cpg", "1251");
  EXPECT_EQ(read_layer(folder_ / "a.shp").table.column("t").text(0), "Київ");
  put(folder_ / "a.cpg", "NOBODY-KNOWS-1");
  EXPECT_TRUE(reported(read_layer(folder_ / "a.shp").report, Outcome::doubtful, "",
                       "the .cpg names an unknown encoding"));
}

TEST_F(ReadShapefile, EngineeringCrsFailsWhenItIsToBecomeDegrees) {
  put_good(folder_ / "a");
  put(folder_ / "a.prj", "LOCAL_CS[\"site grid\",UNIT[\"metre\",1]]");
  const auto [table, report] = read_layer(folder_ / "a.shp");
  ImportReport moved;
  EXPECT_THROW(reprojected(table, Crs::wgs84(), moved), CrsError);
}

TEST_F(ReadShapefile, GivesTheSameTwice) {
  put_good(folder_ / "a");
  put_rows(folder_ / "a", {row("abc"), row("2"), row("x")}, 9);
  const auto first = read_layer(folder_ / "a.shp"), second = read_layer(folder_ / "a.shp");
  ASSERT_EQ(first.report.entries.size(), second.report.entries.size());
  for (std::size_t i = 0; i < first.report.entries.size(); ++i) {
    EXPECT_EQ(first.report.entries[i].reason, second.report.entries[i].reason);
    EXPECT_EQ(first.report.entries[i].where.feature, second.report.entries[i].where.feature);
  }
  EXPECT_EQ(first.table.geometries, second.table.geometries);
}

TEST_F(ReadShapefile, NamesAMissingIndexAndMakesNone) {
  put_good(folder_ / "a");
  std::filesystem::remove(folder_ / "a.shx");
  try {
    read_layer(folder_ / "a.shp");
    FAIL() << "was read";
  } catch (const FileError& error) {
    EXPECT_EQ(error.reason(), "cannot be read: its index, the .shx beside it, is missing");
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.shx"));
}

}  // namespace
}  // namespace waywarden
