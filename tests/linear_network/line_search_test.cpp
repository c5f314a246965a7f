#include "waywarden/linear_network/line_search.h"

#include <gtest/gtest.h>

#include "linear_network/worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using line_worlds::distance_between;

class LineSearches : public testing::TestWithParam<std::uint64_t> {};

TEST_P(LineSearches, AgreeWithAllPairsOfNodes) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 9, 12);
  const auto nodes = line_worlds::node_distances(network);
  const auto positions = line_worlds::random_positions(GetParam(), network, 12);
  LineSearch search(network);
  for (const double limit : {0.0, 3.0, 7.0, LineSearch::kFar}) {
    for (const LinePosition from : positions) {
      search.from(from, limit);
      for (const LinePosition to : positions) {
        const double expected = distance_between(network, nodes, from, to);
        if (expected > limit + 1e-9) {
          EXPECT_EQ(search.distance_to(to), LineSearch::kFar);
        } else if (expected < limit - 1e-9) {
          EXPECT_NEAR(search.distance_to(to), expected, 1e-12);
        }
      }
    }
  }
}

TEST_P(LineSearches, ReachNodesInOrderAndNoneTwice) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 12, 14);
  const auto nodes = line_worlds::node_distances(network);
  LineSearch search(network);
  for (const LinePosition from : line_worlds::random_positions(GetParam(), network, 5)) {
    const auto reached = search.from(from, 6.0);
    std::vector<bool> seen(network.node_count());
    double before = 0.0;
    for (const auto& [node, distance] : reached) {
      EXPECT_GE(distance, before);
      EXPECT_FALSE(seen[node]);
      seen[node] = true;
      before = distance;
    }
    const auto& edge = network.edge(from.edge);
    for (std::size_t n = 0; n < network.node_count(); ++n) {
      const double expected =
          std::min(from.along + nodes[edge.first][n], edge.length - from.along + nodes[edge.second][n]);
      EXPECT_EQ(static_cast<bool>(seen[n]), expected <= 6.0);
      EXPECT_EQ(search.distance_to_node(n) < LineSearch::kFar, expected <= 6.0);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LineSearches, testing::Range(std::uint64_t{0}, std::uint64_t{60}));

TEST(LineSearch, RoundALoopTheShorterWay) {
  const LinearNetwork network(1, {{0, 0, 10.0}});
  LineSearch search(network);
  search.from({0, 1.0});
  EXPECT_EQ(search.distance_to({0, 4.0}), 3.0);
  EXPECT_EQ(search.distance_to({0, 9.0}), 2.0);
  EXPECT_EQ(search.distance_to_node(0), 1.0);
}

TEST(LineSearch, RefusesWhatIsNotThere) {
  const LinearNetwork network(2, {{0, 1, 2.0}});
  LineSearch search(network);
  EXPECT_THROW(static_cast<void>(search.distance_to({0, 1.0})), OptionError);
  EXPECT_THROW(search.from({0, 3.0}), InputError);
  EXPECT_THROW(search.from({0, 1.0}, -1.0), OptionError);
  search.from({0, 1.0}, 0.5);
  EXPECT_THROW(static_cast<void>(search.distance_to({1, 0.0})), InputError);
  EXPECT_EQ(search.distance_to({0, 1.5}), 0.5);
  EXPECT_EQ(search.distance_to({0, 2.0}), LineSearch::kFar);
}

}  // namespace
}  // namespace waywarden
