#include "waywarden/patrols/watched_graph.h"

#include <gtest/gtest.h>

#include "flow/made_movement.h"
#include "patrols/patrol_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// As a graph of its own, so that its routes can be enumerated.
WatchedGraph between_parts(const SiteGraph& graph) {
  return {graph.parts(), graph.tail, graph.head, graph.site};
}

/// Those of which no part is a route by itself: what evaders choose among.
std::set<std::vector<SiteId>> least_routes(const std::set<std::vector<SiteId>>& routes) {
  std::set<std::vector<SiteId>> least;
  for (const auto& route : routes) {
    const bool needless = std::ranges::any_of(
        routes, [&](const auto& other) { return other != route && std::ranges::includes(route, other); });
    if (!needless) least.insert(route);
  }
  return least;
}

class WatchedGraphs : public testing::TestWithParam<std::uint64_t> {};

TEST_P(WatchedGraphs, PartsKeepTheRoutesThatMatter) {
  const patrols::World world = patrols::random_world(GetParam());
  const SiteGraph parts = site_graph(world.graph, world.detection.size());
  const WatchedGraph small = between_parts(parts);
  for (std::uint32_t o = 0; o < world.graph.nodes; ++o)
    for (std::uint32_t d = 0; d < world.graph.nodes; ++d)
      EXPECT_EQ(least_routes(patrols::all_routes(world.graph, o, d)),
                least_routes(patrols::all_routes(small, parts.part_of_node[o], parts.part_of_node[d])));
}

/// Walks all simple paths and counts the arcs of each site on them.
TEST_P(WatchedGraphs, SitesPassedOnceAre) {
  const patrols::World world = patrols::random_world(GetParam());
  const SiteGraph parts = site_graph(world.graph, world.detection.size());
  // The last entry is for arcs without a site.
  std::vector<std::size_t> passed(world.detection.size() + 1, 0);
  std::vector<std::uint8_t> visited(parts.parts(), 0);
  const std::function<void(std::uint32_t)> walk = [&](std::uint32_t at) {
    visited[at] = 1;
    for (std::uint32_t a = parts.first_out[at]; a < parts.first_out[at + 1]; ++a) {
      if (visited[parts.head[a]] != 0) continue;
      const SiteId site = parts.site[a];
      const std::size_t counts = site.exists() ? site.index() : world.detection.size();
      ++passed[counts];
      EXPECT_TRUE(passed[counts] == 1 || !site.exists() || parts.passed_twice[counts] == 1);
      walk(parts.head[a]);
      --passed[counts];
    }
    visited[at] = 0;
  };
  for (std::uint32_t v = 0; v < parts.parts(); ++v) walk(v);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WatchedGraphs, testing::Range(std::uint64_t{1}, std::uint64_t{101}));

TEST(WatchedGraph, FreeRoundaboutsAreOnePart) {
  // 0 <-> 1 freely, 1 -> 2 past site 0, 2 -> 2 is a loop, 0 -> 1 past site 1 can be passed by.
  const WatchedGraph graph{
      3, {0, 1, 1, 2, 0}, {1, 0, 2, 2, 1}, {SiteId(), SiteId(), SiteId(0), SiteId(0), SiteId(1)}};
  const SiteGraph parts = site_graph(graph, 2);
  EXPECT_EQ(parts.part_of_node, (std::vector<std::uint32_t>{0, 0, 1}));
  EXPECT_EQ(parts.head, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(parts.passed_twice, (std::vector<std::uint8_t>{0, 0}));
}

SiteId only_site(const EdgeSites& sites, std::size_t edge) {
  const auto on = sites.on(EdgeId(edge));
  return on.empty() ? SiteId::none() : on.front();
}

TEST(WatchedGraph, SeveralSitesOfAnEdgeStandOneAfterTheOther) {
  const worlds::MadeMovement made(2);
  std::vector<SiteEdge> where = {{EdgeId(3), SiteId(1)}, {EdgeId(3), SiteId(4)}, {EdgeId(3), SiteId(2)}};
  const EdgeSites sites(made.network.edge_count(), where);
  const WatchedGraph graph = watched_graph(made.network, made.costs.generalised, sites);
  ASSERT_EQ(graph.tail.size(), made.network.edge_count() + 2);
  EXPECT_EQ(graph.nodes, made.network.node_count() + 2);
  EXPECT_EQ(graph.tail[3], made.network.tail(EdgeId(3)).index());
  EXPECT_EQ(graph.head[3], graph.tail[4]);
  EXPECT_EQ(graph.head[4], graph.tail[5]);
  EXPECT_EQ(graph.head[5], made.network.head(EdgeId(3)).index());
  EXPECT_EQ((std::vector<SiteId>{graph.site[3], graph.site[4], graph.site[5]}),
            (std::vector<SiteId>{SiteId(1), SiteId(2), SiteId(4)}));
}

TEST(WatchedGraph, OfANetworkLeavesOutClosedEdges) {
  const worlds::MadeMovement made(2);
  std::vector<double> costs = made.costs.generalised;
  costs[1] = std::numeric_limits<double>::infinity();
  const WatchedGraph graph = watched_graph(made.network, costs, made.site_of_edge);
  ASSERT_EQ(graph.tail.size(), made.network.edge_count() - 1);
  EXPECT_EQ(graph.nodes, made.network.node_count());
  EXPECT_EQ(graph.site[0], only_site(made.site_of_edge, 0));
  EXPECT_EQ(graph.site[1], only_site(made.site_of_edge, 2));
  EXPECT_EQ(graph.head[1], made.network.head(EdgeId(2)).index());
  EXPECT_THROW(watched_graph(made.network, {}, made.site_of_edge), OptionError);
}

TEST(WatchedGraph, EmptyAndMalformed) {
  EXPECT_EQ(site_graph({}, 0).parts(), 0U);
  EXPECT_THROW(site_graph({1, {0}, {1}, {SiteId()}}, 0), OptionError);
  EXPECT_THROW(site_graph({2, {0}, {1}, {SiteId(3)}}, 1), OptionError);
  EXPECT_THROW(site_graph({2, {0}, {1}, {}}, 1), OptionError);
}

}  // namespace
}  // namespace waywarden
