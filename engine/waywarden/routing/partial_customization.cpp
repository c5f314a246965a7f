#include "waywarden/routing/partial_customization.h"

#include <algorithm>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/cost_bound.h"
#include "waywarden/routing/detail/customization.h"

namespace waywarden {
namespace {

/// Of slots, as bits.
constexpr std::uint8_t kTouched = 1;
constexpr std::uint8_t kMarked = 2;

}  // namespace

PartialCustomization::PartialCustomization(const Hierarchy& hierarchy)
    : hierarchy_(hierarchy),
      queued_(hierarchy.node_count()),
      before_(2 * hierarchy.link_count()),
      state_(before_.size()) {}

MetricRevision PartialCustomization::apply(Metric& metric, std::span<const WeightChange> changes) {
  check(metric, changes);
  const std::uint64_t bound = bound_after(metric, changes);
  detail::check_cost_bound(bound);
  metric_ = &metric;
  revision_ = {{}, {}, std::exchange(metric.bound_, bound)};
  for (const WeightChange change : changes) change_weight(change);
  while (!queue_.empty()) {
    const std::uint32_t rank = queue_.top();
    queue_.pop();
    queued_[rank] = 0;
    for (const Way way : {kUp, kDown}) renew_marked(rank, way);
    note_changes(rank);
    for (const Way way : {kUp, kDown}) pass_on(rank, way);
  }
  clear();
  return std::move(revision_);
}

void PartialCustomization::check(const Metric& metric, std::span<const WeightChange> changes) const {
  if (metric.hierarchy_ != &hierarchy_) throw OptionError("the metric is of another hierarchy");
  for (const WeightChange change : changes) {
    if (change.arc >= hierarchy_.arc_count()) throw OptionError("there is no such arc");
  }
}

std::uint64_t PartialCustomization::bound_after(const Metric& metric,
                                                std::span<const WeightChange> changes) const {
  std::uint64_t bound = metric.bound_;
  for (const WeightChange change : changes) bound += change.weight == kClosed ? 0 : change.weight;
  if (bound < kNoWay) return bound;
  std::vector<Weight> weights = metric.weights_;
  for (const WeightChange change : changes) weights[change.arc] = change.weight;
  return way_cost_bound(hierarchy_, weights);
}

void PartialCustomization::change_weight(WeightChange change) {
  const Weight old = std::exchange(metric_->weights_[change.arc], change.weight);
  revision_.weights.push_back({change.arc, old});
  const std::uint32_t slot = hierarchy_.slot(change.arc);
  if (slot == Hierarchy::kNoSlot) return;
  const auto links = static_cast<std::uint32_t>(hierarchy_.link_count());
  const std::uint32_t rank = hierarchy_.low(slot < links ? slot : slot - links);
  compare(rank, slot, std::min(old, kNoWay), std::min(change.weight, kNoWay));
}

/// One of the ways that a slot of a rank's links is the cheapest of has changed its cost.
void PartialCustomization::compare(std::uint32_t rank, std::uint32_t slot, Cost was, Cost now) {
  const Cost cost = metric_->costs_[slot];
  const bool is_lower = now < cost, is_stale = was <= cost && now > was && cost < kNoWay;
  if (!is_lower && !is_stale) return;
  touch(rank, slot);
  if (is_lower) metric_->costs_[slot] = now;
  if (is_stale) state_[slot] |= kMarked;
}

void PartialCustomization::touch(std::uint32_t rank, std::uint32_t slot) {
  if (state_[slot] != 0) return;
  state_[slot] = kTouched;
  before_[slot] = metric_->costs_[slot];
  revision_.costs.push_back({slot, before_[slot]});
  if (std::exchange(queued_[rank], 1) == 0) queue_.push(rank);
}

std::uint32_t PartialCustomization::first_slot(Way way) const {
  return way == kUp ? 0 : static_cast<std::uint32_t>(hierarchy_.link_count());
}

/// All links below a rank are final: what is marked is found again from arcs and lower triangles.
void PartialCustomization::renew_marked(std::uint32_t rank, Way way) {
  Cost* const costs = metric_->costs_.data() + first_slot(way);
  const std::uint8_t* const state = state_.data() + first_slot(way);
  const std::uint32_t first = hierarchy_.first_up()[rank], last = hierarchy_.first_up()[rank + 1];
  marked_.clear();
  for (std::uint32_t link = first; link < last; ++link) {
    if ((state[link] & kMarked) != 0) marked_.push_back(link);
  }
  if (marked_.empty()) return;
  for (const std::uint32_t link : marked_) costs[link] = kNoWay;
  for (std::uint32_t i = hierarchy_.first_placed()[rank]; i < hierarchy_.first_placed()[rank + 1]; ++i) {
    const Hierarchy::Placed placed = hierarchy_.placed()[i];
    Cost& cost = metric_->costs_[placed.slot];
    if ((state_[placed.slot] & kMarked) != 0) cost = std::min(cost, metric_->weights_[placed.arc]);
  }
  const Cost* const other_way = metric_->costs_.data() + first_slot(opposite(way));
  const auto relax = [=](std::uint32_t side, std::uint32_t other, std::uint32_t third) {
    costs[third] = std::min(costs[third], other_way[side] + costs[other]);
  };
  detail::for_triangles_below(hierarchy_, rank, marked_, state + first, kMarked, relax);
}

/// Of the links of a rank, which are final now.
void PartialCustomization::note_changes(std::uint32_t rank) {
  const std::uint32_t first = hierarchy_.first_up()[rank], last = hierarchy_.first_up()[rank + 1];
  while (all_.size() < last - first) all_.push_back(static_cast<std::uint32_t>(all_.size()));
  for (const Way way : {kUp, kDown}) {
    row_[way].clear();
    changed_[way].clear();
    for (std::uint32_t link = first; link < last; ++link) {
      const std::uint32_t slot = first_slot(way) + link;
      const Cost now = metric_->costs_[slot], was = state_[slot] == 0 ? now : before_[slot];
      row_[way].push_back({was, now});
      if (was != now) changed_[way].push_back(link - first);
    }
  }
}

/// To the links among the ranks above, each closing a triangle with two links of this rank, of which one has
/// changed. One goes `way` over them by going down the side and `way` along the other.
void PartialCustomization::pass_on(std::uint32_t rank, Way way) {
  const std::vector<std::uint32_t>&sides = changed_[opposite(way)], &others = changed_[way];
  if (sides.empty() && others.empty()) return;
  const auto size = static_cast<std::uint32_t>(row_[way].size());
  std::size_t next_side = 0, next_other = 0;
  for (std::uint32_t side = 0; side < size; ++side) {
    const bool is_changed = next_side < sides.size() && sides[next_side] == side;
    next_side += is_changed ? 1 : 0;
    while (next_other < others.size() && others[next_other] <= side) ++next_other;
    pass_on(
        rank, way, side,
        is_changed ? std::span(all_).first(size).subspan(side + 1) : std::span(others).subspan(next_other));
    if (next_side == sides.size() && next_other == others.size()) return;
  }
}

/// Others ascend, and the rank that `side` leads to is linked to where all of them lead.
void PartialCustomization::pass_on(std::uint32_t rank, Way way, std::uint32_t side,
                                   std::span<const std::uint32_t> others) {
  const std::uint32_t* const up = hierarchy_.up().data();
  const std::uint32_t* const high = up + hierarchy_.first_up()[rank];
  const Cost* const costs = metric_->costs_.data() + first_slot(way);
  const CostChange from = row_[opposite(way)][side];
  const std::uint32_t first = hierarchy_.first_up()[high[side]];
  for (const std::uint32_t other : others) {
    const CostChange to = row_[way][other];
    // All links between the two have theirs before this one.
    std::uint32_t third = first + other - side - 1;
    while (up[third] != high[other]) ++third;
    const Cost was = from.was + to.was, is = from.is + to.is;
    // Most of the time it neither was, nor becomes, the cheapest way.
    if (std::min(was, is) <= costs[third]) compare(high[side], first_slot(way) + third, was, is);
  }
}

/// Keeps only what is another than before.
void PartialCustomization::clear() {
  for (const MetricRevision::Slot touched : revision_.costs) state_[touched.slot] = 0;
  std::erase_if(revision_.costs,
                [&](MetricRevision::Slot touched) { return metric_->costs_[touched.slot] == touched.cost; });
}

void PartialCustomization::undo(Metric& metric, const MetricRevision& revision) {
  for (const MetricRevision::Slot slot : revision.costs) metric.costs_[slot.slot] = slot.cost;
  for (std::size_t i = revision.weights.size(); i-- > 0;) {
    metric.weights_[revision.weights[i].arc] = revision.weights[i].weight;
  }
  metric.bound_ = revision.bound;
}

}  // namespace waywarden
