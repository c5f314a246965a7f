#pragma once

/// Distances from a position to the nodes around it, by a search or out of a table.

#include <vector>

#include "waywarden/linear_network/node_distances.h"

namespace waywarden::pattern_detail {

class DistanceField {
 public:
  /// The network and the table, if there is one, must outlive this.
  DistanceField(const LinearNetwork& network, double limit, const NodeDistances* table)
      : network_(&network), limit_(limit), table_(table), search_(network), seen_(network.node_count()) {
    if (table != nullptr) distance_.resize(network.node_count());
  }

  void from(LinePosition position) {
    reached_.clear();
    if (table_ == nullptr) {
      for (const auto& [node, distance] : search_.from(position, limit_)) reached_.push_back(node);
      return;
    }
    ++now_;
    const auto& edge = network_->edge(position.edge);
    lower_all(edge.first, position.along);
    lower_all(edge.second, edge.length - position.along);
  }

  /// Nodes within the limit.
  const std::vector<std::uint32_t>& reached() const { return reached_; }
  /// `LineSearch::kFar` beyond the limit.
  double to_node(std::uint32_t node) const {
    if (table_ == nullptr) return search_.distance_to_node(node);
    return seen_[node] == now_ ? distance_[node] : LineSearch::kFar;
  }

 private:
  void lower_all(std::uint32_t from, double start) {
    for (const auto& [node, rest] : table_->from(from)) {
      const double distance = start + rest;
      if (distance > limit_) break;
      if (seen_[node] != now_) {
        seen_[node] = now_;
        distance_[node] = distance;
        reached_.push_back(node);
      } else if (distance < distance_[node]) {
        distance_[node] = distance;
      }
    }
  }

  const LinearNetwork* network_;
  double limit_;
  const NodeDistances* table_;
  LineSearch search_;
  std::uint64_t now_ = 0;
  std::vector<std::uint64_t> seen_;
  std::vector<double> distance_;
  std::vector<std::uint32_t> reached_;
};

}  // namespace waywarden::pattern_detail
