#pragma once

/// Graphs small enough for all their simple paths, and these: the slowest and surest way to know which routes
/// there are.

#include <cstdint>
#include <vector>

#include "worlds/random_graph.h"

namespace waywarden::worlds {

/// Of 1 to 9 nodes: parallel arcs, loops, one-ways and parts that are not connected come about by themselves.
inline Graph tiny_graph(std::uint64_t seed) {
  RandomStream random(seed, 3, 78);
  Graph graph{1 + random.below(9), {}, {}};
  const auto nodes = static_cast<std::uint32_t>(graph.nodes);
  const std::uint32_t joints = random.below(nodes + 6);
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

/// A path as its arcs.
using Path = std::vector<std::uint32_t>;

namespace detail {

struct PathSearch {
  void extend(std::uint32_t node, std::uint32_t target) {
    if (node == target) {
      paths.push_back(path);
      return;
    }
    seen[node] = true;
    for (std::uint32_t a = 0; a < graph.tail.size(); ++a) {
      if (graph.tail[a] != node || weights[a] == kClosed || seen[graph.head[a]]) continue;
      path.push_back(a);
      extend(graph.head[a], target);
      path.pop_back();
    }
    seen[node] = false;
  }

  const Graph& graph;
  std::span<const Weight> weights;
  std::vector<bool> seen;
  Path path;
  std::vector<Path> paths;
};

}  // namespace detail

/// All paths over open arcs that visit no node twice; the empty one from a node to itself.
inline std::vector<Path> simple_paths(const Graph& graph, std::span<const Weight> weights,
                                      std::uint32_t source, std::uint32_t target) {
  detail::PathSearch search{graph, weights, std::vector<bool>(graph.nodes), {}, {}};
  search.extend(source, target);
  return search.paths;
}

inline Distance cost(const Path& path, std::span<const Weight> weights) {
  Distance sum = 0;
  for (const std::uint32_t a : path) sum += weights[a];
  return sum;
}

/// Whether it leads from one to the other without visiting a node twice.
inline bool is_simple_path(const Graph& graph, const Path& path, std::uint32_t source, std::uint32_t target) {
  std::set<std::uint32_t> seen = {source};
  for (const std::uint32_t a : path) {
    if (graph.tail[a] != source || !seen.insert(graph.head[a]).second) return false;
    source = graph.head[a];
  }
  return source == target;
}

}  // namespace waywarden::worlds
