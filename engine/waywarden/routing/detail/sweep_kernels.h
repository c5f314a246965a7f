#pragma once

/// The two halves of a search over a hierarchy: up from the roots over their ancestors, then down over all
/// ranks (PHAST: Delling, Goldberg, Nowatzyk and Werneck, "PHAST: hardware-accelerated shortest path trees",
/// 2011), for one root or for sixteen in lanes.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/detail/lanes.h"
#include "waywarden/routing/metric.h"
#include "waywarden/routing/router.h"

namespace waywarden::detail {

/// Links to higher ranks, with the costs of the two halves.
struct SweepLinks {
  const std::uint32_t* first;
  const std::uint32_t* high;
  const Cost* climb;
  const Cost* descend;
};

/// Searches from the roots climb over upward costs; those to the roots go the other way round.
inline SweepLinks sweep_links(const Metric& metric, Direction direction) {
  const Hierarchy& h = metric.hierarchy();
  const bool from = direction == Direction::from_roots;
  return {h.first_up().data(), h.up().data(), (from ? metric.up() : metric.down()).data(),
          (from ? metric.down() : metric.up()).data()};
}

WAYWARDEN_INLINE void fill(Cost& value, Cost cost) { value = cost; }
WAYWARDEN_INLINE void fill(Lanes& value, Cost cost) { value = all_lanes(cost); }

/// Hands what has been reached at a rank on to the ranks above.
template <class Value>
WAYWARDEN_INLINE void push(const SweepLinks& links, std::uint32_t rank, Value* costs) {
  const Value reached = costs[rank];
  for (std::uint32_t link = links.first[rank]; link < links.first[rank + 1]; ++link) {
    Value& above = costs[links.high[link]];
    above = least(above, reached + links.climb[link]);
  }
}

/// The cheapest of a value and the ways down from higher ranks.
template <class Value>
WAYWARDEN_INLINE Value pull(const SweepLinks& links, std::uint32_t rank, const Value& start,
                            const Value* costs) {
  Value cheapest = start;
  const std::uint32_t last = links.first[rank + 1];
  for (std::uint32_t link = links.first[rank]; link < last; ++link) {
    cheapest = least(cheapest, costs[links.high[link]] + links.descend[link]);
  }
  return cheapest;
}

/// Ranks last - 1 .. first, which the search upwards has not reached.
template <class Value>
WAYWARDEN_INLINE void pull_range(const SweepLinks& links, RankRange range, Value* costs) {
  Value nothing;
  fill(nothing, kNoWay);
  for (std::uint32_t rank = range.last; rank-- > range.first;) {
    costs[rank] = pull(links, rank, nothing, costs);
  }
}

}  // namespace waywarden::detail
