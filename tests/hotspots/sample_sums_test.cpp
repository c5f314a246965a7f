#include "waywarden/hotspots/sample_sums.h"

#include <gtest/gtest.h>

#include <bit>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

std::vector<ValueGroup> random_groups(std::uint64_t seed) {
  RandomStream stream(seed, 0);
  std::vector<ValueGroup> groups;
  std::size_t all = 0;
  for (std::int64_t value = 0; all < 10; value += 1 + stream.below(4)) {
    groups.push_back({value, 1 + stream.below(4)});
    all += groups.back().copies;
  }
  return groups;
}

std::vector<std::int64_t> values_of(const std::vector<ValueGroup>& groups) {
  std::vector<std::int64_t> values;
  for (const auto& group : groups) values.insert(values.end(), group.copies, group.value);
  return values;
}

SumTails tails_of(const std::vector<ValueGroup>& groups, std::size_t largest_sample,
                  std::int64_t largest_sum) {
  SampleSums sums(largest_sample, largest_sum);
  for (const ValueGroup& group : groups) sums.add(group);
  return SumTails(std::move(sums));
}

struct Enumerated {
  double at_most = 0.0;
  double at_least = 0.0;
};

/// Over every subset of that size.
Enumerated enumerate(const std::vector<std::int64_t>& values, std::size_t sample, std::int64_t s) {
  double low = 0.0, high = 0.0, all = 0.0;
  for (std::uint32_t subset = 0; subset < (1U << values.size()); ++subset) {
    if (static_cast<std::size_t>(std::popcount(subset)) != sample) continue;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += (subset >> i & 1U) != 0 ? values[i] : 0;
    low += sum <= s ? 1 : 0;
    high += sum >= s ? 1 : 0;
    all += 1;
  }
  return {low / all, high / all};
}

TEST(SampleSums, EqualsEnumerationOfEverySubset) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto groups = random_groups(seed);
    const auto values = values_of(groups);
    for (const std::int64_t largest_sum : {std::int64_t{3}, std::int64_t{12}, std::int64_t{200}}) {
      const SumTails sums = tails_of(groups, values.size(), largest_sum);
      for (std::size_t sample = 0; sample <= values.size(); ++sample) {
        for (std::int64_t s = 0; s <= std::min<std::int64_t>(largest_sum, 30); ++s) {
          const Enumerated expected = enumerate(values, sample, s);
          EXPECT_NEAR(sums.at_most(sample, s), expected.at_most, 1e-14);
          EXPECT_NEAR(sums.at_least(sample, s), expected.at_least, 1e-14);
        }
      }
    }
  }
}

TEST(SampleSums, OrderAndSplittingOfGroupsDoNotMatter) {
  const std::vector<ValueGroup> groups = {{0, 5}, {1, 3}, {4, 2}},
                                mixed = {{4, 1}, {1, 3}, {0, 2}, {7, 0}, {4, 1}, {0, 3}};
  const SumTails sums = tails_of(groups, 10, 9), same = tails_of(mixed, 10, 9);
  for (std::size_t sample = 0; sample <= 10; ++sample) {
    for (std::int64_t s = 0; s <= 9; ++s) {
      EXPECT_NEAR(sums.at_most(sample, s), same.at_most(sample, s), 1e-15);
      EXPECT_NEAR(sums.at_least(sample, s), same.at_least(sample, s), 1e-15);
    }
  }
}

TEST(SampleSums, OfZerosAndOnesIsHypergeometric) {
  // 25 zeros and 23 ones, 4 drawn: P(sum >= 4) = C(23, 4) / C(48, 4).
  const std::vector<ValueGroup> groups = {{0, 25}, {1, 23}};
  const SumTails sums = tails_of(groups, 4, 4);
  EXPECT_NEAR(sums.at_least(4, 4), 8855.0 / 194580.0, 1e-16);
  EXPECT_NEAR(sums.at_least(2, 2), 253.0 / 1128.0, 1e-16);
}

TEST(SampleSums, SmallTailsKeepTheirRelativeAccuracy) {
  // 8 ones among 100,000: P(all eight drawn) = 1 / C(100000, 8).
  const std::vector<ValueGroup> groups = {{0, 99'992}, {1, 8}};
  const SumTails sums = tails_of(groups, 8, 8);
  double expected = 1.0;
  for (int i = 0; i < 8; ++i) expected *= (8.0 - i) / (100'000.0 - i);
  EXPECT_NEAR(sums.at_least(8, 8) / expected, 1.0, 1e-13);
}

TEST(SampleSums, LargeSamplesNeitherOverflowNorLoseMass) {
  const std::vector<ValueGroup> groups = {{0, 3'000}, {1, 2'000}, {2, 1'000}, {9, 10}};
  const SumTails sums = tails_of(groups, 600, 900);
  for (const std::size_t sample : {1U, 50U, 600U}) {
    for (const std::int64_t s : {0, 10, 400, 899}) {
      EXPECT_NEAR(sums.at_most(sample, s) + sums.at_least(sample, s + 1), 1.0, 1e-11);
    }
  }
}

TEST(SampleSums, StopsWhenAskedTo) {
  Progress progress;
  progress.cancel();
  Execution execution;
  execution.progress = &progress;
  SampleSums sums(3, 3);
  EXPECT_THROW(sums.add({1, 5}, execution), Cancelled);
}

TEST(SampleSumsWork, GrowsWithEverythingThatCosts) {
  const std::vector<ValueGroup> few = {{0, 100}, {1, 50}}, more = {{0, 100}, {1, 50}, {2, 10}};
  EXPECT_LT(sample_sums_work(few, 5, 10), sample_sums_work(more, 5, 10));
  EXPECT_LT(sample_sums_work(few, 5, 10), sample_sums_work(few, 6, 10));
  EXPECT_LT(sample_sums_work(few, 5, 10), sample_sums_work(few, 5, 11));
}

}  // namespace
}  // namespace waywarden
