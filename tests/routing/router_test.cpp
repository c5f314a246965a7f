#include "waywarden/routing/router.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "waywarden/base/errors.h"
#include "worlds/random_network.h"
#include "worlds/random_weights.h"

namespace waywarden {
namespace {

using worlds::random_network;
using worlds::random_weights;

/// Tail and head as the search sees them: edges turned round for searches to the roots.
std::pair<NodeId, NodeId> ends(const Network& network, EdgeId e, Direction direction) {
  if (direction == Direction::from_roots) return {network.tail(e), network.head(e)};
  return {network.head(e), network.tail(e)};
}

/// Bellman and Ford: relax everything until nothing changes.
std::vector<Distance> brute_force(const Network& network, std::span<const NodeId> roots,
                                  std::span<const Weight> weights, Direction direction) {
  std::vector<Distance> distance(network.node_count(), kUnreachable);
  for (const NodeId root : roots) distance[root.index()] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      const auto [from, to] = ends(network, EdgeId(e), direction);
      if (weights[e] == kClosed || distance[from.index()] == kUnreachable) continue;
      const Distance reached = distance[from.index()] + weights[e];
      if (reached >= distance[to.index()]) continue;
      distance[to.index()] = reached;
      changed = true;
    }
  }
  return distance;
}

std::vector<Distance> by_boost(const Network& network, NodeId root, std::span<const Weight> weights,
                               Direction direction) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                      boost::property<boost::edge_weight_t, Distance>>;
  Graph graph(network.node_count());
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const auto [from, to] = ends(network, EdgeId(e), direction);
    if (weights[e] != kClosed) boost::add_edge(from.index(), to.index(), Distance{weights[e]}, graph);
  }
  std::vector<Distance> distance(network.node_count());
  boost::dijkstra_shortest_paths(graph, root.index(),
                                 boost::distance_map(distance.data())
                                     .distance_inf(kUnreachable)
                                     .distance_combine([](Distance a, Distance b) {
                                       return a == kUnreachable || b == kUnreachable ? kUnreachable : a + b;
                                     }));
  return distance;
}

/// What makes a tree right, whoever computed it: no edge is shorter than its tree, each node's edge is tight
/// and has the smallest id among the tight ones, parents stand before children.
void expect_certified(const Network& network, const SearchTree& tree, std::span<const NodeId> roots,
                      std::span<const Weight> weights, Direction direction) {
  std::vector<EdgeId> tight(network.node_count());
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const auto [from, to] = ends(network, EdgeId(e), direction);
    if (weights[e] == kClosed || tree.distance[from.index()] == kUnreachable) continue;
    const Distance reached = tree.distance[from.index()] + weights[e];
    ASSERT_GE(reached, tree.distance[to.index()]);
    if (reached == tree.distance[to.index()] && !tight[to.index()].exists()) tight[to.index()] = EdgeId(e);
  }
  for (const NodeId root : roots) tight[root.index()] = EdgeId::none();
  EXPECT_EQ(tree.edge, tight);
  std::vector<std::size_t> rank(network.node_count(), network.node_count());
  for (std::size_t i = 0; i < tree.order.size(); ++i) rank[tree.order[i].index()] = i;
  for (std::size_t n = 0; n < network.node_count(); ++n) {
    EXPECT_EQ(rank[n] == network.node_count(), tree.distance[n] == kUnreachable);
    if (!tree.edge[n].exists()) continue;
    EXPECT_LT(rank[ends(network, tree.edge[n], direction).first.index()], rank[n]);
  }
}

class RandomWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomWorlds, DistancesEqualBruteForceAndBoost) {
  const Network network = random_network(GetParam());
  for (const Weight bound : {4U, 1000U, kClosed - 1}) {
    const std::vector<Weight> weights = random_weights(GetParam(), network.edge_count(), 0, bound);
    for (const Direction direction : {Direction::from_roots, Direction::to_roots}) {
      const std::vector<NodeId> roots = {NodeId(GetParam() % network.node_count())};
      const SearchTree tree = dijkstra_router(network)->search(roots, weights, direction);
      EXPECT_EQ(tree.distance, brute_force(network, roots, weights, direction)) << "seed " << GetParam();
      EXPECT_EQ(tree.distance, by_boost(network, roots[0], weights, direction)) << "seed " << GetParam();
    }
  }
}

TEST_P(RandomWorlds, TreesAreCertifiedWithOneOrSeveralRoots) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Network network = random_network(GetParam());
  for (const Weight bound : {3U, 50U}) {
    const std::vector<Weight> weights = random_weights(GetParam() + 1, network.edge_count(), 1, bound);
    for (const Direction direction : {Direction::from_roots, Direction::to_roots}) {
      for (const std::vector<NodeId>& roots :
           {std::vector{NodeId(3)}, std::vector{NodeId(7), NodeId(0), NodeId(7)}}) {
        const SearchTree tree = dijkstra_router(network)->search(roots, weights, direction);
        EXPECT_EQ(tree.distance, brute_force(network, roots, weights, direction));
        expect_certified(network, tree, roots, weights, direction);
      }
    }
  }
}

TEST_P(RandomWorlds, RoutesAddUpToTheDistanceAlsoOverFreeEdges) {
  const Network network = random_network(GetParam());
  const std::vector<Weight> weights = random_weights(GetParam() + 2, network.edge_count(), 0, 3);
  for (const Direction direction : {Direction::from_roots, Direction::to_roots}) {
    const std::vector<NodeId> roots = {NodeId(5)};
    const SearchTree tree = dijkstra_router(network)->search(roots, weights, direction);
    for (std::size_t n = 0; n < network.node_count(); ++n) {
      if (tree.distance[n] == kUnreachable) continue;
      const std::vector<EdgeId> edges = route(network, tree, NodeId(n), direction);
      Distance sum = 0;
      for (std::size_t i = 0; i < edges.size(); ++i) {
        sum += weights[edges[i].index()];
        if (i > 0) {
          ASSERT_EQ(network.tail(edges[i]), network.head(edges[i - 1]));
        }
      }
      EXPECT_EQ(sum, tree.distance[n]);
      if (edges.empty()) continue;
      EXPECT_EQ(direction == Direction::to_roots ? network.head(edges.back()) : network.tail(edges.front()),
                roots[0]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorlds, testing::Range(std::uint64_t{1}, std::uint64_t{21}));

TEST(Router, BuffersMayBeHandedBack) {
  const Network network = random_network(3);
  const std::vector<Weight> weights = random_weights(3, network.edge_count(), 1, 9);
  const auto router = dijkstra_router(network);
  const std::vector<NodeId> first = {NodeId(0)}, second = {NodeId(9)};
  SearchTree reused = router->search(first, weights, Direction::to_roots);
  reused = router->search(second, weights, Direction::to_roots, std::move(reused));
  const SearchTree fresh = router->search(second, weights, Direction::to_roots);
  EXPECT_EQ(reused.distance, fresh.distance);
  EXPECT_EQ(reused.edge, fresh.edge);
  EXPECT_EQ(reused.order, fresh.order);
}

TEST(Router, RefusesWeightsOfAnotherNetwork) {
  const Network network = random_network(3);
  const std::vector<NodeId> roots = {NodeId(0)};
  EXPECT_THROW(dijkstra_router(network)->search(roots, std::vector<Weight>(3), Direction::to_roots),
               OptionError);
}

}  // namespace
}  // namespace waywarden
