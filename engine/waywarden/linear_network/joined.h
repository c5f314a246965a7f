#pragma once

/// The same lines with the ends of every edge without length made one node: crossings of borders, changes
/// between layers. Walks and diffusion need that: along such edges they would go to and fro for ever.

#include <cstdint>
#include <optional>
#include <vector>

#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

struct JoinedLines {
  /// Edges with length, in their order.
  LinearNetwork network;
  /// Per edge of `network`, which it was.
  std::vector<std::uint32_t> edge_before;
  /// Per node before, which it is; some are no longer anybody's.
  std::vector<std::uint32_t> node;
  /// Per edge before, which it is; none where it has no length.
  std::vector<std::optional<std::uint32_t>> edge;
};

JoinedLines joined(const LinearNetwork& network);

/// A position before; none on a node that only edges without length meet.
std::optional<LinePosition> joined_position(const JoinedLines& lines, const LinearNetwork& before,
                                            LinePosition position);

/// The node a position lies on, if it is an end of its edge.
std::optional<std::uint32_t> node_at(const LinearNetwork& network, LinePosition position);

}  // namespace waywarden
