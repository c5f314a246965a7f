#pragma once

/// Small made-up graphs with a hierarchy, and weights for them.

#include <cstdint>
#include <utility>
#include <vector>

#include "waywarden/routing/hierarchy.h"
#include "worlds/random_graph.h"
#include "worlds/random_weights.h"

namespace waywarden::worlds {

struct World {
  World(Graph given, const std::vector<std::uint32_t>& order)
      : graph(std::move(given)), hierarchy({graph.tail, graph.head}, order) {}
  /// A random graph, by turns in random order and by nested dissection.
  explicit World(std::uint64_t seed) : World(random_graph(seed), seed) {}

  /// Closures included.
  std::vector<Weight> weights(std::uint64_t seed, Weight least, Weight bound) const {
    return random_weights(seed, graph.tail.size(), least, bound);
  }
  /// Per node of the graph, by Dijkstra's algorithm.
  std::vector<Distance> from(std::uint32_t root, std::span<const Weight> weights) const {
    return distances_from(graph, weights, root);
  }

  Graph graph;
  Hierarchy hierarchy;

 private:
  World(const Graph& given, std::uint64_t seed)
      : World(given, seed % 2 == 0 ? random_order(seed, given.nodes)
                                   : dissection_order(given.nodes, joints(given))) {}
};

/// Whose ways are as long as it has arcs.
inline World chain_world(std::uint32_t arcs) {
  return {one_way_chain(arcs), random_order(1, std::size_t{arcs} + 1)};
}

/// Large enough for several stages.
inline World large_world() {
  Graph graph = grid(70);
  const std::vector<std::uint32_t> order = dissection_order(graph.nodes, joints(graph));
  return {std::move(graph), order};
}

}  // namespace waywarden::worlds
