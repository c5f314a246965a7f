#include "waywarden/routing/metric_batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;
using Vectors = std::vector<std::vector<Weight>>;

Vectors vectors(const World& world, std::uint64_t seed, std::size_t count) {
  Vectors all;
  for (std::size_t lane = 0; lane < count; ++lane) {
    all.push_back(world.weights(100 * seed + lane, 0, lane % 3 == 0 ? 3 : 10'000));
  }
  return all;
}

std::vector<std::span<const Weight>> spans(const Vectors& all) { return {all.begin(), all.end()}; }

std::vector<std::uint32_t> all_links(const Hierarchy& hierarchy) {
  std::vector<std::uint32_t> links(hierarchy.link_count());
  std::iota(links.begin(), links.end(), 0U);
  return links;
}

void expect_lane(const MetricBatch& batch, std::size_t lane, const Metric& alone) {
  const std::vector<std::uint32_t> links = all_links(batch.hierarchy());
  EXPECT_TRUE(std::ranges::equal(batch.up(lane, links), alone.up()));
  EXPECT_TRUE(std::ranges::equal(batch.down(lane, links), alone.down()));
}

class RandomBatches : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomBatches, LanesAreTheMetricsOfTheirVectors) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const World world(GetParam());
  const Vectors all = vectors(world, GetParam(), 1 + GetParam() % 16);
  const MetricBatch batch(world.hierarchy, spans(all));
  ASSERT_EQ(batch.lane_count(), all.size());
  for (std::size_t lane = 0; lane < all.size(); ++lane) {
    expect_lane(batch, lane, Metric(world.hierarchy, all[lane]));
  }
}

bool is_refused(const World& world, const Vectors& all) {
  try {
    MetricBatch(world.hierarchy, spans(all));
    return false;
  } catch (const OptionError&) {
    return true;
  }
}

bool is_refused_alone(const World& world, std::span<const Weight> weights) {
  try {
    Metric(world.hierarchy, weights);
    return false;
  } catch (const OptionError&) {
    return true;
  }
}

/// In whichever lane: about as many as fit and do not.
TEST_P(RandomBatches, RefuseWhatMetricsRefuse) {
  const World world(GetParam());
  const auto nodes = static_cast<Weight>(world.graph.nodes);
  for (const Weight bound : {kNoWay / nodes, 2 * (kNoWay / nodes)}) {
    Vectors all = vectors(world, GetParam(), 1 + GetParam() % 7);
    all[GetParam() % all.size()] = world.weights(GetParam(), 0, bound);
    const bool is_one_refused = is_refused_alone(world, all[GetParam() % all.size()]);
    EXPECT_EQ(is_refused(world, all), is_one_refused) << "seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomBatches, testing::Range(std::uint64_t{1}, std::uint64_t{101}));

TEST(MetricBatch, SameForAnyNumberOfThreadsAndInUsedMemory) {
  const World world = worlds::large_world(), other(2);
  const Vectors all = vectors(world, 1, 16), others = vectors(other, 1, 2);
  MetricBatch two(world.hierarchy, spans(all), {.threads = 2}, MetricBatch(other.hierarchy, spans(others)));
  const Vectors next = vectors(world, 2, 3);
  for (std::size_t lane = 0; lane < 16; ++lane) {
    expect_lane(two, lane, Metric(world.hierarchy, all[lane], {.threads = 1}));
  }
  two = MetricBatch(world.hierarchy, spans(next), {.threads = 2}, std::move(two));
  for (std::size_t lane = 0; lane < 3; ++lane) {
    expect_lane(two, lane, Metric(world.hierarchy, next[lane]));
  }
}

/// Weights are added up in 32 bits, arc after arc and piece after piece of the arcs.
TEST(MetricBatch, WeightsAddUpAlongChains) {
  for (const auto& [arcs, weight] : {std::pair(9U, 1U << 29), std::pair(10'000U, 1U << 18)}) {
    const World chain = worlds::chain_world(arcs);
    const std::vector<Weight> few(arcs, 1), many(arcs, weight);
    EXPECT_FALSE(is_refused(chain, {few, few}));
    EXPECT_TRUE(is_refused(chain, {few, many}));
    EXPECT_TRUE(is_refused(chain, {many, few, few}));
  }
}

TEST(MetricBatch, StopsWhenAsked) {
  Progress progress;
  progress.cancel();
  const World world(3);
  const Vectors all = vectors(world, 1, 4);
  EXPECT_THROW(MetricBatch(world.hierarchy, spans(all), {.progress = &progress}), Cancelled);
}

TEST(MetricBatch, RefusesWhatDoesNotFit) {
  const World world(5);
  const Vectors all = vectors(world, 1, 17);
  EXPECT_THROW(MetricBatch(world.hierarchy, spans(all)), OptionError);
  EXPECT_THROW(MetricBatch(world.hierarchy, {}), OptionError);
  const Vectors short_one = {all[0], {}};
  EXPECT_THROW(MetricBatch(world.hierarchy, spans(short_one)), OptionError);
  const MetricBatch batch(world.hierarchy, spans({all[0]}));
  const std::vector<std::uint32_t> beyond = {static_cast<std::uint32_t>(world.hierarchy.link_count())};
  EXPECT_THROW(batch.up(1, {}), OptionError);
  EXPECT_THROW(batch.up(0, beyond), OptionError);
  EXPECT_THROW(batch.down(0, beyond), OptionError);
}

}  // namespace
}  // namespace waywarden
