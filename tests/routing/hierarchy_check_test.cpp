#include "waywarden/routing/detail/hierarchy_check.h"

#include <gtest/gtest.h>

#include <cstring>

#include "waywarden/base/random.h"
#include "waywarden/routing/detail/hierarchy_builder.h"
#include "worlds/random_graph.h"

namespace waywarden::detail {
namespace {

using worlds::Graph;

HierarchyVectors built(const Graph& graph, std::uint64_t seed) {
  return HierarchyBuilder({graph.tail, graph.head}, worlds::random_order(seed, graph.nodes), {}).take();
}

bool passes(const HierarchyVectors& columns, const Graph& graph) {
  const HierarchySpans spans =
      std::apply([](const auto&... column) { return HierarchySpans{std::span(column)...}; }, tied(columns));
  return is_hierarchy(spans, {graph.tail, graph.head});
}

/// All joined to all, one way: many fans.
Graph complete(std::uint32_t nodes) {
  Graph graph{nodes, {}, {}};
  for (std::uint32_t a = 0; a < nodes; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) {
      graph.tail.push_back(a);
      graph.head.push_back(b);
    }
  }
  return graph;
}

/// Large ones have several stages.
std::vector<Graph> graphs() {
  std::vector<Graph> graphs = {complete(40), worlds::grid(60)};
  for (std::uint64_t seed = 0; seed < 40; ++seed) graphs.push_back(worlds::random_graph(seed));
  return graphs;
}

TEST(HierarchyCheck, LetsHierarchiesPass) {
  for (const Graph& graph : graphs()) EXPECT_TRUE(passes(built(graph, 1), graph));
  EXPECT_TRUE(passes(built({}, 1), {}));
}

/// A number in the middle of nowhere, the largest there is, or one beside what was there.
template <class Number>
Number changed(Number number, RandomStream& random) {
  switch (random.below(4)) {
    case 0:
      return static_cast<Number>(number + 1);
    case 1:
      return static_cast<Number>(number - 1);
    case 2:
      return static_cast<Number>(random.below(100));
    default:
      return static_cast<Number>(~Number{0});
  }
}

/// Changes one number of one item. Returns whether there was any.
template <class Item>
bool damage(std::vector<Item>& column, RandomStream& random) {
  if (column.empty()) return false;
  using Number = std::conditional_t<sizeof(Item) == 1, std::uint8_t, std::uint32_t>;
  auto* bytes =
      reinterpret_cast<std::byte*>(&column[random.below(static_cast<std::uint32_t>(column.size()))]);
  bytes += sizeof(Number) * random.below(static_cast<std::uint32_t>(sizeof(Item) / sizeof(Number)));
  Number number;
  std::memcpy(&number, bytes, sizeof(Number));
  const Number other = changed(number, random);
  std::memcpy(bytes, &other, sizeof(Number));
  return other != number;
}

/// The columns of a hierarchy follow from arcs and ranks: none can differ alone.
TEST(HierarchyCheck, FindsWhateverIsChanged) {
  RandomStream random(1, 0, 0);
  for (const Graph& graph : graphs()) {
    const HierarchyVectors right = built(graph, 1);
    for (std::size_t target = 0; target < kColumnNames.size(); ++target) {
      for (int round = 0; round < 6; ++round) {
        HierarchyVectors wrong = right;
        std::size_t i = 0;
        bool differs = false;
        for_each_column(wrong, [&](const char*, auto& column) {
          if (i++ == target) differs = damage(column, random);
        });
        EXPECT_TRUE(!differs || !passes(wrong, graph)) << kColumnNames[target];
      }
    }
  }
}

TEST(HierarchyCheck, FindsWhateverIsMissingOrTooMuch) {
  for (const Graph& graph : graphs()) {
    for (std::size_t target = 0; target < kColumnNames.size(); ++target) {
      HierarchyVectors shorter = built(graph, 1), longer = shorter;
      std::size_t i = 0;
      bool differs = false;
      for_each_column(shorter, [&](const char*, auto& column) {
        if (i++ != target || column.empty()) return;
        column.pop_back();
        differs = true;
      });
      EXPECT_TRUE(!differs || !passes(shorter, graph)) << kColumnNames[target];
      i = 0;
      for_each_column(longer, [&](const char*, auto& column) {
        if (i++ == target) column.push_back({});
      });
      EXPECT_FALSE(passes(longer, graph)) << kColumnNames[target];
    }
  }
}

TEST(HierarchyCheck, FindsOtherArcs) {
  for (Graph graph : graphs()) {
    if (graph.tail.empty()) continue;
    const HierarchyVectors columns = built(graph, 1);
    graph.tail.back() = static_cast<std::uint32_t>(graph.nodes);
    EXPECT_FALSE(passes(columns, graph));
    graph.tail.pop_back();
    EXPECT_FALSE(passes(columns, graph));
  }
}

}  // namespace
}  // namespace waywarden::detail
