#include "waywarden/network_interdiction/max_flow_interdiction.h"

#include <gtest/gtest.h>

#include "network_interdiction/arc_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using arc_worlds::World;

FlowFrontier close(const World& world, std::vector<double> budgets, SearchLimits limits = {}) {
  return max_flow_interdiction(world.nodes, world.arcs(), world.capacity, world.sites, {0, 1},
                               {.budgets = std::move(budgets), .limits = limits});
}

double flow(const World& world, const std::vector<std::uint8_t>& flags) {
  std::vector<double> left = world.capacity;
  for (std::size_t a = 0; a < left.size(); ++a)
    left[a] = arc_worlds::attacked(world, a, flags) ? 0.0 : left[a];
  return arc_worlds::least_cut(world, left, 0, 1);
}

/// Per budget.
std::vector<double> least_flows(const World& world, const std::vector<double>& budgets) {
  std::vector<double> least(budgets.size(), arc_worlds::kInfinity);
  arc_worlds::for_all_placements(world.sites, arc_worlds::kInfinity, [&](const auto& flags) {
    const double value = flow(world, flags), cost = cost_of(world.sites, placement_of(flags));
    for (std::size_t i = 0; i < budgets.size(); ++i) {
      if (cost <= budgets[i] + 1e-9) least[i] = std::min(least[i], value);
    }
  });
  return least;
}

/// From nothing to spare to everything, not in order.
std::vector<double> budgets_of(const World& world) {
  const double base = arc_worlds::all_required(world.sites);
  std::vector<double> budgets = {world.budget, arc_worlds::kInfinity};
  for (double more = 0.0; more <= 12.0; more += 1.5) budgets.push_back(base + more);
  return budgets;
}

void expect_allowed(const World& world, const FlowFrontier& found, std::size_t i) {
  const std::vector<std::uint8_t> flags = flags_of(world.sites, found.site[i]);
  EXPECT_NEAR(found.value[i], flow(world, flags), 1e-9 * std::max(1.0, found.value[i]));
  EXPECT_LE(found.cost[i], found.budget[i] + 1e-9);
  for (std::size_t s = 0; s < flags.size(); ++s) {
    EXPECT_FALSE(flags[s] != 0 ? world.sites.state[s] == SiteState::forbidden
                               : world.sites.state[s] == SiteState::required);
  }
}

class ClosedFlows : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ClosedFlows, FrontierIsThatOfTryingEveryPlacement) {
  const World world = arc_worlds::random_world(GetParam());
  const std::vector<double> budgets = budgets_of(world), least = least_flows(world, budgets);
  const FlowFrontier found = close(world, budgets);
  EXPECT_EQ(found.budget, budgets);
  for (std::size_t i = 0; i < budgets.size(); ++i) {
    SCOPED_TRACE(budgets[i]);
    EXPECT_EQ(found.status[i], Status::optimal);
    EXPECT_NEAR(found.value[i], least[i], 2e-9 * std::max(1.0, least[i]));
    EXPECT_EQ(found.bound[i], found.value[i]);
    expect_allowed(world, found, i);
  }
}

TEST_P(ClosedFlows, OptimumLiesBetweenBoundAndValueWhenTheSearchIsCutShort) {
  const World world = arc_worlds::random_world(GetParam());
  const std::vector<double> budgets = budgets_of(world), least = least_flows(world, budgets);
  for (const std::size_t nodes : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
    const FlowFrontier found = close(world, budgets, {.nodes = nodes});
    for (std::size_t i = 0; i < budgets.size(); ++i) {
      EXPECT_LE(found.bound[i], least[i] + 1e-9);
      EXPECT_GE(found.value[i], least[i] - 1e-9);
      expect_allowed(world, found, i);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ClosedFlows, testing::Range(std::uint64_t{0}, std::uint64_t{400}));

/// Gallery example: Start 0, End 1, B 2, C 3, D 4.
World gallery() {
  World world;
  world.nodes = 5;
  world.tail = {0, 0, 3, 2, 3, 4};
  world.head = {2, 3, 2, 1, 4, 1};
  world.capacity = {10, 70, 30, 100, 40, 50};
  world.sites = one_site_per_arc(6);
  return world;
}

TEST(MaxFlowInterdiction, PublishedValues) {
  const FlowFrontier found = close(gallery(), {0, 1, 2});
  EXPECT_EQ(found.value, (std::vector{80.0, 10.0, 0.0}));
  EXPECT_EQ(found.bound, found.value);
  EXPECT_EQ(found.status, std::vector(3, Status::optimal));
}

TEST(MaxFlowInterdiction, NothingFlowsNothingToDo) {
  World world = gallery();
  world.tail = world.head = {};
  world.capacity = {};
  world.sites = {};
  const FlowFrontier found = close(world, {0, 5});
  EXPECT_EQ(found.value, (std::vector{0.0, 0.0}));
  EXPECT_TRUE(close(world, {}).budget.empty());
}

TEST(MaxFlowInterdiction, RefusesWhatMakesNoSense) {
  World world = gallery();
  EXPECT_THROW(close(world, {-1}), OptionError);
  EXPECT_THROW(max_flow_interdiction(5, world.arcs(), world.capacity, world.sites, {2, 2}, {.budgets = {1}}),
               OptionError);
  world.sites.state[3] = SiteState::required;
  EXPECT_THROW(close(world, {1, 0.5}), OptionError);
  world.capacity[1] = arc_worlds::kInfinity;
  EXPECT_THROW(close(world, {1}), OptionError);
}

TEST(MaxFlowInterdiction, StopsWhenAskedTo) {
  const World world = gallery();
  Progress progress;
  progress.cancel();
  EXPECT_THROW(max_flow_interdiction(world.nodes, world.arcs(), world.capacity, world.sites, {0, 1}, {},
                                     {.threads = 1, .progress = &progress}),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
