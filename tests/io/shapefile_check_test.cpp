#include "waywarden/io/shapefile_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "io/shapefile_bytes.h"

namespace waywarden {
namespace {

using namespace test;

std::vector<std::uint64_t> rows_of(const std::vector<ShapefileCheck::Row>& found) {
  std::vector<std::uint64_t> rows;
  for (const auto& r : found) rows.push_back(r.row);
  return rows;
}

bool has(const std::vector<ShapefileCheck::Remark>& remarks, const std::string& reason) {
  return std::any_of(remarks.begin(), remarks.end(), [&](const auto& r) { return r.reason == reason; });
}

class ShapefileCheckTest : public testing::Test {
 protected:
  void SetUp() override { put_good(stem_); }
  ShapefileCheck check() const { return check_shapefile(stem_ + ".shp"); }

  TemporaryFolder folder_;
  std::string stem_ = folder_ / "a";
};

TEST_F(ShapefileCheckTest, FindsNothingWrongWithAGoodOne) {
  const ShapefileCheck found = check();
  EXPECT_TRUE(found.damaged.empty());
  EXPECT_TRUE(found.doubtful.empty());
  EXPECT_TRUE(found.deleted.empty());
  EXPECT_TRUE(found.missing.empty());
  EXPECT_TRUE(found.not_numbers.empty());
  EXPECT_TRUE(found.remarks.empty());
}

TEST_F(ShapefileCheckTest, FindsRecordsPastTheEnd) {
  put(stem_ + ".shp", content_of(stem_ + ".shp").substr(0, 250));
  EXPECT_EQ(rows_of(check().damaged), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_TRUE(has(check().remarks, "the .shp is not as long as its header says"));
}

TEST_F(ShapefileCheckTest, FindsIndexEntriesThatShareARecord) {
  overwrite(stem_ + ".shx", 116, content_of(stem_ + ".shx").substr(100, 8));
  EXPECT_EQ(rows_of(check().damaged), (std::vector<std::uint64_t>{2}));
}

TEST_F(ShapefileCheckTest, FindsSwappedIndexEntries) {
  const std::string index = content_of(stem_ + ".shx");
  overwrite(stem_ + ".shx", 100, index.substr(108, 8) + index.substr(100, 8));
  EXPECT_TRUE(has(check().remarks, "record numbers do not match the index"));
}

TEST_F(ShapefileCheckTest, FindsImpossibleCounts) {
  overwrite(stem_ + ".shp", kFirstRecord + 36, Bytes().little(static_cast<std::uint32_t>(-5)).get());
  overwrite(stem_ + ".shp", kSecondRecord + 40, Bytes().little(1U << 30).get());
  EXPECT_EQ(rows_of(check().damaged), (std::vector<std::uint64_t>{0, 1}));
}

TEST_F(ShapefileCheckTest, FindsLengthsThatDiffer) {
  overwrite(stem_ + ".shp", kFirstRecord - 4, Bytes().big(0x7FFFFFFF).get());
  EXPECT_EQ(rows_of(check().doubtful), (std::vector<std::uint64_t>{0}));
}

TEST_F(ShapefileCheckTest, FindsRowsWithoutShapesAndTheOtherWay) {
  put_rows(stem_, {row("1"), row("2")}, 2);
  EXPECT_TRUE(has(check().missing, "shapes without a row in the .dbf"));
  put_rows(stem_, {row("1"), row("2"), row("3"), row("4")}, 4);
  EXPECT_TRUE(has(check().missing, "rows of the .dbf without a shape"));
}

TEST_F(ShapefileCheckTest, FindsACountThatLies) {
  put_rows(stem_, {row("1"), row("2"), row("3")}, 4'000'000'000U);
  EXPECT_TRUE(has(check().remarks, "the .dbf holds fewer rows than its header says"));
}

TEST_F(ShapefileCheckTest, FindsCellsThatAreNoNumbers) {
  put_rows(stem_, {row("********"), row("1e3"), row("-12")}, 3);
  EXPECT_EQ(check().not_numbers, (std::vector<ShapefileCheck::Cell>{{0, 0}, {1, 0}}));
  put_rows(stem_, {row("abc"), row("3,5"), row("")}, 3);
  EXPECT_EQ(check().not_numbers, (std::vector<ShapefileCheck::Cell>{{0, 0}, {1, 0}}));
}

TEST_F(ShapefileCheckTest, FindsDeletedRows) {
  put_rows(stem_, {row("1"), row("2", "road", '*'), row("3")}, 3);
  EXPECT_EQ(check().deleted, (std::vector<std::uint64_t>{1}));
}

TEST_F(ShapefileCheckTest, FindsAMissingTable) {
  std::filesystem::remove(stem_ + ".dbf");
  EXPECT_TRUE(has(check().remarks, "no .dbf beside the .shp: no attributes"));
}

TEST_F(ShapefileCheckTest, TakesPartsNamedInCapitals) {
  std::filesystem::rename(stem_ + ".dbf", stem_ + ".DBF");
  std::filesystem::rename(stem_ + ".shx", stem_ + ".SHX");
  EXPECT_TRUE(check().remarks.empty());
  EXPECT_TRUE(check().missing.empty());
}

TEST_F(ShapefileCheckTest, SurvivesEveryPrefixOfEveryPart) {
  for (const std::string part : {".shp", ".shx", ".dbf"}) {
    const std::string whole = content_of(stem_ + part);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      put(stem_ + part, whole.substr(0, length));
      const ShapefileCheck found = check();
      EXPECT_LE(found.damaged.size(), 3U) << part << " " << length;
    }
    put(stem_ + part, whole);
  }
}

}  // namespace
}  // namespace waywarden
