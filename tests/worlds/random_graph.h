#pragma once

/// Small made-up graphs for tests of routing: parallel arcs, loops, one-ways and parts that are not connected
/// come about by themselves. The same seed gives the same graph.

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/routing/dissection.h"
#include "waywarden/routing/weights.h"

namespace waywarden::worlds {

struct Graph {
  std::size_t nodes = 0;
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;
};

/// Of 1 to 44 nodes, from far below to somewhat above one arc per node and direction; one in eight much
/// denser, so that hierarchies have fans.
inline Graph random_graph(std::uint64_t seed) {
  RandomStream random(seed, 0, 78);
  Graph graph{1 + random.below(44), {}, {}};
  const auto nodes = static_cast<std::uint32_t>(graph.nodes);
  const std::uint32_t joints = random.below((seed % 8 == 4 ? 12 : 3) * nodes);
  for (std::uint32_t i = 0; i < joints; ++i) {
    const std::uint32_t a = random.below(nodes), b = random.below(nodes);
    const bool one_way = random.below(4) == 0;
    graph.tail.push_back(a);
    graph.head.push_back(b);
    if (one_way) continue;
    graph.tail.push_back(b);
    graph.head.push_back(a);
  }
  return graph;
}

/// One arc from each node to the next.
inline Graph one_way_chain(std::uint32_t arcs) {
  Graph graph{std::size_t{arcs} + 1, {}, {}};
  for (std::uint32_t n = 0; n < arcs; ++n) {
    graph.tail.push_back(n);
    graph.head.push_back(n + 1);
  }
  return graph;
}

/// A square grid, both ways, in which paths of many arcs and deep orders come about.
inline Graph grid(std::uint32_t side) {
  Graph graph{std::size_t{side} * side, {}, {}};
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    graph.tail.insert(graph.tail.end(), {a, b});
    graph.head.insert(graph.head.end(), {b, a});
  };
  for (std::uint32_t n = 0; n < side * side; ++n) {
    if (n % side + 1 < side) join(n, n + 1);
    if (n + side < side * side) join(n, n + side);
  }
  return graph;
}

inline std::vector<Joint> joints(const Graph& graph) {
  std::vector<Joint> all;
  for (std::size_t a = 0; a < graph.tail.size(); ++a) all.push_back({graph.tail[a], graph.head[a]});
  return all;
}

/// Any order at all.
inline std::vector<std::uint32_t> random_order(std::uint64_t seed, std::size_t nodes) {
  RandomStream random(seed, 1, 78);
  std::vector<std::uint32_t> order(nodes);
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  for (std::uint32_t i = static_cast<std::uint32_t>(nodes); i > 1; --i) {
    std::swap(order[i - 1], order[random.below(i)]);
  }
  return order;
}

using Adjacency = std::map<std::uint32_t, std::set<std::uint32_t>>;

inline Adjacency adjacency(const Graph& graph) {
  Adjacency near;
  for (std::uint32_t n = 0; n < graph.nodes; ++n) near[n] = {};
  for (std::size_t a = 0; a < graph.tail.size(); ++a) {
    if (graph.tail[a] == graph.head[a]) continue;
    near[graph.tail[a]].insert(graph.head[a]);
    near[graph.head[a]].insert(graph.tail[a]);
  }
  return near;
}

/// Removes a node and joins its neighbours among themselves.
inline void take_out(Adjacency& near, std::uint32_t node) {
  const std::set<std::uint32_t> around = near.at(node);
  near.erase(node);
  for (const std::uint32_t a : around) {
    near[a].erase(node);
    for (const std::uint32_t b : around) {
      if (a != b) near[a].insert(b);
    }
  }
}

/// Dijkstra's algorithm on the arcs as they stand.
inline std::vector<Distance> distances_from(const Graph& graph, std::span<const Weight> weights,
                                            std::uint32_t root) {
  std::vector<std::vector<std::size_t>> out(graph.nodes);
  for (std::size_t a = 0; a < graph.tail.size(); ++a) out[graph.tail[a]].push_back(a);
  std::vector<Distance> distance(graph.nodes, kUnreachable);
  using Label = std::pair<Distance, std::uint32_t>;
  std::priority_queue<Label, std::vector<Label>, std::greater<>> queue;
  queue.push({0, root});
  while (!queue.empty()) {
    const auto [reached, node] = queue.top();
    queue.pop();
    if (reached >= distance[node]) continue;
    distance[node] = reached;
    for (const std::size_t a : out[node]) {
      if (weights[a] != kClosed) queue.push({reached + weights[a], graph.head[a]});
    }
  }
  return distance;
}

}  // namespace waywarden::worlds
