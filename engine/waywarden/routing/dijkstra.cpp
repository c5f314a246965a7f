#include <algorithm>
#include <queue>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/router.h"

namespace waywarden {
namespace {

struct Arc {
  std::uint32_t to;
  std::uint32_t edge;
};

/// The edges around each node in one direction, in one array: what the inner loop reads.
struct Arcs {
  std::vector<std::uint32_t> first;
  std::vector<Arc> arcs;
};

Arcs outgoing(const Network& network) {
  Arcs out{{network.first_out().begin(), network.first_out().end()}, {}};
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    out.arcs.push_back(
        {static_cast<std::uint32_t>(network.head(EdgeId(e)).index()), static_cast<std::uint32_t>(e)});
  }
  return out;
}

Arcs incoming(const Network& network) {
  Arcs in{{network.first_in().begin(), network.first_in().end()}, {}};
  for (const EdgeId e : network.in_edges()) {
    in.arcs.push_back(
        {static_cast<std::uint32_t>(network.tail(e).index()), static_cast<std::uint32_t>(e.index())});
  }
  return in;
}

struct Label {
  Distance distance;
  std::uint32_t node;
  friend auto operator<=>(const Label&, const Label&) = default;
};

/// A queue that gives the smallest (distance, node) first.
using Queue = std::priority_queue<Label, std::vector<Label>, std::greater<>>;

class Dijkstra final : public Router {
 public:
  explicit Dijkstra(const Network& network) : out_(outgoing(network)), in_(incoming(network)) {}

  SearchTree search(std::span<const NodeId> roots, std::span<const Weight> weights, Direction direction,
                    SearchTree reuse) const override {
    if (weights.size() != out_.arcs.size()) throw OptionError("weights must have one entry per edge");
    reset(reuse);
    Queue queue;
    for (const NodeId root : roots) {
      if (std::exchange(reuse.distance[root.index()], 0) == 0) continue;
      queue.push({0, static_cast<std::uint32_t>(root.index())});
    }
    const Arcs& arcs = direction == Direction::to_roots ? in_ : out_;
    while (!queue.empty()) {
      const Label label = queue.top();
      queue.pop();
      if (label.distance == reuse.distance[label.node]) settle(label, arcs, weights, reuse, queue);
    }
    return reuse;
  }

 private:
  void reset(SearchTree& tree) const {
    const std::size_t n = out_.first.size() - 1;
    tree.distance.assign(n, kUnreachable);
    tree.edge.assign(n, EdgeId::none());
    tree.order.clear();
  }

  static void settle(Label label, const Arcs& arcs, std::span<const Weight> weights, SearchTree& tree,
                     Queue& queue) {
    tree.order.push_back(NodeId(label.node));
    for (std::uint32_t a = arcs.first[label.node]; a < arcs.first[label.node + 1]; ++a) {
      const Arc arc = arcs.arcs[a];
      const Weight weight = weights[arc.edge];
      if (weight == kClosed) continue;
      relax(arc, label.distance, weight, tree, queue);
    }
  }

  static void relax(Arc arc, Distance reached, Weight weight, SearchTree& tree, Queue& queue) {
    const Distance distance = reached + weight;
    if (distance < tree.distance[arc.to]) {
      tree.distance[arc.to] = distance;
      tree.edge[arc.to] = EdgeId(arc.edge);
      queue.push({distance, arc.to});
    } else if (distance == tree.distance[arc.to] && weight > 0 && EdgeId(arc.edge) < tree.edge[arc.to]) {
      // Edges of weight 0 never replace: around a cycle of them, each would become its neighbour's parent.
      tree.edge[arc.to] = EdgeId(arc.edge);
    }
  }

  Arcs out_;
  Arcs in_;
};

}  // namespace

std::unique_ptr<Router> dijkstra_router(const Network& network) {
  return std::make_unique<Dijkstra>(network);
}

std::vector<EdgeId> route(const Network& network, const SearchTree& tree, NodeId node, Direction direction) {
  std::vector<EdgeId> edges;
  for (EdgeId e = tree.edge[node.index()]; e.exists(); e = tree.edge[node.index()]) {
    edges.push_back(e);
    node = direction == Direction::to_roots ? network.head(e) : network.tail(e);
  }
  if (direction == Direction::from_roots) std::reverse(edges.begin(), edges.end());
  return edges;
}

}  // namespace waywarden
