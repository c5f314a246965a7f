#include "waywarden/flow/acyclic_logit.h"

#include <gtest/gtest.h>

#include "flow/logit_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::LogitWorld;

class AcyclicLogits : public testing::TestWithParam<std::uint64_t> {};

void expect_all_routes(const LogitWorld& world, const std::vector<double>& cost, double theta,
                       std::uint64_t seed) {
  const FlowNet net =
      AcyclicLogit(world.core).load(world.demand, world.order, {cost, LogitWorld::kUnit, theta});
  std::vector<double> expected(world.core.arc_count(), 0.0), visits(world.core.node_count(), 0.0);
  for (std::size_t i = 0; i < world.demand.origin.size(); ++i) {
    const auto routes = worlds::efficient_routes(world, world.demand.origin[i]);
    const auto shares = worlds::logit_shares(routes, cost, theta);
    EXPECT_EQ(routes.empty(), net.origin[i] == FlowNet::kNoRoute) << "seed " << seed;
    for (std::size_t r = 0; r < routes.size(); ++r) {
      for (const CoreArc a : routes[r]) {
        expected[a.index()] += world.demand.journeys[i] * shares[r];
        visits[world.core.tail(a).index()] += world.demand.journeys[i] * shares[r];
      }
    }
  }
  const std::vector<double> found = journeys_on_arcs(world.core, std::vector{net});
  for (std::size_t a = 0; a < expected.size(); ++a)
    EXPECT_NEAR(found[a], expected[a], 1e-10) << "seed " << seed << ", arc " << a;
  for (std::size_t i = 0; i < net.size(); ++i)
    EXPECT_NEAR(net.visits[i], visits[net.node[i].index()], 1e-10) << "seed " << seed;
}

TEST_P(AcyclicLogits, LoadAllEfficientRoutes) {
  const LogitWorld world(GetParam());
  for (const double theta : {0.01, 0.7, 5.0}) expect_all_routes(world, world.cost, theta, GetParam());
}

TEST_P(AcyclicLogits, KeepTheirRoutesWhereArcsAreDearer) {
  const LogitWorld world(GetParam());
  expect_all_routes(world, world.dearer, 1.3, GetParam());
}

TEST_P(AcyclicLogits, StandUpstreamFirstWithSharesOfOne) {
  const LogitWorld world(GetParam());
  const FlowNet net = AcyclicLogit(world.core).load(world.demand, world.order, world.costs(1.0));
  for (std::size_t i = 0; i < net.size(); ++i) {
    double sum = 0.0;
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      EXPECT_GT(net.head[b], i);
      EXPECT_LE(net.head[b], net.size());
      sum += net.share[b];
    }
    EXPECT_NEAR(sum, 1.0, 1e-12) << "seed " << GetParam();
  }
}

TEST_P(AcyclicLogits, LeaveBuffersClean) {
  const LogitWorld world(GetParam());
  AcyclicLogit logit(world.core);
  const FlowNet first = logit.load(world.demand, world.order, world.costs(1.0));
  DestinationDemand other = world.demand;
  std::swap(other.root, other.origin[0]);
  logit.load(other, world.order, world.costs(2.0));
  const FlowNet again = logit.load(world.demand, world.order, world.costs(1.0));
  EXPECT_EQ(again.node, first.node);
  EXPECT_EQ(again.share, first.share);
  EXPECT_EQ(again.visits, first.visits);
}

INSTANTIATE_TEST_SUITE_P(Seeds, AcyclicLogits, testing::Range(std::uint64_t{1}, std::uint64_t{41}));

/// A way of many pieces, each by one of two parallel roads, so that 2^pieces routes lead through.
Network parallel_roads(std::size_t pieces) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  for (std::size_t n = 0; n <= pieces; ++n)
    plan.add_node({84.0 + 0.001 * static_cast<double>(n), 27.0}, Mode::road, 0);
  for (std::size_t n = 0; n < pieces; ++n) {
    plan.links.push_back({.from = n, .to = n + 1});
    plan.links.push_back({.from = n, .to = n + 1});
  }
  return worlds::build(plan);
}

TEST(AcyclicLogit, MoreRoutesThanNumbersReach) {
  const std::size_t pieces = 1500;  // 2^1500 routes, e^1040
  const Network network = parallel_roads(pieces);
  const std::vector<NodeId> ends = {NodeId(0), NodeId(pieces)};
  const Core core(network, ends);
  std::vector<Weight> weights(network.edge_count(), 1000);
  const std::vector<double> costs(core.arc_count(), 1.0);
  const DestinationDemand demand{
      PlaceId(0), core.core_node(NodeId(pieces)), 0, {core.core_node(NodeId(0))}, {3.0}};
  const FlowNet net = AcyclicLogit(core).load(demand, CoreMetric(core, weights), {costs, 1.0 / 1000.0, 0.01});
  ASSERT_EQ(net.size(), pieces);
  for (const double share : net.share) EXPECT_NEAR(share, 0.5, 1e-9);
  for (const double visits : net.visits) EXPECT_NEAR(visits, 3.0, 1e-6);
}

TEST(AcyclicLogit, NobodyTravelsNowhere) {
  const LogitWorld world(1);
  const DestinationDemand nobody{PlaceId(0), CoreNode(0), 0, {}, {}};
  EXPECT_EQ(AcyclicLogit(world.core).load(nobody, world.order, world.costs(1.0)).size(), 0U);
  const DestinationDemand here{PlaceId(0), CoreNode(0), 0, {CoreNode(0)}, {2.0}};
  const FlowNet net = AcyclicLogit(world.core).load(here, world.order, world.costs(1.0));
  EXPECT_EQ(net.origin, std::vector<std::uint32_t>{0});
  EXPECT_EQ(net.size(), 0U);
}

TEST(AcyclicLogit, RefusesWhatMakesNoSense) {
  const LogitWorld world(1);
  AcyclicLogit logit(world.core);
  for (const double theta : {0.0, -1.0, HUGE_VAL, std::nan("")})
    EXPECT_THROW(logit.load(world.demand, world.order, world.costs(theta)), OptionError);
  EXPECT_THROW(logit.load(world.demand, world.order, {{}, 1.0, 1.0}), OptionError);
  const CoreMetric free(world.core, std::vector<Weight>(world.network.edge_count(), 0));
  EXPECT_THROW(logit.load(world.demand, free, world.costs(1.0)), OptionError);
}

}  // namespace
}  // namespace waywarden
