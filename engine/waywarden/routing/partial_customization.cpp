#include "waywarden/routing/partial_customization.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/detail/cost_bound.h"

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
  metric_ = &metric;
  revision_ = {{}, {}, metric.bound_};
  for (const WeightChange change : changes) metric.bound_ += change.weight == kClosed ? 0 : change.weight;
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
  std::uint64_t bound = metric.bound_;
  for (const WeightChange change : changes) {
    if (change.arc >= hierarchy_.arc_count()) throw OptionError("there is no such arc");
    bound += change.weight == kClosed ? 0 : change.weight;
  }
  detail::check_cost_bound(bound);
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

bool PartialCustomization::has_changed(std::uint32_t slot) const {
  return state_[slot] != 0 && before_[slot] != metric_->costs_[slot];
}

/// All links below a rank are final: what is marked is found again from arcs and lower triangles.
void PartialCustomization::renew_marked(std::uint32_t rank) {
  std::vector<Cost>& costs = metric_->costs_;
  const std::uint32_t first = hierarchy_.first_up()[rank], last = hierarchy_.first_up()[rank + 1];
  bool any = false;
  for (std::uint32_t link = first; link < last; ++link) {
    for (const std::uint32_t slot : {link, down(link)}) {
      if ((state_[slot] & kMarked) == 0) continue;
      costs[slot] = kNoWay;
      any = true;
    }
  }
  if (!any) return;
  for (std::uint32_t i = hierarchy_.first_placed()[rank]; i < hierarchy_.first_placed()[rank + 1]; ++i) {
    const Hierarchy::Placed placed = hierarchy_.placed()[i];
    costs[placed.slot] = std::min(costs[placed.slot], metric_->weights_[placed.arc]);
  }
  for (std::uint64_t t = hierarchy_.first_triangle()[rank]; t < hierarchy_.first_triangle()[rank + 1]; ++t) {
    const Hierarchy::Triangle triangle = hierarchy_.triangles()[t];
    const std::uint32_t side = triangle.side, other = side + triangle.other, link = first + triangle.third;
    costs[link] = std::min(costs[link], costs[down(side)] + costs[other]);
    costs[down(link)] = std::min(costs[down(link)], costs[down(other)] + costs[side]);
  }
}

/// To the links among the ranks above, each closing a triangle with two links of this rank, of which one has
/// changed.
void PartialCustomization::pass_on(std::uint32_t rank) {
  const std::uint32_t first = hierarchy_.first_up()[rank], last = hierarchy_.first_up()[rank + 1];
  changed_.clear();
  for (std::uint32_t link = first; link < last; ++link) {
    if (has_changed(link) || has_changed(down(link))) changed_.push_back(link);
  }
  if (changed_.empty()) return;
  all_.resize(last - first);
  std::iota(all_.begin(), all_.end(), first);
  std::size_t next = 0;
  for (std::uint32_t side = first; side < last; ++side) {
    const bool is_changed = next < changed_.size() && changed_[next] == side;
    next += is_changed ? 1 : 0;
    if (is_changed) pass_on(side, std::span(all_).subspan(side + 1 - first));
    if (!is_changed) pass_on(side, std::span(changed_).subspan(next));
  }
}

/// Others ascend, and the rank that `side` leads to is linked to where all of them lead.
void PartialCustomization::pass_on(std::uint32_t side, std::span<const std::uint32_t> others) {
  const std::span<const std::uint32_t> up = hierarchy_.up();
  const std::vector<Cost>& costs = metric_->costs_;
  const Cost was_up = before(side), was_down = before(down(side));
  std::uint32_t third = hierarchy_.first_up()[up[side]];
  for (const std::uint32_t other : others) {
    while (up[third] != up[other]) ++third;
    compare(third, was_down + before(other), costs[down(side)] + costs[other]);
    compare(down(third), before(down(other)) + was_up, costs[down(other)] + costs[side]);
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
