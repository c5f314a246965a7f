#include "waywarden/diagnosis/dangling_ends.h"

#include <gtest/gtest.h>

#include <limits>
#include <numbers>
#include <set>

#include "diagnosis/broken_roads.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using test::broken_roads;
using test::network_of;
using test::road;

/// Metres along the network between all nodes, in any direction (Floyd).
std::vector<std::vector<double>> ways_round(const Network& network) {
  const std::size_t n = network.node_count();
  std::vector<std::vector<double>> metres(n, std::vector<double>(n, std::numeric_limits<double>::infinity()));
  for (std::size_t i = 0; i < n; ++i) metres[i][i] = 0.0;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const std::size_t a = network.tail(EdgeId(e)).index(), b = network.head(EdgeId(e)).index();
    metres[a][b] = metres[b][a] = std::min(metres[a][b], network.columns().length_m[e]);
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) metres[i][j] = std::min(metres[i][j], metres[i][k] + metres[k][j]);
    }
  }
  return metres;
}

/// The nearest point of a straight road, on a plane around the query: exact enough over some hundred metres.
Point foot(Point p, Point a, Point b) {
  const double shrink = std::cos(p.y * std::numbers::pi / 180.0);
  const double dx = (b.x - a.x) * shrink, dy = b.y - a.y;
  const double along = ((p.x - a.x) * shrink * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
  const double t = std::clamp(along, 0.0, 1.0);
  return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

struct Gap {
  double metres = std::numeric_limits<double>::infinity();
  std::size_t line = 0;
};

/// By looking at every road from every node.
Gap gap_at(const Network& network, std::size_t node, const std::vector<std::vector<double>>& round,
           const DanglingOptions& options) {
  std::set<std::uint32_t> own;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    if (network.tail(EdgeId(e)).index() == node || network.head(EdgeId(e)).index() == node)
      own.insert(network.columns().shape[e]);
  }
  Gap best;
  if (own.size() != 1) return best;
  const Point from = network.point(NodeId(node));
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const std::uint32_t shape = network.columns().shape[e];
    if (own.contains(shape)) continue;
    const std::size_t tail = network.tail(EdgeId(e)).index(), head = network.head(EdgeId(e)).index();
    const Point near = foot(from, network.point(NodeId(tail)), network.point(NodeId(head)));
    const double gap = geodesic_distance(from, near).value;
    if (gap > options.reach.value || gap >= best.metres) continue;
    const double way =
        std::min(round[node][tail] + geodesic_distance(network.point(NodeId(tail)), near).value,
                 round[node][head] + geodesic_distance(network.point(NodeId(head)), near).value);
    if (way > options.detour * gap) best = {gap, shape};
  }
  return best;
}

class EveryGap : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, EveryGap, testing::Range(0U, 200U));

TEST_P(EveryGap, DanglingEndsAreThoseOfAPlainSearch) {
  const Network network = broken_roads(GetParam());
  const auto round = ways_round(network);
  const DanglingOptions options{Metres{60.0}, 3.0};
  const DanglingEnds ends = dangling_ends(network, options, {});
  std::size_t row = 0;
  for (std::size_t node = 0; node < network.node_count(); ++node) {
    SCOPED_TRACE(node);
    const Gap gap = gap_at(network, node, round, options);
    if (gap.metres > options.reach.value) continue;
    ASSERT_LT(row, ends.node.size());
    EXPECT_EQ(ends.node[row], NodeId(node));
    EXPECT_NEAR(ends.gap_m[row], gap.metres, 1e-4);
    ++row;
  }
  EXPECT_EQ(row, ends.node.size());
}

TEST_P(EveryGap, ThreadsDoNotMatter) {
  const Network network = broken_roads(GetParam());
  const DanglingEnds one = dangling_ends(network, {}, {.threads = 1});
  const DanglingEnds four = dangling_ends(network, {}, {.threads = 4});
  EXPECT_EQ(one.node, four.node);
  EXPECT_EQ(one.near_edge, four.near_edge);
  EXPECT_EQ(one.gap_m, four.gap_m);
}

TEST(DanglingEnds, NameTheRoadTheyNearlyTouch) {
  NetworkDraft draft;
  draft.edges.push_back(road({0, 0}, {0.01, 0}, Ways::both, "along"));
  draft.edges.push_back(road({0.005, 0.00005}, {0.005, 0.01}, Ways::both, "gap"));
  const Network network = network_of(draft);
  const DanglingEnds ends = dangling_ends(network, {}, {});
  ASSERT_EQ(ends.node.size(), 1U);
  EXPECT_EQ(network.point(ends.node[0]), (Point{0.005, 0.00005}));
  EXPECT_EQ(network.source(ends.near_edge[0]).id, "along");
  EXPECT_NEAR(ends.gap_m[0], 5.53, 0.01);
  EXPECT_TRUE(dangling_ends(network, {Metres{5.0}, 5.0}, {}).node.empty());
}

TEST(DanglingEnds, AShortSideStreetIsNoGap) {
  NetworkDraft draft;
  draft.edges.push_back(road({0, 0}, {0.005, 0}, Ways::both, "along"));
  draft.edges.push_back(road({0.005, 0}, {0.01, 0}, Ways::both, "along"));
  draft.edges.push_back(road({0.005, 0}, {0.005, 0.00005}, Ways::both, "stub"));
  EXPECT_TRUE(dangling_ends(network_of(draft), {}, {}).node.empty());
}

TEST(DanglingEnds, OtherModesDoNotCount) {
  NetworkDraft draft;
  draft.edges.push_back(road({0, 0}, {0.01, 0}, Ways::both, "along"));
  draft.edges.push_back(road({0.005, 0.00005}, {0.005, 0.01}, Ways::both, "path"));
  for (auto* end : {&draft.edges[1].from, &draft.edges[1].to}) end->mode = Mode::foot;
  draft.edges[1].mode = Mode::foot;
  EXPECT_TRUE(dangling_ends(network_of(draft), {}, {}).node.empty());
}

TEST(DanglingEnds, NothingInNothing) { EXPECT_TRUE(dangling_ends(network_of({}), {}, {}).node.empty()); }

TEST(DanglingEnds, RefuseImpossibleOptions) {
  const Network network = network_of({});
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_THROW(dangling_ends(network, {Metres{-1.0}, 5.0}, {}), OptionError);
  EXPECT_THROW(dangling_ends(network, {Metres{infinite}, 5.0}, {}), OptionError);
  EXPECT_THROW(dangling_ends(network, {Metres{1.0}, 0.5}, {}), OptionError);
  EXPECT_THROW(dangling_ends(network, {Metres{1.0}, std::nan("")}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
