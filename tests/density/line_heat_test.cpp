#include "waywarden/density/line_heat.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "density/walks.h"
#include "linear_network/worlds.h"

namespace waywarden {
namespace {

double normal(double d, double deviation) {
  return std::exp(-0.5 * d * d / (deviation * deviation)) / (deviation * std::sqrt(2.0 * std::numbers::pi));
}

double heat(const LinearNetwork& network, LinePosition incident, LinePosition asked, double deviation) {
  const NetworkKdeOptions options{.method = NetworkDensity::heat, .bandwidth = Metres{deviation}};
  return network_kde(network, {&incident, 1}, {}, lixels_at(network, {&asked, 1}), options).density.at(0);
}

TEST(LineHeat, BetweenTwoDeadEndsByImages) {
  const LinearNetwork line(2, {{0, 1, 3.0}});
  for (const double deviation : {0.05, 0.4, 2.0, 40.0}) {
    for (const double x : {0.0, 0.7, 1.1, 3.0}) {
      double expected = 0.0;
      for (int k = -200; k <= 200; ++k) {
        expected += normal(x - 0.7 + 6.0 * k, deviation) + normal(x + 0.7 + 6.0 * k, deviation);
      }
      EXPECT_NEAR(heat(line, {0, 0.7}, {0, x}, deviation), expected, 1e-12 * (1.0 + 1.0 / deviation));
    }
  }
}

TEST(LineHeat, RoundARingByImages) {
  const LinearNetwork ring(2, {{0, 1, 2.0}, {1, 0, 3.0}});
  for (const double deviation : {0.1, 1.0, 10.0}) {
    double expected = 0.0;
    for (int k = -100; k <= 100; ++k) expected += normal(2.5 + 5.0 * k, deviation);
    EXPECT_NEAR(heat(ring, {0, 0.5}, {1, 1.0}, deviation), expected, 1e-12);
  }
}

class LineHeats : public testing::TestWithParam<std::uint64_t> {};

/// The definition: continuous equal split of a Gaussian that never ends.
TEST_P(LineHeats, AreGaussianWalksFollowedOneByOne) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 8, 9);
  const auto positions = line_worlds::random_positions(GetParam(), network, 12);
  constexpr double kDeviation = 0.55;
  for (const LinePosition from : {positions[0], positions[1], positions[2]}) {
    walks::Walker walker(
        network, {NetworkDensity::continuous}, [](double d) { return normal(d, kDeviation); },
        5.5 * kDeviation, positions);
    const auto expected = walker.density(from);
    for (std::size_t i = 0; i < positions.size(); ++i) {
      // A position on a node has a walk that arrives and one that leaves; so has the oracle.
      EXPECT_NEAR(heat(network, from, positions[i], kDeviation), expected[i], 3e-6);
    }
  }
}

TEST_P(LineHeats, SpreadEvenlyInTheEnd) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 5, 12);
  const auto nodes = line_worlds::node_distances(network);
  const auto positions = line_worlds::random_positions(GetParam(), network, 2);
  double reachable = 0.0;
  for (const auto& edge : network.edges()) {
    const bool there = nodes[network.edge(positions[0].edge).first][edge.first] < 1e300;
    reachable += there ? edge.length : 0.0;
  }
  const double there = nodes[network.edge(positions[0].edge).first][network.edge(positions[1].edge).first];
  EXPECT_NEAR(heat(network, positions[0], positions[1], 1e4), there < 1e300 ? 1.0 / reachable : 0.0, 1e-11);
}

TEST_P(LineHeats, ShortEdgesDoNoHarm) {
  RandomStream stream(GetParam(), 4);
  std::vector<LinearNetwork::Edge> edges;
  for (std::uint32_t e = 0; e < 16; ++e) {
    edges.push_back({stream.below(8), stream.below(8), std::pow(10.0, -9.0 * stream.uniform())});
  }
  const LinearNetwork network(8, edges);
  const auto incidents = line_worlds::random_positions(GetParam(), network, 6);
  const NetworkKdeOptions options{.method = NetworkDensity::heat, .bandwidth = Metres{0.3}};
  const NetworkKde result = network_kde(network, incidents, {}, lixels(network, Metres{0.1}), options);
  EXPECT_NEAR(result.integral, 6.0, 1e-11);
  double mass = 0.0;
  for (const double m : result.mass) mass += m;
  EXPECT_NEAR(mass, 6.0, 1e-10);
}

INSTANTIATE_TEST_SUITE_P(Seeds, LineHeats, testing::Range(std::uint64_t{0}, std::uint64_t{20}));

}  // namespace
}  // namespace waywarden
