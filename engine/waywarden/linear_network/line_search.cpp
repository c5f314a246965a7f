#include "waywarden/linear_network/line_search.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr auto kFarther = [](const auto& a, const auto& b) {
  return a.distance > b.distance || (a.distance == b.distance && a.node > b.node);
};

}  // namespace

LineSearch::LineSearch(const LinearNetwork& network)
    : network_(&network),
      round_(network.node_count()),
      settled_(network.node_count()),
      distance_(network.node_count()) {}

std::span<const LineSearch::Reached> LineSearch::from(LinePosition origin, double limit) {
  require_on(*network_, {&origin, 1});
  if (!(limit >= 0.0)) throw OptionError("the limit of a search must be at least 0");
  limit_ = limit;
  start(origin);
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), kFarther);
    const Entry entry = heap_.back();
    heap_.pop_back();
    if (settled_[entry.node] == 0) settle(entry);
  }
  return reached_;
}

void LineSearch::start(LinePosition origin) {
  origin_ = origin;
  if (++now_ == 0) {  // after 2^32 searches the rounds begin anew
    std::ranges::fill(round_, 0U);
    now_ = 1;
  }
  reached_.clear();
  heap_.clear();
  const auto& edge = network_->edge(origin.edge);
  lower(edge.first, origin.along);
  lower(edge.second, edge.length - origin.along);
}

void LineSearch::lower(std::uint32_t node, double distance) {
  if (distance > limit_) return;
  const bool seen = round_[node] == now_;
  if (seen && distance_[node] <= distance) return;
  if (!seen) settled_[node] = 0;
  round_[node] = now_;
  distance_[node] = distance;
  heap_.push_back({distance, node});
  std::push_heap(heap_.begin(), heap_.end(), kFarther);
}

void LineSearch::settle(Entry entry) {
  settled_[entry.node] = 1;
  reached_.push_back({entry.node, entry.distance});
  for (const auto& branch : network_->branches(entry.node)) {
    lower(branch.node, entry.distance + branch.length);
  }
}

double LineSearch::distance_to(LinePosition position) const {
  if (now_ == 0) throw OptionError("a distance is asked for before a search");
  require_on(*network_, {&position, 1});
  const auto& edge = network_->edge(position.edge);
  double distance = std::min(distance_to_node(edge.first) + position.along,
                             distance_to_node(edge.second) + (edge.length - position.along));
  if (position.edge == origin_.edge) {
    distance = std::min(distance, std::abs(position.along - origin_.along));
  }
  return distance <= limit_ ? distance : kFar;
}

}  // namespace waywarden
