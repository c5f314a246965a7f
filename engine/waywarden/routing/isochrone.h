#pragma once

/// How far one gets from a node, or from where one gets to it, within a limit: the nodes, and of each arc the
/// part that is reached before the budget is used up.
///
/// From roots: an arc of weight w that is entered at its tail with r of the budget left is reached to r / w
/// of its length, counted from the tail; wholly where r >= w. To roots: of an arc whose head is r below the
/// limit, the last r / w lies within reach, counted from the head. Each arc is judged by its own end alone;
/// what is reached of a road from its other end stands with the arc the other way. The share is in (0, 1]:
/// arcs of which nothing is reached, and closed ones, are left out; those of weight 0 are reached wholly.
///
/// Exact in the weights' unit; shares are quotients of two such integers. Time: sixteen sources per sweep,
/// sixteens on threads, then O(nodes + what is reached). Results take 8 bytes per node and 12 per arc that is
/// reached, for each source and limit. The same for any number of threads.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"
#include "waywarden/routing/router.h"

namespace waywarden {

/// Areas in the order sources, then limits: that of source i and limit j is area i * limits + j. Its nodes
/// are the entries first_node[area] .. first_node[area + 1] - 1 of `node` and `cost`, its arcs likewise
/// those of `arc` and `share`; both ascend.
struct Isochrones {
  std::size_t limits = 0;
  std::vector<std::size_t> first_node{0};
  std::vector<std::uint32_t> node;
  /// From the source to the node, or from the node to the source.
  std::vector<Cost> cost;
  std::vector<std::size_t> first_arc{0};
  std::vector<std::uint32_t> arc;
  std::vector<double> share;

  std::size_t area(std::size_t source, std::size_t limit) const { return source * limits + limit; }
};

/// `arcs` are those of the metric's hierarchy; sources and limits may be in any order and repeat. A node at
/// the limit is reached. Throws `OptionError` for nodes that do not exist, for limits of `kNoWay` or more,
/// and for arcs of another graph.
Isochrones isochrones(ArcColumns arcs, const Metric& metric, std::span<const std::uint32_t> sources,
                      std::span<const Cost> limits, Direction direction, const Execution& execution = {});

}  // namespace waywarden
