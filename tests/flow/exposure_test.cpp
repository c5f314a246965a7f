#include "waywarden/flow/exposure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "worlds/random_network.h"

namespace waywarden {
namespace {

TEST(Estimate, IsTheMeanAndItsStandardError) {
  const Estimate found = estimate(std::vector{1.0, 2.0, 4.0, 5.0});
  EXPECT_DOUBLE_EQ(found.mean, 3.0);
  EXPECT_NEAR(found.standard_error, std::sqrt(10.0 / 3.0 / 4.0), 1e-14);
}

TEST(Estimate, EqualDrawsHaveNoError) {
  const Estimate found = estimate(std::vector(7, 0.1));
  EXPECT_EQ(found.mean, 0.1);
  EXPECT_EQ(found.standard_error, 0.0);
}

TEST(Estimate, SmallDifferencesOfLargeValuesDoNotCancel) {
  const Estimate found = estimate(std::vector{1e9, 1e9 + 1.0});
  EXPECT_DOUBLE_EQ(found.standard_error, 0.5);
}

TEST(Estimate, OneValueHasNoError) {
  EXPECT_EQ(estimate(std::vector{3.5}).mean, 3.5);
  EXPECT_EQ(estimate(std::vector{3.5}).standard_error, 0.0);
}

/// Two countries, one road with a crossing between its nodes 1 and 2, a railway beside it.
struct Line {
  Line() {
    worlds::Plan plan;
    plan.countries = {"AA", "BB"};
    plan.add_node({84.0, 27.0}, Mode::road, 0);
    plan.add_node({84.1, 27.0}, Mode::road, 0);
    plan.add_node({84.1, 27.0}, Mode::road, 1);
    plan.add_node({84.2, 27.0}, Mode::road, 1);
    plan.links = {{.from = 0, .to = 1},
                  {.from = 1, .to = 2, .kind = EdgeKind::crossing},
                  {.from = 2, .to = 3},
                  {.from = 2, .to = 3, .mode = Mode::rail}};
    network = std::make_unique<Network>(worlds::build(plan));
    terminals = {NodeId(0), NodeId(1), NodeId(2), NodeId(3)};
  }

  /// The core's arcs are the network's edges: every node is a terminal.
  Exposure of(const ArcJourneys& journeys, const std::vector<double>& departures) const {
    return exposure(*network, Core(*network, terminals), journeys, departures, {});
  }

  std::unique_ptr<Network> network;
  std::vector<NodeId> terminals;
};

TEST(Exposure, SumsByEdgeNodeCrossingModeAndCountry) {
  const Line line;
  const Network& network = *line.network;
  ASSERT_EQ(network.edge_count(), 8U);
  // Edges by tail, head, link: 0-1, 1-0, 1-2, 2-1, 2-3 road, 2-3 rail, 3-2 road, 3-2 rail.
  const ArcJourneys journeys = {{10, 0, 10, 1, 8, 2, 0, 1}, {10, 0, 10, 1, 4, 6, 1, 0}};
  const Exposure found = line.of(journeys, {10.0, 0.0, 0.0, 1.0});
  EXPECT_DOUBLE_EQ(found.edge.mean[4], 6.0);
  EXPECT_DOUBLE_EQ(found.edge.standard_error[4], 2.0);
  EXPECT_DOUBLE_EQ(found.edge.standard_error[0], 0.0);
  EXPECT_DOUBLE_EQ(found.crossing.mean[0], 11.0);
  EXPECT_DOUBLE_EQ(found.node.mean[0], 10.0);
  EXPECT_DOUBLE_EQ(found.node.mean[1], 11.0);
  EXPECT_DOUBLE_EQ(found.node.mean[3], 1.0 + 10.0);
  const double km = network.columns().length_m[0] / 1000.0;
  const double km_beyond = network.columns().length_m[4] / 1000.0;
  EXPECT_NEAR(found.mode_km.mean[0], 10.0 * km + 6.5 * km_beyond, 1e-9);
  EXPECT_NEAR(found.mode_km.mean[1], 4.5 * km_beyond, 1e-9);
  EXPECT_NEAR(found.country_km.mean[0], 10.0 * km, 1e-9);
  EXPECT_NEAR(found.country_km.mean[1], 11.0 * km_beyond, 1e-9);
  EXPECT_EQ(found.country_km.mean.size(), 3U);
  EXPECT_EQ(found.country_km.mean[2], 0.0);
}

TEST(Exposure, EdgesThatCarryNoRouteHaveNone) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  for (int i = 0; i < 3; ++i) plan.add_node({84.0 + 0.1 * i, 27.0}, Mode::road, 0);
  plan.links = {{.from = 0, .to = 1}, {.from = 1, .to = 2}};
  const Network network = worlds::build(plan);
  const std::vector<NodeId> terminals = {NodeId(0), NodeId(1)};
  const Core core(network, terminals);
  const Exposure found = exposure(network, core, {{3.0, 0.0}, {5.0, 0.0}}, std::vector{4.0, 0.0, 0.0}, {});
  EXPECT_EQ(found.edge.mean, (std::vector{4.0, 0.0, 0.0, 0.0}));
  EXPECT_EQ(found.node.mean, (std::vector{4.0, 4.0, 0.0}));
}

}  // namespace
}  // namespace waywarden
