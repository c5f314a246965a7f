#include "waywarden/study/toml_table.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

constexpr const char* kText = R"(title = "x"
[a]
speed = 5
[b]
speed = -5
words = ["road", "rial"]
[[c]]
file = "/secret/folder/roads.shp"
[[c]]
file = 7
)";

/// The error that a call throws.
template <class Call>
StudyError error_of(Call call) {
  try {
    call();
  } catch (const StudyError& error) {
    return error;
  }
  throw std::logic_error("nothing was thrown");
}

TEST(TomlTable, ReadsValuesAndDefaults) {
  const TomlTable t = TomlTable::parse_text(kText, "s.toml");
  EXPECT_EQ(t.text("title"), "x");
  EXPECT_EQ(t.text("name", "none"), "none");
  EXPECT_EQ(t.table("a")->number("speed", 1.0, kNotNegative), 5.0);
  EXPECT_EQ(t.table("a")->integer("teams", 3, {1, 9}), 3);
  EXPECT_FALSE(t.table("d"));
  EXPECT_EQ(t.tables("c").size(), 2U);
}

TEST(TomlTable, ErrorsPointAtTheVeryValueAlsoWhereAKeyStandsTwice) {
  const TomlTable t = TomlTable::parse_text(kText, "s.toml");
  const auto error = error_of([&] { t.table("b")->number("speed", 1.0, kNotNegative); });
  EXPECT_EQ(error.key(), "b.speed");
  EXPECT_EQ(error.line(), 5U);
  EXPECT_EQ(error.column(), 9U);
  EXPECT_STREQ(error.what(), "file 's.toml': key 'b.speed', line 5, column 9: must be at least 0");
}

TEST(TomlTable, ErrorsPointIntoListsAndArraysOfTables) {
  const TomlTable t = TomlTable::parse_text(kText, "s.toml");
  const auto word = error_of([&] { t.table("b")->words("words", {}, {"road", "rail"}); });
  EXPECT_EQ(word.line(), 6U);
  EXPECT_EQ(word.column(), 18U);
  const auto file = error_of([&] { t.tables("c")[1].text("file"); });
  EXPECT_EQ(file.key(), "c[1].file");
  EXPECT_EQ(file.line(), 10U);
}

TEST(TomlTable, AMissingKeyPointsAtItsTable) {
  const TomlTable t = TomlTable::parse_text(kText, "s.toml");
  const auto error = error_of([&] { t.table("b")->text("layer"); });
  EXPECT_EQ(error.key(), "b.layer");
  EXPECT_EQ(error.line(), 4U);
}

TEST(TomlTable, WrongTypesAreErrors) {
  const TomlTable t = TomlTable::parse_text("a = 1\nb = \"x\"\nc = 1.5\nd = nan\n", "s.toml");
  EXPECT_THROW(t.text("a"), StudyError);
  EXPECT_THROW(t.number("b", 0, {}), StudyError);
  EXPECT_THROW(t.integer("c", 0, {}), StudyError);
  EXPECT_THROW(t.number("d", 0, {}), StudyError);
  EXPECT_THROW(t.flag("a", true), StudyError);
  EXPECT_THROW(t.texts("a", {}), StudyError);
  EXPECT_THROW(t.table("a"), StudyError);
  EXPECT_THROW(t.tables("a"), StudyError);
}

TEST(TomlTable, KeysThatNobodyAskedForAreErrors) {
  const TomlTable t = TomlTable::parse_text("title = \"x\"\n[a]\nspeed = 5\nsped = 6\n", "s.toml");
  t.text("title");
  const auto a = t.table("a");
  a->number("speed", 0, {});
  const auto error = error_of([&] { t.require_all_used(); });
  EXPECT_EQ(error.key(), "a.sped");
  EXPECT_EQ(error.line(), 4U);
}

TEST(TomlTable, SyntaxErrorsHaveAPosition) {
  const auto error = error_of([] { TomlTable::parse_text("a = 1\nb = = 2\n", "s.toml"); });
  EXPECT_EQ(error.line(), 2U);
  EXPECT_THROW(TomlTable::parse_file("/no/such/study.toml"), FileError);
}

TEST(TomlTable, NotesWhatWasUsedWithoutFolders) {
  const TomlTable t = TomlTable::parse_text(kText, "s.toml");
  t.table("a")->number("speed", 1.0, {});
  t.text("name", "none");
  t.tables("c")[0].text("file");
  const auto used = t.effective();
  EXPECT_EQ(used.at("a.speed"), "5");
  EXPECT_EQ(used.at("name"), "none");
  EXPECT_EQ(used.at("c[0].file"), "roads.shp");
}

}  // namespace
}  // namespace waywarden
