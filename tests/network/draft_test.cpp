#include "waywarden/network/draft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace waywarden {
namespace {

NetworkDraft random_draft(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> at(0, 4), way(0, 2);
  NetworkDraft draft;
  draft.countries = {"A"};
  for (int i = 0; i < 60; ++i) {
    DraftEdge edge;
    edge.from.point = {at(random) * 0.1, at(random) * 0.1};
    edge.to.point = {at(random) * 0.1, at(random) * 0.1};
    edge.ways = static_cast<Ways>(way(random));
    edge.length_m = at(random);
    edge.source = {"roads", std::to_string(i % 7)};
    edge.line = {edge.from.point, {i * 0.01, 1}, edge.to.point};
    draft.country[edge.from] = 0;
    draft.edges.push_back(edge);
  }
  return draft;
}

TEST(Draft, NumberingDoesNotDependOnTheOrderOfEdges) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    SCOPED_TRACE(seed);
    NetworkDraft draft = random_draft(seed), shuffled = draft;
    std::shuffle(shuffled.edges.begin(), shuffled.edges.end(), std::mt19937(seed + 100));
    const auto a = number(draft).columns, b = number(shuffled).columns;
    EXPECT_EQ(a.tail, b.tail);
    EXPECT_EQ(a.head, b.head);
    EXPECT_EQ(a.length_m, b.length_m);
    EXPECT_EQ(a.node_point, b.node_point);
    EXPECT_EQ(a.twin, b.twin);
    EXPECT_EQ(a.shape_vertices, b.shape_vertices);
    EXPECT_EQ(a.sources, b.sources);
  }
}

TEST(Draft, DirectionsFollowTheWays) {
  NetworkDraft draft = random_draft(3);
  const NumberedNetwork numbered = number(draft);
  const Network network(numbered.columns);
  for (std::size_t i = 0; i < draft.edges.size(); ++i) {
    const DraftEdge& edge = draft.edges[i];
    EXPECT_EQ(numbered.forward[i].exists(), edge.ways != Ways::backward);
    EXPECT_EQ(numbered.backward[i].exists(), edge.ways != Ways::forward);
    if (numbered.forward[i].exists()) {
      EXPECT_EQ(network.point(network.tail(numbered.forward[i])), edge.from.point);
      EXPECT_EQ(network.polyline(numbered.forward[i]).front(), edge.from.point);
    }
    if (edge.ways == Ways::both) {
      EXPECT_EQ(network.columns().twin[numbered.forward[i].index()], numbered.backward[i]);
      EXPECT_EQ(network.columns().twin[numbered.backward[i].index()], numbered.forward[i]);
    }
  }
}

TEST(Draft, NodesOfOnePointStayApartByModeAndPart) {
  NetworkDraft draft;
  DraftEdge edge;
  edge.from = {{1, 1}, Mode::road, 1};
  edge.to = {{1, 1}, Mode::road, 2};
  edge.line = {{1, 1}, {1, 1}};
  draft.edges = {edge};
  EXPECT_EQ(number(draft).columns.node_point.size(), 2U);
}

}  // namespace
}  // namespace waywarden
