#pragma once

/// Where evaders move and which arcs pass a site, and the same without what cannot matter: evaders who mind
/// detection alone pass arcs without a site for nothing, so nodes that reach each other over such arcs are
/// one part. A site whose arcs all begin and end in one part can be passed by, and is never on a best route.
///
/// O(nodes + arcs log arcs), strong components by Boost.Graph.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/flow/edge_sites.h"
#include "waywarden/network/network.h"

namespace waywarden {

/// A directed graph, one entry per arc. Loops and parallel arcs are allowed.
struct WatchedGraph {
  std::size_t nodes = 0;
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;
  /// The site that a journey over the arc passes; none where nobody can watch. Several arcs may be one site.
  std::vector<SiteId> site;
};

/// The network as evaders can use it: edges whose cost is finite; those with several sites are an arc for
/// each of them, one after the other. Throws `OptionError` where costs or sites are not of as many edges.
WatchedGraph watched_graph(const Network& network, std::span<const double> costs, const EdgeSites& sites);

/// What each arc of that graph costs: of several that stand for one edge the last has all of it.
std::vector<double> watched_costs(std::span<const double> costs, const EdgeSites& sites);

/// The graph between parts, arcs sorted by tail. Parts are numbered by their first node.
struct SiteGraph {
  std::vector<std::uint32_t> part_of_node;
  /// Arcs that leave part v are [first_out[v], first_out[v + 1]).
  std::vector<std::uint32_t> first_out;
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;
  std::vector<SiteId> site;
  /// Per site, 1 where two of its arcs can be on one simple path. Never for arcs that leave one part, enter
  /// one part, or are each other's reverse: a crossing in both directions, the transfers from a hub.
  std::vector<std::uint8_t> passed_twice;

  std::size_t parts() const { return first_out.size() - 1; }
};

/// Throws `OptionError` when columns differ in length, an arc names a node that is not there, or a site is
/// none of `sites`.
SiteGraph site_graph(const WatchedGraph& graph, std::size_t sites);

}  // namespace waywarden
