#include "waywarden/routing/scenarios.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/routing/many_to_many.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

/// Weights as costs of unit 1, so that answers are whole numbers.
CostVectors vectors(const World& world, std::size_t scenarios) {
  CostVectors out;
  for (std::size_t s = 0; s < scenarios; ++s) out.weights.push_back(world.weights(s, 0, 20));
  return out;
}

std::vector<std::uint32_t> every_node(const World& world) {
  std::vector<std::uint32_t> nodes(world.graph.nodes);
  std::iota(nodes.begin(), nodes.end(), 0U);
  return nodes;
}

double as_cost(Distance distance) {
  return distance == kUnreachable ? std::numeric_limits<double>::infinity() : static_cast<double>(distance);
}

TEST(Scenarios, MatricesAreDijkstrasInEachScenario) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const World world(seed);
    const std::size_t scenarios = 1 + seed % 18, n = world.graph.nodes;
    const CostVectors costs = vectors(world, scenarios);
    const std::vector<std::uint32_t> nodes = every_node(world);
    std::vector<double> out(scenarios * n * n, -1.0);
    fill_matrix(world.hierarchy, costs, nodes, nodes, out);
    for (std::size_t s = 0; s < scenarios; ++s) {
      for (std::uint32_t from = 0; from < n; from += 5) {
        const std::vector<Distance> expected = world.from(from, costs.weights[s]);
        for (std::size_t to = 0; to < n; ++to) {
          ASSERT_EQ(out[(s * n + from) * n + to], as_cost(expected[to])) << seed;
        }
      }
    }
  }
}

/// Rows are found some hundred at a time.
TEST(Scenarios, ManyRowsAreInTheirPlaces) {
  const World world = worlds::large_world();
  const std::vector<std::uint32_t> targets = {9, 4321, 77};
  std::vector<std::uint32_t> sources;
  for (std::uint32_t i = 0; i < 1200; ++i) sources.push_back((i * 1013) % 4900);
  for (const std::size_t scenarios : {1U, 2U}) {
    const CostVectors costs = vectors(world, scenarios);
    std::vector<double> out(scenarios * sources.size() * targets.size(), -1.0), expected;
    fill_matrix(world.hierarchy, costs, sources, targets, out);
    for (const std::vector<Weight>& weights : costs.weights) {
      const Metric metric(world.hierarchy, weights);
      for (const Cost cost : ManyToMany(metric, targets).from(sources).cells) {
        expected.push_back(costs.cost(cost));
      }
    }
    EXPECT_EQ(out, expected);
  }
}

TEST(Scenarios, OneToAllIsTheMatrixBothWays) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const World world(seed);
    const std::size_t n = world.graph.nodes;
    const CostVectors costs = vectors(world, 3);
    const std::vector<std::uint32_t> nodes = every_node(world);
    std::vector<double> table(3 * n * n), from(3 * n * n), to(3 * n * n);
    fill_matrix(world.hierarchy, costs, nodes, nodes, table);
    fill_one_to_all(world.hierarchy, costs, nodes, Direction::from_roots, from);
    fill_one_to_all(world.hierarchy, costs, nodes, Direction::to_roots, to);
    EXPECT_EQ(from, table);
    for (std::size_t s = 0; s < 3; ++s) {
      for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b) ASSERT_EQ(to[(s * n + b) * n + a], table[(s * n + a) * n + b]);
      }
    }
  }
}

/// Follows the arcs from one end to the other and adds up what they weigh.
void expect_way(const World& world, const std::vector<Weight>& weights, NodePair pair,
                std::span<const std::uint32_t> edges, double cost) {
  std::uint32_t at = pair.from;
  double sum = 0.0;
  for (const std::uint32_t edge : edges) {
    ASSERT_EQ(world.graph.tail[edge], at);
    at = world.graph.head[edge];
    sum += weights[edge];
  }
  EXPECT_EQ(at, pair.to);
  EXPECT_EQ(sum, cost);
}

TEST(Scenarios, RoutesAddUpToTheirCosts) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const World world(seed);
    const auto n = static_cast<std::uint32_t>(world.graph.nodes);
    const CostVectors costs = vectors(world, 2 + seed % 17);
    std::vector<NodePair> pairs;
    for (std::uint32_t i = 0; i < n; ++i) pairs.push_back({i, (7 * i + 3) % n});
    const Routes routes = routes_between(world.hierarchy, costs, pairs);
    ASSERT_EQ(routes.cost.size(), costs.size() * pairs.size());
    for (std::size_t i = 0; i < routes.cost.size(); ++i) {
      const NodePair pair = pairs[i % pairs.size()];
      const std::vector<Weight>& weights = costs.weights[i / pairs.size()];
      ASSERT_EQ(routes.cost[i], as_cost(world.from(pair.from, weights)[pair.to]));
      const auto edges =
          std::span(routes.edges).subspan(routes.first[i], routes.first[i + 1] - routes.first[i]);
      if (std::isinf(routes.cost[i])) {
        EXPECT_TRUE(edges.empty());
      } else {
        expect_way(world, weights, pair, edges, routes.cost[i]);
      }
    }
  }
}

TEST(Scenarios, NearestAreThoseOfEachMetric) {
  const World world(8);
  const CostVectors costs = vectors(world, 17);
  const std::vector<std::uint32_t> nodes = every_node(world);
  const std::vector<NearestTargets> found = nearest_targets(world.hierarchy, costs, nodes, nodes, 3);
  ASSERT_EQ(found.size(), 17U);
  for (std::size_t s = 0; s < found.size(); ++s) {
    const NearestTargets alone = nearest_targets(Metric(world.hierarchy, costs.weights[s]), nodes, nodes, 3);
    EXPECT_EQ(found[s].first, alone.first);
    EXPECT_EQ(found[s].target, alone.target);
    EXPECT_EQ(found[s].cost, alone.cost);
  }
}

TEST(Scenarios, SameForAnyNumberOfThreads) {
  const World world = worlds::large_world();
  const CostVectors costs = vectors(world, 5);
  std::vector<std::uint32_t> some;
  for (std::uint32_t i = 0; i < 40; ++i) some.push_back(i * 101);
  std::vector<double> one(5 * 40 * 40), two(one.size());
  fill_matrix(world.hierarchy, costs, some, some, one, {.threads = 1});
  fill_matrix(world.hierarchy, costs, some, some, two, {.threads = 2});
  EXPECT_EQ(one, two);
  std::vector<NodePair> pairs;
  for (const std::uint32_t from : some) pairs.push_back({from, some[3]});
  EXPECT_EQ(routes_between(world.hierarchy, costs, pairs, {.threads = 1}).edges,
            routes_between(world.hierarchy, costs, pairs, {.threads = 2}).edges);
}

TEST(Scenarios, RefuseWhatDoesNotFit) {
  const World world(worlds::grid(3), worlds::random_order(1, 9));
  const CostVectors costs = vectors(world, 1);
  std::vector<double> out(4);
  const std::vector<std::uint32_t> two = {0, 1}, wrong = {0, 9};
  EXPECT_THROW(fill_matrix(world.hierarchy, costs, two, wrong, out), OptionError);
  EXPECT_THROW(fill_matrix(world.hierarchy, costs, two, two, std::span(out).first(3)), OptionError);
  EXPECT_THROW(fill_one_to_all(world.hierarchy, costs, two, Direction::from_roots, out), OptionError);
  EXPECT_THROW(routes_between(world.hierarchy, costs, std::vector<NodePair>{{0, 9}}), OptionError);
  EXPECT_TRUE(routes_between(world.hierarchy, costs, {}).cost.empty());
}

}  // namespace
}  // namespace waywarden
