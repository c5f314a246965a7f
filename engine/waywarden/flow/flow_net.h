#pragma once

/// Journeys of all origins to one destination where, unlike in a tree, they branch: at every node they divide
/// over several arcs in given shares, whatever way they came by.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "waywarden/routing/core.h"

namespace waywarden {

struct FlowNet {
  /// Position of an origin that no route joins to the destination.
  static constexpr std::uint32_t kNoRoute = std::numeric_limits<std::uint32_t>::max();

  /// Nodes that journeys come to, the root left out. Position size() stands for the root.
  std::vector<CoreNode> node;
  /// How often journeys begin at or come to the node, expected.
  std::vector<double> visits;
  /// Branches of node i: [first[i], first[i + 1]).
  std::vector<std::uint32_t> first{0};
  /// Per branch its arc, where that leads, and the share of the node's visits that take it.
  std::vector<CoreArc> arc;
  std::vector<std::uint32_t> head;
  std::vector<double> share;
  /// Position of each origin of the destination; size() at the root, or `kNoRoute`.
  std::vector<std::uint32_t> origin;

  std::size_t size() const { return node.size(); }
};

/// Journeys per arc of the core, all nets together. O(arcs + branches).
std::vector<double> journeys_on_arcs(const Core& core, std::span<const FlowNet> nets);

}  // namespace waywarden
