#include "waywarden/routing/perfect_metric.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "waywarden/routing/sweep.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

/// Kept: links that cost as much as the cheapest way between their ends; no others.
void expect_needed(const World& world, std::span<const Weight> weights, SearchLinks links, bool is_up) {
  const Hierarchy& h = world.hierarchy;
  const Metric metric(h, weights);
  const std::span<const Cost> basic = is_up ? metric.up() : metric.down();
  std::vector<std::vector<Distance>> from;
  for (std::uint32_t n = 0; n < h.node_count(); ++n) from.push_back(world.from(n, weights));
  for (std::uint32_t r = 0; r < h.node_count(); ++r) {
    std::uint32_t kept = links.first[r];
    for (std::uint32_t link = h.first_up()[r]; link < h.first_up()[r + 1]; ++link) {
      const std::uint32_t low = h.node(r), high = h.node(h.up()[link]);
      if (basic[link] != (is_up ? from[low][high] : from[high][low])) continue;
      ASSERT_LT(kept, links.first[r + 1]);
      EXPECT_EQ(links.high[kept], h.up()[link]);
      EXPECT_EQ(links.cost[kept++], basic[link]);
    }
    EXPECT_EQ(kept, links.first[r + 1]);
  }
}

class RandomPerfectMetrics : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomPerfectMetrics, KeepLinksThatAreCheapestWays) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const World world(GetParam());
  for (const Weight bound : {3U, 1000U}) {
    const std::vector<Weight> weights = world.weights(GetParam(), 0, bound);
    const Metric metric(world.hierarchy, weights);
    const PerfectMetric perfect(metric);
    expect_needed(world, weights, perfect.up(), true);
    expect_needed(world, weights, perfect.down(), false);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPerfectMetrics, testing::Range(std::uint64_t{1}, std::uint64_t{101}));

/// Of several pieces and stages: as above, with costs by sweeps.
TEST(PerfectMetric, OfALargeGridKeepsNoMoreEither) {
  const World world = worlds::large_world();
  const Hierarchy& h = world.hierarchy;
  const Metric metric(h, world.weights(1, 0, 50));
  const PerfectMetric perfect(metric, {.threads = 2});
  Sweep from(metric, 0, Direction::from_roots), to = from;
  for (std::uint32_t r = 0; r < h.node_count(); ++r) {
    from = Sweep(metric, h.node(r), Direction::from_roots, {}, std::move(from));
    to = Sweep(metric, h.node(r), Direction::to_roots, {}, std::move(to));
    std::uint32_t up = 0, down = 0;
    for (std::uint32_t link = h.first_up()[r]; link < h.first_up()[r + 1]; ++link) {
      const Cost cost_up = metric.up()[link], cost_down = metric.down()[link];
      const std::uint32_t high = h.up()[link];
      up += cost_up < kNoWay && cost_up == from.by_rank()[high] ? 1 : 0;
      down += cost_down < kNoWay && cost_down == to.by_rank()[high] ? 1 : 0;
    }
    ASSERT_EQ(perfect.up().first[r + 1] - perfect.up().first[r], up);
    ASSERT_EQ(perfect.down().first[r + 1] - perfect.down().first[r], down);
  }
}

TEST(PerfectMetric, SameForAnyNumberOfThreads) {
  const World world = worlds::large_world();
  const Metric metric(world.hierarchy, world.weights(1, 0, 1000));
  const PerfectMetric one(metric, {.threads = 1}), two(metric, {.threads = 2});
  EXPECT_TRUE(std::ranges::equal(one.up().first, two.up().first));
  EXPECT_TRUE(std::ranges::equal(one.up().high, two.up().high));
  EXPECT_TRUE(std::ranges::equal(one.down().cost, two.down().cost));
  EXPECT_LT(one.up().high.size(), world.hierarchy.link_count());
}

}  // namespace
}  // namespace waywarden
