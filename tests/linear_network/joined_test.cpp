#include "waywarden/linear_network/joined.h"

#include <gtest/gtest.h>

#include "waywarden/linear_network/line_search.h"

namespace waywarden {
namespace {

TEST(Joined, EndsOfEdgesWithoutLengthAreOneNode) {
  // 0 -2- 1 =0= 2 =0= 3 -5- 4, and 5 =0= 6 apart.
  const LinearNetwork before(7, {{0, 1, 2.0}, {2, 1, 0.0}, {2, 3, 0.0}, {4, 3, 5.0}, {5, 6, 0.0}});
  const JoinedLines lines = joined(before);
  EXPECT_EQ(lines.network.edge_count(), 2U);
  EXPECT_EQ(lines.edge_before, (std::vector<std::uint32_t>{0, 3}));
  EXPECT_EQ(lines.network.degree(lines.node[2]), 2U);
  EXPECT_EQ(*joined_position(lines, before, {3, 1.5}), (LinePosition{1, 1.5}));
  EXPECT_EQ(node_at(lines.network, *joined_position(lines, before, {2, 0.0})), lines.node[2]);
  EXPECT_FALSE(joined_position(lines, before, {4, 0.0}).has_value());
  LineSearch search(lines.network);
  search.from({0, 0.0});
  EXPECT_EQ(search.distance_to({1, 0.0}), 7.0);
}

TEST(Joined, PositionsKnowTheirNodes) {
  const LinearNetwork network(2, {{1, 0, 2.0}});
  EXPECT_EQ(node_at(network, {0, 0.0}), 1U);
  EXPECT_EQ(node_at(network, {0, 2.0}), 0U);
  EXPECT_FALSE(node_at(network, {0, 1.0}).has_value());
}

}  // namespace
}  // namespace waywarden
