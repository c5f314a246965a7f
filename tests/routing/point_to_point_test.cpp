#include "waywarden/routing/point_to_point.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

Distance as_distance(Cost cost) { return cost == kNoWay ? kUnreachable : cost; }

/// The path is made of arcs that follow each other from one node to the other and add up to the cost.
void expect_path(const World& world, std::span<const Weight> weights, PointToPoint& query, std::uint32_t from,
                 std::uint32_t to) {
  const Cost cost = query.cost(from, to);
  const std::vector<std::uint32_t> arcs = query.arcs(from, to);
  if (cost == kNoWay || from == to) {
    EXPECT_TRUE(arcs.empty());
    return;
  }
  Distance sum = 0;
  std::uint32_t at = from;
  for (const std::uint32_t arc : arcs) {
    EXPECT_EQ(world.graph.tail[arc], at);
    EXPECT_NE(weights[arc], kClosed);
    at = world.graph.head[arc];
    sum += weights[arc];
  }
  EXPECT_EQ(at, to);
  EXPECT_EQ(sum, cost);
  EXPECT_EQ(query.arcs(from, to), arcs);
}

class RandomQueries : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomQueries, CostsEqualDijkstrasAndPathsAddUp) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const World world(GetParam());
  for (const Weight bound : {2U, 4U, 1'000'000U}) {
    const std::vector<Weight> weights = world.weights(GetParam(), 0, bound);
    const Metric metric(world.hierarchy, weights);
    const PerfectMetric perfect(metric);
    PointToPoint query(metric), slim(perfect);
    for (std::uint32_t from = 0; from < world.graph.nodes; ++from) {
      const std::vector<Distance> distance = world.from(from, weights);
      for (std::uint32_t to = 0; to < world.graph.nodes; ++to) {
        ASSERT_EQ(as_distance(query.cost(from, to)), distance[to]) << from << " to " << to;
        ASSERT_EQ(slim.cost(from, to), query.cost(from, to)) << from << " to " << to;
        expect_path(world, weights, query, from, to);
        expect_path(world, weights, slim, from, to);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomQueries, testing::Range(std::uint64_t{1}, std::uint64_t{1001}));

TEST(PointToPoint, OnALargeGridToo) {
  const World world = worlds::large_world();
  const std::vector<Weight> weights = world.weights(1, 0, 50);
  const Metric metric(world.hierarchy, weights);
  const PerfectMetric perfect(metric);
  PointToPoint query(metric), slim(perfect);
  for (const std::uint32_t from : {0U, 77U, 2450U}) {
    const std::vector<Distance> distance = world.from(from, weights);
    for (std::uint32_t to = 0; to < world.graph.nodes; to += 13) {
      ASSERT_EQ(as_distance(query.cost(from, to)), distance[to]);
      ASSERT_EQ(as_distance(slim.cost(from, to)), distance[to]);
      expect_path(world, weights, slim, from, to);
    }
  }
}

TEST(PointToPoint, RefusesNodesThatDoNotExist) {
  const World world(2);
  const Metric metric(world.hierarchy, world.weights(1, 0, 5));
  PointToPoint query(metric);
  EXPECT_THROW(query.cost(0, 1000), OptionError);
  EXPECT_THROW(query.arcs(1000, 0), OptionError);
}

/// Nothing but ties: each shortcut could be unpacked over any lower rank, and over and over.
TEST(PointToPoint, FreeWaysAreNotLongerThanTheGraph) {
  const World world = worlds::large_world();
  const Metric metric(world.hierarchy, std::vector<Weight>(world.graph.tail.size(), 0));
  PointToPoint query(metric);
  for (std::uint32_t to = 7; to < world.graph.nodes; to += 311) {
    EXPECT_EQ(query.cost(0, to), 0U);
    EXPECT_LT(query.arcs(0, to).size(), world.graph.nodes);
  }
}

}  // namespace
}  // namespace waywarden
