#pragma once

/// One-to-all and all-to-one shortest paths on a weight vector. A router holds what depends on the topology
/// alone; the metric (weights) is handed to each query, so one router serves every scenario and every draw.
///
/// Ties are real ties, of exact integer sums: at each node the tree takes the edge with the smallest id among
/// those of weight > 0 (edges of weight 0 only where no other ties), so a tree is a function of network and
/// weights alone.

#include <memory>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/network/network.h"
#include "waywarden/routing/weights.h"

namespace waywarden {

enum class Direction : std::uint8_t {
  from_roots,  ///< distances from the nearest root to each node; `edge` is the one that enters the node
  to_roots,    ///< distances from each node to the nearest root; `edge` is the one that leaves the node
};

/// A forest of cheapest routes.
struct SearchTree {
  /// Per node; `kUnreachable` where no route is.
  std::vector<Distance> distance;
  /// Per node: the tree edge; none at roots and unreachable nodes.
  std::vector<EdgeId> edge;
  /// Reached nodes by ascending (distance, order of settling): parents before children.
  std::vector<NodeId> order;
};

class Router {
 public:
  virtual ~Router() = default;

  /// The forest of one or several roots. Thread-safe: many queries may run on one router at once. The
  /// returned tree's buffers may be handed back through `reuse` to save allocations. Throws `OptionError`
  /// when `weights` has not one entry per edge.
  virtual SearchTree search(std::span<const NodeId> roots, std::span<const Weight> weights,
                            Direction direction, SearchTree reuse = {}) const = 0;
};

/// Dijkstra's algorithm with a binary heap, O((n + m) log n). Keeps no reference to the network.
std::unique_ptr<Router> dijkstra_router(const Network& network);

/// The edges from `node` to its root (Direction::to_roots), or from its root to `node` (from_roots), in
/// travel order. Empty at a root and where unreachable.
std::vector<EdgeId> route(const Network& network, const SearchTree& tree, NodeId node, Direction direction);

}  // namespace waywarden
