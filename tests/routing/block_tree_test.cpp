#include "waywarden/routing/block_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "waywarden/base/errors.h"
#include "worlds/random_weights.h"
#include "worlds/simple_paths.h"

namespace waywarden {
namespace {

using worlds::Graph;

/// Each arc in both directions: arc a and, behind them all, a turned round.
Graph both_ways(Graph graph) {
  const Graph given = graph;
  graph.tail.insert(graph.tail.end(), given.head.begin(), given.head.end());
  graph.head.insert(graph.head.end(), given.tail.begin(), given.tail.end());
  return graph;
}

/// Arcs on some path that visits no node twice, whichever way they lead.
std::set<std::uint32_t> on_paths(const Graph& graph, const std::vector<Weight>& weights, std::uint32_t a,
                                 std::uint32_t b) {
  std::vector<Weight> twice = weights;
  twice.insert(twice.end(), weights.begin(), weights.end());
  const auto arcs = static_cast<std::uint32_t>(weights.size());
  std::set<std::uint32_t> on;
  for (const worlds::Path& path : worlds::simple_paths(both_ways(graph), twice, a, b)) {
    for (const std::uint32_t arc : path) on.insert(arc % arcs);
  }
  return on;
}

std::set<std::uint32_t> in_blocks(const BlockTree& tree, const std::vector<std::uint32_t>& blocks) {
  std::set<std::uint32_t> arcs;
  for (std::uint32_t a = 0; a < tree.arc_count(); ++a) {
    if (std::ranges::binary_search(blocks, tree.block(a))) arcs.insert(a);
  }
  return arcs;
}

class RandomBlocks : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomBlocks, BetweenTwoNodesAreTheArcsOfAllPaths) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const Graph graph = worlds::tiny_graph(GetParam());
  std::vector<Weight> weights = worlds::random_weights(GetParam(), graph.tail.size(), 0, 9);
  const BlockTree tree(graph.nodes, {graph.tail, graph.head}, open_arcs(weights));
  for (std::uint32_t a = 0; a < graph.nodes; ++a) {
    for (std::uint32_t b = 0; b < graph.nodes; ++b) {
      EXPECT_EQ(in_blocks(tree, tree.between(a, b)), on_paths(graph, weights, a, b)) << a << " to " << b;
    }
  }
  for (std::uint32_t a = 0; a < weights.size(); ++a) {
    EXPECT_EQ(tree.block(a) == BlockTree::kNoBlock, weights[a] == kClosed || graph.tail[a] == graph.head[a]);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomBlocks, testing::Range(std::uint64_t{1}, std::uint64_t{401}));

TEST(BlockTree, LongWaysNeedNoRecursion) {
  const std::uint32_t nodes = 500'000;
  std::vector<std::uint32_t> tail(nodes - 1), all(nodes - 1);
  std::iota(tail.begin(), tail.end(), 0);
  std::vector<std::uint32_t> head(tail);
  for (std::uint32_t& n : head) ++n;
  std::iota(all.begin(), all.end(), 0);
  const BlockTree tree(nodes, {tail, head}, all);
  EXPECT_EQ(tree.block_count(), nodes - 1);
  EXPECT_EQ(tree.between(nodes - 1, 0).size(), nodes - 1);
}

TEST(BlockTree, RefusesWhatDoesNotExist) {
  const std::vector<std::uint32_t> tail = {0, 1}, head = {1, 2}, none = {2}, both = {0, 1};
  EXPECT_THROW(BlockTree(3, {tail, head}, none), OptionError);
  EXPECT_THROW(BlockTree(2, {tail, head}, both), OptionError);
  EXPECT_THROW((void)BlockTree(3, {tail, head}, both).between(0, 3), OptionError);
}

TEST(BlockTree, StopsWhenAskedTo) {
  const Graph graph = worlds::grid(30);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(BlockTree(graph.nodes, {graph.tail, graph.head},
                         open_arcs(std::vector<Weight>(graph.tail.size(), 1)), {1, &progress}),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
