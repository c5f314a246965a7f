#include "waywarden/hotspots/time_steps.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr std::int64_t kDay = 86'400;

std::vector<std::int64_t> days(std::vector<std::int64_t> numbers) {
  for (auto& number : numbers) number *= kDay;
  return numbers;
}

TEST(TimeSteps, EndWithTheLastTime) {
  const auto steps = time_steps(days({3, 20, 11}), {.length = {.seconds = 7 * kDay}});
  EXPECT_EQ(steps.bounds, days({-1, 6, 13, 20}));
  EXPECT_EQ(steps.step_of(20 * kDay), 2U);
  EXPECT_EQ(steps.step_of(13 * kDay), 1U);
  EXPECT_EQ(steps.step_of(13 * kDay + 1), 2U);
  EXPECT_FALSE(steps.step_of(-1 * kDay).has_value());
  EXPECT_FALSE(steps.step_of(20 * kDay + 1).has_value());
  EXPECT_DOUBLE_EQ(steps.first_covered, 3.0 / 7.0);
  EXPECT_DOUBLE_EQ(steps.last_covered, 1.0);
}

TEST(TimeSteps, StartWithTheFirstTime) {
  const auto steps =
      time_steps(days({3, 20, 11}), {.length = {.seconds = 7 * kDay}, .alignment = StepAlignment::start});
  EXPECT_EQ(steps.bounds, days({3, 10, 17, 24}));
  EXPECT_EQ(steps.step_of(3 * kDay), 0U);
  EXPECT_EQ(steps.step_of(10 * kDay), 1U);
  EXPECT_EQ(steps.step_of(10 * kDay - 1), 0U);
  EXPECT_FALSE(steps.step_of(24 * kDay).has_value());
  EXPECT_DOUBLE_EQ(steps.first_covered, 1.0);
  EXPECT_DOUBLE_EQ(steps.last_covered, 3.0 / 7.0);
}

TEST(TimeSteps, BordersFallOnTheReference) {
  for (const std::int64_t reference : {-700, 0, 14, 7000}) {
    const auto steps = time_steps(days({3, 20, 11}), {.length = {.seconds = 7 * kDay},
                                                      .alignment = StepAlignment::reference,
                                                      .reference = reference * kDay});
    EXPECT_EQ(steps.bounds, days({0, 7, 14, 21}));
    EXPECT_DOUBLE_EQ(steps.first_covered, 4.0 / 7.0);
    EXPECT_DOUBLE_EQ(steps.last_covered, 6.0 / 7.0);
  }
}

/// 2024-03-31 and back by months: the last day stands in for the 31st, also of a leap year's February.
TEST(TimeSteps, MonthsAreThoseOfTheCalendar) {
  const std::int64_t march_31 = 19'813, december_5 = march_31 - 117;
  const auto steps = time_steps(days({december_5, march_31}), {.length = {.months = 1}});
  EXPECT_EQ(steps.bounds, days({march_31 - 122, march_31 - 91, march_31 - 60, march_31 - 31, march_31}));
}

TEST(TimeSteps, OneTimeIsOneStep) {
  for (const auto alignment : {StepAlignment::end, StepAlignment::start, StepAlignment::reference}) {
    const std::vector<std::int64_t> once = {-5, -5};
    const auto steps = time_steps(once, {.length = {.months = 12}, .alignment = alignment});
    EXPECT_EQ(steps.size(), 1U);
    EXPECT_EQ(steps.step_of(-5), 0U);
  }
  EXPECT_FALSE(TimeSteps{}.step_of(0).has_value());
}

TEST(TimeSteps, RefusesWhatItCannotDo) {
  const auto times = days({0, 1000});
  EXPECT_THROW(time_steps({}), InputError);
  EXPECT_THROW(time_steps(std::vector<std::int64_t>{INT64_MAX}), InputError);
  EXPECT_THROW(time_steps(times, {.length = {}}), OptionError);
  EXPECT_THROW(time_steps(times, {.length = {.seconds = -1}}), OptionError);
  EXPECT_THROW(time_steps(times, {.length = {.seconds = kDay, .months = 1}}), OptionError);
  EXPECT_THROW(time_steps(times, {.length = {.seconds = 1}, .most_steps = 100}), OptionError);
}

class Lengths : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Lengths, EveryTimeIsInTheStepAroundIt) {
  RandomStream stream(GetParam(), 0);
  std::vector<std::int64_t> times;
  for (int i = 0; i < 30; ++i) times.push_back((std::int64_t{stream.below(4000)} - 2000) * 40'000);
  TimeStepOptions options;
  options.alignment = static_cast<StepAlignment>(GetParam() % 3);
  options.length = GetParam() % 2 == 0
                       ? StepLength{.seconds = 1 + stream.below(9'000'000)}
                       : StepLength{.months = 1 + static_cast<std::int32_t>(stream.below(30))};
  options.reference = (std::int64_t{stream.below(20'000)} - 10'000) * 86'399;
  const TimeSteps steps = time_steps(times, options);
  EXPECT_TRUE(std::is_sorted(steps.bounds.begin(), steps.bounds.end(), std::less_equal<>()));
  std::size_t first = steps.size(), last = 0;
  for (const std::int64_t time : times) {
    const std::size_t step = steps.step_of(time).value();
    const bool ends = steps.holds == HeldBorder::end;
    EXPECT_TRUE(ends ? steps.bounds[step] < time : steps.bounds[step] <= time);
    EXPECT_TRUE(ends ? time <= steps.bounds[step + 1] : time < steps.bounds[step + 1]);
    first = std::min(first, step);
    last = std::max(last, step);
  }
  // None before the first, none after the last.
  EXPECT_EQ(first, 0U);
  EXPECT_EQ(last, steps.size() - 1);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Lengths, testing::Range(std::uint64_t{1}, std::uint64_t{121}));

}  // namespace
}  // namespace waywarden
