#include "waywarden/routing/scenario_sets.h"

#include <gtest/gtest.h>

#include <limits>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

ArcColumns arcs(const World& world) { return {world.graph.tail, world.graph.head}; }

CostVectors vectors(const World& world, std::size_t scenarios) {
  CostVectors out;
  for (std::size_t s = 0; s < scenarios; ++s) out.weights.push_back(world.weights(s, 1, 20));
  out.unit = 0.5;
  return out;
}

std::vector<NodePair> pairs(const World& world) {
  const auto n = static_cast<std::uint32_t>(world.graph.nodes);
  std::vector<NodePair> pairs;
  for (std::uint32_t i = 0; i < n; i += 1 + n / 9) pairs.push_back({i, (5 * i + 2) % n});
  return pairs;
}

template <class Items>
Items part(const Items& items, std::size_t first, std::size_t last) {
  return {items.begin() + static_cast<std::ptrdiff_t>(first),
          items.begin() + static_cast<std::ptrdiff_t>(last)};
}

/// The routes of one question are those that the search for one pair finds.
void expect_question(const AlternativeSets& sets, std::size_t question, const Alternatives& alone,
                     std::span<const Weight> weights, double unit) {
  const std::size_t first = sets.first_route[question], last = sets.first_route[question + 1];
  ASSERT_EQ(last - first, alone.size());
  EXPECT_EQ(part(sets.stretch, first, last), alone.stretch);
  EXPECT_EQ(part(sets.sharing, first, last), alone.sharing);
  EXPECT_EQ(part(sets.path_size, first, last), path_sizes(alone, weights));
  EXPECT_EQ(part(sets.edges, sets.first_edge[first], sets.first_edge[last]), alone.arc);
  for (std::size_t r = 0; r < alone.size(); ++r) {
    EXPECT_EQ(sets.cost[first + r], alone.cost[r] * unit);
    EXPECT_EQ(sets.first_edge[first + r + 1] - sets.first_edge[first + r], alone.arcs(r).size());
  }
}

TEST(ScenarioSets, AlternativesAreThoseOfEachPairAndScenario) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const World world(seed);
    const CostVectors costs = vectors(world, 3);
    const std::vector<NodePair> asked = pairs(world);
    const AlternativeSets via =
        alternatives_between(arcs(world), world.hierarchy, costs, asked, ViaNodeOptions{.excess = 0.5});
    const AlternativeSets penalty =
        alternatives_between(arcs(world), world.hierarchy, costs, asked, PenaltyOptions{.excess = 0.5});
    for (std::size_t q = 0; q < 3 * asked.size(); ++q) {
      const std::vector<Weight>& weights = costs.weights[q / asked.size()];
      const auto [from, to] = asked[q % asked.size()];
      const Metric metric(world.hierarchy, weights);
      expect_question(via, q, ViaNodeRoutes(arcs(world), metric).between(from, to, {.excess = 0.5}), weights,
                      0.5);
      expect_question(penalty, q, PenaltyRoutes(arcs(world), metric).between(from, to, {.excess = 0.5}),
                      weights, 0.5);
    }
  }
}

TEST(ScenarioSets, CorridorsAndIsochronesAreThoseOfEachScenario) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const World world(seed);
    const CostVectors costs = vectors(world, 4);
    const std::vector<std::uint32_t> ends = {0, static_cast<std::uint32_t>(world.graph.nodes - 1)};
    const auto unions = corridors(arcs(world), world.hierarchy, costs, ends, ends, 0.3);
    const auto areas = isochrones(arcs(world), world.hierarchy, costs, ends, std::vector<double>{3.7, 20.0},
                                  Direction::from_roots);
    for (std::size_t s = 0; s < costs.size(); ++s) {
      const Metric metric(world.hierarchy, costs.weights[s]);
      const BlockTree blocks(world.graph.nodes, arcs(world), open_arcs(costs.weights[s]));
      const CorridorUnion corridor = corridors(arcs(world), metric, blocks, ends, ends, 0.3);
      EXPECT_EQ(unions[s].arc, corridor.arc);
      EXPECT_EQ(unions[s].stretch, corridor.stretch);
      EXPECT_EQ(unions[s].pairs, corridor.pairs);
      // 3.7 are seven whole units of a half.
      const Isochrones area =
          isochrones(arcs(world), metric, ends, std::vector<Cost>{7, 40}, Direction::from_roots);
      EXPECT_EQ(areas[s].arc, area.arc);
      EXPECT_EQ(areas[s].share, area.share);
      EXPECT_EQ(areas[s].first_arc, area.first_arc);
    }
  }
}

TEST(ScenarioSets, SameForAnyNumberOfThreads) {
  const World world = worlds::large_world();
  const CostVectors costs = vectors(world, 2);
  const std::vector<NodePair> asked = pairs(world);
  const auto found = [&](unsigned threads) {
    return alternatives_between(arcs(world), world.hierarchy, costs, asked, ViaNodeOptions{},
                                {.threads = threads});
  };
  EXPECT_EQ(found(1).edges, found(2).edges);
  EXPECT_EQ(found(1).first_route, found(8).first_route);
}

TEST(ScenarioSets, LimitsMayBeOfAnySizeButNotBelowZero) {
  const World world(3);
  const CostVectors costs = vectors(world, 1);
  const std::vector<std::uint32_t> root = {0};
  const auto within = [&](double limit) {
    return isochrones(arcs(world), world.hierarchy, costs, root, std::span(&limit, 1), Direction::from_roots);
  };
  EXPECT_EQ(within(std::numeric_limits<double>::infinity())[0].arc, within(1e15)[0].arc);
  EXPECT_THROW(within(-1.0), OptionError);
  EXPECT_THROW(within(std::numeric_limits<double>::quiet_NaN()), OptionError);
}

TEST(ScenarioSets, StopWhenAsked) {
  const World world(3);
  const CostVectors costs = vectors(world, 1);
  Progress progress;
  progress.cancel();
  const std::vector<std::uint32_t> root = {0};
  const Execution stopped{.progress = &progress};
  EXPECT_THROW(alternatives_between(arcs(world), world.hierarchy, costs, pairs(world), {}, stopped),
               Cancelled);
  EXPECT_THROW(corridors(arcs(world), world.hierarchy, costs, root, root, 0.1, stopped), Cancelled);
}

}  // namespace
}  // namespace waywarden
