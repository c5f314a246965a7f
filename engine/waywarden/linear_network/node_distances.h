#pragma once

/// Distances between all nodes of a network that are close to each other, found once: for analyses that ask
/// from more positions than there are nodes. One bounded search per node; 16 bytes per pair.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/linear_network/line_search.h"

namespace waywarden {

class NodeDistances {
 public:
  /// Nothing where more than `most` pairs are within the limit.
  static std::optional<NodeDistances> within(const LinearNetwork& network, double limit, std::size_t most,
                                             const Execution& execution = {});

  /// Nodes at most the limit away, itself included, by (distance, node).
  std::span<const LineSearch::Reached> from(std::size_t node) const {
    return {reached_.data() + first_[node], first_[node + 1] - first_[node]};
  }

 private:
  std::vector<std::size_t> first_{0};
  std::vector<LineSearch::Reached> reached_;
};

}  // namespace waywarden
