#pragma once

/// Where a one-way trap begins: edges that leave the main part of a network for a region without a way back
/// (no way out), and edges that enter it from a region nobody can get to (no way in). The main part is the
/// largest strong component of each weak component (of most nodes, then of the smallest node); regions are
/// the groups of nodes, joined in any direction, that lie beyond. O(nodes + edges).

#include <cstdint>
#include <vector>

#include "waywarden/network/network.h"

namespace waywarden {

enum class Trap : std::uint8_t {
  no_way_out,  ///< one gets in, but not back
  no_way_in,   ///< one gets out, but not back
};

/// One row per edge between the main part and a region, by edge.
struct OneWayTraps {
  std::vector<Trap> trap;
  std::vector<EdgeId> edge;
  /// The end of the edge that lies in the region.
  std::vector<NodeId> node;
  /// Nodes of the region, and metres of the lines between them, each counted once.
  std::vector<std::uint32_t> region_nodes;
  std::vector<double> region_length_m;

  std::size_t size() const { return trap.size(); }
};

OneWayTraps one_way_traps(const Network& network);

}  // namespace waywarden
