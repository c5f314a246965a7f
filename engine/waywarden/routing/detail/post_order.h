#pragma once

/// An order rewritten so that every subtree of its elimination tree is a range of ranks. The parent of a rank
/// in that tree is the lowest of the higher ranks it is joined to once all lower ranks have been taken out
/// (Liu, "The role of elimination trees in sparse factorization", 1990). Nearly linear in the number of arcs.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden::detail {

/// Position of each node in an order. Throws `OptionError` where it is no order.
std::vector<std::uint32_t> ranks_of(std::span<const std::uint32_t> order);

/// Ranks numbered anew: each subtree is a range that ends with its root, and of siblings the bigger comes
/// later.
struct PostOrder {
  /// Per old rank.
  std::vector<std::uint32_t> number;
  /// Per new number: the first of its subtree.
  std::vector<std::uint32_t> first_below;
};
PostOrder post_order(ArcColumns arcs, std::span<const std::uint32_t> rank, const Execution& execution);

}  // namespace waywarden::detail
