#pragma once

/// What proves that costs from a root are those of cheapest ways, whoever found them: no arc leads to a node
/// more cheaply than its cost says, and arcs that lead there for exactly that lead on from the root to every
/// node that has a cost. Arcs that cost nothing may be exact all around a circle that nobody reaches, so it
/// is not enough that each node has one.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"
#include "worlds/random_graph.h"

namespace waywarden::worlds {

/// Arcs sorted by their tails: those of node n are arc[first[n]] .. arc[first[n + 1] - 1].
struct OutArcs {
  explicit OutArcs(const Graph& graph) : first(graph.nodes + 1, 0), arc(graph.tail.size()) {
    for (const std::uint32_t tail : graph.tail) ++first[tail];
    std::inclusive_scan(first.begin(), first.end(), first.begin());
    for (std::size_t a = graph.tail.size(); a-- > 0;) {
      arc[--first[graph.tail[a]]] = static_cast<std::uint32_t>(a);
    }
  }

  std::span<const std::uint32_t> of(std::uint32_t node) const {
    return std::span(arc).subspan(first[node], first[node + 1] - first[node]);
  }

  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> arc;
};

/// One set of weights on a graph; for costs to a root, of the graph turned round.
class Certificate {
 public:
  Certificate(const Graph& graph, std::span<const Weight> weights)
      : graph_(graph), weights_(weights), out_(graph) {}

  /// `costs` are per node.
  bool proves(std::uint32_t root, std::span<const Cost> costs) const {
    return costs.size() == graph_.nodes && costs[root] == 0 && has_no_shorter_arc(costs) &&
           are_reached_by_tight_arcs(root, costs);
  }

 private:
  static constexpr Distance kNone = kUnreachable;

  /// Where an arc leads at which cost, if anywhere.
  Distance by(std::size_t arc, std::span<const Cost> costs) const {
    const Cost at_tail = costs[graph_.tail[arc]];
    return at_tail == kNoWay || weights_[arc] == kClosed ? kNone : Distance{at_tail} + weights_[arc];
  }

  bool has_no_shorter_arc(std::span<const Cost> costs) const {
    for (std::size_t a = 0; a < weights_.size(); ++a) {
      if (by(a, costs) < costs[graph_.head[a]]) return false;
    }
    return true;
  }

  bool are_reached_by_tight_arcs(std::uint32_t root, std::span<const Cost> costs) const {
    std::vector<std::uint8_t> seen(graph_.nodes, 0);
    std::vector<std::uint32_t> queue = {root};
    seen[root] = 1;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const std::uint32_t a : out_.of(queue[i])) {
        const std::uint32_t head = graph_.head[a];
        if (seen[head] != 0 || by(a, costs) != costs[head]) continue;
        seen[head] = 1;
        queue.push_back(head);
      }
    }
    for (std::size_t n = 0; n < graph_.nodes; ++n) {
      if ((costs[n] == kNoWay) == (seen[n] != 0)) return false;
    }
    return true;
  }

  const Graph& graph_;
  std::span<const Weight> weights_;
  OutArcs out_;
};

inline Graph turned_round(const Graph& graph) { return {graph.nodes, graph.head, graph.tail}; }

/// Whether arcs lead from one node to the other over open arcs and cost that much; none where there is no
/// way.
inline bool is_way(const Graph& graph, std::span<const Weight> weights, std::span<const std::uint32_t> arcs,
                   std::uint32_t from, std::uint32_t to, Cost cost) {
  if (cost == kNoWay || from == to) return arcs.empty() && (from != to || cost == 0);
  Distance sum = 0;
  for (const std::uint32_t a : arcs) {
    if (graph.tail[a] != from || weights[a] == kClosed) return false;
    sum += weights[a];
    from = graph.head[a];
  }
  return from == to && sum == cost;
}

}  // namespace waywarden::worlds
