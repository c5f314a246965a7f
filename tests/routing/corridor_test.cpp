#include "waywarden/routing/corridor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"
#include "worlds/simple_paths.h"

namespace waywarden {
namespace {

using worlds::World;

struct Setting {
  explicit Setting(World given, std::uint64_t seed)
      : world(std::move(given)),
        weights(world.weights(seed, 0, seed % 3 == 0 ? 3 : 1000)),
        metric(world.hierarchy, weights),
        blocks(world.graph.nodes, arcs(), open_arcs(weights)) {}

  ArcColumns arcs() const { return {world.graph.tail, world.graph.head}; }
  Corridor corridor(std::uint32_t s, std::uint32_t t, CorridorOptions options) const {
    return waywarden::corridor(arcs(), metric, blocks, s, t, options);
  }

  World world;
  std::vector<Weight> weights;
  Metric metric;
  BlockTree blocks;
};

Setting tiny(std::uint64_t seed) {
  const worlds::Graph graph = worlds::tiny_graph(seed);
  return Setting({graph, worlds::random_order(seed, graph.nodes)}, seed);
}

/// By the definition, with Dijkstra's algorithm both ways.
std::map<std::uint32_t, double> by_definition(const Setting& setting, std::uint32_t s, std::uint32_t t,
                                              double excess) {
  const worlds::Graph& graph = setting.world.graph;
  const std::vector<Distance> from = setting.world.from(s, setting.weights);
  const std::vector<Distance> to =
      worlds::distances_from({graph.nodes, graph.head, graph.tail}, setting.weights, t);
  const std::vector<std::uint32_t> passed = setting.blocks.between(s, t);
  std::map<std::uint32_t, double> in;
  if (from[t] == kUnreachable) return in;
  for (std::uint32_t a = 0; a < graph.tail.size(); ++a) {
    if (setting.weights[a] == kClosed || !std::ranges::binary_search(passed, setting.blocks.block(a)))
      continue;
    if (from[graph.tail[a]] == kUnreachable || to[graph.head[a]] == kUnreachable) continue;
    const auto cost = static_cast<double>(from[graph.tail[a]] + setting.weights[a] + to[graph.head[a]]);
    const auto cheapest = static_cast<double>(from[t]);
    if (cost <= (1 + excess) * cheapest) in[a] = cost == cheapest ? 1.0 : cost / cheapest;
  }
  return in;
}

std::map<std::uint32_t, double> as_map(const Corridor& corridor) {
  std::map<std::uint32_t, double> in;
  for (std::size_t i = 0; i < corridor.arc.size(); ++i) in[corridor.arc[i]] = corridor.stretch[i];
  return in;
}

/// Per arc the smallest stretch of a simple path through it.
std::map<std::uint32_t, double> on_simple_paths(const Setting& setting, std::uint32_t s, std::uint32_t t,
                                                double excess) {
  const auto paths = worlds::simple_paths(setting.world.graph, setting.weights, s, t);
  std::map<std::uint32_t, double> on;
  Distance cheapest = kUnreachable;
  for (const auto& path : paths) cheapest = std::min(cheapest, worlds::cost(path, setting.weights));
  for (const auto& path : paths) {
    const auto cost = static_cast<double>(worlds::cost(path, setting.weights));
    if (cost > (1 + excess) * static_cast<double>(cheapest)) continue;
    const double times = cost == static_cast<double>(cheapest) ? 1.0 : cost / static_cast<double>(cheapest);
    for (const std::uint32_t a : path) on[a] = on.contains(a) ? std::min(on[a], times) : times;
  }
  return on;
}

class RandomCorridors : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomCorridors, EqualTheDefinitionAndHoldAllSimplePaths) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Setting setting = tiny(GetParam());
  const auto nodes = static_cast<std::uint32_t>(setting.world.graph.nodes);
  for (std::uint32_t s = 0; s < nodes; ++s) {
    for (std::uint32_t t = 0; t < nodes; ++t) {
      // The last one is everything that lies between them, whatever it costs.
      for (const double excess : {0.0, 0.2, 1.0, 1e18}) {
        const auto wide = as_map(setting.corridor(s, t, {excess}));
        const auto narrow = as_map(setting.corridor(s, t, {excess, DeadEnds::of_corridor}));
        EXPECT_EQ(wide, by_definition(setting, s, t, excess));
        EXPECT_TRUE(std::ranges::includes(wide, narrow));
        for (const auto& [arc, times] : on_simple_paths(setting, s, t, excess)) {
          ASSERT_TRUE(narrow.contains(arc)) << s << " to " << t << " arc " << arc;
          EXPECT_LE(narrow.at(arc), times);
        }
      }
    }
  }
}

void expect_union(const Setting& setting, std::span<const std::uint32_t> sources,
                  std::span<const std::uint32_t> targets) {
  std::map<std::uint32_t, std::pair<double, std::uint64_t>> expected;
  for (const std::uint32_t s : sources) {
    for (const std::uint32_t t : targets) {
      for (const auto& [arc, times] : as_map(setting.corridor(s, t, {0.3}))) {
        auto& entry = expected.try_emplace(arc, times, 0).first->second;
        entry = {std::min(entry.first, times), entry.second + 1};
      }
    }
  }
  for (const unsigned threads : {1U, 2U}) {
    const CorridorUnion all =
        corridors(setting.arcs(), setting.metric, setting.blocks, sources, targets, 0.3, {threads});
    std::map<std::uint32_t, std::pair<double, std::uint64_t>> found;
    for (std::size_t i = 0; i < all.arc.size(); ++i) found[all.arc[i]] = {all.stretch[i], all.pairs[i]};
    EXPECT_EQ(found, expected);
    EXPECT_TRUE(std::ranges::is_sorted(all.arc));
  }
}

TEST_P(RandomCorridors, OfSetsAreTheUnionOverPairs) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Setting setting(World(GetParam()), GetParam());
  RandomStream random(GetParam(), 12, 78);
  std::vector<std::uint32_t> sources(random.below(20)), targets(random.below(36));
  for (std::uint32_t& n : sources) n = random.below(static_cast<std::uint32_t>(setting.world.graph.nodes));
  for (std::uint32_t& n : targets) n = random.below(static_cast<std::uint32_t>(setting.world.graph.nodes));
  expect_union(setting, sources, targets);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCorridors, testing::Range(std::uint64_t{1}, std::uint64_t{301}));

/// Of more arcs than are looked at as one piece.
TEST(Corridor, OfSetsOnALargeGridToo) {
  const Setting setting(worlds::large_world(), 1);
  const std::vector<std::uint32_t> sources = {0, 69, 2500}, targets = {4899, 4830};
  expect_union(setting, sources, targets);
}

/// Below what stands for no way, however large the excess.
TEST(Corridor, CostsWithinAnExcessAreCosts) {
  EXPECT_EQ(cost_within(3, 1.0), 6U);
  EXPECT_EQ(cost_within(3, 0.5), 4U);
  EXPECT_EQ(cost_within(3, 1e18), kNoWay - 1);
  EXPECT_EQ(cost_within(kNoWay - 1, 1e-9), kNoWay - 1);
  EXPECT_THROW(cost_within(3, -1.0), OptionError);
}

TEST(Corridor, LeavesOutSpursButKeepsBridges) {
  // 0 = 1 = 2 = 3 in a row, with the dead end 4 at 1.
  const worlds::Graph graph{5, {0, 1, 1, 2, 2, 3, 1, 4}, {1, 0, 2, 1, 3, 2, 4, 1}};
  const World world(graph, {0, 1, 2, 3, 4});
  const std::vector<Weight> weights(8, 1);
  const Metric metric(world.hierarchy, weights);
  const BlockTree blocks(5, {graph.tail, graph.head}, open_arcs(weights));
  const Corridor found = corridor({graph.tail, graph.head}, metric, blocks, 0, 3, {10.0});
  EXPECT_EQ(found.arc, (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(found.cheapest, 3U);
}

TEST(Corridor, RefusesWhatDoesNotFit) {
  const Setting setting(worlds::large_world(), 1), other(World(4), 4);
  EXPECT_THROW(setting.corridor(0, 1'000'000, {}), OptionError);
  EXPECT_THROW(setting.corridor(0, 1, {-0.1}), OptionError);
  EXPECT_THROW(corridor(other.arcs(), setting.metric, setting.blocks, 0, 1), OptionError);
  EXPECT_THROW(corridor(setting.arcs(), setting.metric, other.blocks, 0, 1), OptionError);
}

TEST(Corridor, StopsWhenAskedTo) {
  const Setting setting(worlds::large_world(), 1);
  Progress progress;
  progress.cancel();
  const std::vector<std::uint32_t> roots = {1, 2};
  EXPECT_THROW(corridor(setting.arcs(), setting.metric, setting.blocks, 0, 1, {}, {1, &progress}), Cancelled);
  EXPECT_THROW(corridors(setting.arcs(), setting.metric, setting.blocks, roots, roots, 0.1, {2, &progress}),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
