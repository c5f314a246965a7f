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
      places_(std::make_unique<detail::Places>(hierarchy)),
      queued_(hierarchy.node_count()),
      before_(2 * hierarchy.link_count()),
      state_(before_.size()) {}

PartialCustomization::~PartialCustomization() = default;
PartialCustomization::PartialCustomization(PartialCustomization&& other) noexcept = default;

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
    renew_marked(rank);
    pass_on(rank);
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
  if (slot != Hierarchy::kNoSlot) compare(slot, std::min(old, kNoWay), std::min(change.weight, kNoWay));
}

/// One of the ways that a slot is the cheapest of has changed its cost.
void PartialCustomization::compare(std::uint32_t slot, Cost was, Cost now) {
  const Cost cost = metric_->costs_[slot];
  if (now < cost) lower(slot, now);
  if (was <= cost && now > was && cost < kNoWay) mark(slot);
}

void PartialCustomization::lower(std::uint32_t slot, Cost cost) {
  touch(slot);
  metric_->costs_[slot] = cost;
}

void PartialCustomization::mark(std::uint32_t slot) {
  touch(slot);
  state_[slot] |= kMarked;
}

void PartialCustomization::touch(std::uint32_t slot) {
  if (state_[slot] != 0) return;
  state_[slot] = kTouched;
  before_[slot] = metric_->costs_[slot];
  revision_.costs.push_back({slot, before_[slot]});
  const auto links = static_cast<std::uint32_t>(hierarchy_.link_count());
  const std::uint32_t rank = hierarchy_.low(slot < links ? slot : slot - links);
  if (std::exchange(queued_[rank], 1) == 0) queue_.push(rank);
}

std::uint32_t PartialCustomization::down(std::uint32_t link) const {
  return static_cast<std::uint32_t>(hierarchy_.link_count()) + link;
}

Cost PartialCustomization::before(std::uint32_t slot) const {
  return state_[slot] == 0 ? metric_->costs_[slot] : before_[slot];
}

/// All links below a rank are final: what is marked is found again from arcs and lower triangles.
void PartialCustomization::renew_marked(std::uint32_t rank) {
  std::vector<Cost>& costs = metric_->costs_;
  const std::uint32_t first = hierarchy_.first_up()[rank], last = hierarchy_.first_up()[rank + 1];
  is_marked_.assign(last - first, 0);
  bool any = false;
  for (std::uint32_t link = first; link < last; ++link) {
    for (const std::uint32_t slot : {link, down(link)}) {
      if ((state_[slot] & kMarked) == 0) continue;
      costs[slot] = kNoWay;
      is_marked_[link - first] = any = true;
    }
  }
  if (!any) return;
  for (std::uint32_t i = hierarchy_.first_placed()[rank]; i < hierarchy_.first_placed()[rank + 1]; ++i) {
    const Hierarchy::Placed placed = hierarchy_.placed()[i];
    costs[placed.slot] = std::min(costs[placed.slot], metric_->weights_[placed.arc]);
  }
  renew_over_triangles(rank);
}

void PartialCustomization::renew_over_triangles(std::uint32_t rank) {
  Cost* const costs = metric_->costs_.data();
  const detail::RelaxThird<Cost> relax{costs, costs + hierarchy_.link_count()};
  const std::uint8_t* is_marked = is_marked_.data();
  const std::uint32_t first = hierarchy_.first_up()[rank];
  detail::for_triangles(hierarchy_, rank, *places_,
                        [=](std::uint32_t side, std::uint32_t other, std::uint32_t third) {
                          if (is_marked[third - first] != 0) relax(side, other, third);
                        });
}

/// To the links among the ranks above, each closing a triangle with two links of this rank, of which one has
/// changed.
void PartialCustomization::pass_on(std::uint32_t rank) {
  const std::uint32_t first = hierarchy_.first_up()[rank], last = hierarchy_.first_up()[rank + 1];
  row_.clear();
  changed_.clear();
  for (std::uint32_t link = first; link < last; ++link) {
    row_.push_back({before(link), before(down(link)), metric_->costs_[link], metric_->costs_[down(link)]});
    if (row_.back().has_changed()) changed_.push_back(link - first);
  }
  if (changed_.empty()) return;
  while (all_.size() < row_.size()) all_.push_back(static_cast<std::uint32_t>(all_.size()));
  const std::span<const std::uint32_t> all = std::span(all_).first(row_.size());
  std::size_t next = 0;
  for (std::uint32_t side = 0; side < row_.size(); ++side) {
    const bool is_changed = next < changed_.size() && changed_[next] == side;
    next += is_changed ? 1 : 0;
    pass_on(first, side, is_changed ? all.subspan(side + 1) : std::span(changed_).subspan(next));
  }
}

/// Others ascend, and the rank that `side` leads to is linked to where all of them lead.
void PartialCustomization::pass_on(std::uint32_t first, std::uint32_t side,
                                   std::span<const std::uint32_t> others) {
  const std::uint32_t* const up = hierarchy_.up().data();
  const Cost* const costs = metric_->costs_.data();
  const LinkChange from = row_[side];
  std::uint32_t third = hierarchy_.first_up()[up[first + side]];
  for (const std::uint32_t other : others) {
    const LinkChange to = row_[other];
    while (up[third] != up[first + other]) ++third;
    const Cost was_up = from.was_down + to.was_up, is_up = from.is_down + to.is_up;
    const Cost was_down = to.was_down + from.was_up, is_down = to.is_down + from.is_up;
    // Most of the time neither was, nor becomes, the cheapest way.
    if (std::min(was_up, is_up) <= costs[third]) compare(third, was_up, is_up);
    if (std::min(was_down, is_down) <= costs[down(third)]) compare(down(third), was_down, is_down);
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
