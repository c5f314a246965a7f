#include "waywarden/network/components.h"

#include <gtest/gtest.h>

#include <random>

#include "waywarden/network/draft.h"

namespace waywarden {
namespace {

Network random_network(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> at(0, 24), way(0, 2);
  NetworkDraft draft;
  for (int i = 0; i < 26; ++i) {
    DraftEdge edge;
    edge.from.point = {at(random) * 0.1, 0};
    edge.to.point = {at(random) * 0.1, 0};
    edge.ways = static_cast<Ways>(way(random));
    edge.source = {"roads", std::to_string(i)};
    edge.line = {edge.from.point, edge.to.point};
    draft.edges.push_back(edge);
  }
  return Network(number(draft).columns);
}

/// reach[i][j]: whether j can be reached from i (Warshall).
std::vector<std::vector<bool>> reachability(const Network& network, bool undirected) {
  const std::size_t n = network.node_count();
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
  for (std::size_t i = 0; i < n; ++i) reach[i][i] = true;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    reach[network.tail(EdgeId(e)).index()][network.head(EdgeId(e)).index()] = true;
    if (undirected) reach[network.head(EdgeId(e)).index()][network.tail(EdgeId(e)).index()] = true;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j]);
    }
  }
  return reach;
}

TEST(Components, AgreeWithReachability) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    const Network network = random_network(seed);
    const auto weak = weak_components(network), strong = strong_components(network);
    const auto joined = reachability(network, true), directed = reachability(network, false);
    for (std::size_t i = 0; i < network.node_count(); ++i) {
      for (std::size_t j = 0; j < network.node_count(); ++j) {
        EXPECT_EQ(weak.of_node[i] == weak.of_node[j], joined[i][j]);
        EXPECT_EQ(strong.of_node[i] == strong.of_node[j], directed[i][j] && directed[j][i]);
      }
    }
    EXPECT_TRUE(std::is_sorted(weak.size.rbegin(), weak.size.rend()));
    EXPECT_TRUE(std::is_sorted(strong.size.rbegin(), strong.size.rend()));
  }
}

}  // namespace
}  // namespace waywarden
