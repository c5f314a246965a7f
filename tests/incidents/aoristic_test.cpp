#include "waywarden/incidents/aoristic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Spans = std::vector<std::optional<TimeSpan>>;
constexpr std::int64_t kHour = 3600, kDay = 24 * kHour;

TimeSpan date(std::string_view text) { return parse_time_span(text).value(); }

std::map<std::size_t, double> row(const AoristicWeights& weights, std::size_t incident) {
  std::map<std::size_t, double> out;
  for (std::size_t e = weights.first[incident]; e < weights.first[incident + 1]; ++e)
    out[weights.step[e]] = weights.weight[e];
  return out;
}

std::vector<std::int64_t> days(std::string_view first, std::int64_t count) {
  std::vector<std::int64_t> boundaries;
  for (std::int64_t k = 0; k <= count; ++k) boundaries.push_back(date(first).begin + k * kDay);
  return boundaries;
}

/// Ratcliffe's example in spirit: out from 22:00 to 01:00, so a third of it is after midnight.
TEST(Aoristic, SharesASpanByOverlap) {
  const TimeSpan night = {date("2023-05-17T22").begin, date("2023-05-18T01").begin};
  const auto weights = aoristic_weights(Spans{night}, days("2023-05-16", 4));
  const auto shares = row(weights, 0);
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_NEAR(shares.at(1), 2.0 / 3.0, 3e-16);
  EXPECT_NEAR(shares.at(2), 1.0 / 3.0, 3e-16);
  EXPECT_EQ(shares.at(1) + shares.at(2), 1.0);
}

TEST(Aoristic, SaysWhatIsOutsideAndUndated) {
  const Spans spans = {date("2023"), std::nullopt, date("2022-01"), TimeSpan{0, 0},
                       TimeSpan{date("2023-01-02").begin, date("2023-01-02").begin}};
  const auto weights = aoristic_weights(spans, days("2023-01-01", 73));
  EXPECT_EQ(weights.undated, 1U);
  EXPECT_NEAR(weights.outside[0], 0.8, 1e-15);
  EXPECT_EQ(weights.outside[1], 0.0);
  EXPECT_TRUE(row(weights, 1).empty());
  EXPECT_EQ(weights.outside[2], 1.0);
  EXPECT_EQ(weights.outside[3], 1.0);
  EXPECT_EQ(row(weights, 4), (std::map<std::size_t, double>{{1, 1.0}}));
}

TEST(Aoristic, ADayIsEveryHourAndAMonthEveryWeekday) {
  const auto hours = row(aoristic_cycle(Spans{date("2023-05-17")}, Cycle::hour_of_day), 0);
  ASSERT_EQ(hours.size(), 24U);
  for (const auto& [hour, share] : hours) EXPECT_NEAR(share, 1.0 / 24, 3e-16);
  // 2023-05-17 was a Wednesday; May 2023 had five Mondays, Tuesdays and Wednesdays.
  EXPECT_EQ(row(aoristic_cycle(Spans{date("2023-05-17")}, Cycle::day_of_week), 0),
            (std::map<std::size_t, double>{{2, 1.0}}));
  const auto weekdays = row(aoristic_cycle(Spans{date("2023-05")}, Cycle::day_of_week), 0);
  for (const auto& [day, share] : weekdays) EXPECT_NEAR(share, (day < 3 ? 5.0 : 4.0) / 31, 3e-16) << day;
  const auto evening = row(aoristic_cycle(Spans{date("1969-12-29T22")}, Cycle::hour_of_week), 0);
  EXPECT_EQ(evening, (std::map<std::size_t, double>{{22, 1.0}}));  // a Monday before 1970
  EXPECT_EQ(row(aoristic_cycle(Spans{TimeSpan{-1, -1}}, Cycle::day_of_week), 0),
            (std::map<std::size_t, double>{{2, 1.0}}));
}

TEST(Aoristic, NothingInNothingOut) {
  const auto weights = aoristic_weights({}, days("2023-01-01", 2));
  EXPECT_EQ(weights.size(), 0U);
  EXPECT_EQ(step_totals(weights), (std::vector<double>{0.0, 0.0}));
}

TEST(Aoristic, RefusesWhatDoesNotFit) {
  EXPECT_THROW(aoristic_weights({}, std::vector<std::int64_t>{0}), OptionError);
  EXPECT_THROW(aoristic_weights({}, std::vector<std::int64_t>{0, 0}), OptionError);
  EXPECT_THROW(aoristic_weights(Spans{TimeSpan{5, 4}}, days("2023-01-01", 2)), InputError);
  EXPECT_THROW(aoristic_cycle(Spans{TimeSpan{0, INT64_MAX}}, Cycle::hour_of_day), InputError);
  const auto one = aoristic_weights(Spans{date("2023-01-01")}, days("2023-01-01", 2));
  EXPECT_THROW(step_totals(one, std::vector<std::int64_t>{-1}), InputError);
  EXPECT_THROW(step_totals(one, std::vector<std::int64_t>{1, 2}), InputError);
  EXPECT_THROW(step_totals(one, std::vector<std::int64_t>{INT64_MAX}), InputError);
}

class RandomSpans : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  RandomStream stream_{GetParam(), 0};

  /// Whole quarters of an hour, around 1970.
  TimeSpan span(std::uint32_t longest) {
    const std::int64_t begin = (std::int64_t{stream_.below(4000)} - 2000) * 900;
    return {begin, begin + 900 * (1 + std::int64_t{stream_.below(longest)})};
  }

  Spans spans(std::size_t count, std::uint32_t longest) {
    Spans out;
    for (std::size_t i = 0; i < count; ++i) out.emplace_back(span(longest));
    return out;
  }
};

/// One quarter of an hour after the other.
template <class StepOf>
std::map<std::int64_t, double> by_quarters(TimeSpan span, const StepOf& step_of) {
  std::map<std::int64_t, double> shares;
  for (std::int64_t t = span.begin; t < span.end; t += 900)
    shares[step_of(t)] += 900.0 / static_cast<double>(span.seconds());
  return shares;
}

void expect_same(const std::map<std::int64_t, double>& expected,
                 const std::map<std::size_t, double>& actual) {
  for (const auto& [step, share] : actual) {
    ASSERT_TRUE(expected.contains(static_cast<std::int64_t>(step)));
    EXPECT_NEAR(share, expected.at(static_cast<std::int64_t>(step)), 1e-12);
  }
}

TEST_P(RandomSpans, EqualsQuarterByQuarter) {
  const Spans all = spans(30, 700);
  std::vector<std::int64_t> boundaries = {-1666 * 900};
  while (boundaries.back() < 1'500'000)
    boundaries.push_back(boundaries.back() + 900 * (1 + std::int64_t{stream_.below(400)}));
  const auto weights = aoristic_weights(all, boundaries);
  const auto step_of = [&](std::int64_t t) {
    return std::upper_bound(boundaries.begin(), boundaries.end(), t) - boundaries.begin() - 1;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto expected = by_quarters(*all[i], step_of);
    const double outside = expected[-1] + expected[static_cast<std::int64_t>(boundaries.size()) - 1];
    EXPECT_NEAR(weights.outside[i], outside, 1e-12);
    expect_same(expected, row(weights, i));
  }
}

TEST_P(RandomSpans, AddsUpToExactlyOneInAnyOrder) {
  const Spans all = spans(50, 3000);
  for (const auto& weights :
       {aoristic_weights(all, days("1969-12-20", 25)), aoristic_cycle(all, Cycle::hour_of_week)}) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<double> shares = {weights.outside[i]};
      for (const auto& [step, share] : row(weights, i)) shares.push_back(share);
      EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), 0.0), 1.0);
      std::sort(shares.begin(), shares.end());
      EXPECT_EQ(std::accumulate(shares.rbegin(), shares.rend(), 0.0), 1.0);
    }
  }
}

TEST_P(RandomSpans, CyclesEqualQuarterByQuarter) {
  const Spans all = spans(12, 2500);
  const std::map<Cycle, std::pair<std::int64_t, std::int64_t>> shapes = {{Cycle::hour_of_day, {24, kHour}},
                                                                         {Cycle::day_of_week, {7, kDay}},
                                                                         {Cycle::hour_of_week, {168, kHour}}};
  for (const auto& [cycle, parts] : shapes) {
    const auto weights = aoristic_cycle(all, cycle);
    const auto step_of = [&, &steps = parts](std::int64_t t) {
      const std::int64_t since = t - (date("1900-01-01").begin);  // a Monday
      return since / steps.second % steps.first;
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto expected = by_quarters(*all[i], step_of);
      EXPECT_EQ(expected.size(), row(weights, i).size());
      expect_same(expected, row(weights, i));
    }
  }
}

TEST_P(RandomSpans, TotalsAreTheSameBitsInAnyOrder) {
  Spans all = spans(200, 900);
  std::vector<std::int64_t> sizes;
  for (std::size_t i = 0; i < all.size(); ++i) sizes.push_back(stream_.below(1000));
  const auto boundaries = days("1969-12-01", 60);
  const auto weights = aoristic_weights(all, boundaries);
  const auto totals = step_totals(weights, sizes);
  std::vector<long double> expected(totals.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const auto& [step, share] : row(weights, i))
      expected[step] += static_cast<long double>(share) * static_cast<long double>(sizes[i]);
  for (std::size_t k = 0; k < totals.size(); ++k)
    EXPECT_NEAR(totals[k], static_cast<double>(expected[k]), 1e-9);
  std::reverse(all.begin(), all.end());
  std::reverse(sizes.begin(), sizes.end());
  EXPECT_EQ(step_totals(aoristic_weights(all, boundaries), sizes), totals);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSpans, ::testing::Range(std::uint64_t{1}, std::uint64_t{41}));

}  // namespace
}  // namespace waywarden
