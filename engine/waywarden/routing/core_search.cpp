#include "waywarden/routing/core_search.h"

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/customization.h"

namespace waywarden {
namespace {

/// Sums below this are exact in doubles too.
constexpr Distance kMostInAll = Distance{1} << 53U;

Distance arc_weight(const Core& core, CoreArc arc, std::span<const Weight> per_edge) {
  Distance sum = 0;
  for (const EdgeId e : core.edges(arc)) {
    if (per_edge[e.index()] == kClosed) return CoreMetric::kNoWay;
    sum += per_edge[e.index()];
  }
  return sum;
}

}  // namespace

CoreMetric::CoreMetric(const Core& core, std::span<const Weight> per_edge, const Execution& execution) {
  if (per_edge.size() != core.network_edge_count()) throw OptionError("weights must have one entry per edge");
  weigh_arcs(core, per_edge);
  customize(core.hierarchy(), execution);
}

void CoreMetric::weigh_arcs(const Core& core, std::span<const Weight> per_edge) {
  arcs_.reserve(core.arc_count());
  Distance sum = 0;
  for (std::size_t a = 0; a < core.arc_count(); ++a) {
    arcs_.push_back(arc_weight(core, CoreArc(a), per_edge));
    has_free_arcs_ = has_free_arcs_ || arcs_.back() == 0;
    if (arcs_.back() != kNoWay) sum += arcs_.back();
  }
  if (sum >= kMostInAll) throw OptionError("weights add up to 2^53 or more: choose a larger unit");
}

void CoreMetric::customize(const Hierarchy& hierarchy, const Execution& execution) {
  costs_.assign(2 * hierarchy.link_count(), kNoWay);
  for (const Hierarchy::Placed placed : hierarchy.placed()) {
    costs_[placed.slot] = std::min(costs_[placed.slot], arcs_[placed.arc]);
  }
  detail::for_ranks_upward(hierarchy, execution,
                           [&](RankRange range) { detail::relax_links(hierarchy, range, costs_.data()); });
  const auto small = [](Distance way) { return way < kSmall || way == kNoWay; };
  has_small_links_ = std::ranges::all_of(costs_, small) && std::ranges::all_of(arcs_, small);
}

CoreQuery::CoreQuery(const Core& core)
    : core_(core), distance_(core.node_count()), settled_(core.node_count()) {}

void CoreQuery::search_to(CoreNode root, const CoreMetric& metric) {
  metric_ = &metric;
  root_ = root;
  std::fill(distance_.begin(), distance_.end(), CoreMetric::kNoWay);
  std::fill(settled_.begin(), settled_.end(), std::uint8_t{0});
  const Hierarchy& order = core_.hierarchy();
  std::uint32_t rank = order.rank(root.index());
  distance_[rank] = 0;
  // Ways that come down to the root over ever lower ranks.
  for (;; rank = order.parent(rank)) {
    for (std::uint32_t link = order.first_up()[rank]; link < order.first_up()[rank + 1]; ++link) {
      Distance& above = distance_[order.up()[link]];
      above = std::min(above, distance_[rank] + metric.down()[link]);
    }
    if (order.parent(rank) == rank) return;
  }
}

/// All that a rank's distance depends on lies above it in the elimination tree.
Distance CoreQuery::distance_of_rank(std::uint32_t rank) {
  const Hierarchy& order = core_.hierarchy();
  way_up_.clear();
  for (std::uint32_t at = rank; settled_[at] == 0; at = order.parent(at)) {
    way_up_.push_back(at);
    if (order.parent(at) == at) break;
  }
  for (std::size_t i = way_up_.size(); i-- > 0;) settle(way_up_[i]);
  return distance_[rank];
}

void CoreQuery::settle(std::uint32_t rank) {
  const Hierarchy& order = core_.hierarchy();
  Distance least = distance_[rank];
  for (std::uint32_t link = order.first_up()[rank]; link < order.first_up()[rank + 1]; ++link) {
    least = std::min(least, metric_->up()[link] + distance_[order.up()[link]]);
  }
  distance_[rank] = least;
  settled_[rank] = 1;
}

Distance CoreQuery::distance(CoreNode n) {
  const Distance found = distance_of_rank(core_.hierarchy().rank(n.index()));
  return found >= CoreMetric::kNoWay ? kUnreachable : found;
}

CoreArc CoreQuery::arc(CoreNode n) {
  if (metric_->has_free_arcs()) throw OptionError("routes on a core need weights above 0");
  if (n == root_ || distance(n) == kUnreachable) return CoreArc::none();
  return tight_arc(n);
}

/// The first of those whose weight is the difference of the distances at its ends.
CoreArc CoreQuery::tight_arc(CoreNode n) {
  const Distance whole = distance(n);
  for (std::uint32_t a = core_.first_out()[n.index()]; a < core_.first_out()[n.index() + 1]; ++a) {
    const CoreArc arc(a);
    if (metric_->arcs()[a] > whole) continue;
    const Distance rest = distance(core_.head(arc));
    if (rest != kUnreachable && metric_->arcs()[a] + rest == whole) return arc;
  }
  return CoreArc::none();
}

}  // namespace waywarden
