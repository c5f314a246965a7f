#include "waywarden/linear_network/node_distances.h"

#include <gtest/gtest.h>

#include "linear_network/worlds.h"

namespace waywarden {
namespace {

class NodeDistanceTables : public testing::TestWithParam<std::uint64_t> {};

TEST_P(NodeDistanceTables, AreThoseOfAllPairs) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 15, 18);
  const auto expected = line_worlds::node_distances(network);
  const auto table = NodeDistances::within(network, 6.0, 1'000);
  ASSERT_TRUE(table.has_value());
  for (std::size_t a = 0; a < network.node_count(); ++a) {
    std::size_t near = 0;
    for (std::size_t b = 0; b < network.node_count(); ++b) near += expected[a][b] <= 6.0 ? 1 : 0;
    EXPECT_EQ(table->from(a).size(), near);
    for (const auto& [node, distance] : table->from(a)) EXPECT_NEAR(distance, expected[a][node], 1e-12);
  }
  EXPECT_FALSE(NodeDistances::within(network, 6.0, 3).has_value());
}

INSTANTIATE_TEST_SUITE_P(Seeds, NodeDistanceTables, testing::Range(std::uint64_t{0}, std::uint64_t{20}));

}  // namespace
}  // namespace waywarden
