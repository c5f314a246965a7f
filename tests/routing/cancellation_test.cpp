/// Whatever takes long stops when it is asked to, and leaves nothing half done.

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "waywarden/base/errors.h"
#include "waywarden/routing/alternatives.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/isochrone.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"
#include "waywarden/routing/nearest.h"
#include "waywarden/routing/pareto.h"
#include "waywarden/routing/perfect_metric.h"
#include "waywarden/routing/route_index.h"
#include "waywarden/routing/scenarios.h"
#include "waywarden/routing/sweep.h"
#include "worlds/random_hierarchy.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

using Nodes = std::vector<std::uint32_t>;

struct Operation {
  std::string name;
  std::function<void(const Execution&)> run;
};

struct Setting {
  ArcColumns arcs() const { return {world.graph.tail, world.graph.head}; }

  std::vector<Operation> making() const {
    return {{"order", [&](auto& e) { dissection_order(4900, joints(world.graph), {}, {}, e); }},
            {"hierarchy", [&](auto& e) { Hierarchy(arcs(), worlds::random_order(1, 4900), e); }},
            {"index", [&](auto& e) { RouteIndex(network, {}, e); }},
            {"metric", [&](auto& e) { Metric(world.hierarchy, costs.weights[0], e); }},
            {"batch", [&](auto& e) { MetricBatch(world.hierarchy, {{costs.weights[0]}}, e); }},
            {"perfect metric", [&](auto& e) { PerfectMetric(metric, e); }},
            {"blocks", [&](auto& e) { BlockTree(4900, arcs(), open_arcs(costs.weights[0]), e); }}};
  }

  std::vector<Operation> questions() const {
    constexpr Direction kFrom = Direction::from_roots;
    return {{"sweep", [&](auto& e) { Sweep(metric, 1, kFrom, e); }},
            {"sweeps", [&](auto& e) { SweepBatch(metric, nodes, kFrom, e); }},
            {"matrix", [&](auto& e) { ManyToMany(metric, nodes).from(nodes, e); }},
            {"matrices", [&](auto& e) { many_to_many(batch, nodes, nodes, e); }},
            {"nearest", [&](auto& e) { nearest_targets(metric, nodes, nodes, 2, e); }},
            {"areas", [&](auto& e) { isochrones(arcs(), metric, nodes, Nodes{500}, kFrom, e); }},
            {"corridor", [&](auto& e) { corridor(arcs(), metric, blocks, 1, 4000, {}, e); }},
            {"corridors", [&](auto& e) { corridors(arcs(), metric, blocks, nodes, nodes, 0.1, e); }},
            {"front", [&](auto& e) { pareto_front(arcs(), metric, other, 1, 4000, {0.05}, e); }},
            {"by nodes", [&](auto& e) { ViaNodeRoutes(arcs(), metric).between(1, 4000, {}, e); }},
            {"by penalty", [&](auto& e) { PenaltyRoutes(arcs(), metric).between(1, 4000, {}, e); }}};
  }

  std::vector<Operation> scenarios() const {
    const std::size_t cells = 2 * nodes.size();
    return {
        {"matrix of each",
         [=, this](auto& e) {
           std::vector<double> out(cells * nodes.size());
           fill_matrix(world.hierarchy, costs, nodes, nodes, out, e);
         }},
        {"all nodes",
         [=, this](auto& e) {
           std::vector<double> out(cells * 4900);
           fill_one_to_all(world.hierarchy, costs, nodes, Direction::to_roots, out, e);
         }},
        {"nearest of each", [&](auto& e) { nearest_targets(world.hierarchy, costs, nodes, nodes, 2, e); }},
        {"routes", [&](auto& e) {
           routes_between(world.hierarchy, costs, std::vector<NodePair>(50, {1, 4000}), e);
         }}};
  }

  std::vector<Operation> all() const {
    std::vector<Operation> operations = making();
    for (Operation& operation : questions()) operations.push_back(std::move(operation));
    for (Operation& operation : scenarios()) operations.push_back(std::move(operation));
    return operations;
  }

  worlds::World world = worlds::large_world();
  Network network = worlds::random_network(1);
  CostVectors costs{{world.weights(1, 1, 100), world.weights(2, 1, 100)}};
  Metric metric{world.hierarchy, costs.weights[0]};
  Metric other{world.hierarchy, costs.weights[1]};
  MetricBatch batch{world.hierarchy, {{costs.weights[0], costs.weights[1]}}};
  BlockTree blocks{4900, arcs(), open_arcs(costs.weights[0])};
  Nodes nodes = {0, 17, 170, 1700, 4899};
};

TEST(Cancellation, NothingBeginsWhenItIsTooLate) {
  const Setting setting;
  Progress progress;
  progress.cancel();
  for (const Operation& operation : setting.all()) {
    for (const unsigned threads : {1U, 2U}) {
      EXPECT_THROW(operation.run({threads, &progress}), Cancelled) << operation.name;
    }
  }
}

/// Runs it and asks it to stop after a while; whether it has stopped.
bool is_stopped(const Operation& operation, std::chrono::microseconds patience) {
  Progress progress;
  std::jthread impatient([&] {
    std::this_thread::sleep_for(patience);
    progress.cancel();
  });
  try {
    operation.run({2, &progress});
    return false;
  } catch (const Cancelled&) {
    return true;
  }
}

/// Nothing but `Cancelled` comes out, whenever it is asked.
TEST(Cancellation, StopsAtAnyTime) {
  const Setting setting;
  for (const Operation& operation : setting.all()) {
    for (const int patience : {20, 100, 500, 2500}) {
      EXPECT_NO_THROW(is_stopped(operation, std::chrono::microseconds(patience))) << operation.name;
    }
  }
}

/// Those that are asked again and again, and have changed their own metric meanwhile.
TEST(Cancellation, LeavesNothingBehind) {
  const Setting setting;
  PenaltyRoutes by_penalty(setting.arcs(), setting.metric);
  ViaNodeRoutes by_nodes(setting.arcs(), setting.metric);
  const Alternatives penalty = by_penalty.between(1, 4000), nodes = by_nodes.between(1, 4000);
  for (int patience = 50; patience < 6000; patience += patience / 2) {
    const std::chrono::microseconds time(patience);
    is_stopped({"by penalty", [&](auto& e) { by_penalty.between(70, 4800, {}, e); }}, time);
    is_stopped({"by nodes", [&](auto& e) { by_nodes.between(70, 4800, {}, e); }}, time);
    EXPECT_EQ(by_penalty.between(1, 4000).arc, penalty.arc);
    EXPECT_EQ(by_nodes.between(1, 4000).arc, nodes.arc);
  }
}

}  // namespace
}  // namespace waywarden
