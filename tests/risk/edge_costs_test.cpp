#include "waywarden/risk/edge_costs.h"

#include <gtest/gtest.h>

#include <cmath>

#include "waywarden/base/errors.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

/// Two nodes some 9.9 km apart, joined by road, with a wait of half an hour, a fee of 3 and p = 0.2.
Network one_road() {
  worlds::Plan plan;
  plan.countries = {"AA"};
  plan.add_node({84.0, 27.0}, Mode::road, 0);
  plan.add_node({84.1, 27.0}, Mode::road, 0);
  plan.links.push_back({.from = 0, .to = 1, .wait_s = 1800.0, .money = 3.0, .detection = 0.2});
  return worlds::build(plan);
}

TEST(EdgeCosts, FollowTheFormula) {
  const Network network = one_road();
  const double km = network.columns().length_m[0] / 1000.0;
  CostAssumptions assumptions;
  assumptions.value_of_time = 6.0;
  assumptions.risk_aversion = 50.0;
  assumptions.speed_kmh[0] = 40.0;
  assumptions.money_per_km[0] = 0.25;
  const EdgeCosts costs = edge_costs(network, assumptions);
  const double hours = km / 40.0 + 0.5;
  EXPECT_NEAR(costs.time_s[0], hours * 3600.0, 1e-8);
  EXPECT_NEAR(costs.money[0], 3.0 + 0.25 * km, 1e-12);
  EXPECT_NEAR(costs.hazard[0], -std::log(0.8), 1e-15);
  EXPECT_NEAR(costs.generalised[0], 6.0 * hours + 3.0 + 0.25 * km - 50.0 * std::log(0.8), 1e-10);
}

TEST(EdgeCosts, AStatedSpeedGoesBeforeTheAssumedOne) {
  NetworkColumns columns = one_road().columns();
  columns.speed_kmh[0] = 80.0;
  const Network network{columns};
  const EdgeCosts costs = edge_costs(network, {});
  EXPECT_NEAR(costs.time_s[0], columns.length_m[0] / 1000.0 / 80.0 * 3600.0 + 1800.0, 1e-8);
  EXPECT_GT(costs.time_s[1], costs.time_s[0]);
}

TEST(EdgeCosts, AScenarioStretchesMovingTimeNotWaiting) {
  const Network network = one_road();
  Scenario rains;
  rains.time_factor[0] = 1.5;
  const double before = edge_costs(network, {}).time_s[0], after = edge_costs(network, {}, rains).time_s[0];
  EXPECT_NEAR(after - 1800.0, 1.5 * (before - 1800.0), 1e-8);
}

TEST(EdgeCosts, AScenarioReplacesDetectionAndCloses) {
  const Network network = one_road();
  Scenario scenario;
  scenario.detection = {{EdgeId(0), 0.5}};
  scenario.closed_edges = {EdgeId(1)};
  const EdgeCosts costs = edge_costs(network, {}, scenario);
  EXPECT_NEAR(costs.hazard[0], std::log(2.0), 1e-15);
  EXPECT_NEAR(costs.hazard[1], -std::log(0.8), 1e-15);
  EXPECT_TRUE(std::isfinite(costs.generalised[0]));
  EXPECT_TRUE(std::isinf(costs.generalised[1]));
}

TEST(EdgeCosts, CertainDetectionIsClampedAndCounted) {
  const Network network = one_road();
  Scenario scenario;
  scenario.detection = {{EdgeId(0), 1.0}};
  const EdgeCosts costs = edge_costs(network, {}, scenario);
  EXPECT_EQ(costs.clamped, 1U);
  EXPECT_NEAR(costs.hazard[0], 12.0 * std::log(10.0), 1e-3);
}

TEST(EdgeCosts, HazardAddsUpWhereEvasionMultiplies) {
  EXPECT_DOUBLE_EQ(hazard(0.0), 0.0);
  EXPECT_NEAR(hazard(1.0 - (1.0 - 0.3) * (1.0 - 0.6)), hazard(0.3) + hazard(0.6), 1e-14);
  EXPECT_NEAR(hazard(1e-15), 1e-15, 1e-29);
}

TEST(EdgeCosts, RefuseWhatMakesNoSense) {
  const Network network = one_road();
  EXPECT_THROW(hazard(-0.1), OptionError);
  EXPECT_THROW(hazard(1.1), OptionError);
  EXPECT_THROW(hazard(std::nan("")), OptionError);
  CostAssumptions assumptions;
  assumptions.value_of_time = -1.0;
  EXPECT_THROW(edge_costs(network, assumptions), OptionError);
  assumptions = {};
  assumptions.speed_kmh[2] = 0.0;
  EXPECT_THROW(edge_costs(network, assumptions), OptionError);
  Scenario scenario;
  scenario.detection = {{EdgeId(99), 0.5}};
  EXPECT_THROW(edge_costs(network, {}, scenario), OptionError);
}

}  // namespace
}  // namespace waywarden
