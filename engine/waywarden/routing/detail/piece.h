#pragma once

/// A connected part of a graph with numbers of its own, so that what is worked on lies together in memory.

#include <cstdint>
#include <functional>
#include <vector>

#include "waywarden/routing/detail/adjacency.h"
#include "waywarden/routing/dissection.h"

namespace waywarden::detail {

struct Piece {
  Adjacency graph;
  /// The nodes' numbers in the whole graph.
  std::vector<std::uint32_t> whole;
  /// Of the nodes; empty where nobody knows.
  std::vector<Position> positions;

  std::size_t size() const { return whole.size(); }
};

/// The connected parts of what is left of a piece when some of its nodes are taken out, in the order of their
/// first nodes, their nodes in the order of a breadth-first search. O(nodes + links).
std::vector<Piece> components(const Piece& piece, const std::function<bool(std::uint32_t)>& is_out);

}  // namespace waywarden::detail
