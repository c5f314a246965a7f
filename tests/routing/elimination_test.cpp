#include "waywarden/routing/elimination.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "waywarden/base/random.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

struct Graph {
  std::size_t nodes = 0;
  std::vector<Joint> joints;
};

Graph random_graph(std::uint64_t seed) {
  RandomStream random(seed, 0);
  Graph graph{5 + random.below(40), {}};
  const std::uint32_t count = random.below(static_cast<std::uint32_t>(3 * graph.nodes));
  const auto any = [&] { return random.below(static_cast<std::uint32_t>(graph.nodes)); };
  for (std::uint32_t i = 0; i < count; ++i) graph.joints.push_back({any(), any()});
  return graph;
}

using Adjacency = std::map<std::uint32_t, std::set<std::uint32_t>>;

Adjacency adjacency(const Graph& graph) {
  Adjacency near;
  for (std::uint32_t n = 0; n < graph.nodes; ++n) near[n] = {};
  for (const Joint& joint : graph.joints) {
    if (joint.a == joint.b) continue;
    near[joint.a].insert(joint.b);
    near[joint.b].insert(joint.a);
  }
  return near;
}

class RandomElimination : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomElimination, PlaysTheGameByTheRules) {
  const Graph graph = random_graph(GetParam());
  const Elimination order(graph.nodes, graph.joints);
  Adjacency near = adjacency(graph);
  for (std::uint32_t rank = 0; rank < graph.nodes; ++rank) {
    const std::uint32_t node = order.node(rank);
    EXPECT_EQ(order.rank(node), rank);
    const std::set<std::uint32_t> around = near.at(node);
    for (const auto& [other, its] : near) EXPECT_LE(around.size(), its.size()) << "seed " << GetParam();
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t n : around) expected.push_back(order.rank(n));
    std::sort(expected.begin(), expected.end());
    const auto up =
        order.up().subspan(order.first_up()[rank], order.first_up()[rank + 1] - order.first_up()[rank]);
    EXPECT_TRUE(std::equal(up.begin(), up.end(), expected.begin(), expected.end())) << "seed " << GetParam();
    near.erase(node);
    for (const std::uint32_t a : around) {
      near[a].erase(node);
      for (const std::uint32_t b : around) {
        if (a != b) near[a].insert(b);
      }
    }
  }
}

TEST_P(RandomElimination, LinksLeadToAncestors) {
  const Graph graph = random_graph(GetParam());
  const Elimination order(graph.nodes, graph.joints);
  for (std::uint32_t rank = 0; rank < graph.nodes; ++rank) {
    std::set<std::uint32_t> ancestors;
    for (std::uint32_t at = rank; order.parent(at) != at;) ancestors.insert(at = order.parent(at));
    for (std::uint32_t link = order.first_up()[rank]; link < order.first_up()[rank + 1]; ++link) {
      EXPECT_TRUE(ancestors.contains(order.up()[link])) << "seed " << GetParam();
      EXPECT_EQ(order.link(rank, order.up()[link]), link);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomElimination, testing::Range(std::uint64_t{1}, std::uint64_t{41}));

TEST(Elimination, TheOrderOfJointsChangesNothing) {
  Graph graph = random_graph(7);
  const Elimination order(graph.nodes, graph.joints);
  std::reverse(graph.joints.begin(), graph.joints.end());
  for (Joint& joint : graph.joints) std::swap(joint.a, joint.b);
  const Elimination again(graph.nodes, graph.joints);
  for (std::uint32_t n = 0; n < graph.nodes; ++n) EXPECT_EQ(order.rank(n), again.rank(n));
}

TEST(Elimination, OfNothingAndOfATree) {
  EXPECT_EQ(Elimination(0, {}).node_count(), 0U);
  const std::vector<Joint> tree = {{0, 1}, {1, 2}, {1, 3}, {3, 4}, {3, 5}};
  EXPECT_EQ(Elimination(6, tree).link_count(), tree.size());
}

}  // namespace
}  // namespace waywarden
