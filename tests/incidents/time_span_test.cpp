#include "waywarden/incidents/time_span.h"

#include <gtest/gtest.h>

#include <ctime>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr std::int64_t kDay = 86'400;

/// Seconds by the C library, which knows the calendar by itself.
std::int64_t seconds(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) {
  std::tm parts{};
  parts.tm_year = year - 1900;
  parts.tm_mon = month - 1;
  parts.tm_mday = day;
  parts.tm_hour = hour;
  parts.tm_min = minute;
  parts.tm_sec = second;
  return timegm(&parts);
}

TimeSpan parsed(std::string_view text) {
  const auto span = parse_time_span(text);
  EXPECT_TRUE(span) << text;
  return span.value_or(TimeSpan{});
}

TEST(TimeSpan, IsAsLongAsTheDateIsVague) {
  EXPECT_EQ(parsed("2023"), (TimeSpan{seconds(2023, 1, 1), seconds(2024, 1, 1)}));
  EXPECT_EQ(parsed("2024-02"), (TimeSpan{seconds(2024, 2, 1), seconds(2024, 3, 1)}));
  EXPECT_EQ(parsed("2023-12"), (TimeSpan{seconds(2023, 12, 1), seconds(2024, 1, 1)}));
  EXPECT_EQ(parsed("2023-05-17"), (TimeSpan{seconds(2023, 5, 17), seconds(2023, 5, 18)}));
  EXPECT_EQ(parsed("2023-05-17T22").seconds(), 3600);
  EXPECT_EQ(parsed("2023-05-17T22:30"),
            (TimeSpan{seconds(2023, 5, 17, 22, 30), seconds(2023, 5, 17, 22, 31)}));
  EXPECT_EQ(parsed(" 2023-05-17 22:30:15.25 "),
            (TimeSpan{seconds(2023, 5, 17, 22, 30, 15), seconds(2023, 5, 17, 22, 30, 16)}));
  EXPECT_EQ(parsed("1969-12-31"), (TimeSpan{-kDay, 0}));
}

TEST(TimeSpan, RunsFromTheStartOfTheFirstToTheEndOfTheSecond) {
  EXPECT_EQ(parsed("2023-05-17/2023-06"), (TimeSpan{seconds(2023, 5, 17), seconds(2023, 7, 1)}));
  EXPECT_EQ(parsed("2023 / 2023-05"), (TimeSpan{seconds(2023, 1, 1), seconds(2023, 6, 1)}));
  EXPECT_FALSE(parse_time_span("2023-05-17/2023-05-15"));
  EXPECT_EQ(from_to({10, 20}, {5, 12}), (TimeSpan{10, 12}));
  EXPECT_FALSE(from_to({10, 20}, {0, 5}));
  EXPECT_FALSE(from_to({10, 20}, {5, 10}));
  EXPECT_EQ(from_to({5, 5}, {5, 5}), (TimeSpan{5, 5}));
}

TEST(TimeSpan, RefusesEverythingElse) {
  for (const char* text : {"",
                           "23",
                           "unknown",
                           "2023-13",
                           "2023-00",
                           "2023-02-29",
                           "2023-04-31",
                           "2023-05-00",
                           "17.05.2023",
                           "05/17/2023",
                           "2023-5-1",
                           "2023-05-17T24",
                           "2023-05-17T22:60",
                           "2023-05-17T22:30:60",
                           "2023-05-17T22:30Z",
                           "2023-05-17T22:30+05:45",
                           "2023-05-17x",
                           "2023-05-17T22:30:15.",
                           "2023-",
                           "-2023",
                           "2023/",
                           "/2023",
                           "2023/2024/2025",
                           "20230517",
                           "9999",
                           "0001-01-01",
                           "1699-12",
                           "2200",
                           "2023/9999"})
    EXPECT_FALSE(parse_time_span(text)) << text;
}

TEST(TimeSpan, KnowsEveryDayOfFourCenturies) {
  char text[16];
  for (std::int64_t day = -60'000; day < 83'000; day += 13) {
    const std::time_t at = day * kDay;
    std::tm parts{};
    gmtime_r(&at, &parts);
    std::strftime(text, sizeof(text), "%Y-%m-%d", &parts);
    ASSERT_EQ(parsed(text), (TimeSpan{day * kDay, (day + 1) * kDay})) << text;
  }
}

}  // namespace
}  // namespace waywarden
