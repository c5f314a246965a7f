#pragma once

/// The blocks of a graph, parts that no single node cuts apart, and the tree in which they hang together at
/// cut nodes (block-cut tree: Hopcroft and Tarjan, "Efficient algorithms for graph manipulation", 1973).
/// Directions of arcs do not count, parallel arcs share a block, a bridge is a block alone.
///
/// What it is for: a route that visits no node twice stays within the blocks between its ends, so arcs of all
/// other blocks are dead ends to it. Conversely every arc of a block between two nodes is on some path
/// between them that visits no node twice, if directions are ignored.
///
/// Immutable. O(nodes + arcs), no recursion; memory 4 bytes per node, arc and block, while it is made 16
/// bytes per node and 8 per arc more.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/hierarchy.h"
#include "waywarden/routing/weights.h"

namespace waywarden {

class BlockTree {
 public:
  static constexpr std::uint32_t kNoBlock = std::numeric_limits<std::uint32_t>::max();

  /// Of the nodes 0 .. nodes - 1 and those arcs that are in `chosen`. Throws `OptionError` where an arc does
  /// not exist or ends at no node.
  BlockTree(std::size_t nodes, ArcColumns arcs, std::span<const std::uint32_t> chosen,
            const Execution& execution = {});

  std::size_t block_count() const { return top_.size(); }
  std::size_t arc_count() const { return of_arc_.size(); }
  /// Of an arc; `kNoBlock` for loops and arcs that were not chosen.
  std::uint32_t block(std::size_t arc) const { return of_arc_[arc]; }
  /// The blocks one passes through between two nodes, ascending; none from a node to itself and where nodes
  /// are not connected. O(blocks passed, up to the root of the tree where not connected).
  std::vector<std::uint32_t> between(std::uint32_t a, std::uint32_t b) const;

 private:
  std::size_t depth(std::uint32_t node) const {
    return of_node_[node] == kNoBlock ? 0 : depth_[of_node_[node]];
  }

  std::vector<std::uint32_t> of_arc_;
  /// Per node the block towards the root of its component; `kNoBlock` at roots.
  std::vector<std::uint32_t> of_node_;
  /// Per block its node next to the root, and how many blocks there are from it to the root.
  std::vector<std::uint32_t> top_;
  std::vector<std::uint32_t> depth_;
};

/// Arcs whose weight is not `kClosed`, ascending.
std::vector<std::uint32_t> open_arcs(std::span<const Weight> per_arc);

}  // namespace waywarden
