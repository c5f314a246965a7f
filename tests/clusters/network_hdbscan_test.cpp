#include "waywarden/clusters/network_hdbscan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "clusters/density_oracle.h"
#include "clusters/hierarchy_oracle.h"
#include "hotspots/shuffled.h"
#include "linear_network/worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::HierarchyOracle;
using testing::Matrix;
using testing::random_order;
using testing::ranks;
using testing::reordered;

/// Dense enough to hang together for odd seeds; of several parts for most even ones. Some incidents lie at
/// the place of others.
struct Streets {
  LinearNetwork network;
  std::vector<LinePosition> positions;
  Matrix distance;
};

Streets streets(std::uint64_t seed, std::size_t incidents) {
  Streets made;
  made.network = line_worlds::random_network(seed, 12, seed % 2 == 0 ? 12 : 40);
  const auto nodes = line_worlds::node_distances(made.network);
  made.positions = line_worlds::random_positions(seed, made.network, incidents);
  RandomStream stream(seed, 5);
  for (std::size_t i = 3; i < incidents; i += 4)
    made.positions[i] = made.positions[stream.below(static_cast<std::uint32_t>(i))];
  made.distance.assign(incidents, std::vector<double>(incidents, 0.0));
  for (std::size_t i = 0; i < incidents; ++i) {
    for (std::size_t j = 0; j < incidents; ++j) {
      const double d =
          line_worlds::distance_between(made.network, nodes, made.positions[i], made.positions[j]);
      // As the header says, so that equal ways tie.
      made.distance[i][j] = std::round(d * 0x1p20) / 0x1p20;
    }
  }
  return made;
}

class StreetHierarchies : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(StreetHierarchies, EqualTheDefinition) {
  const Streets world = streets(GetParam(), 50);
  const auto rank = ranks(world.positions);
  for (const std::size_t least : {2U, 4U}) {
    const Matrix reach = testing::mutual_reachability(world.distance, least);
    const HierarchyOracle expected(reach, 4);
    const HdbscanResult actual = network_hdbscan(world.network, world.positions, {4, least});
    testing::Oracle groups;
    groups.cluster = expected.chosen(false);
    EXPECT_EQ(actual.labels.cluster, numbered(groups, rank));
    for (std::size_t i = 0; i < rank.size(); ++i) {
      const auto& last = expected.clusters[static_cast<std::size_t>(expected.last_cluster[i])];
      EXPECT_NEAR(actual.outlier[i], last.last_death > 0 ? 1.0 - expected.lambda[i] / last.last_death : 0.0,
                  1e-9);
    }
  }
}

TEST_P(StreetHierarchies, OrderAndThreadsDoNotMatter) {
  const Streets world = streets(GetParam(), 120);
  const auto order = random_order(GetParam(), world.positions.size());
  const auto shuffled = reordered(std::span(world.positions), order);
  const HdbscanResult first = network_hdbscan(world.network, world.positions, {6, 3}, {.threads = 1}),
                      second = network_hdbscan(world.network, shuffled, {6, 3}, {.threads = 3});
  EXPECT_EQ(second.labels.cluster, reordered(std::span(first.labels.cluster), order));
  EXPECT_EQ(second.probability, reordered(std::span<const double>(first.probability), order));
  EXPECT_EQ(second.outlier, reordered(std::span<const double>(first.outlier), order));
}

INSTANTIATE_TEST_SUITE_P(Seeds, StreetHierarchies, ::testing::Range(std::uint64_t{1}, std::uint64_t{61}));

/// Two streets that meet only at the far end: near each other on the map, far apart by the way.
TEST(NetworkHdbscan, StreetsBesideEachOtherAreApart) {
  const LinearNetwork network(3, {{0, 1, 100.0}, {1, 2, 100.0}});
  std::vector<LinePosition> positions;
  for (int i = 0; i < 6; ++i) {
    positions.push_back({0, double(i)});
    positions.push_back({1, 100.0 - double(i)});
  }
  const HdbscanResult result = network_hdbscan(network, positions, {4, 2});
  EXPECT_EQ(result.labels.sizes, (std::vector<std::size_t>{6, 6}));
  for (std::size_t i = 0; i < positions.size(); ++i) EXPECT_EQ(result.labels.cluster[i], i % 2);
}

TEST(NetworkHdbscan, PartsThatNoLineJoinsAreApart) {
  const LinearNetwork network(4, {{0, 1, 10.0}, {2, 3, 10.0}});
  const std::vector<LinePosition> positions = {{0, 1}, {0, 2}, {0, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 9}};
  const HdbscanResult result = network_hdbscan(network, positions, {3, 2});
  EXPECT_EQ(result.labels.sizes, (std::vector<std::size_t>{4, 3}));
}

TEST(NetworkHdbscan, FewOrNone) {
  const LinearNetwork network(2, {{0, 1, 2.0}});
  EXPECT_TRUE(network_hdbscan(network, {}).labels.cluster.empty());
  const std::vector<LinePosition> two = {{0, 1.0}, {0, 1.0}}, off = {{0, 3.0}};
  EXPECT_TRUE(network_hdbscan(network, two).labels.sizes.empty());
  EXPECT_THROW(network_hdbscan(network, off), InputError);
  EXPECT_THROW(network_hdbscan(network, two, {1}), OptionError);
}

}  // namespace
}  // namespace waywarden
