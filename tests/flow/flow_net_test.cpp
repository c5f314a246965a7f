#include "waywarden/flow/flow_net.h"

#include <gtest/gtest.h>

#include "flow/logit_world.h"

namespace waywarden {
namespace {

TEST(FlowNet, JourneysOnArcsAddUpOverNetsAndBranches) {
  const worlds::LogitWorld world(2);
  FlowNet net;
  net.node = {CoreNode(3), CoreNode(1)};
  net.visits = {4.0, 10.0};
  net.first = {0, 2, 3};
  net.arc = {CoreArc(0), CoreArc(2), CoreArc(5)};
  net.head = {1, 2, 2};
  net.share = {0.25, 0.75, 1.0};
  const std::vector<double> journeys = journeys_on_arcs(world.core, std::vector{net, net});
  std::vector<double> expected(world.core.arc_count(), 0.0);
  expected[0] = 2.0;
  expected[2] = 6.0;
  expected[5] = 20.0;
  EXPECT_EQ(journeys, expected);
  EXPECT_EQ(journeys_on_arcs(world.core, {}), std::vector<double>(world.core.arc_count(), 0.0));
}

}  // namespace
}  // namespace waywarden
