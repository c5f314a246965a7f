#pragma once

/// Density-based clusters by distance along lines: `dbscan` and `st_dbscan` (dbscan.h, for all definitions)
/// where the way between two incidents is the shortest one on a linear network. Two streets beside each other
/// that meet only far away do not share a cluster.
///
/// One bounded search per place, each of the size of what lies within the radius; memory for the pairs within
/// reach. Incidents at one place (and time) are searched from once.

#include <cstdint>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/clusters/dbscan.h"
#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

/// Throws as `dbscan` does, and `InputError` for a position that is not on the network.
DbscanResult network_dbscan(const LinearNetwork& network, std::span<const LinePosition> positions,
                            const DbscanOptions& options, const Execution& execution = {});

/// Throws as `st_dbscan` does.
DbscanResult network_st_dbscan(const LinearNetwork& network, std::span<const LinePosition> positions,
                               std::span<const std::int64_t> times, const StDbscanOptions& options,
                               const Execution& execution = {});

}  // namespace waywarden
