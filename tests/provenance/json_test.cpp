#include "waywarden/provenance/json.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

TEST(Json, Spellings) {
  EXPECT_EQ(Json().text(), "null");
  EXPECT_EQ(Json(true).text(), "true");
  EXPECT_EQ(Json(-3).text(), "-3");
  EXPECT_EQ(Json(std::numeric_limits<std::uint64_t>::max()).text(), "18446744073709551615");
  EXPECT_EQ(Json(0.1).text(), "0.1");
  EXPECT_EQ(Json(1e300).text(), "1e+300");
  EXPECT_EQ(Json("x").text(), "\"x\"");
  EXPECT_EQ(Json::array().text(2), "[]");
  EXPECT_EQ(Json::object().text(2), "{}");
}

TEST(Json, KeysAreSortedAndIndentIsStable) {
  Json value;
  value["b"] = 1;
  value["a"].push("x");
  value["a"].push(Json());
  EXPECT_EQ(value.text(), R"({"a":["x",null],"b":1})");
  EXPECT_EQ(value.text(2), "{\n  \"a\": [\n    \"x\",\n    null\n  ],\n  \"b\": 1\n}");
}

TEST(Json, NumbersReadBackTheSame) {
  RandomStream random(7, 0);
  for (int i = 0; i < 10000; ++i) {
    const double value = std::ldexp(random.uniform() - 0.5, static_cast<int>(random.below(600)) - 300);
    const std::string text = Json(value).text();
    double back = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    EXPECT_EQ(back, value) << text;
  }
}

TEST(Json, NumbersThatAreNotFiniteAreErrors) {
  EXPECT_THROW(static_cast<void>(Json(std::numeric_limits<double>::quiet_NaN())), OptionError);
  EXPECT_THROW(static_cast<void>(Json(std::numeric_limits<double>::infinity())), OptionError);
}

TEST(Json, OnlyObjectsHaveMembersAndOnlyArraysGrow) {
  Json number(1);
  EXPECT_THROW(number["a"], OptionError);
  EXPECT_THROW(number.push(2), OptionError);
}

TEST(JsonString, EscapesWhatMustBe) {
  EXPECT_EQ(json_string("a\"b\\c\n\r\t\x01\x7f"), R"("a\"b\\c\n\r\t\u0001\u007f")");
  EXPECT_EQ(json_string(std::string_view("\0", 1)), R"("\u0000")");
  EXPECT_EQ(json_string("</script>"), R"("\u003c/script>")");
  EXPECT_EQ(json_string("\xE2\x80\xA8\xE2\x80\xA9"), R"("\u2028\u2029")");
  EXPECT_EQ(json_string("\u0928\u0947\U0001F600"), "\"\u0928\u0947\U0001F600\"");
}

TEST(ValidUtf8, ReplacesWhatIsNot) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(valid_utf8("caf\xE9"), "caf" + r);
  EXPECT_EQ(valid_utf8("\xC0\xAF"), r + r) << "overlong";
  EXPECT_EQ(valid_utf8("\xE0\x80\xAF"), r + r + r) << "overlong";
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), r + r + r) << "surrogate";
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), r + r + r + r) << "beyond U+10FFFF";
  EXPECT_EQ(valid_utf8("\xE2\x82"), r + r) << "cut off";
}

/// Every code point survives; every other sequence of three bytes is either one of them or replaced.
TEST(ValidUtf8, KeepsEveryCodePointOfTheBasicPlane) {
  for (std::uint32_t code = 0x800; code < 0x10000; ++code) {
    std::string text;
    text.push_back(static_cast<char>(0xE0 | (code >> 12)));
    text.push_back(static_cast<char>(0x80 | ((code >> 6) & 0x3F)));
    text.push_back(static_cast<char>(0x80 | (code & 0x3F)));
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    EXPECT_EQ(valid_utf8(text) == text, !surrogate) << code;
  }
}

}  // namespace
}  // namespace waywarden
