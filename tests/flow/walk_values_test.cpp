#include "waywarden/flow/walk_values.h"

#include <gtest/gtest.h>

#include "flow/logit_world.h"
#include "flow/made_movement.h"
#include "waywarden/flow/recursive_logit.h"

namespace waywarden {
namespace {

using worlds::LogitWorld;

std::vector<double> random_hazard(std::uint64_t seed, std::size_t size) {
  RandomStream random(seed, 11, 77);
  std::vector<double> hazard(size, 0.0);
  for (double& h : hazard) h = random.uniform() < 0.4 ? random.uniform() : 0.0;
  return hazard;
}

std::vector<std::uint8_t> random_flags(std::uint64_t seed, std::size_t size) {
  RandomStream random(seed, 12, 77);
  std::vector<std::uint8_t> flags(size);
  for (std::uint8_t& flag : flags) flag = random.uniform() < 0.2 ? 1 : 0;
  return flags;
}

/// What each term means, route by route.
struct Meaning {
  double cost = 0.0;
  double unseen = 1.0;
  double passes = 0.0;
};

template <class Arcs>
Meaning meaning_of(const Arcs& arcs, const std::vector<double>& cost, const std::vector<double>& hazard,
                   const std::vector<std::uint8_t>& flags) {
  Meaning m;
  for (const CoreArc a : arcs) {
    m.cost += cost[a.index()];
    m.unseen *= std::exp(-hazard[a.index()]);
    if (flags[a.index()] != 0) m.passes = 1.0;
  }
  return m;
}

class ManyWalkValues : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ManyWalkValues, OfNetsAreMeansOverAllRoutes) {
  const LogitWorld world(GetParam());
  const double theta = 0.8;
  const FlowNet net = AcyclicLogit(world.core).load(world.demand, world.order, world.costs(theta));
  const auto hazard = random_hazard(GetParam(), world.cost.size());
  const auto flags = random_flags(GetParam(), world.cost.size());
  const auto cost = walk_values(world.core, net, total_of(world.cost), {}),
             unseen = walk_values(world.core, net, unseen_by(hazard), {}),
             passes = walk_values(world.core, net, passing(flags), {});
  for (std::size_t i = 0; i < net.origin.size(); ++i) {
    if (net.origin[i] == FlowNet::kNoRoute) continue;
    const auto routes = worlds::efficient_routes(world, world.demand.origin[i]);
    const auto shares = worlds::logit_shares(routes, world.cost, theta);
    Meaning expected{0.0, 0.0, 0.0};
    for (std::size_t r = 0; r < routes.size(); ++r) {
      const Meaning one = meaning_of(routes[r], world.cost, hazard, flags);
      expected.cost += shares[r] * one.cost;
      expected.unseen += shares[r] * one.unseen;
      expected.passes += shares[r] * one.passes;
    }
    EXPECT_NEAR(cost[net.origin[i]], expected.cost, 1e-10) << "seed " << GetParam();
    EXPECT_NEAR(unseen[net.origin[i]], expected.unseen, 1e-10) << "seed " << GetParam();
    EXPECT_NEAR(passes[net.origin[i]], expected.passes, 1e-10) << "seed " << GetParam();
  }
}

TEST_P(ManyWalkValues, OfTreesAreThoseOfTheirRoutes) {
  const worlds::MadeMovement made(GetParam());
  const CoreMetric metric(made.core, made.perception.weights(0, made.costs.generalised));
  const std::vector<double> cost = arc_sums(made.core, made.costs.generalised);
  const auto hazard = random_hazard(GetParam(), cost.size());
  const auto flags = random_flags(GetParam(), cost.size());
  for (const DestinationDemand& one : by_destination(made.demand, made.places, made.core)) {
    const FlowTree tree = TreeGrower(made.core).grow(one, metric);
    const auto total = walk_values(tree, total_of(cost)), unseen = walk_values(tree, unseen_by(hazard)),
               passes = walk_values(tree, passing(flags));
    for (const std::uint32_t origin : tree.origin) {
      std::vector<CoreArc> arcs;
      std::vector<std::uint32_t> numbers;
      for (std::uint32_t at = origin; at < tree.size(); at = tree.parent[at]) {
        arcs.push_back(tree.arc[at]);
        numbers.push_back(static_cast<std::uint32_t>(arcs.back().index()));
      }
      const Meaning expected = meaning_of(arcs, cost, hazard, flags);
      EXPECT_NEAR(total[origin], expected.cost, 1e-9 * (1.0 + expected.cost));
      EXPECT_NEAR(unseen[origin], expected.unseen, 1e-12);
      EXPECT_EQ(passes[origin], expected.passes);
      EXPECT_NEAR(walk_value(numbers, total_of(cost)), expected.cost, 1e-9 * (1.0 + expected.cost));
      EXPECT_EQ(walk_value(numbers, passing(flags)), expected.passes);
    }
  }
}

/// The terms as a dense system over positions.
std::vector<double> dense_values(const FlowNet& net, const WalkTerms& terms) {
  worlds::Matrix m(net.size(), std::vector<double>(net.size(), 0.0));
  std::vector<double> b(net.size(), 0.0);
  for (std::size_t i = 0; i < net.size(); ++i) {
    for (std::uint32_t k = net.first[i]; k < net.first[i + 1]; ++k) {
      const std::size_t a = net.arc[k].index();
      b[i] += net.share[k] * terms.gain[a];
      if (net.head[k] == net.size()) {
        b[i] += net.share[k] * terms.keep[a] * terms.at_end;
      } else {
        m[i][net.head[k]] += net.share[k] * terms.keep[a];
      }
    }
  }
  std::vector<double> x = worlds::dense_solution(worlds::one_minus(m), b);
  x.push_back(terms.at_end);
  return x;
}

TEST_P(ManyWalkValues, OfNetsWithCirclesEqualDenseElimination) {
  const LogitWorld world(GetParam());
  const FlowNet net = recursive_logit(world.core, world.demand, world.order, world.costs(4.0), {});
  for (const WalkTerms& terms :
       {total_of(world.cost), unseen_by(random_hazard(GetParam(), world.cost.size())),
        passing(random_flags(GetParam(), world.cost.size()))}) {
    const auto found = walk_values(world.core, net, terms, {}), expected = dense_values(net, terms);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
      EXPECT_NEAR(found[i], expected[i], 1e-9 * (1.0 + expected[i])) << "seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManyWalkValues, testing::Range(std::uint64_t{1}, std::uint64_t{31}));

}  // namespace
}  // namespace waywarden
