#include "waywarden/point_patterns/timed_points.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "point_patterns/timed_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(TimedPoints, ComeInTheOrderOfTheirContent) {
  const auto events = testing::random_events(1, 40), other = testing::shuffled_events(events, 2);
  const TimedPoints a = timed_points(events.at, events.time), b = timed_points(other.at, other.time);
  EXPECT_EQ(a.at, b.at);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(a.pairs(), 780.0);
}

TEST(TimedPoints, RefuseWhatIsNotFinite) {
  const std::vector<Point> one = {{0, 0}};
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_THROW(timed_points(one, {}), InputError);
  EXPECT_THROW(timed_points(one, std::vector<double>{infinite}), InputError);
  EXPECT_THROW(timed_points(std::vector<Point>{{infinite, 0}}, std::vector<double>{1}), InputError);
}

TEST(TimedPoints, PairsAreAllThatAreNear) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const auto events = testing::random_events(seed, 50);
    const TimedPoints points = timed_points(events.at, events.time);
    for (const double limit : {0.0, 1.0, 5.0, 100.0}) {
      std::size_t expected = 0;
      for (std::size_t i = 0; i < 50; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          expected += std::hypot(points.at[i].x - points.at[j].x, points.at[i].y - points.at[j].y) <= limit;
        }
      }
      const auto pairs = near_pairs(points.at, limit);
      EXPECT_EQ(pairs.size(), expected);
      for (const NearPair& pair : pairs) EXPECT_LT(pair.first, pair.second);
    }
  }
}

TEST(TimedPoints, DealtTimesAreThoseThereWere) {
  const std::vector<double> times = {1, 2, 3, 4, 5, 5};
  std::vector<double> at_first(6, 0.0);
  for (std::uint64_t s = 0; s < 6000; ++s) {
    auto dealt = dealt_times(times, 3, s);
    at_first[static_cast<std::size_t>(dealt[0])] += 1;
    std::sort(dealt.begin(), dealt.end());
    ASSERT_EQ(dealt, times);
  }
  for (std::size_t v = 1; v < 5; ++v) EXPECT_NEAR(at_first[v], 1000, 120);
  EXPECT_NEAR(at_first[5], 2000, 150);
}

}  // namespace
}  // namespace waywarden
