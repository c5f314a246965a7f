#pragma once

/// The clusters of the observed cases: the best window of each row, best first, leaving out those that
/// share a place with one before (as SaTScan does: "no geographical overlap"). Ties go to fewer members, then
/// to the centre that comes first.

#include <cstdint>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/scan/maxima.h"

namespace waywarden {

struct FoundCluster {
  std::size_t row = 0;
  std::size_t step = 0;
  std::uint32_t first_interval = 0;
  std::uint32_t last_interval = 0;
  double cases = 0.0;
  double measure = 0.0;
  double ratio = 0.0;
  /// The ratio times the factor of its shape: by this clusters are ranked and tested.
  double statistic = 0.0;
  /// Ascending.
  std::vector<std::uint32_t> members;
};

/// At most `most` clusters, each with a statistic above 0. O(members of all windows), times the stretches of
/// time.
std::vector<FoundCluster> found_clusters(const ScanTask& task, std::size_t most,
                                         const Execution& execution = {});

}  // namespace waywarden
