#pragma once

/// An order in which the nodes of a graph can be taken out one by one, joining the neighbours of each among
/// themselves: by ascending (number of neighbours, level, index), where a node's level is above those of the
/// nodes already taken out around it (minimum degree). For small graphs: road-like ones of n nodes get some
/// 10 n links, dense ones up to n^2 / 2, and it keeps all of them while it works.

#include <cstdint>
#include <span>
#include <vector>

namespace waywarden {

/// A pair of nodes joined in either direction.
struct Joint {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// Node by rank. Joints may repeat and be in any order; loops are passed over.
std::vector<std::uint32_t> minimum_degree_order(std::size_t nodes, std::span<const Joint> joints);

}  // namespace waywarden
