#include "waywarden/incidents/count_interval.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr auto kNoEnd = std::nullopt;

TEST(CountInterval, ReadsWhatTablesSay) {
  const std::vector<std::pair<const char*, CountInterval>> cases = {
      {"0", {0, 0}},
      {" 12 ", {12, 12}},
      {"<5", {0, 4}},
      {"< 5", {0, 4}},
      {"<=5", {0, 5}},
      {"\xe2\x89\xa4 5", {0, 5}},
      {"under 5", {0, 4}},
      {"Less than 5", {0, 4}},
      {"fewer than 5", {0, 4}},
      {"at most 5", {0, 5}},
      {"up to 5", {0, 5}},
      {"1-4", {1, 4}},
      {"1 - 4", {1, 4}},
      {"1\xe2\x80\x93"
       "4",
       {1, 4}},
      {"1 to 4", {1, 4}},
      {"3-3", {3, 3}},
      {"5+", {5, kNoEnd}},
      {"5 +", {5, kNoEnd}},
      {"5 or more", {5, kNoEnd}},
      {"5 OR MORE", {5, kNoEnd}},
      {"5 and over", {5, kNoEnd}},
      {"5 or fewer", {0, 5}},
      {">5", {6, kNoEnd}},
      {">=5", {5, kNoEnd}},
      {"\xe2\x89\xa5"
       "5",
       {5, kNoEnd}},
      {"more than 5", {6, kNoEnd}},
      {"over 5", {6, kNoEnd}},
      {"at least 5", {5, kNoEnd}},
      {"<1", {0, 0}},
      {"1000000000000000", {1'000'000'000'000'000, 1'000'000'000'000'000}}};
  for (const auto& [text, expected] : cases) EXPECT_EQ(parse_count(text), expected) << text;
}

TEST(CountInterval, KnowsWhenZerosAreShown) {
  const CensoringRule shown = {.least_hidden = 1};
  EXPECT_EQ(parse_count("<5", shown), (CountInterval{1, 4}));
  EXPECT_EQ(parse_count("0", shown), (CountInterval{0, 0}));
  EXPECT_FALSE(parse_count("<1", shown));
}

TEST(CountInterval, RefusesEverythingElse) {
  for (const char* text :
       {"",    " ",  "-",  "-3",    "1.5", "1,234", "1 234", "many", "<", "<0", "+",
        "4-1", "1-", "-4", "1-4-6", "<5+", "5++",   "nan",   "1e3",  "*", "c",  "10000000000000001"})
    EXPECT_FALSE(parse_count(text)) << text;
}

TEST(CountInterval, NamesRowAndColumn) {
  const std::vector<std::string> texts = {"1", "<5", "secret"};
  try {
    parse_counts(texts, "victims");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(error.reason().find("column 'victims', row 2"), std::string::npos);
    EXPECT_EQ(error.reason().find("secret"), std::string::npos);
  }
  EXPECT_EQ(parse_counts(std::span(texts).first(2), "victims"), (std::vector<CountInterval>{{1, 1}, {0, 4}}));
}

TEST(CountInterval, SumsAndClosesOpenEnds) {
  const std::vector<CountInterval> counts = {{1, 1}, {0, 4}, {5, kNoEnd}};
  EXPECT_EQ(sum(counts), (CountInterval{6, kNoEnd}));
  EXPECT_EQ(sum(closed(counts, 20)), (CountInterval{6, 25}));
  EXPECT_EQ(sum({}), (CountInterval{0, 0}));
  EXPECT_THROW(closed(counts, 4), OptionError);
  const std::vector<CountInterval> huge(3, CountInterval{4'000'000'000'000'000'000, kNoEnd});
  EXPECT_THROW(sum(huge), InputError);
}

class RandomCounts : public ::testing::TestWithParam<std::uint64_t> {};

/// Over all counts that fit, the sums met are exactly those from low to high.
TEST_P(RandomCounts, SumsAreTight) {
  RandomStream stream(GetParam(), 0);
  std::vector<CountInterval> counts;
  for (int i = 0; i < 4; ++i) {
    const std::int64_t low = stream.below(5);
    counts.push_back({low, low + stream.below(4)});
  }
  std::vector<std::int64_t> sums = {0};
  for (const CountInterval& count : counts) {
    std::vector<std::int64_t> longer;
    for (const std::int64_t s : sums)
      for (std::int64_t v = count.low; v <= *count.high; ++v) longer.push_back(s + v);
    sums = std::move(longer);
  }
  const auto [least, most] = std::minmax_element(sums.begin(), sums.end());
  EXPECT_EQ(sum(counts), (CountInterval{*least, *most}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCounts, ::testing::Range(std::uint64_t{1}, std::uint64_t{21}));

}  // namespace
}  // namespace waywarden
