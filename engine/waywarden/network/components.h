#pragma once

/// Which nodes can reach each other. Components are numbered by size, the largest first; equally large ones
/// by their first node. O(nodes + edges), by Boost.Graph.

#include <cstdint>
#include <vector>

#include "waywarden/network/network.h"

namespace waywarden {

struct Components {
  /// Per node.
  std::vector<std::uint32_t> of_node;
  /// Nodes per component.
  std::vector<std::uint32_t> size;
};

/// Joined by edges in any direction.
Components weak_components(const Network& network);
/// Each node reaches every other along the direction of edges.
Components strong_components(const Network& network);

}  // namespace waywarden
