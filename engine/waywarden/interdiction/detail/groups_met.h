#pragma once

/// The largest detection met of each group on one way. A way meets few groups: a list is searched faster than
/// anything else.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace waywarden {

class GroupsMet {
 public:
  void clear() { met_.clear(); }

  double largest(std::uint32_t group) const {
    for (const auto& [number, detection] : met_) {
      if (number == group) return detection;
    }
    return 0.0;
  }

  void meet(std::uint32_t group, double detection) {
    for (auto& [number, largest] : met_) {
      if (number != group) continue;
      largest = std::max(largest, detection);
      return;
    }
    met_.emplace_back(group, detection);
  }

  /// Chance that none of them detects.
  double missed() const {
    double chance = 1.0;
    for (const auto& [number, detection] : met_) chance *= 1.0 - detection;
    return chance;
  }

 private:
  std::vector<std::pair<std::uint32_t, double>> met_;
};

}  // namespace waywarden
