#include "waywarden/density/network_kde.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "density/walks.h"
#include "linear_network/worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using line_worlds::random_network;
using line_worlds::random_positions;

/// Arms from node 0; along an arm counts from the middle.
LinearNetwork star(std::uint32_t arms, double length) {
  std::vector<LinearNetwork::Edge> edges;
  for (std::uint32_t i = 0; i < arms; ++i) edges.push_back({0, i + 1, length});
  return LinearNetwork(arms + 1, std::move(edges));
}

double density_at(const LinearNetwork& network, LinePosition incident, LinePosition asked,
                  const NetworkKdeOptions& options) {
  const Lixels there = lixels_at(network, {&asked, 1});
  return network_kde(network, {&incident, 1}, {}, there, options).density.at(0);
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

walks::Kernel kernel_of(LineKernel kernel, double bandwidth) {
  return std::visit([](const auto& k) -> walks::Kernel { return [k](double d) { return k.at(d); }; },
                    scaled(kernel, Metres{bandwidth}));
}

TEST(NetworkKde, StarsByHand) {
  const LinearNetwork five = star(4, 5.0), ten = star(4, 10.0);
  NetworkKdeOptions options{.method = NetworkDensity::simple, .bandwidth = Metres{10.0}};
  EXPECT_NEAR(density_at(five, {0, 3.0}, {1, 3.0}, options), 0.0384, 1e-15);
  options.method = NetworkDensity::discontinuous;
  options.dead_ends = DeadEndRule::lose;
  EXPECT_NEAR(density_at(five, {0, 3.0}, {1, 3.0}, options), 0.0128, 1e-15);
  options = {.method = NetworkDensity::continuous, .bandwidth = Metres{5.0}};
  EXPECT_NEAR(density_at(ten, {0, 3.0}, {0, 1.0}, options), 0.12015, 1e-15);
}

TEST(NetworkKde, AnIncidentOnANodeGivesEachBranchItsShare) {
  const NetworkKdeOptions options{.bandwidth = Metres{2.0}};
  const double at_one = kernel_of(LineKernel::quartic, 2.0)(1.0);
  for (const std::uint32_t arms : {1U, 2U, 3U, 5U}) {
    for (const auto method : {NetworkDensity::discontinuous, NetworkDensity::continuous}) {
      NetworkKdeOptions chosen = options;
      chosen.method = method;
      EXPECT_NEAR(density_at(star(arms, 3.0), {0, 0.0}, {arms - 1, 1.0}, chosen), 2.0 / arms * at_one, 1e-15);
    }
  }
}

TEST(NetworkKde, DeadEndsReflectOrLose) {
  const LinearNetwork line = star(1, 4.0);
  NetworkKdeOptions options{.bandwidth = Metres{2.0}};
  const auto kernel = kernel_of(LineKernel::quartic, 2.0);
  EXPECT_NEAR(density_at(line, {0, 3.5}, {0, 3.8}, options), kernel(0.3) + kernel(0.7), 1e-15);
  options.dead_ends = DeadEndRule::lose;
  EXPECT_NEAR(density_at(line, {0, 3.5}, {0, 3.8}, options), kernel(0.3), 1e-15);
  const LinePosition incident{0, 4.0 - 1e-9};
  const NetworkKde lost = network_kde(line, {&incident, 1}, {}, lixels(line, Metres{0.5}), options);
  EXPECT_NEAR(lost.integral, 0.5, 1e-8);
  EXPECT_NEAR(lost.missing, 0.5, 1e-8);
  EXPECT_NEAR(lost.largest_missing_share, 0.5, 1e-8);
  EXPECT_NEAR(sum(lost.mass), lost.integral, 1e-12);
}

TEST(NetworkKde, RoundARingTheKernelWrapsAround) {
  const LinearNetwork ring(1, {{0, 0, 10.0}});
  const auto kernel = kernel_of(LineKernel::quartic, 17.0);
  double expected = 0.0;
  for (int turn = -3; turn <= 3; ++turn) expected += kernel(std::abs(5.0 + 10.0 * turn));
  for (const auto method : {NetworkDensity::discontinuous, NetworkDensity::continuous}) {
    const NetworkKdeOptions options{.method = method, .bandwidth = Metres{17.0}};
    EXPECT_NEAR(density_at(ring, {0, 1.0}, {0, 6.0}, options), expected, 1e-15);
  }
}

class NetworkKdes : public testing::TestWithParam<std::uint64_t> {};

TEST_P(NetworkKdes, EqualWalksFollowedOneByOne) {
  const LinearNetwork network = random_network(GetParam(), 9, 10);
  const auto incidents = random_positions(GetParam(), network, 6);
  const Lixels rows = lixels(network, Metres{0.7});
  std::vector<LinePosition> centres;
  for (std::size_t i = 0; i < rows.size(); ++i) centres.push_back({rows.edge[i], rows.centre(i)});
  const LineKernel kernel = kLineKernels[GetParam() % kLineKernels.size()];
  for (const walks::Rule rule : {walks::Rule{NetworkDensity::discontinuous, DeadEndRule::reflect},
                                 walks::Rule{NetworkDensity::discontinuous, DeadEndRule::lose},
                                 walks::Rule{NetworkDensity::continuous, DeadEndRule::reflect},
                                 walks::Rule{NetworkDensity::continuous, DeadEndRule::lose, 2}}) {
    NetworkKdeOptions options{.method = rule.method, .kernel = kernel, .bandwidth = Metres{2.5}};
    options.dead_ends = rule.dead_ends;
    if (rule.depth < 10) options.depth = static_cast<std::uint32_t>(rule.depth);
    const NetworkKde result = network_kde(network, incidents, {}, rows, options);
    std::vector<double> expected(rows.size());
    walks::Walker walker(network, rule, kernel_of(kernel, 2.5), 2.5, centres);
    for (const LinePosition incident : incidents) {
      const auto density = walker.density(incident);
      for (std::size_t i = 0; i < expected.size(); ++i) expected[i] += density[i];
    }
    for (std::size_t i = 0; i < expected.size(); ++i) ASSERT_NEAR(result.density[i], expected[i], 1e-12);
    EXPECT_NEAR(sum(result.mass), result.integral, 1e-11);
  }
}

TEST_P(NetworkKdes, IntegrateToTheWeights) {
  const LinearNetwork network = random_network(GetParam(), 12, 14);
  const auto incidents = random_positions(GetParam(), network, 8);
  std::vector<double> weights;
  RandomStream stream(GetParam(), 3);
  for (std::size_t i = 0; i < incidents.size(); ++i) weights.push_back(3.0 * stream.uniform());
  const Lixels rows = lixels(network, Metres{0.9});
  for (const LineKernel kernel : kLineKernels) {
    for (const auto method :
         {NetworkDensity::discontinuous, NetworkDensity::continuous, NetworkDensity::heat}) {
      NetworkKdeOptions options{.method = method, .kernel = kernel, .bandwidth = Metres{3.0}};
      const NetworkKde result = network_kde(network, incidents, weights, rows, options);
      EXPECT_NEAR(result.weight, sum(weights), 1e-12);
      EXPECT_NEAR(result.integral, result.weight, 1e-9) << name(method) << name(kernel);
      EXPECT_NEAR(sum(result.mass), result.weight, 1e-9) << name(method) << name(kernel);
      EXPECT_LE(result.largest_missing_share, 1e-9);
    }
  }
}

TEST_P(NetworkKdes, MassOfALixelIsTheIntegralOfTheDensity) {
  const LinearNetwork network = random_network(GetParam(), 6, 7);
  const auto incidents = random_positions(GetParam(), network, 3);
  const Lixels coarse = lixels(network, Metres{1.1});
  std::vector<LinePosition> fine;
  constexpr int kParts = 400;
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    for (int k = 0; k < kParts; ++k) {
      fine.push_back({coarse.edge[i], coarse.from[i] + coarse.length(i) * (k + 0.5) / kParts});
    }
  }
  for (const auto method : {NetworkDensity::simple, NetworkDensity::discontinuous, NetworkDensity::continuous,
                            NetworkDensity::heat}) {
    const NetworkKdeOptions options{.method = method, .bandwidth = Metres{2.0}};
    const NetworkKde whole = network_kde(network, incidents, {}, coarse, options);
    const NetworkKde parts = network_kde(network, incidents, {}, lixels_at(network, fine), options);
    for (std::size_t i = 0; i < coarse.size(); ++i) {
      const auto first = parts.density.begin() + static_cast<std::ptrdiff_t>(i * kParts);
      const double mean = std::accumulate(first, first + kParts, 0.0) / kParts;
      EXPECT_NEAR(whole.mass[i], mean * coarse.length(i), 4e-3 * coarse.length(i)) << name(method);
    }
  }
}

TEST_P(NetworkKdes, SimpleIsTheKernelOfTheShortestDistance) {
  const LinearNetwork network = random_network(GetParam(), 8, 12);
  const auto nodes = line_worlds::node_distances(network);
  const auto incidents = random_positions(GetParam(), network, 5);
  const Lixels rows = lixels(network, Metres{0.5});
  const auto kernel = kernel_of(LineKernel::triangle, 4.0);
  const NetworkKdeOptions options{
      .method = NetworkDensity::simple, .kernel = LineKernel::triangle, .bandwidth = Metres{4.0}};
  const NetworkKde result = network_kde(network, incidents, {}, rows, options);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double expected = 0.0;
    for (const LinePosition incident : incidents) {
      expected +=
          kernel(line_worlds::distance_between(network, nodes, incident, {rows.edge[i], rows.centre(i)}));
    }
    EXPECT_NEAR(result.density[i], expected, 1e-12);
  }
  EXPECT_NEAR(sum(result.mass), result.integral, 1e-11);
}

TEST_P(NetworkKdes, NeitherThreadsNorOrderChangeABit) {
  const LinearNetwork network = random_network(GetParam(), 20, 26);
  auto incidents = random_positions(GetParam(), network, 120);
  const Lixels rows = lixels(network, Metres{0.9});
  for (const auto method : {NetworkDensity::simple, NetworkDensity::discontinuous, NetworkDensity::continuous,
                            NetworkDensity::heat}) {
    const NetworkKdeOptions options{.method = method, .bandwidth = Metres{2.0}};
    const NetworkKde one = network_kde(network, incidents, {}, rows, options, {.threads = 1});
    std::ranges::reverse(incidents);
    const NetworkKde many = network_kde(network, incidents, {}, rows, options, {.threads = 5});
    EXPECT_EQ(one.density, many.density);
    EXPECT_EQ(one.mass, many.mass);
    EXPECT_EQ(one.integral, many.integral);
    EXPECT_EQ(one.largest_missing_share, many.largest_missing_share);
    EXPECT_EQ(one.walks, many.walks);
  }
}

TEST_P(NetworkKdes, EdgesWithoutLengthChangeNothing) {
  const LinearNetwork network = random_network(GetParam(), 8, 9);
  const auto incidents = random_positions(GetParam(), network, 5);
  std::vector<LinearNetwork::Edge> edges(network.edges().begin(), network.edges().end());
  // The second end of the first edge moves to a node of its own, joined twice by nothing.
  const std::uint32_t end = edges[0].second;
  edges[0].second = 8;
  edges.push_back({8, end, 0.0});
  edges.push_back({end, 8, 0.0});
  const LinearNetwork longer(9, edges);
  for (const auto method : {NetworkDensity::simple, NetworkDensity::discontinuous, NetworkDensity::continuous,
                            NetworkDensity::heat}) {
    const NetworkKdeOptions options{.method = method, .bandwidth = Metres{2.0}};
    const NetworkKde a = network_kde(network, incidents, {}, lixels(network, Metres{1.0}), options);
    const NetworkKde b = network_kde(longer, incidents, {}, lixels(longer, Metres{1.0}), options);
    ASSERT_EQ(a.density.size(), b.density.size());
    for (std::size_t i = 0; i < a.density.size(); ++i) EXPECT_NEAR(a.density[i], b.density[i], 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, NetworkKdes, testing::Range(std::uint64_t{0}, std::uint64_t{21}));

TEST(NetworkKde, WhatWalksLeaveOutIsReported) {
  const LinearNetwork network = star(4, 1.0);
  const LinePosition incident{0, 0.5};
  const Lixels rows = lixels(network, Metres{0.25});
  NetworkKdeOptions options{.method = NetworkDensity::continuous, .bandwidth = Metres{6.0}};
  options.depth = 1;
  const NetworkKde cut = network_kde(network, {&incident, 1}, {}, rows, options);
  EXPECT_GT(std::abs(cut.missing), 1e-3);
  EXPECT_NEAR(cut.largest_missing_share, std::abs(cut.missing), 1e-15);
  EXPECT_NEAR(sum(cut.mass), cut.integral, 1e-12);
  options.depth = 20;
  EXPECT_NEAR(network_kde(network, {&incident, 1}, {}, rows, options).missing, 0.0, 1e-12);
  options.depth.reset();
  options.least_share = 0.6;
  EXPECT_GT(std::abs(network_kde(network, {&incident, 1}, {}, rows, options).missing), 1e-6);
}

TEST(NetworkKde, MergesWalksThatAreEquallyLong) {
  // On a lattice most walks tie: followed one by one, 30 levels would be 4^30.
  std::vector<LinearNetwork::Edge> edges;
  for (std::uint32_t y = 0; y < 12; ++y) {
    for (std::uint32_t x = 0; x < 12; ++x) {
      if (x + 1 < 12) edges.push_back({12 * y + x, 12 * y + x + 1, 1.0});
      if (y + 1 < 12) edges.push_back({12 * y + x, 12 * y + x + 12, 1.0});
    }
  }
  const LinearNetwork lattice(144, edges);
  const LinePosition incident{100, 0.3};
  const NetworkKdeOptions options{.method = NetworkDensity::continuous, .bandwidth = Metres{30.0}};
  const NetworkKde result = network_kde(lattice, {&incident, 1}, {}, lixels(lattice, Metres{1.0}), options);
  EXPECT_NEAR(result.integral, 1.0, 1e-9);
  EXPECT_LT(result.walks, 300'000U);
}

TEST(NetworkKde, NothingIsNothing) {
  const LinearNetwork network = star(2, 1.0);
  const NetworkKde none = network_kde(network, {}, {}, lixels(network, Metres{1.0}));
  EXPECT_EQ(none.density, (std::vector<double>{0.0, 0.0}));
  EXPECT_EQ(none.weight, 0.0);
  EXPECT_EQ(network_kde(LinearNetwork(), {}, {}, lixels(LinearNetwork(), Metres{1.0})).density.size(), 0U);
  // On a node that no line meets there is nowhere to go.
  const LinearNetwork point(1, {{0, 0, 0.0}});
  const LinePosition there{0, 0.0};
  for (const auto method : {NetworkDensity::simple, NetworkDensity::discontinuous, NetworkDensity::heat}) {
    const NetworkKde lost =
        network_kde(point, {&there, 1}, {}, lixels(point, Metres{1.0}), {.method = method});
    EXPECT_EQ(lost.missing, 1.0);
    EXPECT_EQ(lost.largest_missing_share, 1.0);
  }
}

TEST(NetworkKde, WhatCannotBeIsRefused) {
  const LinearNetwork network = star(2, 1.0);
  const Lixels rows = lixels(network, Metres{1.0});
  const LinePosition good{0, 0.5}, bad{0, 1.5};
  const auto run = [&](LinePosition incident, std::vector<double> weights, NetworkKdeOptions options) {
    network_kde(network, {&incident, 1}, weights, rows, options);
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NO_THROW(run(good, {2.0}, {}));
  EXPECT_THROW(run(bad, {}, {}), InputError);
  EXPECT_THROW(run(good, {1.0, 1.0}, {}), InputError);
  EXPECT_THROW(run(good, {-1.0}, {}), InputError);
  EXPECT_THROW(run(good, {nan}, {}), InputError);
  EXPECT_THROW(run(good, {}, {.bandwidth = Metres{0.0}}), OptionError);
  EXPECT_THROW(run(good, {}, {.bandwidth = Metres{nan}}), OptionError);
  EXPECT_THROW(run(good, {}, {.least_share = 1.0}), OptionError);
  EXPECT_THROW(run(good, {}, {.method = NetworkDensity::heat, .dead_ends = DeadEndRule::lose}), OptionError);
  EXPECT_THROW(network_kde(star(3, 1.0), {}, {}, rows), InputError);
}

/// Every node is joined to every other, each pair by an edge of its own length.
TEST(NetworkKde, WalksWithoutEndAreRefusedBeforeTheyFillTheMemory) {
  std::vector<LinearNetwork::Edge> edges;
  for (std::uint32_t i = 0; i < 30; ++i) {
    for (std::uint32_t j = 0; j < i; ++j) edges.push_back({j, i, 1.0 + 0.3 * std::sqrt(i * i + 7.0 * j)});
  }
  const LinearNetwork tangle(30, std::move(edges));
  const LinePosition there{40, 0.5};
  const Lixels rows = lixels(tangle, Metres{10.0});
  EXPECT_THROW(network_kde(tangle, {&there, 1}, {}, rows, {.bandwidth = Metres{1000.0}}), OptionError);
  EXPECT_NO_THROW(
      network_kde(tangle, {&there, 1}, {}, rows, {.bandwidth = Metres{1000.0}, .least_share = 1e-3}));
}

}  // namespace
}  // namespace waywarden
