#include "waywarden/routing/isochrone.h"

#include <gtest/gtest.h>

#include <map>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::Graph;
using worlds::World;

ArcColumns columns(const Graph& graph) { return {graph.tail, graph.head}; }

/// Per node its cost, and per arc its share.
struct Area {
  std::map<std::uint32_t, Cost> nodes;
  std::map<std::uint32_t, double> arcs;
  friend bool operator==(const Area&, const Area&) = default;
};

/// By Dijkstra's algorithm, on the arcs turned round where they lead to the root.
Area expected(Graph graph, std::span<const Weight> weights, std::uint32_t root, Cost limit,
              Direction direction) {
  if (direction == Direction::to_roots) std::swap(graph.tail, graph.head);
  const std::vector<Distance> distance = worlds::distances_from(graph, weights, root);
  Area area;
  for (std::uint32_t n = 0; n < graph.nodes; ++n) {
    if (distance[n] <= limit) area.nodes[n] = static_cast<Cost>(distance[n]);
  }
  for (std::uint32_t a = 0; a < graph.tail.size(); ++a) {
    if (weights[a] == kClosed || distance[graph.tail[a]] > limit) continue;
    const auto left = static_cast<double>(limit - distance[graph.tail[a]]);
    const double share = left >= weights[a] ? 1.0 : left / weights[a];
    if (share > 0) area.arcs[a] = share;
  }
  return area;
}

Area found(const Isochrones& all, std::size_t area) {
  Area result;
  for (std::size_t i = all.first_node[area]; i < all.first_node[area + 1]; ++i) {
    EXPECT_TRUE(result.nodes.try_emplace(all.node[i], all.cost[i]).second);
  }
  for (std::size_t i = all.first_arc[area]; i < all.first_arc[area + 1]; ++i) {
    EXPECT_TRUE(result.arcs.try_emplace(all.arc[i], all.share[i]).second);
  }
  return result;
}

class RandomIsochrones : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomIsochrones, EqualDijkstrasBothWays) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const World world(GetParam());
  const Weight bound = GetParam() % 3 == 0 ? 3 : 1000;
  const std::vector<Weight> weights = world.weights(GetParam(), 0, bound);
  const Metric metric(world.hierarchy, weights);
  RandomStream random(GetParam(), 13, 78);
  std::vector<std::uint32_t> sources(random.below(40));
  for (std::uint32_t& n : sources) n = random.below(static_cast<std::uint32_t>(world.graph.nodes));
  const std::vector<Cost> limits = {2 * bound, 0, random.below(5 * bound), kNoWay - 1};
  for (const Direction direction : {Direction::from_roots, Direction::to_roots}) {
    for (const unsigned threads : {1U, 2U}) {
      const Isochrones all = isochrones(columns(world.graph), metric, sources, limits, direction, {threads});
      ASSERT_EQ(all.first_node.size(), sources.size() * limits.size() + 1);
      for (std::size_t i = 0; i < sources.size(); ++i) {
        for (std::size_t j = 0; j < limits.size(); ++j) {
          EXPECT_EQ(found(all, all.area(i, j)),
                    expected(world.graph, weights, sources[i], limits[j], direction));
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomIsochrones, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

TEST(Isochrones, NoLimitsAndNoSourcesHaveNoAreas) {
  const World world(4);
  const Metric metric(world.hierarchy, world.weights(1, 0, 9));
  const std::vector<std::uint32_t> roots = {0};
  const std::vector<Cost> limits = {5};
  EXPECT_EQ(isochrones(columns(world.graph), metric, roots, {}, Direction::to_roots).first_node.size(), 1U);
  EXPECT_EQ(isochrones(columns(world.graph), metric, {}, limits, Direction::to_roots).first_arc.size(), 1U);
}

TEST(Isochrones, RefuseWhatDoesNotFit) {
  const World world(4), other = worlds::large_world();
  const Metric metric(world.hierarchy, world.weights(1, 0, 9));
  const std::vector<std::uint32_t> roots = {0}, none = {1000};
  const std::vector<Cost> limits = {5}, too_much = {kNoWay};
  const Direction direction = Direction::from_roots;
  EXPECT_THROW(isochrones(columns(world.graph), metric, none, limits, direction), OptionError);
  EXPECT_THROW(isochrones(columns(world.graph), metric, roots, too_much, direction), OptionError);
  EXPECT_THROW(isochrones(columns(other.graph), metric, roots, limits, direction), OptionError);
}

TEST(Isochrones, StopWhenAskedTo) {
  const World world = worlds::large_world();
  const Metric metric(world.hierarchy, world.weights(1, 0, 9));
  const std::vector<std::uint32_t> roots = {0, 17};
  const std::vector<Cost> limits = {50};
  Progress progress;
  progress.cancel();
  EXPECT_THROW(isochrones(columns(world.graph), metric, roots, limits, Direction::to_roots, {2, &progress}),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
