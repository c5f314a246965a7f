#pragma once

/// Dijkstra's algorithm on plain arcs with lengths of any size, for graphs that change with each attack. Arcs
/// of infinite length are closed. O((nodes + arcs) log nodes), less where it stops early. Ties go to the arc
/// that was found first in the order (distance, node, arc), so a tree is a function of its arguments alone.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden::detail {

class ArcGraph {
 public:
  /// Copies the arcs.
  ArcGraph(std::size_t nodes, ArcColumns arcs);

  ArcColumns columns() const { return {tail_, head_}; }
  std::size_t node_count() const { return first_out_.size() - 1; }
  std::uint32_t tail(std::uint32_t arc) const { return tail_[arc]; }
  std::uint32_t head(std::uint32_t arc) const { return head_[arc]; }
  /// Ascending.
  std::span<const std::uint32_t> out(std::uint32_t node) const {
    return std::span(out_).subspan(first_out_[node], first_out_[node + 1] - first_out_[node]);
  }

 private:
  std::vector<std::uint32_t> tail_;
  std::vector<std::uint32_t> head_;
  std::vector<std::uint32_t> first_out_;
  std::vector<std::uint32_t> out_;
};

struct ArcTree {
  /// Per node; infinite where not reached.
  std::vector<double> distance;
  /// Per reached node but the root: the arc that enters it.
  std::vector<std::uint32_t> arc;
};

/// Distances of the targets are final, unless they exceed `reach`; others may be upper bounds.
ArcTree cheapest_tree(const ArcGraph& graph, std::uint32_t root, std::span<const double> length,
                      std::span<const std::uint32_t> targets, double reach, const Execution& execution);

/// The arcs from the root to a reached node, last first.
std::vector<std::uint32_t> route_back(const ArcGraph& graph, const ArcTree& tree, std::uint32_t root,
                                      std::uint32_t node);

/// Pairs by their origin, so that one tree answers all of those.
struct PairGroup {
  std::uint32_t origin = 0;
  std::vector<std::uint32_t> target;
  /// Positions of the pairs.
  std::vector<std::uint32_t> pair;
};
std::vector<PairGroup> group_by_origin(std::span<const std::uint32_t> origin,
                                       std::span<const std::uint32_t> destination);

/// Throws `OptionError` where columns differ in length, a node does not exist or a weight is negative or not
/// finite.
void check_pairs(std::size_t nodes, std::span<const std::uint32_t> origin,
                 std::span<const std::uint32_t> destination, std::span<const double> weight);

}  // namespace waywarden::detail
