#include "waywarden/routing/dissection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <set>
#include <thread>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Order = std::vector<std::uint32_t>;

struct Graph {
  std::size_t nodes = 0;
  std::vector<Joint> joints;
  std::vector<Position> positions;
};

/// Height of the elimination tree and number of links, by taking out one node after the other.
struct Completion {
  std::uint32_t height = 0;
  std::size_t links = 0;
};

Completion complete(const Graph& graph, const Order& order) {
  Order rank(graph.nodes), height(graph.nodes, 1);
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  std::vector<std::set<std::uint32_t>> up(graph.nodes);
  for (const Joint& joint : graph.joints) {
    const auto [low, high] = std::minmax(rank[joint.a], rank[joint.b]);
    if (low != high) up[low].insert(high);
  }
  Completion found;
  for (std::uint32_t r = 0; r < graph.nodes; ++r) {
    found.height = std::max(found.height, height[r]);
    found.links += up[r].size();
    if (up[r].empty()) continue;
    const std::uint32_t parent = *up[r].begin();
    up[parent].insert(std::next(up[r].begin()), up[r].end());
    height[parent] = std::max(height[parent], height[r] + 1);
  }
  return found;
}

Order order_of(const Graph& graph, const DissectionOptions& options = {}, const Execution& execution = {1}) {
  return dissection_order(graph.nodes, graph.joints, graph.positions, options, execution);
}

void expect_permutation(const Graph& graph, Order order) {
  Order all(graph.nodes);
  std::iota(all.begin(), all.end(), 0U);
  std::sort(order.begin(), order.end());
  EXPECT_EQ(order, all);
}

Graph grid(std::uint32_t width, std::uint32_t height) {
  Graph graph{std::size_t{width} * height, {}, {}};
  for (std::uint32_t n = 0; n < graph.nodes; ++n) {
    if (n % width + 1 < width) graph.joints.push_back({n, n + 1});
    if (n + width < graph.nodes) graph.joints.push_back({n, n + width});
    graph.positions.push_back({static_cast<float>(n % width), static_cast<float>(n / width)});
  }
  return graph;
}

Graph complete_graph(std::uint32_t nodes) {
  Graph graph{nodes, {}, {}};
  for (std::uint32_t a = 0; a < nodes; ++a) {
    for (std::uint32_t b = a + 1; b < nodes; ++b) graph.joints.push_back({a, b});
  }
  return graph;
}

Graph path(std::uint32_t nodes) {
  Graph graph{nodes, {}, {}};
  for (std::uint32_t n = 1; n < nodes; ++n) graph.joints.push_back({n - 1, n});
  return graph;
}

Graph cycle(std::uint32_t nodes) {
  Graph graph = path(nodes);
  graph.joints.push_back({nodes - 1, 0});
  return graph;
}

Graph star(std::uint32_t nodes) {
  Graph graph{nodes, {}, {}};
  for (std::uint32_t n = 1; n < nodes; ++n) graph.joints.push_back({0, n});
  return graph;
}

/// Each node hangs on an earlier one.
Graph random_tree(std::uint64_t seed, std::uint32_t nodes) {
  RandomStream random(seed, 1);
  Graph graph{nodes, {}, {}};
  for (std::uint32_t n = 1; n < nodes; ++n) graph.joints.push_back({n, random.below(n)});
  return graph;
}

/// With loops, repeats and unconnected parts; positions on a small lattice or none.
Graph random_graph(std::uint64_t seed) {
  RandomStream random(seed, 0);
  Graph graph{1 + random.below(60), {}, {}};
  const std::uint32_t count = random.below(static_cast<std::uint32_t>(3 * graph.nodes));
  const auto any = [&] { return random.below(static_cast<std::uint32_t>(graph.nodes)); };
  for (std::uint32_t i = 0; i < count; ++i) graph.joints.push_back({any(), any()});
  if (seed % 2 == 0) return graph;
  for (std::size_t n = 0; n < graph.nodes; ++n) {
    graph.positions.push_back({static_cast<float>(random.below(4)), static_cast<float>(random.below(4))});
  }
  return graph;
}

Graph without_positions(Graph graph) {
  graph.positions.clear();
  return graph;
}

DissectionOptions pieces_of(std::size_t size) {
  DissectionOptions options;
  options.smallest_piece = size;
  return options;
}

class RandomDissection : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomDissection, IsAPermutation) {
  const Graph graph = random_graph(GetParam());
  for (const std::size_t size : {0U, 1U, 3U, 64U}) {
    expect_permutation(graph, order_of(graph, pieces_of(size)));
  }
}

TEST_P(RandomDissection, OfATreeAddsNoLink) {
  const Graph tree = random_tree(GetParam(), 400);
  EXPECT_EQ(complete(tree, order_of(tree)).links, tree.joints.size()) << "seed " << GetParam();
}

TEST_P(RandomDissection, TheOrderOfJointsChangesNothing) {
  Graph graph = random_graph(GetParam());
  const Order order = order_of(graph, pieces_of(3));
  std::reverse(graph.joints.begin(), graph.joints.end());
  for (Joint& joint : graph.joints) std::swap(joint.a, joint.b);
  EXPECT_EQ(order_of(graph, pieces_of(3)), order) << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomDissection, testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(Dissection, OfNothingAndOfSingleNodes) {
  EXPECT_TRUE(order_of({}).empty());
  EXPECT_EQ(order_of({3, {{1, 1}}, {}}).size(), 3U);
}

TEST(Dissection, OfWellKnownGraphsIsAPermutation) {
  for (const Graph& graph : {path(1000), cycle(1000), star(1000), complete_graph(150), grid(1, 50),
                             grid(2, 500), grid(40, 40), without_positions(grid(40, 40))}) {
    for (const std::size_t size : {1U, 64U}) expect_permutation(graph, order_of(graph, pieces_of(size)));
  }
}

TEST(Dissection, OfAChainIsShallow) {
  for (const Graph& chain : {path(100000), cycle(100000), grid(2, 20000)}) {
    EXPECT_LE(complete(chain, order_of(chain)).height, 300U);
  }
  const Graph ring = cycle(1000);
  EXPECT_EQ(complete(ring, order_of(ring)).links, 2 * ring.nodes - 3);
}

TEST(Dissection, OfAStarIsNotSlow) {
  const Graph graph = star(200000);
  EXPECT_EQ(complete(graph, order_of(graph)).height, 2U);
}

/// Two hubs that share all their neighbours, which have long lists, and chains between them.
TEST(Dissection, OfChainsBetweenHubs) {
  Graph graph{2002, {}, {}};
  for (std::uint32_t n = 2; n < graph.nodes; ++n) {
    graph.joints.push_back({0, n});
    graph.joints.push_back({n, 1});
  }
  const Order order = order_of(graph);
  expect_permutation(graph, order);
  EXPECT_LE(complete(graph, order).links, graph.joints.size() + 1);
}

TEST(Dissection, OfAGridIsAsShallowAsItIsWide) {
  for (const std::uint32_t width : {10U, 30U, 100U}) {
    const Graph graph = grid(width, width), blind = without_positions(graph);
    EXPECT_LE(complete(graph, order_of(graph)).height, 4 * width);
    EXPECT_LE(complete(blind, order_of(blind)).height, 4 * width);
  }
}

TEST(Dissection, IsTheSameForAnyNumberOfThreads) {
  for (const Graph& graph : {grid(150, 130), without_positions(grid(150, 130))}) {
    const Order order = order_of(graph, {}, {1});
    EXPECT_EQ(order_of(graph, {}, {2}), order);
    EXPECT_EQ(order_of(graph, {}, {5}), order);
  }
}

TEST(Dissection, BearsPositionsThatTellNothing) {
  const float huge = std::numeric_limits<float>::max(), endless = std::numeric_limits<float>::infinity();
  const float undefined = std::numeric_limits<float>::quiet_NaN();
  for (const Position& position : std::vector<Position>{
           {0, 0}, {-0.0F, 0}, {huge, -huge}, {endless, -endless}, {undefined, undefined}}) {
    Graph graph = grid(60, 60);
    std::fill(graph.positions.begin(), graph.positions.end(), position);
    expect_permutation(graph, order_of(graph, pieces_of(1)));
  }
}

TEST(Dissection, StopsWhenAsked) {
  Progress progress;
  progress.cancel();
  EXPECT_THROW(order_of(grid(50, 50), {}, {1, &progress}), Cancelled);
}

TEST(Dissection, StopsWhileItRuns) {
  Progress progress;
  std::thread impatient([&] {
    while (progress.snapshot().steps_started == 0) std::this_thread::yield();
    progress.cancel();
  });
  EXPECT_THROW(order_of(grid(500, 500), {}, {2, &progress}), Cancelled);
  impatient.join();
}

TEST(Dissection, CountsEveryNode) {
  Progress progress;
  order_of(grid(50, 50), {}, {1, &progress});
  EXPECT_EQ(progress.snapshot().done, progress.snapshot().total);
}

}  // namespace
}  // namespace waywarden
