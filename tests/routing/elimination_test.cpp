#include "waywarden/routing/elimination.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "worlds/random_graph.h"

namespace waywarden {
namespace {

using worlds::adjacency;
using worlds::joints;
using worlds::random_graph;

class RandomElimination : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomElimination, PlaysTheGameByTheRules) {
  const worlds::Graph graph = random_graph(GetParam());
  worlds::Adjacency near = adjacency(graph);
  for (const std::uint32_t node : minimum_degree_order(graph.nodes, joints(graph))) {
    ASSERT_TRUE(near.contains(node)) << "seed " << GetParam();
    for (const auto& [other, its] : near) EXPECT_LE(near[node].size(), its.size()) << "seed " << GetParam();
    worlds::take_out(near, node);
  }
  EXPECT_TRUE(near.empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomElimination, testing::Range(std::uint64_t{1}, std::uint64_t{41}));

TEST(Elimination, TheOrderOfJointsChangesNothing) {
  const worlds::Graph graph = random_graph(7);
  std::vector<Joint> turned = joints(graph);
  std::reverse(turned.begin(), turned.end());
  for (Joint& joint : turned) std::swap(joint.a, joint.b);
  EXPECT_EQ(minimum_degree_order(graph.nodes, joints(graph)), minimum_degree_order(graph.nodes, turned));
}

TEST(Elimination, OfNothing) { EXPECT_TRUE(minimum_degree_order(0, {}).empty()); }

}  // namespace
}  // namespace waywarden
