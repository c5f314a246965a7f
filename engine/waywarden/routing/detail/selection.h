#pragma once

/// The part of a hierarchy that walks up from a set of nodes can meet: the nodes and all their ancestors,
/// numbered anew in the order of ranks, with their links (RPHAST: Delling, Goldberg and
/// Werneck, "Faster batched shortest paths in road networks", 2011).

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"

namespace waywarden::detail {

inline constexpr std::uint32_t kNotSelected = 0xFFFFFFFF;

struct Selection {
  /// Throws `OptionError` for a node that does not exist.
  Selection(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes, const Execution& execution);

  std::size_t size() const { return rank.size(); }
  /// The lowest of the ancestors; the number itself where there is none.
  std::uint32_t parent(std::uint32_t n) const { return first[n] == first[n + 1] ? n : high[first[n]]; }

  /// Per number, ascending.
  std::vector<std::uint32_t> rank;
  /// Links of a number: high[first[number]] ..., as numbers, and which they are in the hierarchy.
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> high;
  std::vector<std::uint32_t> link;
  /// Per given node.
  std::vector<std::uint32_t> number;
};

/// Of its links, out of the costs of all links of the hierarchy.
std::vector<Cost> costs_of(const Selection& selection, std::span<const Cost> costs,
                           const Execution& execution);

/// Per number of one selection the number that the rank has in another, or `kNotSelected`.
std::vector<std::uint32_t> translation(const Selection& from, const Selection& to);

}  // namespace waywarden::detail
