#pragma once

/// Basic customization: from the lowest rank up, each link gets the cost of the cheapest way between its ends
/// over lower ranks. For any kind of cost that can be added and compared: one number, or sixteen in lanes.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/detail/lanes.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden::detail {

/// Relaxes the links of a range of ranks over all triangles below, which must be final. `costs` are per slot,
/// those of the range's own links as their arcs have them.
template <class Value>
WAYWARDEN_INLINE void relax_links(const Hierarchy& hierarchy, RankRange range, Value* costs) {
  const std::uint32_t* first_up = hierarchy.first_up().data();
  const std::uint64_t* first_triangle = hierarchy.first_triangle().data();
  const Hierarchy::Triangle* triangles = hierarchy.triangles().data();
  Value* down_costs = costs + hierarchy.link_count();
  for (std::uint32_t r = range.first; r < range.last; ++r) {
    Value* up = costs + first_up[r];
    Value* down = down_costs + first_up[r];
    for (std::uint64_t t = first_triangle[r]; t < first_triangle[r + 1]; ++t) {
      const Hierarchy::Triangle triangle = triangles[t];
      const Value* side_up = costs + triangle.side;
      const Value* side_down = down_costs + triangle.side;
      up[triangle.third] = least(up[triangle.third], side_down[0] + side_up[triangle.other]);
      down[triangle.third] = least(down[triangle.third], side_down[triangle.other] + side_up[0]);
    }
  }
}

/// Ranks between two looks at whether to stop.
inline constexpr std::uint32_t kPiece = 1024;

/// Runs body(range) for all ranges of a stage, in parallel where there are several.
template <class Body>
void for_stage(const std::vector<RankRange>& stage, const Execution& execution, const Body& body) {
  if (execution.threads == 1 || stage.size() == 1) {
    for (const RankRange range : stage) body(range);
  } else {
    parallel_for(stage.size(), execution, [&](std::size_t i) { body(stage[i]); });
  }
}

/// Calls body(range) for pieces of all ranks from below, in the order of `Hierarchy::stages`.
template <class Body>
void for_ranks_upward(const Hierarchy& hierarchy, const Execution& execution, const Body& body) {
  const auto run = [&](RankRange range) {
    for (std::uint32_t first = range.first; first < range.last; first += kPiece) {
      execution.check();
      body(RankRange{first, std::min(first + kPiece, range.last)});
    }
  };
  for (const std::vector<RankRange>& stage : hierarchy.stages()) for_stage(stage, execution, run);
}

/// The same from above.
template <class Body>
void for_ranks_downward(const Hierarchy& hierarchy, const Execution& execution, const Body& body) {
  const auto run = [&](RankRange range) {
    for (std::uint32_t last = range.last; last > range.first;) {
      execution.check();
      const std::uint32_t first = last - std::min(kPiece, last - range.first);
      body(RankRange{first, last});
      last = first;
    }
  };
  for (std::size_t i = hierarchy.stages().size(); i-- > 0;) for_stage(hierarchy.stages()[i], execution, run);
}

}  // namespace waywarden::detail
