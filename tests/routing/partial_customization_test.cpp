#include "waywarden/routing/partial_customization.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

void expect_same(const Metric& a, const Metric& b) {
  EXPECT_TRUE(std::ranges::equal(a.up(), b.up()));
  EXPECT_TRUE(std::ranges::equal(a.down(), b.down()));
  EXPECT_TRUE(std::ranges::equal(a.weights(), b.weights()));
}

/// Dearer, cheaper, closed, opened, the same, and some arcs twice.
std::vector<WeightChange> random_changes(std::uint64_t seed, std::size_t arcs, std::size_t count,
                                         Weight bound) {
  RandomStream random(seed, 11, 78);
  std::vector<WeightChange> changes;
  for (std::size_t i = 0; i < count && arcs > 0; ++i) {
    const std::uint32_t arc = random.below(static_cast<std::uint32_t>(arcs));
    changes.push_back({arc, random.below(5) == 0 ? kClosed : random.below(bound)});
  }
  return changes;
}

std::vector<Weight> changed(std::span<const Weight> weights, std::span<const WeightChange> changes) {
  std::vector<Weight> result(weights.begin(), weights.end());
  for (const WeightChange change : changes) result[change.arc] = change.weight;
  return result;
}

class RandomChanges : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomChanges, EqualWholeCustomizationAndCanBeUndone) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const World world(GetParam());
  PartialCustomization partial(world.hierarchy);
  for (const Weight bound : {3U, 10'000U}) {
    const std::vector<Weight> weights = world.weights(GetParam(), 0, bound);
    const Metric original(world.hierarchy, weights);
    Metric metric = original;
    const auto first = random_changes(GetParam(), weights.size(), 1 + GetParam() % 5, bound);
    const auto second = random_changes(GetParam() + 1000, weights.size(), GetParam() % 9, bound);
    const MetricRevision one = partial.apply(metric, first);
    const Metric between = metric;
    expect_same(between, Metric(world.hierarchy, changed(weights, first)));
    const MetricRevision two = partial.apply(metric, second);
    expect_same(metric, Metric(world.hierarchy, changed(changed(weights, first), second)));
    PartialCustomization::undo(metric, two);
    expect_same(metric, between);
    PartialCustomization::undo(metric, one);
    expect_same(metric, original);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomChanges, testing::Range(std::uint64_t{1}, std::uint64_t{601}));

TEST(PartialCustomization, OnALargeGridToo) {
  const World world = worlds::large_world();
  const std::vector<Weight> weights = world.weights(1, 0, 1000);
  Metric metric(world.hierarchy, weights);
  PartialCustomization partial(world.hierarchy);
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const auto changes = random_changes(seed, weights.size(), 20, 1000);
    const MetricRevision revision = partial.apply(metric, changes);
    expect_same(metric, Metric(world.hierarchy, changed(weights, changes)));
    PartialCustomization::undo(metric, revision);
  }
  expect_same(metric, Metric(world.hierarchy, weights));
}

/// Sums over all changes would not fit, what ways cost does.
TEST(PartialCustomization, TakesChangesAgainAndAgain) {
  const World path({3, {0, 1}, {1, 2}}, {0, 1, 2});
  std::vector<Weight> weights = {kNoWay / 3, kNoWay / 3};
  Metric metric(path.hierarchy, weights);
  PartialCustomization partial(path.hierarchy);
  std::vector<MetricRevision> revisions;
  for (int i = 0; i < 9; ++i) {
    weights[0] += 1000;
    revisions.push_back(partial.apply(metric, std::vector<WeightChange>{{0, weights[0]}}));
    expect_same(metric, Metric(path.hierarchy, weights));
  }
  EXPECT_THROW(partial.apply(metric, std::vector<WeightChange>{{1, kNoWay - weights[0]}}), OptionError);
  expect_same(metric, Metric(path.hierarchy, weights));
  for (; !revisions.empty(); revisions.pop_back()) PartialCustomization::undo(metric, revisions.back());
  expect_same(metric, Metric(path.hierarchy, std::vector<Weight>{kNoWay / 3, kNoWay / 3}));
}

TEST(PartialCustomization, WhatItRefusesLeavesTheMetricAlone) {
  const World world = worlds::large_world(), other(world.graph, worlds::random_order(1, 4900));
  const std::vector<Weight> weights(world.graph.tail.size(), 1000);
  const Metric original(world.hierarchy, weights);
  Metric metric = original;
  PartialCustomization partial(world.hierarchy), stranger(other.hierarchy);
  const std::vector<WeightChange> too_much = {{0, kNoWay - 1}}, no_arc = {{0, 1}, {1'000'000, 1}};
  EXPECT_THROW(partial.apply(metric, too_much), OptionError);
  EXPECT_THROW(partial.apply(metric, no_arc), OptionError);
  EXPECT_THROW(stranger.apply(metric, {}), OptionError);
  expect_same(metric, original);
}

}  // namespace
}  // namespace waywarden
