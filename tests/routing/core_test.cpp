#include "waywarden/routing/core.h"

#include <gtest/gtest.h>

#include "worlds/random_network.h"

namespace waywarden {
namespace {

using worlds::Link;
using worlds::Plan;

Plan plan_of(std::size_t nodes, std::vector<Link> links) {
  Plan plan;
  plan.countries = {"AA"};
  for (std::size_t i = 0; i < nodes; ++i) {
    plan.add_node({84.0 + 0.01 * static_cast<double>(i), 27.0 + 0.01 * static_cast<double>(i % 3)},
                  Mode::road, 0);
  }
  plan.links = std::move(links);
  return plan;
}

TEST(Core, ContractsAChainBetweenTerminals) {
  const Network network = worlds::build(plan_of(4, {{0, 1}, {1, 2}, {2, 3}}));
  const std::vector<NodeId> terminals = {NodeId(0), NodeId(3)};
  const Core core(network, terminals);
  ASSERT_EQ(core.node_count(), 2U);
  ASSERT_EQ(core.arc_count(), 2U);
  EXPECT_EQ(core.edges(CoreArc(0)).size(), 3U);
  EXPECT_EQ(core.node(core.head(CoreArc(0))), NodeId(3));
  EXPECT_FALSE(core.core_node(NodeId(1)).exists());
}

TEST(Core, PeelsDeadEndsUnlessTheyLeadToATerminal) {
  const Network network = worlds::build(plan_of(5, {{0, 1}, {1, 2}, {1, 3}, {3, 4}}));
  const std::vector<NodeId> ends = {NodeId(0), NodeId(2)};
  EXPECT_EQ(Core(network, ends).node_count(), 2U);
  const std::vector<NodeId> three = {NodeId(0), NodeId(2), NodeId(4)};
  EXPECT_EQ(Core(network, three).node_count(), 4U);
}

TEST(Core, OneWayChainsStayOneWay) {
  const Network network = worlds::build(plan_of(3, {{.from = 0, .to = 1, .one_way = true}, {1, 2}}));
  const std::vector<NodeId> terminals = {NodeId(0), NodeId(2)};
  const Core core(network, terminals);
  ASSERT_EQ(core.arc_count(), 1U);
  EXPECT_EQ(core.node(core.tail(CoreArc(0))), NodeId(0));
}

TEST(Core, KeepsParallelArcsAndDropsLoops) {
  const Network network = worlds::build(plan_of(4, {{0, 1}, {0, 1}, {1, 2}, {2, 3}, {3, 1}}));
  const std::vector<NodeId> terminals = {NodeId(0), NodeId(1)};
  const Core core(network, terminals);
  EXPECT_EQ(core.node_count(), 2U);
  EXPECT_EQ(core.arc_count(), 4U);
}

TEST(Core, UnattachedTerminalsArePassedOver) {
  const Network network = worlds::build(plan_of(2, {{0, 1}}));
  const std::vector<NodeId> terminals = {NodeId::none(), NodeId(1), NodeId(1)};
  EXPECT_EQ(Core(network, terminals).node_count(), 1U);
}

class CoreOfRandomWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(CoreOfRandomWorlds, ArcsAreChainsOfDistinctEdges) {
  const Network network = worlds::random_network(GetParam());
  const std::vector<NodeId> terminals = {NodeId(0), NodeId(11), NodeId(17)};
  const Core core(network, terminals);
  std::vector<int> seen(network.edge_count(), 0);
  for (std::size_t a = 0; a < core.arc_count(); ++a) {
    const std::span<const EdgeId> edges = core.edges(CoreArc(a));
    EXPECT_EQ(network.tail(edges.front()), core.node(core.tail(CoreArc(a))));
    EXPECT_EQ(network.head(edges.back()), core.node(core.head(CoreArc(a))));
    for (std::size_t i = 0; i < edges.size(); ++i) {
      EXPECT_EQ(++seen[edges[i].index()], 1);
      EXPECT_EQ(core.arc(edges[i]), CoreArc(a));
      if (i > 0) {
        EXPECT_EQ(network.tail(edges[i]), network.head(edges[i - 1]));
      }
    }
  }
  for (std::size_t e = 0; e < seen.size(); ++e) EXPECT_EQ(core.arc(EdgeId(e)).exists(), seen[e] == 1);
}

TEST_P(CoreOfRandomWorlds, ArcsStandInTheOrderOfTheirFirstEdges) {
  const Network network = worlds::random_network(GetParam());
  const Core core(network, std::vector<NodeId>{NodeId(2)});
  for (std::size_t a = 1; a < core.arc_count(); ++a) {
    EXPECT_LT(core.edges(CoreArc(a - 1)).front(), core.edges(CoreArc(a)).front());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CoreOfRandomWorlds, testing::Range(std::uint64_t{1}, std::uint64_t{11}));

}  // namespace
}  // namespace waywarden
