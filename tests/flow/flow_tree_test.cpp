#include "waywarden/flow/flow_tree.h"

#include <gtest/gtest.h>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

class FlowTrees : public testing::TestWithParam<std::uint64_t> {};

TEST_P(FlowTrees, FollowTheRoutesOfEveryOrigin) {
  const MadeMovement made(GetParam());
  const auto groups = by_destination(made.demand, made.places, made.core);
  const std::vector<Weight> weights = made.perception.weights(0, made.costs.generalised);
  TreeGrower grower(made.core);
  for (const DestinationDemand& one : groups) {
    const FlowTree tree = grower.grow(one, CoreMetric(made.core, weights));
    const worlds::PlainRoutes plain(made.network, weights, made.core.node(one.root));
    for (std::size_t i = 0; i < one.origin.size(); ++i) {
      const auto expected = plain.from(made.core.node(one.origin[i]));
      ASSERT_EQ(expected.has_value(), tree.origin[i] != FlowTree::kNoRoute) << "seed " << GetParam();
      if (!expected) continue;
      std::vector<EdgeId> edges;
      for (std::uint32_t at = tree.origin[i]; at < tree.size(); at = tree.parent[at]) {
        const auto part = made.core.edges(tree.arc[at]);
        edges.insert(edges.end(), part.begin(), part.end());
      }
      EXPECT_EQ(edges, *expected) << "seed " << GetParam();
    }
  }
}

TEST_P(FlowTrees, ConserveJourneysAndPutParentsLast) {
  const MadeMovement made(GetParam());
  const CoreMetric metric(made.core, made.perception.weights(1, made.costs.generalised));
  TreeGrower grower(made.core);
  for (const DestinationDemand& one : by_destination(made.demand, made.places, made.core)) {
    const FlowTree tree = grower.grow(one, metric);
    std::vector<double> arriving(tree.size() + 1, 0.0);
    double sent = 0.0;
    for (std::size_t i = 0; i < one.origin.size(); ++i) {
      if (tree.origin[i] == FlowTree::kNoRoute) continue;
      arriving[tree.origin[i]] += one.journeys[i];
      sent += one.journeys[i];
    }
    for (std::size_t at = 0; at < tree.size(); ++at) {
      EXPECT_GT(tree.parent[at], at);
      EXPECT_GT(tree.journeys[at], 0.0);
      EXPECT_NEAR(arriving[at] / tree.journeys[at], 1.0, 1e-12);
      arriving[tree.parent[at]] += tree.journeys[at];
    }
    EXPECT_NEAR(arriving.back(), sent, 1e-9 * sent);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, FlowTrees, testing::Range(std::uint64_t{1}, std::uint64_t{16}));

TEST(FlowTree, SumsToTheRootAddArcs) {
  FlowTree tree;
  tree.node = {CoreNode(4), CoreNode(2), CoreNode(1)};
  tree.arc = {CoreArc(0), CoreArc(1), CoreArc(2)};
  tree.parent = {2, 3, 3};
  EXPECT_EQ(sums_to_root(tree, std::vector{1.0, 10.0, 100.0}), (std::vector{101.0, 10.0, 100.0, 0.0}));
}

TEST(FlowTree, PlacesThatShareANodeTravelNowhere) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  plan.add_node({84.0, 27.0}, Mode::road, 0);
  plan.add_node({84.1, 27.0}, Mode::road, 0);
  plan.links.push_back({.from = 0, .to = 1});
  const Network network = worlds::build(plan);
  const std::vector<NodeId> terminals = {NodeId(0), NodeId(1)};
  const Core core(network, terminals);
  const DestinationDemand demand{
      PlaceId(0), CoreNode(0), 0, {CoreNode(0), CoreNode(1), CoreNode(1)}, {5.0, 1.0, 2.0}};
  const FlowTree tree = TreeGrower(core).grow(demand, CoreMetric(core, std::vector<Weight>{3, 3}));
  ASSERT_EQ(tree.size(), 1U);
  EXPECT_DOUBLE_EQ(tree.journeys[0], 3.0);
  EXPECT_EQ(tree.origin, (std::vector<std::uint32_t>{1, 0, 0}));
}

TEST(FlowTree, DemandOfAnUnattachedPlaceIsRefused) {
  const MadeMovement made(1);
  Places places = made.places;
  places.node[made.demand.origin[0].index()] = NodeId::none();
  EXPECT_THROW(by_destination(made.demand, places, made.core), OptionError);
}

}  // namespace
}  // namespace waywarden
