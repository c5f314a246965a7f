#include "waywarden/clusters/network_dbscan.h"

#include <gtest/gtest.h>

#include "clusters/density_oracle.h"
#include "hotspots/shuffled.h"
#include "linear_network/worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::density_oracle;
using testing::Pair;
using testing::random_order;
using testing::ranks;
using testing::reordered;

struct Streets {
  LinearNetwork network;
  std::vector<LinePosition> positions;
  std::vector<std::int64_t> times;
  std::vector<std::vector<double>> distance;
};

/// Some incidents lie at the place of others.
Streets streets(std::uint64_t seed, std::size_t incidents) {
  Streets made;
  made.network = line_worlds::random_network(seed, 14, 20);
  const auto nodes = line_worlds::node_distances(made.network);
  made.positions = line_worlds::random_positions(seed, made.network, incidents);
  RandomStream stream(seed, 5);
  for (std::size_t i = 0; i < incidents; ++i) {
    if (i % 4 == 3) made.positions[i] = made.positions[stream.below(static_cast<std::uint32_t>(i))];
    made.times.push_back(stream.below(12));
  }
  made.distance.assign(incidents, std::vector<double>(incidents, 0.0));
  for (std::size_t i = 0; i < incidents; ++i) {
    for (std::size_t j = 0; j < incidents; ++j) {
      made.distance[i][j] =
          line_worlds::distance_between(made.network, nodes, made.positions[i], made.positions[j]);
    }
  }
  return made;
}

class StreetWorlds : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(StreetWorlds, EqualTheDefinition) {
  const Streets world = streets(GetParam(), 60);
  const double radius = 1.234567;
  const auto rank = ranks(world.positions);
  const auto pair = [&](std::size_t i, std::size_t j) {
    return Pair{world.distance[i][j] <= radius, world.distance[i][j], 0};
  };
  for (const std::size_t least : {1U, 3U, 5U}) {
    const auto expected = density_oracle(world.positions.size(), least, pair, rank);
    const DbscanResult actual = network_dbscan(world.network, world.positions, {radius, least});
    EXPECT_EQ(actual.role, expected.role);
    EXPECT_EQ(actual.labels.cluster, numbered(expected, rank));
  }
}

TEST_P(StreetWorlds, EqualTheDefinitionInTimeToo) {
  const Streets world = streets(GetParam(), 70);
  std::vector<std::pair<LinePosition, std::int64_t>> content;
  for (std::size_t i = 0; i < world.times.size(); ++i)
    content.emplace_back(world.positions[i], world.times[i]);
  const auto rank = ranks(content);
  const auto pair = [&](std::size_t i, std::size_t j) {
    const std::int64_t apart = std::abs(world.times[i] - world.times[j]);
    return Pair{world.distance[i][j] <= 1.7654321 && apart <= 3, world.distance[i][j], apart};
  };
  const auto expected = density_oracle(world.positions.size(), 3, pair, rank);
  const DbscanResult actual =
      network_st_dbscan(world.network, world.positions, world.times, {1.7654321, 3, 3});
  EXPECT_EQ(actual.role, expected.role);
  EXPECT_EQ(actual.labels.cluster, numbered(expected, rank));
}

TEST_P(StreetWorlds, OrderAndThreadsDoNotMatter) {
  const Streets world = streets(GetParam(), 90);
  const auto order = random_order(GetParam(), world.positions.size());
  const auto shuffled = reordered(std::span(world.positions), order);
  const auto first = network_dbscan(world.network, world.positions, {1.5, 4}, {.threads = 1});
  const auto second = network_dbscan(world.network, shuffled, {1.5, 4}, {.threads = 3});
  EXPECT_EQ(second.labels.cluster, reordered(std::span(first.labels.cluster), order));
  EXPECT_EQ(second.role, reordered(std::span(first.role), order));
}

INSTANTIATE_TEST_SUITE_P(Seeds, StreetWorlds, ::testing::Range(std::uint64_t{1}, std::uint64_t{61}));

/// Two parallel streets a metre apart, joined only at the far end.
TEST(NetworkDbscan, StreetsBesideEachOtherAreFarApart) {
  const LinearNetwork network(3, {{0, 1, 100.0}, {1, 2, 100.0}});
  const std::vector<LinePosition> positions = {{0, 0.0},  {0, 1.0},  {0, 2.0},
                                               {1, 98.0}, {1, 99.0}, {1, 100.0}};
  const DbscanResult result = network_dbscan(network, positions, {5.0, 3});
  EXPECT_EQ(result.labels.sizes, (std::vector<std::size_t>{3, 3}));
  EXPECT_EQ(network_dbscan(network, positions, {196.0, 3}).labels.sizes, (std::vector<std::size_t>{6}));
}

TEST(NetworkDbscan, RefusesWhatItCannotDo) {
  const LinearNetwork network(2, {{0, 1, 2.0}});
  const std::vector<LinePosition> off = {{1, 0.0}}, on = {{0, 1.0}};
  EXPECT_THROW(network_dbscan(network, off, {1.0, 1}), InputError);
  EXPECT_THROW(network_dbscan(network, on, {0.0, 1}), OptionError);
  EXPECT_THROW(network_st_dbscan(network, on, {}, {1.0, 0, 1}), InputError);
  EXPECT_TRUE(network_dbscan(network, {}, {1.0, 1}).role.empty());
}

}  // namespace
}  // namespace waywarden
