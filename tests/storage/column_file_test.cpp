#include "waywarden/storage/column_file.h"

#include <gtest/gtest.h>

#include <array>

#include "io/temporary_folder.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using test::TemporaryFolder;

constexpr ColumnFileKind kKind{"TESTFILE", 3};
const std::string kDigest(64, 'd');
constexpr std::array<std::uint64_t, 3> kLong = {1, 2, ~std::uint64_t{0}};
constexpr std::array<std::uint8_t, 5> kBytes = {5, 4, 3, 2, 1};

void write(const std::string& path, ColumnFileKind kind = kKind) {
  const std::array columns = {raw_column("bytes", std::span<const std::uint8_t>(kBytes)),
                              raw_column("nothing", std::span<const std::uint32_t>()),
                              raw_column("long", std::span<const std::uint64_t>(kLong))};
  write_columns(path, kind, kDigest, columns);
}

/// Why a file is refused; nothing where it is not.
std::string refusal(const std::string& path, ColumnFileKind kind = kKind) {
  try {
    const ColumnFile file(path, kind);
    return "";
  } catch (const FileError& error) {
    EXPECT_EQ(error.where().file, path);
    return error.reason();
  }
}

TEST(ColumnFile, HoldsWhatWasWritten) {
  const TemporaryFolder folder;
  write(folder / "a");
  const ColumnFile file(folder / "a", kKind);
  EXPECT_EQ(file.digest(), kDigest);
  EXPECT_EQ(file.column<std::uint32_t>("nothing").size(), 0U);
  const auto bytes = file.column<std::uint8_t>("bytes");
  const auto numbers = file.column<std::uint64_t>("long");
  EXPECT_TRUE(std::equal(bytes.begin(), bytes.end(), kBytes.begin(), kBytes.end()));
  EXPECT_TRUE(std::equal(numbers.begin(), numbers.end(), kLong.begin(), kLong.end()));
  EXPECT_THROW(file.column<std::uint32_t>("long"), FileError);
  EXPECT_THROW(file.column<std::uint32_t>("short"), FileError);
}

TEST(ColumnFile, IsTheSameEachTimeAndAlone) {
  const TemporaryFolder folder;
  write(folder / "a");
  write(folder / "b");
  write(folder / "a");
  EXPECT_EQ(test::content_of(folder / "a"), test::content_of(folder / "b"));
  EXPECT_EQ(test::contents_of(folder.path()).size(), 2U);
}

TEST(ColumnFile, StaysMappedWhenItsPathIsGivenToAnother) {
  const TemporaryFolder folder;
  write(folder / "a");
  const ColumnFile file(folder / "a", kKind);
  write(folder / "a", {"ANOTHER.", 1});
  EXPECT_EQ(file.column<std::uint64_t>("long")[2], kLong[2]);
  std::filesystem::remove(folder / "a");
  EXPECT_EQ(file.column<std::uint64_t>("long")[2], kLong[2]);
}

TEST(ColumnFile, RefusesWhatItDoesNotKnow) {
  const TemporaryFolder folder;
  write(folder / "a");
  test::put(folder / "text", std::string(500, 'x'));
  test::put(folder / "empty", "");
  EXPECT_EQ(refusal(folder / "a"), "");
  EXPECT_EQ(refusal(folder / "none"), "is not there, or no file");
  EXPECT_EQ(refusal(folder.path()), "is not there, or no file");
  EXPECT_EQ(refusal(folder / "empty"), "is too short for an index");
  EXPECT_EQ(refusal(folder / "text"), "is not an index of Waywarden");
  EXPECT_EQ(refusal(folder / "a", {"TESTFILE", 4}),
            "has version 3 of the format, and this program reads version 4: prepare the network again");
}

TEST(ColumnFile, RefusesEveryChange) {
  const TemporaryFolder folder;
  write(folder / "a");
  const std::string content = test::content_of(folder / "a");
  for (std::size_t i = 0; i < content.size(); ++i) {
    std::string changed = content;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    test::put(folder / "changed", changed);
    EXPECT_NE(refusal(folder / "changed"), "") << "byte " << i;
    test::put(folder / "short", content.substr(0, i));
    EXPECT_NE(refusal(folder / "short"), "") << i << " bytes";
  }
  test::put(folder / "long", content + "x");
  EXPECT_EQ(refusal(folder / "long"), "has " + std::to_string(content.size() + 1) + " bytes, not " +
                                          std::to_string(content.size()) + ": it was cut short or added to");
}

TEST(ColumnFile, WritesAllOrNothing) {
  const TemporaryFolder folder;
  EXPECT_THROW(write(folder / "none/a"), FileError);
  std::filesystem::create_directories(folder / "full/of");
  EXPECT_THROW(write(folder / "full"), FileError);
  EXPECT_EQ(test::contents_of(folder.path()).size(), 2U);
}

}  // namespace
}  // namespace waywarden
