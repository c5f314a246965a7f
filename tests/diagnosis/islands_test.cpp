#include "waywarden/diagnosis/islands.h"

#include <gtest/gtest.h>

#include <set>

#include "diagnosis/broken_roads.h"

namespace waywarden {
namespace {

using test::broken_roads;
using test::group;
using test::network_of;
using test::reachability;
using test::road;

/// What an island is known by: its kind, nodes, smallest node, edges and length.
using Known = std::tuple<Joined, std::size_t, std::size_t, std::set<EdgeId>, long>;

Known known(const Network& network, Joined joined, const std::vector<std::size_t>& members) {
  const std::set<std::size_t> inside(members.begin(), members.end());
  std::set<EdgeId> edges;
  double metres = 0.0;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const EdgeId twin = network.columns().twin[e];
    if (twin.exists() && twin < EdgeId(e)) continue;
    const bool from = inside.contains(network.tail(EdgeId(e)).index());
    const bool to = inside.contains(network.head(EdgeId(e)).index());
    if (from || to) edges.insert(EdgeId(e));
    if (from && to) metres += network.columns().length_m[e];
  }
  return {joined, members.size(), members.front(), edges, std::lround(metres * 1000)};
}

bool larger(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
}

std::set<Known> expected(const Network& network) {
  const auto weak = reachability(network, true), strong = reachability(network, false);
  std::vector<std::vector<std::size_t>> weak_groups, strong_groups;
  for (std::size_t i = 0; i < network.node_count(); ++i) {
    weak_groups.push_back(group(weak, i));
    strong_groups.push_back(group(strong, i));
  }
  std::set<Known> all;
  for (std::size_t i = 0; i < network.node_count(); ++i) {
    for (std::size_t j = 0; j < network.node_count(); ++j) {
      if (larger(weak_groups[j], weak_groups[i])) all.insert(known(network, Joined::weakly, weak_groups[i]));
      if (weak[i][j] && larger(strong_groups[j], strong_groups[i]))
        all.insert(known(network, Joined::strongly, strong_groups[i]));
    }
  }
  return all;
}

class EveryArchipelago : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, EveryArchipelago, testing::Range(0U, 200U));

TEST_P(EveryArchipelago, IslandsAreThoseOfReachability) {
  const Network network = broken_roads(GetParam());
  const Islands found = islands(network);
  std::set<Known> all;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto first = found.edges.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = found.edges.begin() + static_cast<std::ptrdiff_t>(found.edge_ends[i]);
    begin = found.edge_ends[i];
    EXPECT_TRUE(std::is_sorted(first, last));
    all.insert({found.joined[i], found.nodes[i], found.first_node[i].index(), std::set<EdgeId>(first, last),
                std::lround(found.length_m[i] * 1000)});
  }
  EXPECT_EQ(all, expected(network));
  EXPECT_EQ(all.size(), found.size());
}

TEST(Islands, NothingInNothingAndInOnePiece) {
  EXPECT_EQ(islands(network_of({})).size(), 0U);
  NetworkDraft draft;
  draft.edges.push_back(road({0, 0}, {1, 0}, Ways::both, "1"));
  EXPECT_EQ(islands(network_of(draft)).size(), 0U);
}

}  // namespace
}  // namespace waywarden
