#include "waywarden/flow/recursive_logit.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "flow/logit_world.h"

namespace waywarden {
namespace {

using worlds::LogitWorld;
using worlds::Matrix;

/// Nodes that the origins lead to and that lead to the root, the root left out.
std::set<CoreNode> places_of_journeys(const LogitWorld& world, const std::vector<double>& cost) {
  const auto spread = [&](std::set<CoreNode> seen, bool forward) {
    for (std::size_t size = 0; size != seen.size();) {
      size = seen.size();
      for (std::size_t a = 0; a < cost.size(); ++a) {
        const CoreNode tail = world.core.tail(CoreArc(a)), head = world.core.head(CoreArc(a));
        if (std::isinf(cost[a])) continue;
        if (forward && tail != world.demand.root && seen.count(tail) > 0) seen.insert(head);
        if (!forward && seen.count(head) > 0) seen.insert(tail);
      }
    }
    return seen;
  };
  const std::set<CoreNode> ahead = spread({world.demand.origin.begin(), world.demand.origin.end()}, true);
  const std::set<CoreNode> behind = spread({world.demand.root}, false);
  std::set<CoreNode> both;
  for (const CoreNode n : ahead) {
    if (n != world.demand.root && behind.count(n) > 0) both.insert(n);
  }
  return both;
}

/// exp(-theta * cost) per arc between nodes of journeys, or from them to the root.
std::vector<double> plain_weights(const LogitWorld& world, const std::vector<double>& cost, double theta) {
  const std::set<CoreNode> inside = places_of_journeys(world, cost);
  std::vector<double> weights(cost.size(), 0.0);
  for (std::size_t a = 0; a < cost.size(); ++a) {
    const CoreNode head = world.core.head(CoreArc(a));
    if (std::isinf(cost[a]) || inside.count(world.core.tail(CoreArc(a))) == 0) continue;
    if (head == world.demand.root || inside.count(head) > 0) weights[a] = std::exp(-theta * cost[a]);
  }
  return weights;
}

void expect_dense(const LogitWorld& world, const std::vector<double>& cost, double theta,
                  const std::vector<double>& weights, const FlowNet& net, std::uint64_t seed) {
  const std::size_t nodes = world.core.node_count();
  std::vector<double> arrival(nodes, 0.0), begin(nodes, 0.0), expected(cost.size(), 0.0);
  arrival[world.demand.root.index()] = 1.0;
  const std::vector<double> z =
      worlds::dense_solution(worlds::one_minus(worlds::matrix_of(world.core, weights)), arrival);
  std::vector<double> share(cost.size(), 0.0);
  for (std::size_t a = 0; a < cost.size(); ++a) {
    const std::size_t tail = world.core.tail(CoreArc(a)).index(), head = world.core.head(CoreArc(a)).index();
    if (weights[a] > 0.0) share[a] = weights[a] * z[head] / z[tail];
  }
  for (std::size_t i = 0; i < world.demand.origin.size(); ++i) {
    if (z[world.demand.origin[i].index()] > 0.0)
      begin[world.demand.origin[i].index()] += world.demand.journeys[i];
  }
  const std::vector<double> visits = worlds::dense_solution(
      worlds::transposed(worlds::one_minus(worlds::matrix_of(world.core, share))), begin);
  for (std::size_t a = 0; a < cost.size(); ++a)
    expected[a] = share[a] * visits[world.core.tail(CoreArc(a)).index()];
  const std::vector<double> found = journeys_on_arcs(world.core, std::vector{net});
  for (std::size_t a = 0; a < cost.size(); ++a)
    EXPECT_NEAR(found[a], expected[a], 1e-9 * expected[a] + 1e-13) << "seed " << seed << ", theta " << theta;
}

class RecursiveLogits : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RecursiveLogits, EqualDenseEliminationWhereTheyExist) {
  const LogitWorld world(GetParam());
  for (const double theta : {0.3, 0.8, 1.5, 4.0}) {
    const std::vector<double> weights = plain_weights(world, world.dearer, theta);
    const double radius = worlds::spectral_radius(worlds::matrix_of(world.core, weights));
    ASSERT_GT(std::abs(radius - 1.0), 1e-4) << "seed " << GetParam();
    const LogitCosts costs{world.dearer, LogitWorld::kUnit, theta};
    if (radius < 1.0) {
      expect_dense(world, world.dearer, theta, weights,
                   recursive_logit(world.core, world.demand, world.order, costs, {}), GetParam());
    } else {
      EXPECT_THROW(recursive_logit(world.core, world.demand, world.order, costs, {}), NoValueFunction)
          << "seed " << GetParam() << ", radius " << radius;
    }
  }
}

TEST_P(RecursiveLogits, TellOriginsWithoutAWay) {
  const LogitWorld world(GetParam());
  const FlowNet net = recursive_logit(world.core, world.demand, world.order, world.costs(8.0), {});
  const worlds::PlainOrder order(world.core, world.order, world.demand.root);
  for (std::size_t i = 0; i < net.origin.size(); ++i) {
    EXPECT_EQ(net.origin[i] == FlowNet::kNoRoute, order.distance(world.demand.origin[i]) == kUnreachable);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RecursiveLogits, testing::Range(std::uint64_t{1}, std::uint64_t{41}));

/// A road from one end to the other with a side road from its middle, there and back.
struct SideRoad {
  SideRoad() : network(made()), core(network, std::vector{NodeId(0), NodeId(1), NodeId(2), NodeId(3)}) {}

  static Network made() {
    worlds::Plan plan;
    plan.countries = {"AA"};
    for (const double x : {84.0, 84.1, 84.2, 84.3}) plan.add_node({x, 27.0}, Mode::road, 0);
    plan.links.push_back({.from = 0, .to = 1, .one_way = true});
    plan.links.push_back({.from = 1, .to = 2, .one_way = true});
    plan.links.push_back({.from = 1, .to = 3});
    return worlds::build(plan);
  }
  /// By the ends of arcs; 1 for the way through.
  std::vector<double> costs(double side) const {
    std::vector<double> cost;
    for (std::size_t a = 0; a < core.arc_count(); ++a) {
      const CoreArc arc(a);
      cost.push_back(core.tail(arc) == CoreNode(3) || core.head(arc) == CoreNode(3) ? side : 1.0);
    }
    return cost;
  }

  Network network;
  Core core;
  DestinationDemand demand{PlaceId(7), CoreNode(2), 0, {CoreNode(0)}, {10.0}};
};

TEST(RecursiveLogit, GoesRoundInCirclesAsOftenAsTheSumsSay) {
  const SideRoad road;
  const CoreMetric scale(road.core, std::vector<Weight>(road.network.edge_count(), 1));
  const std::vector<double> costs = road.costs(0.5);
  const FlowNet net = recursive_logit(road.core, road.demand, scale, {costs, 1.0, 1.0}, {});
  // At the middle exp(-1) of all circles goes on into another: a geometric series.
  const double visits = 10.0 / (1.0 - std::exp(-1.0));
  const std::map<CoreNode, double> expected = {
      {CoreNode(0), 10.0}, {CoreNode(1), visits}, {CoreNode(3), visits - 10.0}};
  ASSERT_EQ(net.size(), expected.size());
  for (std::size_t i = 0; i < net.size(); ++i) EXPECT_NEAR(net.visits[i], expected.at(net.node[i]), 1e-11);
}

TEST(RecursiveLogit, AFreeCircleIsAnErrorThatNamesIt) {
  const SideRoad road;
  const CoreMetric scale(road.core, std::vector<Weight>(road.network.edge_count(), 1));
  const std::vector<double> costs = road.costs(0.0);
  try {
    recursive_logit(road.core, road.demand, scale, {costs, 1.0, 50.0}, {});
    FAIL() << "no error";
  } catch (const NoValueFunction& error) {
    EXPECT_EQ(error.destination(), PlaceId(7));
    EXPECT_TRUE(error.node() == NodeId(1) || error.node() == NodeId(3));
    EXPECT_NE(std::string(error.what()).find("place 7"), std::string::npos);
  }
}

TEST(RecursiveLogit, CirclesThatNoJourneyReachesDoNotMatter) {
  const SideRoad road;
  const CoreMetric scale(road.core, std::vector<Weight>(road.network.edge_count(), 1));
  // The way back from the side road is closed, so it leads nowhere.
  std::vector<double> costs = road.costs(0.0);
  std::vector<Weight> weights(road.network.edge_count(), 1);
  for (std::size_t a = 0; a < costs.size(); ++a) {
    if (road.core.tail(CoreArc(a)) != CoreNode(3)) continue;
    costs[a] = HUGE_VAL;
    weights[road.core.edges(CoreArc(a)).front().index()] = kClosed;
  }
  const FlowNet net =
      recursive_logit(road.core, road.demand, CoreMetric(road.core, weights), {costs, 1.0, 1.0}, {});
  EXPECT_EQ(net.visits, (std::vector{10.0, 10.0}));
}

TEST(RecursiveLogit, RefusesWhatMakesNoSense) {
  const SideRoad road;
  const CoreMetric scale(road.core, std::vector<Weight>(road.network.edge_count(), 1));
  const std::vector<double> costs = road.costs(1.0);
  EXPECT_THROW(recursive_logit(road.core, road.demand, scale, {costs, 1.0, 0.0}, {}), OptionError);
  EXPECT_THROW(recursive_logit(road.core, road.demand, scale, {{}, 1.0, 1.0}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
