#pragma once

/// The nearest few of a set of targets, for each of many sources: which hospitals, hubs or posts are closest
/// by cost. Sixteen sources at a time, as `ManyToMany`, without keeping the whole table.
///
/// Ties go to the target that comes first in the set. Targets that cannot be reached are left out.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"

namespace waywarden {

/// Those of source i, nearest first: entries first[i] .. first[i + 1] - 1.
struct NearestTargets {
  std::vector<std::size_t> first;
  /// Position in the set of targets.
  std::vector<std::uint32_t> target;
  std::vector<Cost> cost;
};

/// Up to `count` targets per source. Throws `OptionError` for nodes that do not exist.
NearestTargets nearest_targets(const Metric& metric, std::span<const std::uint32_t> sources,
                               std::span<const std::uint32_t> targets, std::size_t count,
                               const Execution& execution = {});

}  // namespace waywarden
