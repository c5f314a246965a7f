#pragma once

/// An order for customizable contraction hierarchies by nested dissection (George, "Nested dissection of a
/// regular finite element mesh", 1973): a small set of nodes that splits the graph goes last, before it what
/// is on either side, ordered in the same way. The tree of the order is shallow and its links are few, which
/// is what customization and queries cost.
///
/// The order depends on the graph and the positions alone, never on weights; for the same ones it is the same
/// for any number of threads. Trees that are not very deep and cycles are ordered without a needless link.
/// `Hierarchy` brings subtrees together: here, those of different parts of the graph may lie between each
/// other.
///
/// On one thread some 2 to 8 us per node of a road network, 6 to 20 of a grid with positions, whole or with
/// gaps, of up to 5 million nodes: its cuts are long, and the time per node grows with them. Not a smallest
/// tree or fewest links: finding those is hard.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

/// A pair of nodes joined in either direction.
struct Joint {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// Where a node lies, in any units that are about equal in both directions.
struct Position {
  float x = 0;
  float y = 0;
};

struct DissectionOptions {
  /// Axes along which to look for a cut, at equal angles, at least 1; without positions it does not matter.
  std::size_t directions = 4;
  /// Pieces of at most so many nodes are ordered by minimum degree.
  std::size_t smallest_piece = 64;
};

/// Node by rank. Joints may repeat and be in any order; loops are passed over. Positions are those of all
/// nodes, or none, then an embedding of the graph replaces them.
std::vector<std::uint32_t> dissection_order(std::size_t nodes, std::span<const Joint> joints,
                                            std::span<const Position> positions = {},
                                            const DissectionOptions& options = {},
                                            const Execution& execution = {});

}  // namespace waywarden
