#pragma once

/// Who is next to whom: lists of neighbours one after the other, each pair in both lists, no loops, nobody
/// twice.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/dissection.h"

namespace waywarden::detail {

struct Adjacency {
  /// Neighbours of n: head[first[n] .. first[n + 1]).
  std::vector<std::uint32_t> first{0};
  std::vector<std::uint32_t> head;

  std::size_t size() const { return first.size() - 1; }
  std::span<const std::uint32_t> of(std::size_t n) const {
    return std::span(head).subspan(first[n], first[n + 1] - first[n]);
  }
};

/// Joints may repeat and be in any order; loops are passed over. Lists ascend. O(nodes + joints).
Adjacency adjacency(std::size_t nodes, std::span<const Joint> joints);

}  // namespace waywarden::detail
