#pragma once

/// Which cluster each point belongs to. Clusters are numbered from the largest; of equally large ones the one
/// whose smallest point (by x, then y, then time) is smaller comes first. On a network, a point is (edge,
/// metres along it). The numbers therefore depend on what the points are, never on their order.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace waywarden {

struct ClusterLabels {
  /// Per point; nothing for noise.
  std::vector<std::optional<std::uint32_t>> cluster;
  /// Points of each cluster.
  std::vector<std::size_t> sizes;
};

}  // namespace waywarden
