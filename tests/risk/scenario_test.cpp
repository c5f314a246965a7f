#include "waywarden/risk/scenario.h"

#include <gtest/gtest.h>

#include <numeric>

#include "waywarden/base/errors.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

int count(const std::vector<std::uint8_t>& flags) { return std::accumulate(flags.begin(), flags.end(), 0); }

TEST(Scenario, NothingIsClosedByDefault) {
  const Network network = worlds::random_network(1);
  const std::vector<std::uint8_t> closed = closed_edges(network, {});
  EXPECT_EQ(closed.size(), network.edge_count());
  EXPECT_EQ(count(closed), 0);
}

TEST(Scenario, ACrossingClosesInBothDirections) {
  const Network network = worlds::random_network(1);
  const Crossings& crossings = network.crossings();
  ASSERT_GT(crossings.size(), 1U);
  Scenario scenario;
  scenario.closed_crossings = {crossings.id[1]};
  const std::vector<std::uint8_t> closed = closed_edges(network, scenario);
  int edges = 0;
  for (const EdgeId e : {crossings.a_to_b[1], crossings.b_to_a[1]}) {
    if (!e.exists()) continue;
    EXPECT_EQ(closed[e.index()], 1);
    ++edges;
  }
  EXPECT_EQ(count(closed), edges);
}

TEST(Scenario, APostClosesEveryCrossingItHas) {
  const Network plain = worlds::random_network(1);
  Crossings crossings = plain.crossings();
  ASSERT_GT(crossings.size(), 2U);
  crossings.post[0] = crossings.post[1] = "gate";
  const Network network(plain.columns(), crossings, {});
  Scenario scenario;
  scenario.closed_crossings = {"gate"};
  const std::vector<std::uint8_t> closed = closed_edges(network, scenario);
  EXPECT_EQ(closed[crossings.a_to_b[0].index()], 1);
  EXPECT_EQ(closed[crossings.a_to_b[1].index()], 1);
  EXPECT_EQ(closed[crossings.a_to_b[2].index()], 0);
}

TEST(Scenario, NamesTheCrossingItDoesNotFind) {
  const Network network = worlds::random_network(1);
  Scenario scenario;
  scenario.closed_crossings = {"nowhere"};
  try {
    closed_edges(network, scenario);
    FAIL() << "no error";
  } catch (const OptionError& error) {
    EXPECT_NE(error.reason().find("'nowhere'"), std::string::npos);
  }
}

TEST(Scenario, RefusesEdgesOfAnotherNetwork) {
  const Network network = worlds::random_network(1);
  Scenario scenario;
  scenario.closed_edges = {EdgeId(network.edge_count())};
  EXPECT_THROW(closed_edges(network, scenario), OptionError);
}

}  // namespace
}  // namespace waywarden
