#include "waywarden/hotspots/network_distances.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Entry = NeighbourDistances::Entry;

struct World {
  std::size_t nodes;
  std::vector<LinearNetwork::Edge> edges;
  std::vector<LinePosition> positions;
  LinearNetwork network() const { return LinearNetwork(nodes, edges); }
};

/// Loops, edges drawn twice, dead ends and parts that cannot be reached; lengths are whole, so that many
/// positions tie.
World random_world(std::uint64_t seed) {
  RandomStream stream(seed, 0);
  World world{4 + stream.below(12), {}, {}};
  const auto nodes = static_cast<std::uint32_t>(world.nodes);
  for (std::uint32_t e = 0; e < nodes + 3; ++e)
    world.edges.push_back({stream.below(nodes), stream.below(nodes), 1.0 + stream.below(8)});
  for (std::uint32_t i = 0; i < 25; ++i) {
    const std::uint32_t edge = stream.below(static_cast<std::uint32_t>(world.edges.size()));
    const double length = world.edges[edge].length;
    world.positions.push_back({edge, 0.5 * stream.below(static_cast<std::uint32_t>(2.0 * length) + 1)});
  }
  return world;
}

/// Distances between all nodes (Floyd and Warshall 1962).
std::vector<std::vector<double>> node_distances(const World& world) {
  const double far = std::numeric_limits<double>::infinity();
  std::vector<std::vector<double>> d(world.nodes, std::vector<double>(world.nodes, far));
  for (std::size_t i = 0; i < world.nodes; ++i) d[i][i] = 0.0;
  for (const auto& e : world.edges) {
    d[e.first][e.second] = std::min(d[e.first][e.second], e.length);
    d[e.second][e.first] = d[e.first][e.second];
  }
  for (std::size_t k = 0; k < world.nodes; ++k) {
    for (std::size_t i = 0; i < world.nodes; ++i) {
      for (std::size_t j = 0; j < world.nodes; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    }
  }
  return d;
}

double apart(const World& world, const std::vector<std::vector<double>>& nodes, LinePosition a,
             LinePosition b) {
  const auto &e = world.edges[a.edge], &f = world.edges[b.edge];
  double least = a.edge == b.edge ? std::abs(a.along - b.along) : std::numeric_limits<double>::infinity();
  for (const auto& [from, way] : {std::pair(e.first, a.along), std::pair(e.second, e.length - a.along)}) {
    for (const auto& [to, rest] : {std::pair(f.first, b.along), std::pair(f.second, f.length - b.along)})
      least = std::min(least, way + nodes[from][to] + rest);
  }
  return least;
}

class NetworkDistances : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(NetworkDistances, EqualThoseByFloydAndWarshall) {
  const World world = random_world(GetParam());
  const auto nodes = node_distances(world);
  const std::size_t k = 1 + GetParam() % 6;
  const auto within = network_distances_within(world.network(), world.positions, {6.0});
  const auto nearest = nearest_network_distances(world.network(), world.positions, k);
  for (std::uint32_t i = 0; i < world.positions.size(); ++i) {
    std::vector<Entry> near, all;
    for (std::uint32_t j = 0; j < world.positions.size(); ++j) {
      const double d = apart(world, nodes, world.positions[i], world.positions[j]);
      if (j != i && std::isfinite(d)) all.push_back({j, d});
      if (j != i && d <= 6.0) near.push_back({j, d});
    }
    std::sort(all.begin(), all.end(), [&](const Entry& a, const Entry& b) {
      const auto key = [&](const Entry& e) {
        const auto& p = world.positions[e.neighbour];
        return std::tuple(e.distance, p.edge, p.along, e.neighbour);
      };
      return key(a) < key(b);
    });
    all.resize(std::min(k, all.size()));
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::vector(within.row(i).begin(), within.row(i).end()), near);
    EXPECT_EQ(std::vector(nearest.row(i).begin(), nearest.row(i).end()), all);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, NetworkDistances, ::testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(NetworkDistancesOf, NothingAndWhatIsNotThere) {
  const LinearNetwork line(2, {{0, 1, 10.0}});
  EXPECT_EQ(nearest_network_distances(line, {}, 3).size(), 0U);
  const std::vector<LinePosition> beyond = {{1, 0.0}}, good = {{0, 1.0}};
  EXPECT_THROW(network_distances_within(line, beyond, {1.0}), InputError);
  EXPECT_THROW(network_distances_within(line, good, {-1.0}), OptionError);
  EXPECT_EQ(nearest_network_distances(line, good, 3).row(0).size(), 0U);
}

}  // namespace
}  // namespace waywarden
