#pragma once

/// Basic customization: from the lowest rank up, each link gets the cost of the cheapest way between its ends
/// over lower ranks. For any kind of cost that can be added and compared: one number, or sixteen in lanes.

#include <algorithm>
#include <cstdint>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/routing/detail/lanes.h"
#include "waywarden/routing/detail/triangles.h"
#include "waywarden/routing/hierarchy.h"

namespace waywarden::detail {

/// The higher of three ranks may be reached more cheaply by way of the lowest.
template <class Value>
struct RelaxThird {
  /// Per link.
  Value* up;
  Value* down;

  WAYWARDEN_INLINE void operator()(std::uint32_t side, std::uint32_t other, std::uint32_t third) const {
    up[third] = least(up[third], down[side] + up[other]);
    down[third] = least(down[third], down[other] + up[side]);
  }
};

/// Relaxes the links of a range of ranks over all triangles below, which must be final. `costs` are per slot,
/// those of the range's own links as their arcs have them.
template <class Value>
WAYWARDEN_INLINE void relax_links(const Hierarchy& hierarchy, RankRange range, Value* costs) {
  Places places(hierarchy);
  const RelaxThird<Value> relax{costs, costs + hierarchy.link_count()};
  for (std::uint32_t r = range.first; r < range.last; ++r) for_triangles(hierarchy, r, places, relax);
}

/// Ranks between two looks at whether to stop.
inline constexpr std::uint32_t kPiece = 1024;

/// Below this, threads take longer to wake than the work does.
inline constexpr std::size_t kFewNodes = 1 << 12;

/// Runs body(range) for all ranges of a stage, in parallel where there are several of them and many nodes.
template <class Body>
void for_stage(const Hierarchy& hierarchy, std::size_t stage, const Execution& execution, const Body& body) {
  const std::span<const RankRange> ranges = hierarchy.stage(stage);
  if (execution.threads == 1 || ranges.size() == 1 || hierarchy.node_count() < kFewNodes) {
    for (const RankRange range : ranges) body(range);
  } else {
    parallel_for(ranges.size(), execution, [&](std::size_t i) { body(ranges[i]); });
  }
}

/// Calls body(range) for pieces of all ranks from below, stage by stage.
template <class Body>
void for_ranks_upward(const Hierarchy& hierarchy, const Execution& execution, const Body& body) {
  const auto run = [&](RankRange range) {
    for (std::uint32_t first = range.first; first < range.last; first += kPiece) {
      execution.check();
      body(RankRange{first, std::min(first + kPiece, range.last)});
    }
  };
  for (std::size_t i = 0; i < hierarchy.stage_count(); ++i) for_stage(hierarchy, i, execution, run);
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
  for (std::size_t i = hierarchy.stage_count(); i-- > 0;) for_stage(hierarchy, i, execution, run);
}

}  // namespace waywarden::detail
