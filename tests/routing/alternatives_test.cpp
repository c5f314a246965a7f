#include "waywarden/routing/alternatives.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"
#include "worlds/simple_paths.h"

namespace waywarden {
namespace {

using worlds::Path;
using worlds::World;

struct Setting {
  Setting(World given, std::uint64_t seed, Weight bound)
      : world(std::move(given)), weights(world.weights(seed, 0, bound)), metric(world.hierarchy, weights) {}
  Setting(const Setting&) = delete;
  explicit Setting(std::uint64_t seed) : Setting(World(seed), seed, seed % 3 == 0 ? 3 : 1000) {}
  Setting& operator=(const Setting&) = delete;

  ArcColumns arcs() const { return {world.graph.tail, world.graph.head}; }
  std::uint32_t nodes() const { return static_cast<std::uint32_t>(world.graph.nodes); }

  World world;
  std::vector<Weight> weights;
  Metric metric;
};

/// A grid with many ways that nearly tie.
Setting grid(std::uint64_t seed) {
  const worlds::Graph graph = worlds::grid(9);
  return {World(graph, minimum_degree_order(graph.nodes, joints(graph))), seed, seed % 3 == 0 ? 3U : 50U};
}

Path path(const Alternatives& routes, std::size_t i) {
  return {routes.arcs(i).begin(), routes.arcs(i).end()};
}

/// Of the arcs that are in both.
Distance shared(const Path& route, const std::set<std::uint32_t>& others, std::span<const Weight> weights) {
  Path both;
  std::ranges::copy_if(route, std::back_inserter(both), [&](std::uint32_t a) { return others.contains(a); });
  return worlds::cost(both, weights);
}

/// Real, simple, different routes whose columns say what is true of them; the first is a cheapest.
void expect_sound(const Setting& setting, const Alternatives& routes, std::uint32_t s, std::uint32_t t) {
  const Distance cheapest = setting.world.from(s, setting.weights)[t];
  EXPECT_EQ(routes.size() == 0, cheapest == kUnreachable);
  std::set<std::uint32_t> before;
  std::set<Path> seen;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const Path route = path(routes, i);
    EXPECT_TRUE(worlds::is_simple_path(setting.world.graph, route, s, t));
    EXPECT_TRUE(seen.insert(route).second);
    for (const std::uint32_t a : route) EXPECT_NE(setting.weights[a], kClosed);
    EXPECT_EQ(routes.cost[i], worlds::cost(route, setting.weights));
    const auto least = static_cast<double>(cheapest);
    EXPECT_EQ(routes.stretch[i], cheapest == 0 ? 1.0 : routes.cost[i] / least);
    const auto common = static_cast<double>(shared(route, before, setting.weights));
    EXPECT_EQ(routes.sharing[i], cheapest == 0 ? 0.0 : common / least);
    before.insert(route.begin(), route.end());
  }
  EXPECT_TRUE(routes.size() == 0 || routes.cost[0] == cheapest);
}

/// All parts of a route that cost at most `least` are cheapest ways.
void expect_locally_optimal(const Setting& setting, const Path& route, double least) {
  for (std::size_t i = 0; i < route.size(); ++i) {
    const auto distance = setting.world.from(setting.world.graph.tail[route[i]], setting.weights);
    Distance cost = 0;
    for (std::size_t j = i; j < route.size(); ++j) {
      cost += setting.weights[route[j]];
      if (static_cast<double>(cost) > least) break;
      EXPECT_EQ(distance[setting.world.graph.head[route[j]]], cost);
    }
  }
}

void expect_bounds(const Setting& setting, const Alternatives& routes, const ViaNodeOptions& options) {
  const Path cheapest = routes.size() > 0 ? path(routes, 0) : Path{};
  EXPECT_LE(routes.size(), options.count);
  for (std::size_t i = 1; i < routes.size(); ++i) {
    EXPECT_LE(routes.stretch[i], (1 + options.excess) * (1 + 1e-12));
    EXPECT_LE(routes.sharing[i], options.sharing * (1 + 1e-12));
    const Distance both = shared(path(routes, i), {cheapest.begin(), cheapest.end()}, setting.weights);
    EXPECT_LE(static_cast<double>(routes.cost[i] - both),
              (1 + options.excess) * static_cast<double>(routes.cost[0] - both));
    expect_locally_optimal(setting, path(routes, i), options.local_optimality * routes.cost[0]);
  }
}

void expect_equal(const Alternatives& a, const Alternatives& b) {
  EXPECT_EQ(a.cost, b.cost);
  EXPECT_EQ(a.begin, b.begin);
  EXPECT_EQ(a.arc, b.arc);
}

class RandomAlternatives : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomAlternatives, ByNodesInBetweenKeepTheirBounds) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  for (const bool is_grid : {false, true}) {
    const Setting setting = is_grid ? grid(GetParam()) : Setting(GetParam());
    ViaNodeRoutes search(setting.arcs(), setting.metric);
    RandomStream random(GetParam(), 14, 78);
    for (int i = 0; i < 8; ++i) {
      const std::uint32_t s = random.below(setting.nodes()), t = random.below(setting.nodes());
      const ViaNodeOptions options{1 + random.below(6), random.uniform(), random.uniform(),
                                   random.uniform() / 2};
      const Alternatives routes = search.between(s, t, options);
      expect_sound(setting, routes, s, t);
      expect_bounds(setting, routes, options);
      expect_equal(routes, ViaNodeRoutes(setting.arcs(), setting.metric).between(s, t, options));
    }
  }
}

TEST_P(RandomAlternatives, ByPenaltyKeepTheirBoundsAndLeaveNothingBehind) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  for (const bool is_grid : {false, true}) {
    const Setting setting = is_grid ? grid(GetParam()) : Setting(GetParam());
    PenaltyRoutes search(setting.arcs(), setting.metric);
    RandomStream random(GetParam(), 15, 78);
    for (int i = 0; i < 8; ++i) {
      const std::uint32_t s = random.below(setting.nodes()), t = random.below(setting.nodes());
      const PenaltyOptions options{1 + random.below(6), random.uniform(), random.uniform(),
                                   1.01 + random.uniform(), 20};
      const Alternatives routes = search.between(s, t, options);
      expect_sound(setting, routes, s, t);
      EXPECT_LE(routes.size(), options.count);
      for (std::size_t k = 1; k < routes.size(); ++k) {
        EXPECT_LE(routes.stretch[k], (1 + options.excess) * (1 + 1e-12));
        EXPECT_LE(routes.sharing[k], options.sharing * (1 + 1e-12));
      }
      expect_equal(routes, PenaltyRoutes(setting.arcs(), setting.metric).between(s, t, options));
    }
  }
}

double dissimilarity(const Path& a, const Path& b, std::span<const Weight> weights) {
  std::set<std::uint32_t> all(a.begin(), a.end());
  const Distance both = shared(b, all, weights);
  all.insert(b.begin(), b.end());
  const Distance sum = worlds::cost({all.begin(), all.end()}, weights);
  return sum == 0 ? 0.0 : static_cast<double>(sum - both) / static_cast<double>(sum);
}

TEST_P(RandomAlternatives, DissimilarOnesAreTheFarthestEachTime) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Setting setting = grid(GetParam());
  const std::uint32_t t = setting.nodes() - 1;
  const std::vector<Alternatives> pools = {
      ViaNodeRoutes(setting.arcs(), setting.metric).between(0, t, {8, 1.0, 1.0, 0.0}),
      PenaltyRoutes(setting.arcs(), setting.metric).between(0, t, {12, 1.0, 1.0, 1.1, 40})};
  const Alternatives chosen = dissimilar(pools, setting.weights, 5, 0.1);
  expect_sound(setting, chosen, 0, t);
  std::set<Path> all;
  for (const Alternatives& pool : pools) {
    for (std::size_t i = 0; i < pool.size(); ++i) all.insert(path(pool, i));
  }
  const auto nearest = [&](const Path& route, std::size_t count) {
    double least = 1;
    for (std::size_t i = 0; i < count; ++i) {
      least = std::min(least, dissimilarity(route, path(chosen, i), setting.weights));
    }
    return least;
  };
  for (std::size_t i = 1; i <= chosen.size() && i < 5; ++i) {
    double largest = 0;
    for (const Path& route : all) largest = std::max(largest, nearest(route, i));
    if (i == chosen.size()) {
      EXPECT_LE(largest, 0.1);
    } else {
      EXPECT_DOUBLE_EQ(nearest(path(chosen, i), i), largest);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomAlternatives, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

TEST(Alternatives, AreFoundWhereWaysNearlyTie) {
  std::size_t by_nodes = 0, by_penalty = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Setting setting = grid(seed);
    by_nodes += ViaNodeRoutes(setting.arcs(), setting.metric).between(0, 80, {5, 0.25, 0.6, 0.2}).size();
    by_penalty += PenaltyRoutes(setting.arcs(), setting.metric).between(0, 80, {5, 0.25, 0.6}).size();
  }
  EXPECT_GE(by_nodes, 80U);
  EXPECT_GE(by_penalty, 100U);
}

/// Three roads from 0 to 4, by 1, 2 and 3, of cost 10, 11 and 20; and a loop at 1.
struct ThreeRoads {
  worlds::Graph graph{5, {0, 1, 0, 2, 0, 3, 1}, {1, 4, 2, 4, 3, 4, 1}};
  std::vector<Weight> weights = {5, 5, 5, 6, 10, 10, 0};
  World world{graph, {1, 2, 3, 0, 4}};
  Metric metric{world.hierarchy, weights};
  ArcColumns arcs{graph.tail, graph.head};
};

TEST(Alternatives, AreTheRoadsThereAre) {
  const ThreeRoads roads;
  ViaNodeRoutes by_nodes(roads.arcs, roads.metric);
  PenaltyRoutes by_penalty(roads.arcs, roads.metric);
  const std::vector<Cost> two = {10, 11}, three = {10, 11, 20};
  EXPECT_EQ(by_nodes.between(0, 4, {5, 0.25, 0.8, 0.25}).cost, two);
  EXPECT_EQ(by_nodes.between(0, 4, {5, 1.0, 0.8, 0.25}).cost, three);
  EXPECT_EQ(by_penalty.between(0, 4, {5, 0.25, 0.8, 1.2, 30}).cost, two);
  EXPECT_EQ(by_penalty.between(0, 4, {5, 1.0, 0.8, 1.2, 30}).cost, three);
  const Alternatives all = by_nodes.between(0, 4, {5, 1.0, 0.8, 0.25});
  EXPECT_EQ(path_sizes(all, roads.weights), std::vector<double>(3, 1.0));
  EXPECT_EQ(by_nodes.between(2, 2).size(), 1U);
  EXPECT_EQ(by_nodes.between(4, 0).size(), 0U);
}

TEST(Alternatives, PathSizesCountWhoUsesAnArc) {
  Alternatives routes;
  routes.cost = {10, 10, 0};
  routes.begin = {0, 2, 4, 4};
  routes.arc = {0, 1, 0, 2};
  const std::vector<Weight> weights = {4, 6, 6};
  EXPECT_EQ(path_sizes(routes, weights), (std::vector<double>{0.8, 0.8, 1.0}));
}

TEST(Alternatives, PenaltiesThatNoLongerFitEndTheSearch) {
  ThreeRoads roads;
  roads.weights = {1 << 28, 1 << 28, 1 << 28, 1 << 29, 1 << 29, 1 << 29, 0};
  const Metric metric(roads.world.hierarchy, roads.weights);
  PenaltyRoutes search(roads.arcs, metric);
  const Alternatives once = search.between(0, 4, {5, 9.0, 1.0, 1.9, 30});
  EXPECT_GE(once.size(), 1U);
  expect_equal(once, search.between(0, 4, {5, 9.0, 1.0, 1.9, 30}));
}

TEST(Alternatives, RefuseWhatDoesNotFit) {
  const ThreeRoads roads;
  const Setting other(4);
  ViaNodeRoutes by_nodes(roads.arcs, roads.metric);
  PenaltyRoutes by_penalty(roads.arcs, roads.metric);
  EXPECT_THROW(by_nodes.between(0, 9), OptionError);
  EXPECT_THROW(by_penalty.between(9, 0), OptionError);
  EXPECT_THROW(by_nodes.between(0, 1, {3, -1.0}), OptionError);
  EXPECT_THROW(by_penalty.between(0, 1, {.factor = 1.0}), OptionError);
  EXPECT_THROW(ViaNodeRoutes(other.arcs(), roads.metric), OptionError);
  EXPECT_THROW(PenaltyRoutes(other.arcs(), roads.metric), OptionError);
  EXPECT_THROW(dissimilar({}, roads.weights, 3, -1.0), OptionError);
}

TEST(Alternatives, StopWhenAskedToAndUndoWhatTheyDid) {
  const Setting setting = grid(1);
  Progress progress;
  progress.cancel();
  PenaltyRoutes search(setting.arcs(), setting.metric);
  EXPECT_THROW(search.between(0, 80, {}, {1, &progress}), Cancelled);
  expect_equal(search.between(0, 80), PenaltyRoutes(setting.arcs(), setting.metric).between(0, 80));
  EXPECT_THROW(ViaNodeRoutes(setting.arcs(), setting.metric).between(0, 80, {}, {1, &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
