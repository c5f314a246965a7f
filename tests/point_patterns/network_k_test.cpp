#include "waywarden/point_patterns/network_k.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "linear_network/published.h"
#include "linear_network/worlds.h"
#include "waywarden/base/errors.h"
#include "waywarden/linear_network/uniform_positions.h"

namespace waywarden {
namespace {

using Table = std::vector<std::vector<double>>;
using line_worlds::distance_between;

LinearNetwork star(std::uint32_t arms, double length) {
  std::vector<LinearNetwork::Edge> edges;
  for (std::uint32_t i = 0; i < arms; ++i) edges.push_back({0, i + 1, length});
  return LinearNetwork(arms + 1, std::move(edges));
}

/// Places on the network exactly t from a position, edge by edge: where the distance along the edge, the
/// least of two or three straight lines, passes t.
std::size_t places_at(const LinearNetwork& network, const Table& nodes, LinePosition from, double t) {
  std::size_t count = 0;
  const auto crossings = [&](std::uint32_t e, double begin, double end) {
    // Straight between breakpoints: count steps over a fine partition in which no two crossings are near.
    constexpr int kSteps = 4000;
    double before = distance_between(network, nodes, from, {e, begin});
    for (int i = 1; i <= kSteps; ++i) {
      const double at = i == kSteps ? end : begin + (end - begin) * i / kSteps;
      const double now = distance_between(network, nodes, from, {e, at});
      count += (before < t) != (now < t) ? 1 : 0;
      before = now;
    }
  };
  for (std::uint32_t e = 0; e < network.edge_count(); ++e) {
    const double length = network.edge(e).length;
    if (e != from.edge) {
      crossings(e, 0.0, length);
    } else {
      crossings(e, 0.0, from.along);
      crossings(e, from.along, length);
    }
  }
  return std::max<std::size_t>(1, count);
}

double brute(const LinearNetwork& network, const std::vector<LinePosition>& from,
             const std::vector<LinePosition>& to, bool one_set, double r, NetworkCorrection correction) {
  const Table nodes = line_worlds::node_distances(network);
  double sum = 0.0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    for (std::size_t j = 0; j < to.size(); ++j) {
      if (one_set && i == j) continue;
      const double d = distance_between(network, nodes, from[i], to[j]);
      if (d > r) continue;
      sum += correction == NetworkCorrection::ang
                 ? 1.0 / static_cast<double>(places_at(network, nodes, from[i], d))
                 : 1.0;
    }
  }
  const double n = static_cast<double>(from.size()), m = static_cast<double>(to.size());
  return sum * network.total_length() / (n * (one_set ? m - 1.0 : m));
}

TEST(NetworkK, StarByHand) {
  const std::vector<LinePosition> points = {{0, 3.0}, {1, 3.0}, {1, 1.0}, {0, 1.0}};
  EXPECT_NEAR(network_k(star(4, 5.0), points, {.radii = {3.0}}).at(0), 10.0, 1e-12);
}

/// Chicago crimes, positions snapped from their coordinates.
TEST(NetworkK, CrimesOnTheStreetsOfChicago) {
  if (!published::here()) GTEST_SKIP() << "the streets of Chicago are not here";
  const auto vertices = published::numbers("chicago_vertices.csv");
  std::vector<LinearNetwork::Edge> edges;
  for (const auto& row : published::numbers("chicago_segments.csv")) {
    const auto a = static_cast<std::size_t>(row[0]) - 1, b = static_cast<std::size_t>(row[1]) - 1;
    edges.push_back({static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b),
                     std::hypot(vertices[a][1] - vertices[b][1], vertices[a][2] - vertices[b][2])});
  }
  const LinearNetwork streets(vertices.size(), std::move(edges));
  EXPECT_NEAR(streets.total_length(), 31150.2101534, 1e-6);
  std::vector<LinePosition> crimes;
  for (const auto& row : published::numbers("chicago_crimes.csv")) {
    const auto edge = static_cast<std::uint32_t>(row[2]) - 1;
    crimes.push_back({edge, row[3] * streets.edge(edge).length});
  }
  ASSERT_EQ(crimes.size(), 116U);
  const std::vector<double> expected = {340.924339,  990.081642,  1807.366016, 2988.925712,  4366.633657,
                                        5847.085924, 7523.686440, 9186.276368, 10750.792170, 12474.094651};
  NetworkKOptions options;
  for (int i = 1; i <= 10; ++i) options.radii.push_back(50.0 * i);
  const auto k = network_k(streets, crimes, options);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(k[i], expected[i], 1e-6);
}

class NetworkKs : public testing::TestWithParam<std::uint64_t> {};

TEST_P(NetworkKs, CountPairsAsAllPairsOfNodesDo) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 9, 12);
  const auto a = line_worlds::random_positions(GetParam(), network, 15);
  const auto b = line_worlds::random_positions(GetParam() + 1000, network, 40);
  const NetworkKOptions options{.radii = {0.0, 1.1, 2.9, 7.3}};
  for (const auto& points : {a, b}) {  // searches and the table of nodes
    const auto k = network_k(network, points, options);
    for (std::size_t r = 0; r < 4; ++r) {
      EXPECT_NEAR(k[r], brute(network, points, points, true, options.radii[r], options.correction), 1e-9);
    }
  }
  const auto cross = network_cross_k(network, a, b, options);
  for (std::size_t r = 0; r < 4; ++r) {
    EXPECT_NEAR(cross[r], brute(network, a, b, false, options.radii[r], options.correction), 1e-9);
  }
}

TEST_P(NetworkKs, AngDividesByThePlacesAsFar) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 6, 8);
  const auto points = UniformPositions(network).draw(8, GetParam(), 0);
  const NetworkKOptions options{.radii = {2.3, 6.1}, .correction = NetworkCorrection::ang};
  const auto k = network_k(network, points, options);
  for (std::size_t r = 0; r < 2; ++r) {
    EXPECT_NEAR(k[r], brute(network, points, points, true, options.radii[r], options.correction), 1e-9);
  }
}

TEST_P(NetworkKs, NeitherThreadsNorOrderChangeABit) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 30, 40);
  auto points = line_worlds::random_positions(GetParam(), network, 200);
  const NetworkKOptions options{.radii = {1.0, 2.0, 5.0}, .correction = NetworkCorrection::ang};
  const SimulationOptions simulation{.simulations = 5, .seed = GetParam()};
  const SimulatedK one = simulated_network_k(network, points, options, simulation, {.threads = 1});
  std::ranges::reverse(points);
  const SimulatedK many = simulated_network_k(network, points, options, simulation, {.threads = 4});
  EXPECT_EQ(one.observed, many.observed);
  EXPECT_EQ(one.simulated, many.simulated);
  const SimulatedK other = simulated_network_k(network, points, options, {5, GetParam() + 1});
  EXPECT_NE(one.simulated, other.simulated);
}

INSTANTIATE_TEST_SUITE_P(Seeds, NetworkKs, testing::Range(std::uint64_t{0}, std::uint64_t{25}));

TEST(NetworkK, UnderChanceAngIsTheRadius) {
  // A lattice with a loop and dead ends; the mean of 400 curves has a standard error of about half a percent.
  std::vector<LinearNetwork::Edge> edges;
  for (std::uint32_t y = 0; y < 6; ++y) {
    for (std::uint32_t x = 0; x < 6; ++x) {
      if (x < 5) edges.push_back({6 * y + x, 6 * y + x + 1, 1.0 + 0.1 * x});
      if (y < 5) edges.push_back({6 * y + x, 6 * y + x + 6, 0.7 + 0.2 * y});
    }
  }
  edges.push_back({3, 36, 2.0});
  edges.push_back({20, 20, 3.0});
  const LinearNetwork network(37, edges);
  const NetworkKOptions options{.radii = {0.5, 1.0, 2.0, 4.0}, .correction = NetworkCorrection::ang};
  const auto points = UniformPositions(network).draw(60, 1, 0);
  const SimulatedK curves = simulated_network_k(network, points, options, {.simulations = 400, .seed = 3});
  for (std::size_t r = 0; r < 4; ++r) {
    double mean = 0.0, square = 0.0;
    for (std::size_t s = 0; s < 400; ++s) {
      const double k = curves.simulated[4 * s + r];
      mean += k / 400.0;
      square += k * k / 400.0;
    }
    const double error = std::sqrt((square - mean * mean) / 400.0);
    EXPECT_NEAR(mean, options.radii[r], 4.0 * error);
    EXPECT_LT(error, 0.02 * options.radii[r]);
  }
}

TEST(NetworkK, WhatCannotBeIsRefused) {
  const LinearNetwork network = star(3, 1.0);
  const std::vector<LinePosition> two = {{0, 0.5}, {1, 0.5}}, one = {{0, 0.5}}, off = {{0, 0.5}, {9, 0.0}};
  const NetworkKOptions good{.radii = {1.0}};
  EXPECT_THROW(network_k(network, one, good), InputError);
  EXPECT_THROW(network_k(network, off, good), InputError);
  EXPECT_THROW(network_cross_k(network, one, {}, good), InputError);
  EXPECT_NO_THROW(network_cross_k(network, one, one, good));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::vector<double>> bad = {
      {}, {-1.0}, {1.0, 1.0}, {2.0, 1.0}, {nan}, {std::numeric_limits<double>::infinity()}};
  for (const auto& radii : bad) EXPECT_THROW(network_k(network, two, {.radii = radii}), OptionError);
}

}  // namespace
}  // namespace waywarden
