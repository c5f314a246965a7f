#include "waywarden/routing/core_search.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"
#include "waywarden/routing/router.h"
#include "worlds/random_network.h"
#include "worlds/random_weights.h"

namespace waywarden {
namespace {

std::vector<EdgeId> core_route(const Core& core, CoreQuery& query, CoreNode from) {
  std::vector<EdgeId> edges;
  for (CoreArc arc = query.arc(from); arc.exists(); arc = query.arc(core.head(arc))) {
    edges.insert(edges.end(), core.edges(arc).begin(), core.edges(arc).end());
  }
  return edges;
}

class CoreSearch : public testing::TestWithParam<std::uint64_t> {
 protected:
  CoreSearch() : network_(worlds::random_network(GetParam(), {.rows = 7, .columns = 7, .missing = 0.25})) {
    RandomStream random(GetParam(), 3, 77);
    for (int i = 0; i < 6; ++i) terminals_.push_back(NodeId(random.below(49)));
    core_ = std::make_unique<Core>(network_, terminals_);
  }

  Network network_;
  std::vector<NodeId> terminals_;
  std::unique_ptr<Core> core_;
};

TEST_P(CoreSearch, DistancesAndRoutesEqualThePlainRouters) {
  CoreQuery query(*core_);
  for (const Weight bound : {3U, 100U, kClosed - 1}) {
    const std::vector<Weight> weights = worlds::random_weights(GetParam(), network_.edge_count(), 1, bound);
    const CoreMetric metric(*core_, weights);
    for (const NodeId root : terminals_) {
      const SearchTree plain =
          dijkstra_router(network_)->search(std::span(&root, 1), weights, Direction::to_roots);
      query.search_to(core_->core_node(root), metric);
      for (std::size_t n = 0; n < core_->node_count(); ++n) {
        const NodeId node = core_->node(CoreNode(n));
        EXPECT_EQ(query.distance(CoreNode(n)), plain.distance[node.index()]) << "seed " << GetParam();
        EXPECT_EQ(core_route(*core_, query, CoreNode(n)), route(network_, plain, node, Direction::to_roots));
      }
    }
  }
}

TEST_P(CoreSearch, DistancesHoldWithFreeEdges) {
  const std::vector<Weight> weights = worlds::random_weights(GetParam(), network_.edge_count(), 0, 3);
  const CoreMetric metric(*core_, weights);
  CoreQuery query(*core_);
  for (const NodeId root : terminals_) {
    const SearchTree plain =
        dijkstra_router(network_)->search(std::span(&root, 1), weights, Direction::to_roots);
    query.search_to(core_->core_node(root), metric);
    for (const NodeId n : terminals_)
      EXPECT_EQ(query.distance(core_->core_node(n)), plain.distance[n.index()]);
  }
}

TEST_P(CoreSearch, TheOrderOfQuestionsChangesNoAnswer) {
  const std::vector<Weight> weights = worlds::random_weights(GetParam() + 9, network_.edge_count(), 1, 5);
  const CoreMetric metric(*core_, weights);
  CoreQuery forward(*core_), backward(*core_);
  for (const NodeId root : terminals_) {
    forward.search_to(core_->core_node(root), metric);
    backward.search_to(core_->core_node(root), metric);
    std::vector<Distance> ascending(core_->node_count()), descending(core_->node_count());
    for (std::size_t n = 0; n < core_->node_count(); ++n) ascending[n] = forward.distance(CoreNode(n));
    for (std::size_t n = core_->node_count(); n-- > 0;) descending[n] = backward.distance(CoreNode(n));
    EXPECT_EQ(ascending, descending) << "seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CoreSearch, testing::Range(std::uint64_t{1}, std::uint64_t{31}));

TEST(CoreQuery, RoutesOverFreeArcsAreRefused) {
  const Network network = worlds::random_network(1);
  const Core core(network, std::vector<NodeId>{NodeId(0), NodeId(9)});
  const CoreMetric metric(core, std::vector<Weight>(network.edge_count(), 0));
  CoreQuery query(core);
  query.search_to(core.core_node(NodeId(0)), metric);
  EXPECT_EQ(query.distance(core.core_node(NodeId(9))), 0U);
  EXPECT_THROW(query.arc(core.core_node(NodeId(9))), OptionError);
}

TEST(CoreMetric, RefusesWeightsOfAnotherNetwork) {
  const Network network = worlds::random_network(1);
  const Core core(network, std::vector<NodeId>{NodeId(0)});
  EXPECT_THROW(CoreMetric(core, std::vector<Weight>(2)), OptionError);
}

}  // namespace
}  // namespace waywarden
