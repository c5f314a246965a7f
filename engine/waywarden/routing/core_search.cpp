#include "waywarden/routing/core_search.h"

#include <algorithm>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

Distance arc_weight(const Core& core, CoreArc arc, std::span<const Weight> per_edge) {
  Distance sum = 0;
  for (const EdgeId e : core.edges(arc)) {
    if (per_edge[e.index()] == kClosed) return kClosedArc;
    sum += per_edge[e.index()];
  }
  return sum;
}

}  // namespace

CoreMetric::CoreMetric(const Core& core, std::span<const Weight> per_edge) {
  if (per_edge.size() != core.network_edge_count()) throw OptionError("weights must have one entry per edge");
  in_arcs_.reserve(core.arc_count());
  for (const CoreArc arc : core.in_arcs()) {
    in_arcs_.push_back({arc_weight(core, arc, per_edge), static_cast<std::uint32_t>(core.tail(arc).index()),
                        static_cast<std::uint32_t>(arc.index())});
  }
}

CoreQuery::CoreQuery(const Core& core) : core_(core), labels_(core.node_count()) {}

void CoreQuery::start(CoreNode root, std::span<const CoreNode> origins) {
  std::fill(labels_.begin(), labels_.end(), Label{});
  heap_.clear();
  awaited_ = 0;
  for (const CoreNode origin : origins) {
    if (!std::exchange(labels_[origin.index()].awaited, true)) ++awaited_;
  }
  labels_[root.index()].distance = 0;
  push({0, static_cast<std::uint32_t>(root.index())});
}

void CoreQuery::search_to(CoreNode root, const CoreMetric& metric, std::span<const CoreNode> origins) {
  start(root, origins);
  while (!heap_.empty()) {
    const Entry entry = pop();
    Label& label = labels_[entry.node];
    if (entry.distance != label.distance) continue;
    // With weights above 0, whatever ties at this node was relaxed by nodes nearer to the root: it is final.
    if (std::exchange(label.awaited, false) && --awaited_ == 0) return;
    settle(entry, metric);
  }
}

void CoreQuery::settle(Entry entry, const CoreMetric& metric) {
  const std::uint32_t first = core_.first_in()[entry.node], last = core_.first_in()[entry.node + 1];
  for (const CoreMetric::InArc& in : metric.in_arcs().subspan(first, last - first)) {
    if (in.weight == kClosedArc) continue;
    const Distance distance = entry.distance + in.weight;
    Label& label = labels_[in.tail];
    if (distance < label.distance) {
      label.distance = distance;
      label.arc = CoreArc(in.arc);
      push({distance, in.tail});
    } else if (distance == label.distance && in.weight > 0 && CoreArc(in.arc) < label.arc) {
      label.arc = CoreArc(in.arc);
    }
  }
}

void CoreQuery::push(Entry entry) {
  std::size_t at = heap_.size();
  heap_.push_back(entry);
  while (at > 0) {
    const std::size_t above = (at - 1) / 4;
    if (heap_[above].distance <= entry.distance) break;
    heap_[at] = heap_[above];
    at = above;
  }
  heap_[at] = entry;
}

CoreQuery::Entry CoreQuery::pop() {
  const Entry top = heap_.front(), moved = heap_.back();
  heap_.pop_back();
  const std::size_t size = heap_.size();
  std::size_t at = 0;
  while (4 * at + 1 < size) {
    const std::size_t end = std::min(4 * at + 5, size);
    std::size_t least = 4 * at + 1;
    for (std::size_t child = least + 1; child < end; ++child) {
      if (heap_[child].distance < heap_[least].distance) least = child;
    }
    if (heap_[least].distance >= moved.distance) break;
    heap_[at] = heap_[least];
    at = least;
  }
  if (size > 0) heap_[at] = moved;
  return top;
}

}  // namespace waywarden
