#include "waywarden/routing/point_to_point.h"

#include <algorithm>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/unpacking.h"

namespace waywarden {
namespace {

SearchLinks links(const Hierarchy& hierarchy, std::span<const Cost> cost) {
  return {hierarchy.first_up(), hierarchy.up(), cost};
}

/// Final costs at a rank are handed on to the ranks above it.
void relax(const SearchLinks& links, std::uint32_t rank, Cost reached, Cost* costs) {
  const std::uint32_t last = links.first[rank + 1];
  for (std::uint32_t link = links.first[rank]; link < last; ++link) {
    Cost& above = costs[links.high[link]];
    above = std::min(above, reached + links.cost[link]);
  }
}

/// The same for one that may be unreached, which is left behind as it was found before the question.
void pass_on(const SearchLinks& links, std::uint32_t rank, Cost* costs) {
  const Cost reached = std::exchange(costs[rank], kNoWay);
  if (reached < kNoWay) relax(links, rank, reached, costs);
}

}  // namespace

PointToPoint::PointToPoint(const Metric& metric)
    : metric_(metric),
      up_(links(metric.hierarchy(), metric.up())),
      down_(links(metric.hierarchy(), metric.down())),
      from_(metric.hierarchy().node_count(), kNoWay),
      to_(from_) {}

PointToPoint::PointToPoint(const PerfectMetric& metric) : PointToPoint(metric.metric()) {
  up_ = metric.up();
  down_ = metric.down();
}

PointToPoint::Meeting PointToPoint::meet(std::uint32_t from, std::uint32_t to) {
  const Hierarchy& hierarchy = metric_.hierarchy();
  if (std::max(from, to) >= hierarchy.node_count()) throw OptionError("there is no such node");
  std::uint32_t a = hierarchy.rank(from), b = hierarchy.rank(to);
  from_[a] = to_[b] = 0;
  // Each alone as long as they are on different branches: a root that is not the other's stays where it is.
  while (a != b) {
    std::uint32_t& lower = a < b ? a : b;
    pass_on(a < b ? up_ : down_, lower, a < b ? from_.data() : to_.data());
    if (hierarchy.parent(lower) == lower) return leave(a < b ? b : a, a < b ? to_ : from_);
    lower = hierarchy.parent(lower);
  }
  return meet_above(a);
}

/// Different components: forgets the other walk.
PointToPoint::Meeting PointToPoint::leave(std::uint32_t rank, std::vector<Cost>& costs) {
  const Hierarchy& hierarchy = metric_.hierarchy();
  for (; hierarchy.parent(rank) != rank; rank = hierarchy.parent(rank)) costs[rank] = kNoWay;
  costs[rank] = kNoWay;
  return {};
}

/// Both walks go on together; a rank that costs as much as the best way so far leads to no better one.
PointToPoint::Meeting PointToPoint::meet_above(std::uint32_t rank) {
  const Hierarchy& hierarchy = metric_.hierarchy();
  Meeting best;
  for (;; rank = hierarchy.parent(rank)) {
    const Cost up = std::exchange(from_[rank], kNoWay), down = std::exchange(to_[rank], kNoWay);
    if (up + down < best.cost) best = {up + down, rank};
    if (up < best.cost) relax(up_, rank, up, from_.data());
    if (down < best.cost) relax(down_, rank, down, to_.data());
    if (hierarchy.parent(rank) == rank) return best;
  }
}

std::vector<std::uint32_t> PointToPoint::arcs(std::uint32_t from, std::uint32_t to) {
  const Meeting meeting = meet(from, to);
  if (meeting.cost == kNoWay) return {};
  const Hierarchy& hierarchy = metric_.hierarchy();
  std::vector<std::uint32_t> arcs;
  const std::vector<std::uint32_t> up =
      detail::climb(up_, hierarchy, hierarchy.rank(from), meeting.rank, from_);
  const std::vector<std::uint32_t> down =
      detail::climb(down_, hierarchy, hierarchy.rank(to), meeting.rank, to_);
  for (std::size_t i = 0; i + 1 < up.size(); ++i) detail::append_up(metric_, up[i], up[i + 1], arcs);
  for (std::size_t i = down.size(); i-- > 1;) detail::append_down(metric_, down[i], down[i - 1], arcs);
  return arcs;
}

}  // namespace waywarden
