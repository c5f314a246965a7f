#pragma once

/// The arcs at each node: those that leave it, made from tails, or those that enter it, made from heads.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/hierarchy.h"

namespace waywarden::detail {

struct Incidence {
  /// Arcs at n: arc[first[n] .. first[n + 1]), ascending.
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> arc;

  std::span<const std::uint32_t> of(std::size_t n) const {
    return std::span(arc).subspan(first[n], first[n + 1] - first[n]);
  }
};

/// `ends[i]` is the node at which arc i is listed. O(nodes + arcs).
Incidence incidence(std::size_t nodes, std::span<const std::uint32_t> ends);

/// Throws `OptionError` where these cannot be the arcs that the hierarchy was made of.
void check_arcs(const Hierarchy& hierarchy, ArcColumns arcs);

/// Throws `OptionError` for a node that does not exist.
void check_node(const Hierarchy& hierarchy, std::uint32_t node);

}  // namespace waywarden::detail
