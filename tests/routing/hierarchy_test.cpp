#include "waywarden/routing/hierarchy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/triangles.h"
#include "waywarden/routing/dissection.h"
#include "worlds/random_graph.h"

namespace waywarden {
namespace {

using worlds::Graph;

struct Made {
  Made(Graph given, std::vector<std::uint32_t> by_rank)
      : graph(std::move(given)), order(std::move(by_rank)), hierarchy({graph.tail, graph.head}, order) {}

  std::set<std::uint32_t> above(std::uint32_t rank) const {
    const auto up = hierarchy.up().begin();
    return {up + hierarchy.first_up()[rank], up + hierarchy.first_up()[rank + 1]};
  }

  Graph graph;
  std::vector<std::uint32_t> order;
  Hierarchy hierarchy;
};

Made small(std::uint64_t seed) {
  const Graph graph = worlds::random_graph(seed);
  return {graph, worlds::random_order(seed, graph.nodes)};
}

/// Large enough for several stages.
Made large() {
  const Graph graph = worlds::grid(70);
  return {graph, dissection_order(graph.nodes, worlds::joints(graph))};
}

class RandomHierarchies : public testing::TestWithParam<std::uint64_t> {};

/// The links between nodes are those of the order that was given.
TEST_P(RandomHierarchies, LinksAreThoseOfTheGame) {
  const Made made = small(GetParam());
  worlds::Adjacency near = worlds::adjacency(made.graph);
  for (const std::uint32_t node : made.order) {
    std::set<std::uint32_t> expected;
    for (const std::uint32_t n : near.at(node)) expected.insert(made.hierarchy.rank(n));
    EXPECT_EQ(made.above(made.hierarchy.rank(node)), expected) << "seed " << GetParam();
    worlds::take_out(near, node);
  }
}

TEST_P(RandomHierarchies, RanksNumberTheNodesAndLinksAscend) {
  const Made made = small(GetParam());
  const Hierarchy& h = made.hierarchy;
  EXPECT_EQ(h.first_up().back(), h.link_count());
  for (std::uint32_t r = 0; r < h.node_count(); ++r) {
    EXPECT_EQ(h.rank(h.node(r)), r);
    for (std::uint32_t link = h.first_up()[r]; link < h.first_up()[r + 1]; ++link) {
      EXPECT_EQ(h.low(link), r);
      EXPECT_LT(link == h.first_up()[r] ? r : h.up()[link - 1], h.up()[link]);
      EXPECT_EQ(h.link(r, h.up()[link]), link);
    }
    for (std::uint32_t high = r + 1; high < h.node_count(); ++high) {
      EXPECT_EQ(h.link(r, high) == h.link_count(), !made.above(r).contains(high));
    }
  }
}

TEST_P(RandomHierarchies, SubtreesAreRangesAndHoldAllThatClimbsThroughTheirRoots) {
  const Made made = small(GetParam());
  const Hierarchy& h = made.hierarchy;
  for (std::uint32_t r = 0; r < h.node_count(); ++r) {
    std::set<std::uint32_t> below, ancestors;
    for (std::uint32_t x = 0; x < h.node_count(); ++x) {
      for (std::uint32_t at = x;; at = h.parent(at)) {
        if (at == r) below.insert(x);
        if (h.parent(at) == at) break;
      }
    }
    EXPECT_EQ(below.size(), h.subtree(r).last - h.subtree(r).first);
    EXPECT_EQ(*below.begin(), h.subtree(r).first) << "seed " << GetParam();
    EXPECT_EQ(*below.rbegin(), r);
    // Of siblings the bigger come later.
    std::uint32_t bigger = h.subtree(r).last;
    for (std::uint32_t end = r; end > h.subtree(r).first; end = h.subtree(end - 1).first) {
      const std::uint32_t size = end - h.subtree(end - 1).first;
      EXPECT_LE(size, bigger) << "seed " << GetParam();
      bigger = size;
    }
    for (std::uint32_t at = r; h.parent(at) != at;) ancestors.insert(at = h.parent(at));
    for (const std::uint32_t high : made.above(r)) EXPECT_TRUE(ancestors.contains(high));
    EXPECT_EQ(h.depth(r), ancestors.size());
    EXPECT_LT(h.depth(r), h.height());
  }
}

using Triple = std::array<std::uint32_t, 3>;

/// By all pairs of links of a rank.
std::set<Triple> expected_triangles(const Made& made) {
  const Hierarchy& h = made.hierarchy;
  std::set<Triple> expected;
  for (std::uint32_t x = 0; x < h.node_count(); ++x) {
    for (const std::uint32_t y : made.above(x)) {
      for (const std::uint32_t z : made.above(x)) {
        if (y < z) expected.insert({h.link(x, y), h.link(x, z), h.link(y, z)});
      }
    }
  }
  return expected;
}

void expect_all_triangles(const Made& made) {
  const Hierarchy& h = made.hierarchy;
  std::vector<Triple> found;
  detail::Places places(h);
  for (std::uint32_t y = 0; y < h.node_count(); ++y) {
    detail::for_triangles(h, y, places, [&](std::uint32_t side, std::uint32_t other, std::uint32_t third) {
      EXPECT_EQ(h.low(third), y);
      found.push_back({side, other, third});
    });
  }
  std::sort(found.begin(), found.end());
  const std::set<Triple> expected = expected_triangles(made);
  EXPECT_TRUE(std::equal(found.begin(), found.end(), expected.begin(), expected.end()));
}

TEST_P(RandomHierarchies, TrianglesAreAllThatThereAre) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  expect_all_triangles(small(GetParam()));
}

TEST_P(RandomHierarchies, EveryArcButLoopsIsPlacedOnItsLink) {
  const Made made = small(GetParam());
  const Hierarchy& h = made.hierarchy;
  std::size_t loops = 0;
  for (std::size_t a = 0; a < h.arc_count(); ++a) {
    const std::uint32_t tail = h.rank(made.graph.tail[a]), head = h.rank(made.graph.head[a]);
    loops += tail == head ? 1 : 0;
    const std::size_t expected = tail == head  ? Hierarchy::kNoSlot
                                 : tail < head ? h.link(tail, head)
                                               : h.link_count() + h.link(head, tail);
    EXPECT_EQ(h.slot(a), expected) << "seed " << GetParam();
  }
  EXPECT_EQ(h.placed().size() + loops, h.arc_count());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> by_link;
  for (std::uint32_t r = 0; r < h.node_count(); ++r) {
    for (std::uint32_t i = h.first_placed()[r]; i < h.first_placed()[r + 1]; ++i) {
      const Hierarchy::Placed placed = h.placed()[i];
      EXPECT_EQ(placed.slot, h.slot(placed.arc));
      by_link.push_back({placed.slot % static_cast<std::uint32_t>(h.link_count()), placed.arc});
      EXPECT_EQ(h.low(by_link.back().first), r);
    }
  }
  EXPECT_TRUE(std::is_sorted(by_link.begin(), by_link.end())) << "seed " << GetParam();
}

void expect_stages(const Hierarchy& h) {
  std::vector<std::pair<std::size_t, std::size_t>> place(h.node_count(), {99, 0});
  std::size_t count = 0;
  for (std::size_t stage = 0; stage < h.stage_count(); ++stage) {
    for (std::size_t i = 0; i < h.stage(stage).size(); ++i) {
      const RankRange range = h.stage(stage)[i];
      for (std::uint32_t r = range.first; r < range.last; ++r, ++count) place[r] = {stage, i};
    }
  }
  EXPECT_EQ(count, h.node_count());
  for (std::uint32_t r = 0; r < h.node_count(); ++r) {
    const std::uint32_t above = h.parent(r);
    ASSERT_LT(place[r].first, 99U);
    EXPECT_TRUE(place[above].first > place[r].first || place[above] == place[r]);
  }
}

TEST_P(RandomHierarchies, StagesHaveEachRankOnceAndAncestorsLater) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  expect_stages(small(GetParam()).hierarchy);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomHierarchies, testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(Hierarchy, OfNothingAndOfATree) {
  EXPECT_EQ(Hierarchy().node_count(), 0U);
  const std::vector<std::uint32_t> tail = {0, 1, 1, 3, 3}, head = {1, 2, 3, 4, 5}, order = {0, 2, 4, 5, 1, 3};
  EXPECT_EQ(Hierarchy({tail, head}, order).link_count(), tail.size());
  EXPECT_TRUE(Hierarchy({tail, head}, order).triangles().empty());
  EXPECT_EQ(Hierarchy().height(), 0U);
}

/// Those of large grids and of complete graphs are in fans, most of them.
TEST(Hierarchy, TrianglesMayBeInFans) {
  const Made made = large();
  EXPECT_GT(made.hierarchy.fans().size(), 100U);
  expect_all_triangles(made);
  Graph complete{60, {}, {}};
  for (std::uint32_t a = 0; a < 60; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) {
      complete.tail.push_back(a);
      complete.head.push_back(b);
    }
  }
  const Made dense(complete, worlds::random_order(1, 60));
  EXPECT_LT(dense.hierarchy.triangles().size(), dense.hierarchy.link_count() * Hierarchy::kSmallestFan);
  expect_all_triangles(dense);
}

TEST(Hierarchy, LargeOnesHaveSeveralStages) {
  const Made made = large();
  EXPECT_GT(made.hierarchy.stage_count(), 2U);
  expect_stages(made.hierarchy);
}

TEST(Hierarchy, RefusesWhatIsNoGraphOrNoOrder) {
  const std::vector<std::uint32_t> zero = {0}, one = {1}, two = {2}, both = {0, 1}, twice = {0, 0};
  EXPECT_THROW(Hierarchy({zero, two}, both), OptionError);
  EXPECT_THROW(Hierarchy({zero, both}, both), OptionError);
  EXPECT_THROW(Hierarchy({zero, one}, twice), OptionError);
  EXPECT_THROW(Hierarchy({zero, one}, two), OptionError);
}

TEST(Hierarchy, StopsWhenAsked) {
  Progress progress;
  progress.cancel();
  const Graph graph = worlds::grid(3);
  EXPECT_THROW(Hierarchy({graph.tail, graph.head}, worlds::random_order(1, 9), {.progress = &progress}),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
