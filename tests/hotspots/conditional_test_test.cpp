#include "waywarden/hotspots/conditional_test.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;

struct World {
  std::vector<double> values;
  Weights weights;
};

/// Counts with many zeros, negative values among them now and then; cell 0 is an island.
World random_world(std::uint64_t seed, std::size_t cells) {
  RandomStream stream(seed, 0);
  World world;
  std::vector<std::vector<std::uint32_t>> lists(cells);
  for (std::uint32_t i = 0; i < cells; ++i) {
    const double count = stream.below(3) == 0 ? stream.below(7) : 0;
    world.values.push_back(count - (seed % 2 == 0 ? 2.0 : 0.0));
    for (std::uint32_t j = 0; i > 0 && j < cells; ++j) {
      if (i != j && stream.below(3) == 0) lists[i].push_back(j);
    }
  }
  world.weights = binary_weights(std::move(lists));
  return world;
}

/// Over every way to put values of other cells beside cell i: its first neighbour gets any, the next any
/// left, and so on.
struct Deals {
  double lower = 0, upper = 0, all = 0;
};

void deal_all(const std::vector<double>& others, const std::vector<double>& weights, std::size_t next,
              std::vector<bool>& used, double sum, double observed, Deals& deals) {
  if (next == weights.size()) {
    deals.lower += sum <= observed + 1e-9 ? 1 : 0;
    deals.upper += sum >= observed - 1e-9 ? 1 : 0;
    deals.all += 1;
    return;
  }
  for (std::size_t card = 0; card < others.size(); ++card) {
    if (used[card]) continue;
    used[card] = true;
    deal_all(others, weights, next + 1, used, sum + weights[next] * others[card], observed, deals);
    used[card] = false;
  }
}

Tails enumerate(const std::vector<double>& values, const Weights& weights, std::size_t cell) {
  std::vector<double> others, row;
  double observed = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != cell) others.push_back(values[i]);
  }
  for (std::size_t e = weights.first[cell]; e < weights.first[cell + 1]; ++e) {
    row.push_back(weights.weight_at(e));
    observed += weights.weight_at(e) * values[weights.neighbour[e]];
  }
  std::vector<bool> used(others.size());
  Deals deals;
  deal_all(others, row, 0, used, 0.0, observed, deals);
  return {deals.lower / deals.all, deals.upper / deals.all};
}

TEST(Tails, TwoSidedIsTwiceTheSmallerAtMostOne) {
  EXPECT_EQ((Tails{0.9, 0.2}).p(), 0.4);
  EXPECT_EQ((Tails{0.01, 1.0}).p(), 0.02);
  EXPECT_EQ((Tails{0.8, 0.7}).p(), 1.0);
}

TEST(ExactTest, EqualFullEnumeration) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const World world = random_world(seed, 9);
    ASSERT_TRUE(exact_applies(world.values, world.weights));
    const auto tails = ExactTest::of(world.values, world.weights)->tails();
    EXPECT_FALSE(tails[0].has_value());
    for (std::size_t i = 1; i < world.values.size(); ++i) {
      ASSERT_EQ(tails[i].has_value(), !world.weights.neighbours(i).empty());
      if (!tails[i]) continue;
      const Tails expected = enumerate(world.values, world.weights, i);
      EXPECT_NEAR(tails[i]->lower, expected.lower, 1e-12);
      EXPECT_NEAR(tails[i]->upper, expected.upper, 1e-12);
    }
  }
}

/// Counts as incidents have them, many zeros and a long tail; 100 of the cells have k neighbours.
World world_of_counts(std::uint64_t seed, std::size_t cells, std::size_t k) {
  RandomStream stream(seed, 0);
  World world;
  for (std::size_t i = 0; i < cells; ++i) {
    world.values.push_back(std::floor(std::pow(stream.uniform(), -0.6) - 1.0));
  }
  std::vector<std::vector<std::uint32_t>> lists(cells);
  for (std::size_t i = 0; i < 100; ++i) {
    for (std::uint32_t j = 0; lists[i].size() < k; j += 1 + stream.below(9)) {
      if (i != j) lists[i].push_back(j);
    }
  }
  world.weights = binary_weights(std::move(lists));
  return world;
}

/// Shares of hands dealt from the pack of the other cells' values; not by the engine's own dealer.
Tails dealt_tails(const World& world, std::size_t cell, std::size_t hands, RandomStream& stream) {
  std::vector<double> pack = world.values;
  pack.erase(pack.begin() + static_cast<std::ptrdiff_t>(cell));
  const auto near = world.weights.neighbours(cell);
  double observed = 0.0, lower = 0.0, upper = 0.0;
  for (const std::uint32_t j : near) observed += world.values[j];
  for (std::size_t hand = 0; hand < hands; ++hand) {
    double sum = 0.0;
    for (std::size_t card = 0; card < near.size(); ++card) {
      const std::size_t drawn = card + stream.below(static_cast<std::uint32_t>(pack.size() - card));
      std::swap(pack[card], pack[drawn]);
      sum += pack[card];
    }
    lower += sum <= observed ? 1.0 : 0.0;
    upper += sum >= observed ? 1.0 : 0.0;
  }
  return {lower / static_cast<double>(hands), upper / static_cast<double>(hands)};
}

/// benchmarks/hotspots/local_statistics.py does the same with a million deals at 100 of 100,000 cells.
TEST(ExactTest, AreWithinFourStandardErrorsOfDealsAt100Cells) {
  const World world = world_of_counts(5, 2'000, 8);
  const auto tails = ExactTest::of(world.values, world.weights)->tails();
  RandomStream stream(5, 1);
  constexpr std::size_t kHands = 50'000;
  constexpr double kDealt = static_cast<double>(kHands);
  std::size_t rare = 0;
  for (std::size_t cell = 0; cell < 100; ++cell) {
    const Tails shares = dealt_tails(world, cell, kHands, stream);
    for (const auto& [p, share] :
         {std::pair(tails[cell]->lower, shares.lower), std::pair(tails[cell]->upper, shares.upper)}) {
      const double error = std::sqrt(std::max(p * (1 - p), 1 / kDealt) / kDealt);
      EXPECT_NEAR(share, p, 4 * error) << cell;
      rare += p < 0.05;
    }
  }
  EXPECT_GE(rare, 5U);
}

TEST(ExactTest, RowConstantWeightsTestTheSameAsBinaryOnes) {
  const World world = random_world(5, 40);
  Weights halves = world.weights;
  halves.weight.assign(halves.neighbour.size(), 0.5);
  ASSERT_TRUE(exact_applies(world.values, halves));
  const auto tails = ExactTest::of(world.values, world.weights)->tails(),
             same = ExactTest::of(world.values, halves)->tails();
  for (std::size_t i = 1; i < tails.size(); ++i) EXPECT_EQ(tails[i]->p(), same[i]->p());
}

TEST(ExactTest, ThreadsAndRowsDoNotChangeABit) {
  const World world = random_world(6, 60);
  const auto tails = ExactTest::of(world.values, world.weights)->tails({.threads = 1});
  const auto order = random_order(2, world.values.size());
  const Weights moved = reordered(world.weights, order);
  const auto shuffled = ExactTest::of(reordered<double>(world.values, order), moved)->tails();
  for (const unsigned threads : {2U, 8U}) {
    const auto again = ExactTest::of(world.values, world.weights)->tails({.threads = threads});
    for (std::size_t i = 1; i < tails.size(); ++i) EXPECT_EQ(tails[i]->p(), again[i]->p());
  }
  for (std::size_t row = 0; row < order.size(); ++row) {
    ASSERT_EQ(shuffled[row].has_value(), tails[order[row]].has_value());
    if (!shuffled[row]) continue;
    EXPECT_EQ(shuffled[row]->lower, tails[order[row]]->lower);
    EXPECT_EQ(shuffled[row]->upper, tails[order[row]]->upper);
  }
}

TEST(PermutedTails, AgreeWithEnumerationAlsoForUnequalWeights) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    World world = random_world(seed, 8);
    RandomStream stream(seed, 5);
    for (std::size_t e = 0; e < world.weights.neighbour.size(); ++e)
      world.weights.weight.push_back(stream.uniform());
    ASSERT_FALSE(exact_applies(world.values, world.weights));
    PermutationOptions options;
    options.least_permutations = 40'000;
    options.stop_after = 40'000;
    const auto tails = permuted_tails(world.values, world.weights, options);
    for (std::size_t i = 1; i < world.values.size(); ++i) {
      if (!tails[i]) continue;
      const Tails expected = enumerate(world.values, world.weights, i);
      // Five standard errors of a share at most.
      EXPECT_NEAR(tails[i]->lower, expected.lower, 5 * 0.5 / 200);
      EXPECT_NEAR(tails[i]->upper, expected.upper, 5 * 0.5 / 200);
    }
  }
}

TEST(PermutedTails, StoppedEarlyStillEstimateTheSmallerTail) {
  const World world = random_world(3, 50);
  const auto exact = ExactTest::of(world.values, world.weights)->tails();
  PermutationOptions options;
  options.stop_after = 400;
  options.least_permutations = 1'000'000;
  const auto sampled = permuted_tails(world.values, world.weights, options);
  for (std::size_t i = 1; i < exact.size(); ++i) {
    const double p = std::min(exact[i]->lower, exact[i]->upper);
    const double estimate = std::min(sampled[i]->lower, sampled[i]->upper);
    // The relative standard error is 1 / sqrt(stop_after) at most.
    EXPECT_NEAR(estimate / p, 1.0, 5.0 / 20);
  }
}

TEST(PermutedTails, ThreadsAndRowsDoNotChangeABitButTheSeedDoes) {
  World world = random_world(8, 60);
  for (double& v : world.values) v += 0.1;
  PermutationOptions options;
  options.least_permutations = 200;
  const auto tails = permuted_tails(world.values, world.weights, options, {.threads = 1});
  const auto order = random_order(3, world.values.size());
  const auto shuffled =
      permuted_tails(reordered<double>(world.values, order), reordered(world.weights, order), options);
  for (const unsigned threads : {2U, 8U}) {
    const auto again = permuted_tails(world.values, world.weights, options, {.threads = threads});
    for (std::size_t i = 1; i < tails.size(); ++i) EXPECT_EQ(tails[i]->p(), again[i]->p());
  }
  for (std::size_t row = 0; row < order.size(); ++row) {
    ASSERT_EQ(shuffled[row].has_value(), tails[order[row]].has_value());
    EXPECT_TRUE(!shuffled[row] || shuffled[row]->p() == tails[order[row]]->p());
  }
  options.seed = 1;
  const auto other = permuted_tails(world.values, world.weights, options);
  std::size_t changed = 0;
  for (std::size_t i = 1; i < tails.size(); ++i) changed += other[i]->p() != tails[i]->p() ? 1 : 0;
  EXPECT_GT(changed, 10U);
}

TEST(PermutedTails, StopWhenAskedTo) {
  Progress progress;
  progress.cancel();
  const World world = random_world(1, 20);
  EXPECT_THROW(permuted_tails(world.values, world.weights, {}, {.threads = 1, .progress = &progress}),
               Cancelled);
}

TEST(ExactApplies, ToWholeNumbersAndEqualWeights) {
  World world = random_world(1, 10);
  EXPECT_TRUE(exact_applies(world.values, world.weights));
  world.values[3] = 0.5;
  EXPECT_FALSE(exact_applies(world.values, world.weights));
  world.values[3] = 1e50;
  EXPECT_FALSE(exact_applies(world.values, world.weights));
}

TEST(ExactTest, IsInfiniteWhereTablesWouldNotFit) {
  World world = random_world(1, 30);
  EXPECT_LT(ExactTest::of(world.values, world.weights)->work(), permutation_work(world.weights, {}));
  for (double& v : world.values) v *= 1e9;
  EXPECT_EQ(ExactTest::of(world.values, world.weights)->work(), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace waywarden
