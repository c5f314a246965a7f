#pragma once

/// Parts of a network that the rest cannot reach: every weak component (joined in any direction) but the
/// largest, and every strong component (each node reaches every other) but the largest of its weak component.
/// The largest is the one of most nodes, then of the smallest node. O(nodes + edges).

#include <cstdint>
#include <vector>

#include "waywarden/network/network.h"

namespace waywarden {

enum class Joined : std::uint8_t { weakly, strongly };

/// Weak islands, then strong ones, each by size, the largest first.
struct Islands {
  std::vector<Joined> joined;
  /// How many, and the smallest.
  std::vector<std::uint32_t> nodes;
  std::vector<NodeId> first_node;
  /// Of the lines that have both ends in the island, each counted once, metres.
  std::vector<double> length_m;
  /// One edge per line that has an end in the island, ascending; per island, the index just past its last.
  std::vector<EdgeId> edges;
  std::vector<std::size_t> edge_ends;

  std::size_t size() const { return joined.size(); }
};

Islands islands(const Network& network);

}  // namespace waywarden
