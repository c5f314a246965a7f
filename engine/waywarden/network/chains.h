#pragma once

/// Maximal runs of links through points where exactly two links of one mode meet: what a person calls one
/// road between two junctions, however often its data are cut. Every link is in exactly one chain. O(n log
/// n).

#include <vector>

#include "waywarden/network/noding.h"

namespace waywarden {

struct ChainPiece {
  std::size_t link;
  /// Whether the chain runs against the link's line.
  bool reversed;
};

using Chain = std::vector<ChainPiece>;

/// In canonical order for canonically ordered links. A closed run without a junction starts at its first
/// link.
std::vector<Chain> chains(const std::vector<Link>& links);

}  // namespace waywarden
