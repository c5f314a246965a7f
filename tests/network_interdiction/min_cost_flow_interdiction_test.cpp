#include "waywarden/network_interdiction/min_cost_flow_interdiction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "network_interdiction/arc_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using arc_worlds::kInfinity;
using arc_worlds::World;

struct Trade {
  World world;
  std::vector<double> supply;

  /// Lengths of the world are what a unit costs.
  PricedArcs priced() const { return {world.capacity, world.length}; }
};

Trade random_trade(std::uint64_t seed) {
  Trade trade{arc_worlds::random_world(seed), {}};
  RandomStream random(seed, 3, 4711);
  for (std::uint32_t n = 0; n < trade.world.nodes; ++n) {
    trade.supply.push_back(arc_worlds::amount(random, seed, 7) - arc_worlds::amount(random, seed, 7));
  }
  for (double& most : trade.world.capacity) most = random.below(6) == 0 ? kInfinity : most;
  return trade;
}

MinCostFlowInterdiction attack(const Trade& trade, const MinCostFlowInterdictionOptions& options) {
  return min_cost_flow_interdiction(trade.world.nodes, trade.world.arcs(), trade.priced(), trade.supply,
                                    trade.world.sites, options);
}

/// Arcs there and back with what is left of them; sources and sinks joined to two nodes more.
struct Residual {
  std::vector<std::uint32_t> tail, head;
  std::vector<double> room, cost;

  void add(std::uint32_t from, std::uint32_t to, double most, double price) {
    tail.insert(tail.end(), {from, to});
    head.insert(head.end(), {to, from});
    room.insert(room.end(), {most, 0.0});
    cost.insert(cost.end(), {price, -price});
  }
};

Residual residual(const Trade& trade, const std::vector<std::uint8_t>& flags, double unmet_cost) {
  const World& world = trade.world;
  Residual graph;
  for (std::size_t a = 0; a < world.tail.size(); ++a) {
    const double most = arc_worlds::attacked(world, a, flags) ? 0.0 : std::min(world.capacity[a], 1e6);
    graph.add(world.tail[a], world.head[a], most, world.length[a]);
  }
  const std::uint32_t source = world.nodes, sink = world.nodes + 1;
  for (std::uint32_t n = 0; n < world.nodes; ++n) {
    const double given = trade.supply[n];
    if (given > 0.0) graph.add(source, n, given, 0.0);
    if (given < 0.0) graph.add(n, sink, -given, 0.0);
    if (given < 0.0) graph.add(source, n, -given, unmet_cost);
  }
  return graph;
}

/// Cheapest paths one after the other (Bellman and Ford), which no linear program knows of.
double least_cost(const Trade& trade, const std::vector<std::uint8_t>& flags, double unmet_cost) {
  Residual graph = residual(trade, flags, unmet_cost);
  const std::size_t nodes = trade.world.nodes + 2, arcs = graph.tail.size();
  double total = 0.0;
  while (true) {
    std::vector<double> distance(nodes, kInfinity);
    std::vector<std::size_t> by(nodes, arcs);
    distance[nodes - 2] = 0.0;
    for (std::size_t round = 0; round < nodes; ++round) {
      for (std::size_t a = 0; a < arcs; ++a) {
        if (graph.room[a] < 1e-10) continue;
        const double there = distance[graph.tail[a]] + graph.cost[a];
        if (there < distance[graph.head[a]] - 1e-10) {
          distance[graph.head[a]] = there;
          by[graph.head[a]] = a;
        }
      }
    }
    if (distance[nodes - 1] == kInfinity) return total;
    double most = kInfinity;
    for (std::size_t n = nodes - 1; n != nodes - 2; n = graph.tail[by[n]])
      most = std::min(most, graph.room[by[n]]);
    for (std::size_t n = nodes - 1; n != nodes - 2; n = graph.tail[by[n]]) {
      graph.room[by[n]] -= most;
      graph.room[by[n] ^ 1U] += most;
    }
    total += most * distance[nodes - 1];
  }
}

double best_value(const Trade& trade, double unmet_cost) {
  double best = 0.0;
  arc_worlds::for_all_placements(trade.world.sites, trade.world.budget, [&](const auto& flags) {
    best = std::max(best, least_cost(trade, flags, unmet_cost));
  });
  return best;
}

void expect_flow_fits(const Trade& trade, const MinCostFlowInterdiction& found) {
  std::vector<double> surplus(trade.supply);
  const std::vector<std::uint8_t> flags = flags_of(trade.world.sites, found.site);
  for (std::size_t a = 0; a < found.flow.size(); ++a) {
    EXPECT_GE(found.flow[a], 0.0);
    EXPECT_LE(found.flow[a], arc_worlds::attacked(trade.world, a, flags) ? 0.0 : trade.world.capacity[a]);
    surplus[trade.world.tail[a]] -= found.flow[a];
    surplus[trade.world.head[a]] += found.flow[a];
  }
  for (std::size_t n = 0; n < surplus.size(); ++n) EXPECT_GE(surplus[n] + found.unmet[n], -1e-6);
}

class DearSupplies : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DearSupplies, CostWhatTryingEveryPlacementMakesThemCost) {
  const Trade trade = random_trade(GetParam());
  const auto found = attack(trade, {.budget = trade.world.budget});
  const double best = best_value(trade, found.unmet_cost);
  const double tolerance = 1e-7 * std::max(1.0, best);
  EXPECT_EQ(found.status, Status::optimal);
  EXPECT_NEAR(found.value, best, tolerance);
  EXPECT_NEAR(found.bound, best, tolerance);
  EXPECT_LE(cost_of(trade.world.sites, found.site), trade.world.budget + 1e-9);
  EXPECT_NEAR(found.value, least_cost(trade, flags_of(trade.world.sites, found.site), found.unmet_cost),
              tolerance);
  EXPECT_NEAR(found.value_before,
              least_cost(trade, std::vector<std::uint8_t>(trade.world.sites.size()), found.unmet_cost),
              tolerance);
  expect_flow_fits(trade, found);
}

TEST_P(DearSupplies, EncloseTheOptimumWhenTheSearchIsCutShort) {
  const Trade trade = random_trade(GetParam());
  for (const std::size_t nodes : {std::size_t{0}, std::size_t{1}}) {
    const auto found =
        attack(trade, {.budget = trade.world.budget, .unmet_cost = 5.0, .limits = {.nodes = nodes}});
    const double best = best_value(trade, 5.0);
    EXPECT_LE(found.value, best + 1e-7 * std::max(1.0, best));
    EXPECT_GE(found.bound, best - 1e-7 * std::max(1.0, best));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DearSupplies, testing::Range(std::uint64_t{0}, std::uint64_t{300}));

/// Gallery example: Start (0), B (1), C (2), D (3), End (4).
Trade gallery() {
  Trade trade;
  trade.world.nodes = 5;
  trade.world.tail = {0, 0, 2, 1, 2, 3};
  trade.world.head = {1, 2, 1, 4, 3, 4};
  trade.world.capacity = {10, 70, 30, 100, 40, 50};
  trade.world.length = {0, 10, 30, 0, 20, 70};
  trade.world.sites = one_site_per_arc(6);
  trade.supply = {20, 0, 10, 0, -30};
  return trade;
}

TEST(MinCostFlowInterdiction, PublishedValues) {
  for (const auto& [budget, value] : {std::pair{0.0, 700.0}, {1.0, 7300.0}, {2.0, 21000.0}}) {
    const auto found = attack(gallery(), {.budget = budget, .unmet_cost = 700.0});
    EXPECT_NEAR(found.value, value, 1e-6);
    EXPECT_NEAR(found.bound, value, 1e-6);
    EXPECT_EQ(found.status, Status::optimal);
    EXPECT_NEAR(found.value_before, 700.0, 1e-6);
  }
}

TEST(MinCostFlowInterdiction, ByDefaultUnmetDemandIsDearerThanAnyWay) {
  const auto found = attack(gallery(), {.budget = 0});
  EXPECT_NEAR(found.value, 700.0, 1e-6);
  EXPECT_NEAR(std::accumulate(found.unmet.begin(), found.unmet.end(), 0.0), 0.0, 1e-9);
}

TEST(MinCostFlowInterdiction, NothingToDoIsNoError) {
  const Trade empty;
  const auto found = attack(empty, {});
  EXPECT_EQ(found.value, 0.0);
  EXPECT_EQ(found.status, Status::optimal);
}

TEST(MinCostFlowInterdiction, RefusesWhatMakesNoSense) {
  Trade trade = gallery();
  EXPECT_THROW(attack(trade, {.unmet_cost = -1.0}), OptionError);
  EXPECT_THROW(attack(trade, {.unmet_cost = kInfinity}), OptionError);
  EXPECT_THROW(attack(trade, {.budget = -1.0}), OptionError);
  trade.world.length[0] = kInfinity;
  EXPECT_THROW(attack(trade, {}), OptionError);
  trade = gallery();
  trade.supply.pop_back();
  EXPECT_THROW(attack(trade, {}), OptionError);
  trade = gallery();
  trade.supply[0] = std::nan("");
  EXPECT_THROW(attack(trade, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
