#pragma once

/// Which of many searches on a core are made together, so that sweeps are full, what they share is looked at
/// once, and no thread waits for another.

#include <cstddef>
#include <span>
#include <vector>

#include "waywarden/routing/core.h"

namespace waywarden {

class SweepBatches {
 public:
  /// Searches to `root`, one each, that lie one after the other in groups that may not be mixed (one metric
  /// each). Those of a batch lie near each other: they are neighbours in the order of the hierarchy. Batches
  /// of a group are of the same size, but for one search; a group alone is cut into as many as `workers`
  /// threads share evenly. Throws `OptionError` where sizes do not add up to the roots. O(roots log roots).
  SweepBatches(const Core& core, std::span<const CoreNode> root, std::span<const std::size_t> group_sizes,
               std::size_t workers);

  std::size_t size() const { return first_.size() - 1; }
  /// The searches of a batch: at least one, at most `CoreSweep::kMostRoots`.
  std::span<const std::size_t> operator[](std::size_t batch) const {
    return std::span(order_).subspan(first_[batch], first_[batch + 1] - first_[batch]);
  }

 private:
  void cut(std::size_t searches, std::size_t batches);

  std::vector<std::size_t> order_;
  std::vector<std::size_t> first_{0};
};

}  // namespace waywarden
