#include "waywarden/io/text_encoding.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// The bytes of a code point, by the arithmetic of RFC 3629.
std::string encoded(unsigned code) {
  const auto byte = [](unsigned b) { return static_cast<char>(static_cast<unsigned char>(b)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), byte(0x80 | (code & 63))};
  if (code < 0x10000)
    return {byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 63)), byte(0x80 | (code & 63))};
  return {byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 63)), byte(0x80 | (code >> 6 & 63)),
          byte(0x80 | (code & 63))};
}

TEST(IsUtf8, TakesEveryCodePointButSurrogates) {
  for (unsigned code = 1; code < 0x112000; code += code < 0x3000 ? 1 : 37) {
    const bool exists = code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
    ASSERT_EQ(is_utf8("a" + encoded(code) + "b"), exists) << std::hex << code;
  }
}

TEST(IsUtf8, RefusesOverlongAndCutSequences) {
  for (const char* text : {"\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\x80", "\xFF",
                           "\xFE\xFE", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xC3z", "\xF5\x80\x80\x80"}) {
    EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(std::string(text));
  }
}

TEST(RepairedUtf8, KeepsWhatIsSoundAndMarksTheRest) {
  EXPECT_EQ(repaired_utf8("Київ"), "Київ");
  EXPECT_EQ(repaired_utf8("Z\xFCrich"), "Z\xEF\xBF\xBDrich");
  EXPECT_EQ(repaired_utf8("a\xE2\x82"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(repaired_utf8(""), "");
}

TEST(RepairedUtf8, AlwaysGivesUtf8) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text{static_cast<char>(first), static_cast<char>(second)};
      ASSERT_TRUE(is_utf8(repaired_utf8(text))) << first << " " << second;
    }
  }
}

TEST(Recoded, KnowsCommonEncodings) {
  EXPECT_EQ(recoded("Z\xFCrich", "ISO-8859-1"), "Zürich");
  EXPECT_EQ(recoded("\xCA\xE8\xBF\xE2", "CP1251"), "Київ");
  EXPECT_THROW(recoded("Z\xFCrich", "no-such-encoding"), OptionError);
}

}  // namespace
}  // namespace waywarden
