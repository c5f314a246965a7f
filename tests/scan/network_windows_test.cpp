#include "waywarden/scan/network_windows.h"

#include <gtest/gtest.h>

#include "linear_network/worlds.h"
#include "scan/studies.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// By the distances between all nodes, and straight along an edge.
double distance_between(const LinearNetwork& network, const std::vector<std::vector<double>>& nodes,
                        LinePosition a, LinePosition b) {
  double least = a.edge == b.edge ? std::abs(a.along - b.along) : INFINITY;
  const auto& from = network.edge(a.edge);
  const auto& to = network.edge(b.edge);
  for (const auto& [node, lead] : {std::pair{from.first, a.along}, {from.second, from.length - a.along}}) {
    for (const auto& [end, tail] : {std::pair{to.first, b.along}, {to.second, to.length - b.along}}) {
      least = std::min(least, lead + nodes[node][end] + tail);
    }
  }
  return least;
}

class NetworkWindows : public testing::TestWithParam<std::uint64_t> {};

TEST_P(NetworkWindows, AreAllSetsWithinADistanceAlongTheLines) {
  const std::uint64_t seed = GetParam();
  const LinearNetwork network = line_worlds::random_network(seed, 20, 26);
  const std::size_t n = seed % 3 == 0 ? 150 : 30;
  const auto places = line_worlds::random_positions(seed, network, n);
  const auto nodes = line_worlds::node_distances(network);
  std::mt19937_64 random(seed);
  std::vector<double> measure;
  for (std::size_t i = 0; i < n; ++i) measure.push_back(static_cast<double>(1 + random() % 9));
  const WindowLimits limits{seed % 2 == 0 ? 0.3 : 1.0, seed % 4 < 2 ? std::optional(4.0) : std::nullopt};
  const Windows windows = network_windows(network, places, measure, limits, {.threads = 2});
  const auto expected = studies::balls(n, measure, most_measure(measure, limits),
                                       limits.distance.value_or(1e9), [&](std::uint32_t a, std::uint32_t b) {
                                         return distance_between(network, nodes, places[a], places[b]);
                                       });
  EXPECT_EQ(studies::sets_of(windows), expected);
  EXPECT_EQ(windows.member, network_windows(network, places, measure, limits, {.threads = 1}).member);
}

INSTANTIATE_TEST_SUITE_P(Seeds, NetworkWindows, testing::Range<std::uint64_t>(0, 16));

TEST(NetworkWindows, RefusePlacesOffTheNetwork) {
  const LinearNetwork network(2, {{0, 1, 5.0}});
  const std::vector<double> one = {1.0};
  EXPECT_THROW(network_windows(network, std::vector<LinePosition>{{0, 6.0}}, one, {}), InputError);
  EXPECT_THROW(network_windows(network, std::vector<LinePosition>{}, one, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
