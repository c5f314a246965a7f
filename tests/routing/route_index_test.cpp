#include "waywarden/routing/route_index.h"

#include <gtest/gtest.h>

#include <array>

#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/router.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

std::vector<Weight> weights_of(const Network& network) {
  std::vector<Weight> weights;
  for (const double metres : network.columns().length_m) weights.push_back(to_weight(metres, 0.25));
  return weights;
}

TEST(RouteIndex, FindsWhatDijkstraFindsByTheNetworksNumbers) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Network network = worlds::random_network(seed);
    const RouteIndex index(network);
    const std::vector<Weight> weights = weights_of(network);
    const Metric metric(index.hierarchy(), weights);
    PointToPoint search(metric);
    const auto router = dijkstra_router(network);
    for (std::uint32_t from = 0; from < network.node_count(); from += 3) {
      const SearchTree tree = router->search(std::array{NodeId(from)}, weights, Direction::from_roots);
      for (std::uint32_t to = 0; to < network.node_count(); ++to) {
        const Distance expected = tree.distance[to];
        const Cost found = search.cost(from, to);
        ASSERT_EQ(found == kNoWay ? kUnreachable : found, expected) << seed << ": " << from << " to " << to;
      }
    }
  }
}

TEST(RouteIndex, KnowsItsNetwork) {
  const Network network = worlds::random_network(1), other = worlds::random_network(2);
  const RouteIndex index(network);
  EXPECT_EQ(index.node_count(), network.node_count());
  EXPECT_EQ(index.edge_count(), network.edge_count());
  EXPECT_EQ(index.digest().size(), 64U);
  EXPECT_TRUE(index.fits(network));
  EXPECT_FALSE(index.fits(other));
}

/// The same nodes and tails; only where edges lead differs.
TEST(RouteIndex, TellsHeadsApart) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  for (int i = 0; i < 3; ++i) plan.add_node({84.0 + 0.01 * i, 27.0}, Mode::road, 0);
  plan.links = {{.from = 0, .to = 1, .one_way = true}, {.from = 1, .to = 2, .one_way = true}};
  const Network there = worlds::build(plan);
  plan.links[1].to = 0;
  const Network back = worlds::build(plan);
  EXPECT_TRUE(RouteIndex(there).fits(there));
  EXPECT_FALSE(RouteIndex(there).fits(back));
}

TEST(RouteIndex, TakesANetworkWithoutEdges) {
  NetworkColumns columns;
  columns.node_point = {{85, 27}, {86, 28}};
  columns.node_mode = {Mode::road, Mode::road};
  columns.node_country = {kNoCountry, kNoCountry};
  const Network network(std::move(columns));
  EXPECT_EQ(RouteIndex(network).node_count(), 2U);
}

}  // namespace
}  // namespace waywarden
