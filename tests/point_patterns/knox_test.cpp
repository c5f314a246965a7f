#include "waywarden/point_patterns/knox.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "point_patterns/timed_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::uint64_t close_by_definition(const testing::Events& events, const std::vector<double>& times,
                                  const KnoxOptions& options) {
  std::uint64_t close = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double apart = std::hypot(events.at[i].x - events.at[j].x, events.at[i].y - events.at[j].y);
      close += apart <= options.distance && std::abs(times[i] - times[j]) <= options.time;
    }
  }
  return close;
}

class KnoxWorlds : public ::testing::TestWithParam<int> {
 protected:
  std::uint64_t seed() const { return static_cast<std::uint64_t>(GetParam()); }
};

/// Over all 720 (or 120, 24 ...) permutations.
TEST_P(KnoxWorlds, MomentsAreThoseOfAllPermutations) {
  const std::size_t n = 2 + seed() % 5;
  const auto events = testing::random_events(seed(), n);
  const KnoxOptions options{.distance = 5.0, .time = 6.0, .permutations = 20'000, .stop_after = 0};
  const KnoxResult result = knox(events.at, events.time, options);
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; ++i) order[i] = i;
  double count = 0.0, sum = 0.0, squares = 0.0, reached = 0.0;
  do {
    std::vector<double> times;
    for (const std::size_t i : order) times.push_back(events.time[i]);
    const auto close = close_by_definition(events, times, options);
    count += 1.0;
    sum += double(close);
    squares += double(close) * double(close);
    reached += close >= result.close ? 1.0 : 0.0;
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(result.close, close_by_definition(events, events.time, options));
  EXPECT_NEAR(result.mean, sum / count, 1e-12);
  EXPECT_NEAR(result.variance, squares / count - sum * sum / (count * count), 1e-12);
  EXPECT_EQ(result.z.has_value(), result.variance > 0.0);
  EXPECT_NEAR(result.p, reached / count, 4 * std::sqrt(0.25 / 20'000) + 1e-4);
  EXPECT_LE(result.p, 1.0);
}

TEST_P(KnoxWorlds, AreTheSameInAnyOrderAndOnAnyThreads) {
  const auto events = testing::random_events(seed(), 80), other = testing::shuffled_events(events, seed());
  const KnoxOptions options{.distance = 2.0, .time = 2.0, .permutations = 3'000, .stop_after = 20};
  const KnoxResult a = knox(events.at, events.time, options, {.threads = 1}),
                   b = knox(other.at, other.time, options, {.threads = 3});
  EXPECT_EQ(a.close, b.close);
  EXPECT_EQ(a.p, b.p);
  EXPECT_EQ(a.permutations, b.permutations);
  EXPECT_EQ(a.z, b.z);
  // Stopping early keeps to the answer.
  KnoxOptions all = options;
  all.stop_after = 0;
  const KnoxResult c = knox(events.at, events.time, all);
  EXPECT_EQ(c.permutations, 3'000U);
  EXPECT_NEAR(a.p, c.p, 4 * (a.p_error + c.p_error) + 1e-3);
}

TEST(Knox, CountsPairsAtTheLimits) {
  const std::vector<Point> points = {{0, 0}, {3, 4}, {100, 0}};
  const std::vector<double> times = {1, 8, 1};
  const KnoxResult result = knox(points, times, {.distance = 5, .time = 7, .permutations = 99});
  EXPECT_EQ(result.close, 1U);
  EXPECT_EQ(result.near, 1U);
  EXPECT_EQ(result.soon, 3U);
  EXPECT_EQ(result.mean, 1.0);
  EXPECT_EQ(result.variance, 0.0);
  EXPECT_EQ(result.p, 1.0);
  EXPECT_FALSE(result.z.has_value());
}

TEST(Knox, SeesContagion) {
  testing::Events events = testing::random_events(5, 60);
  for (std::size_t i = 0; i < 60; ++i) events.time[i] = events.at[i].x * 10;
  const KnoxResult result = knox(events.at, events.time, {.distance = 2, .time = 10, .permutations = 999});
  EXPECT_EQ(result.p, 0.001);
  EXPECT_GT(result.z.value(), 5.0);
}

TEST(Knox, OfNothingAndBadOptions) {
  const KnoxResult result = knox({}, {}, {.distance = 1, .time = 1});
  EXPECT_EQ(result.close, 0U);
  EXPECT_EQ(result.p, 1.0);
  EXPECT_EQ(knox(std::vector<Point>{{0, 0}}, std::vector<double>{1}, {.distance = 1, .time = 1}).p, 1.0);
  EXPECT_THROW(knox({}, {}, {.distance = -1, .time = 1}), OptionError);
  EXPECT_THROW(knox({}, {}, {.distance = 1, .time = std::nan("")}), OptionError);
  EXPECT_THROW(knox({}, {}, {.distance = 1, .time = 1, .permutations = 0}), OptionError);
  EXPECT_THROW(knox(std::vector<Point>{{0, 0}}, {}, {.distance = 1, .time = 1}), InputError);
}

INSTANTIATE_TEST_SUITE_P(Seeds, KnoxWorlds, ::testing::Range(0, 40));

}  // namespace
}  // namespace waywarden
