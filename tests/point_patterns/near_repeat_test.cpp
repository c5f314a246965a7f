#include "waywarden/point_patterns/near_repeat.h"

#include <gtest/gtest.h>

#include <cmath>

#include "point_patterns/timed_worlds.h"
#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/timed_points.h"

namespace waywarden {
namespace {

const NearRepeatOptions kBands{.distances = {0, 2, 5, 8}, .times = {0, 3, 9}, .permutations = 199};

std::vector<double> table_by_definition(const std::vector<Point>& at, const std::vector<double>& time,
                                        const NearRepeatOptions& options) {
  std::vector<double> counts(options.distances.size() * options.times.size(), 0.0);
  const auto within = [](const std::vector<double>& ends, std::size_t k, double v) {
    return v <= ends[k] && (k == 0 || v > ends[k - 1]);
  };
  for (std::size_t i = 0; i < at.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double dx = std::abs(at[i].x - at[j].x), dy = std::abs(at[i].y - at[j].y);
      const double apart = options.metric == PlaneDistance::manhattan ? dx + dy : std::hypot(dx, dy);
      for (std::size_t s = 0; s < options.distances.size(); ++s) {
        for (std::size_t t = 0; t < options.times.size(); ++t) {
          counts[s * options.times.size() + t] +=
              within(options.distances, s, apart) && within(options.times, t, std::abs(time[i] - time[j]));
        }
      }
    }
  }
  return counts;
}

class NearRepeats : public ::testing::TestWithParam<int> {
 protected:
  std::uint64_t seed() const { return static_cast<std::uint64_t>(GetParam()); }
};

TEST_P(NearRepeats, EqualTheirDefinition) {
  const auto events = testing::random_events(seed(), 45);
  NearRepeatOptions options = kBands;
  if (seed() % 2 == 1) options.metric = PlaneDistance::manhattan;
  const NearRepeat result = near_repeat(events.at, events.time, options);
  const TimedPoints sorted = timed_points(events.at, events.time);
  const auto observed = table_by_definition(sorted.at, sorted.time, options);
  std::vector<double> mean(observed.size(), 0.0), reached(observed.size(), 1.0);
  for (std::uint64_t s = 0; s < 199; ++s) {
    const auto dealt = table_by_definition(sorted.at, dealt_times(sorted.time, 0, s), options);
    for (std::size_t i = 0; i < dealt.size(); ++i) {
      mean[i] += dealt[i] / 199;
      reached[i] += dealt[i] >= observed[i] ? 1.0 : 0.0;
    }
  }
  for (std::size_t i = 0; i < observed.size(); ++i) {
    EXPECT_EQ(double(result.observed[i]), observed[i]);
    EXPECT_NEAR(result.expected[i], mean[i], 0.4 * std::sqrt(result.expected[i]) + 0.05);
    EXPECT_NEAR(result.p[i], reached[i] / 200, 1e-12);
    ASSERT_EQ(result.ratio[i].has_value(), result.expected[i] > 0);
    if (result.ratio[i]) {
      EXPECT_NEAR(*result.ratio[i], observed[i] / result.expected[i], 1e-12);
    }
  }
}

TEST_P(NearRepeats, AreTheSameInAnyOrderAndOnAnyThreads) {
  const auto events = testing::random_events(seed(), 60), other = testing::shuffled_events(events, seed());
  const NearRepeat a = near_repeat(events.at, events.time, kBands, {.threads = 1}),
                   b = near_repeat(other.at, other.time, kBands, {.threads = 3});
  EXPECT_EQ(a.observed, b.observed);
  EXPECT_EQ(a.expected, b.expected);
  EXPECT_EQ(a.p, b.p);
  EXPECT_EQ(a.p_global, b.p_global);
}

/// Three events, all permutations alike: the mean over them is exact.
TEST(NearRepeat, ExpectsTheMeanOverAllPermutations) {
  const std::vector<Point> at = {{0, 0}, {0, 0}, {10, 0}};
  const std::vector<double> time = {0, 5, 20};
  const NearRepeat result =
      near_repeat(at, time, {.distances = {0, 10}, .times = {5, 20}, .permutations = 19});
  EXPECT_EQ(result.observed, (std::vector<std::uint64_t>{1, 0, 0, 2}));
  EXPECT_EQ(result.expected, (std::vector<double>{1.0 / 3, 2.0 / 3, 2.0 / 3, 4.0 / 3}));
  EXPECT_EQ(result.ratio[0].value(), 3.0);
}

TEST(NearRepeat, OfNothing) {
  const NearRepeat result = near_repeat({}, {}, kBands);
  EXPECT_EQ(result.expected, std::vector<double>(12, 0.0));
  EXPECT_EQ(result.p, std::vector<double>(12, 1.0));
  EXPECT_EQ(result.p_global, 1.0);
  EXPECT_FALSE(result.ratio[0].has_value());
}

TEST(NearRepeat, RefusesBadBands) {
  EXPECT_THROW(near_repeat({}, {}, {.distances = {}, .times = {1}}), OptionError);
  EXPECT_THROW(near_repeat({}, {}, {.distances = {1, 1}, .times = {1}}), OptionError);
  EXPECT_THROW(near_repeat({}, {}, {.distances = {1}, .times = {-1}}), OptionError);
  EXPECT_THROW(near_repeat({}, {}, {.distances = {1}, .times = {1}, .permutations = 9}), OptionError);
}

INSTANTIATE_TEST_SUITE_P(Seeds, NearRepeats, ::testing::Range(0, 20));

}  // namespace
}  // namespace waywarden
