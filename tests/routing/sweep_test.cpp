#include "waywarden/routing/sweep.h"

#include <gtest/gtest.h>

#include <limits>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

/// Per node, by Dijkstra's algorithm, on the arcs turned round where the ways lead to the root.
std::vector<Cost> expected(const World& world, std::span<const Weight> weights, std::uint32_t root,
                           Direction direction) {
  worlds::Graph graph = world.graph;
  if (direction == Direction::to_roots) std::swap(graph.tail, graph.head);
  std::vector<Cost> costs;
  for (const Distance d : worlds::distances_from(graph, weights, root)) {
    costs.push_back(d == kUnreachable ? kNoWay : static_cast<Cost>(d));
  }
  return costs;
}

class RandomSweeps : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomSweeps, CostsEqualDijkstrasAloneAndInLanes) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const World world(GetParam());
  const std::vector<Weight> weights = world.weights(GetParam(), 0, GetParam() % 3 == 0 ? 3 : 100'000);
  const Metric metric(world.hierarchy, weights);
  RandomStream random(GetParam(), 9, 78);
  std::vector<std::uint32_t> roots(1 + GetParam() % 16);
  for (std::uint32_t& root : roots) root = random.below(static_cast<std::uint32_t>(world.graph.nodes));
  for (const Direction direction : {Direction::from_roots, Direction::to_roots}) {
    const SweepBatch batch(metric, roots, direction);
    EXPECT_EQ(batch.root_count(), roots.size());
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const Sweep alone(metric, roots[i], direction);
      EXPECT_EQ(alone.costs(), expected(world, weights, roots[i], direction));
      EXPECT_EQ(batch.costs(i), alone.costs());
      EXPECT_EQ(batch.cost(i, roots[i]), 0U);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSweeps, testing::Range(std::uint64_t{1}, std::uint64_t{2001}));

TEST(Sweep, MemoryMayBeHandedBack) {
  const World world = worlds::large_world(), other(4);
  const Metric metric(world.hierarchy, world.weights(1, 0, 9)),
      small(other.hierarchy, other.weights(1, 0, 9));
  const std::vector<std::uint32_t> roots = {7, 4000};
  const Direction direction = Direction::from_roots;
  Sweep sweep(metric, 5, direction, {}, Sweep(small, 0, direction));
  sweep = Sweep(metric, 7, direction, {}, std::move(sweep));
  SweepBatch batch(metric, roots, direction, {}, SweepBatch(small, std::vector<std::uint32_t>{0}, direction));
  batch = SweepBatch(metric, roots, direction, {}, std::move(batch));
  EXPECT_EQ(sweep.costs(), Sweep(metric, 7, direction).costs());
  EXPECT_EQ(batch.costs(0), sweep.costs());
}

/// Rows in units of a half, from sweeps that a series makes of `count` roots.
std::vector<double> rows_of_series(const Metric& metric, std::span<const std::uint32_t> roots,
                                   unsigned threads) {
  const std::size_t nodes = metric.hierarchy().node_count();
  std::vector<double> rows(roots.size() * nodes, -1.0);
  SweepSeries series({.threads = threads});
  for (const Direction direction : {Direction::to_roots, Direction::from_roots}) {
    series.run(metric, roots, direction,
               [&](std::size_t first, const SweepBatch& sweep, const Execution& execution) {
                 sweep.write(0.5, std::span(rows).subspan(first * nodes, sweep.root_count() * nodes),
                             execution);
               });
  }
  return rows;
}

TEST(Sweep, SeriesGiveEachRootItsRowOnAnyNumberOfThreads) {
  const World world = worlds::large_world();
  const Metric metric(world.hierarchy, world.weights(1, 0, 9));
  RandomStream random(5, 9, 78);
  for (const std::size_t count : {0U, 1U, 16U, 17U, 40U, 70U}) {
    std::vector<std::uint32_t> roots(count);
    for (std::uint32_t& root : roots) root = random.below(static_cast<std::uint32_t>(world.graph.nodes));
    std::vector<double> wanted;
    for (const std::uint32_t root : roots) {
      for (const Cost cost : Sweep(metric, root, Direction::from_roots).costs()) {
        wanted.push_back(cost == kNoWay ? std::numeric_limits<double>::infinity() : 0.5 * cost);
      }
    }
    for (const unsigned threads : {1U, 2U, 3U, 8U}) {
      EXPECT_EQ(rows_of_series(metric, roots, threads), wanted)
          << count << " roots, " << threads << " threads";
    }
  }
}

TEST(Sweep, RefusesRootsThatDoNotExist) {
  const World world(4);
  const Metric metric(world.hierarchy, world.weights(1, 0, 9));
  EXPECT_THROW(Sweep(metric, 1000, Direction::to_roots), OptionError);
  EXPECT_THROW(SweepBatch(metric, {}, Direction::to_roots), OptionError);
  EXPECT_THROW(SweepBatch(metric, std::vector<std::uint32_t>(17, 0), Direction::to_roots), OptionError);
  EXPECT_THROW(SweepBatch(metric, std::vector<std::uint32_t>{1000}, Direction::to_roots), OptionError);
}

}  // namespace
}  // namespace waywarden
