#pragma once

/// Clusters of any density by distance along lines: `hdbscan` (hdbscan.h, for all definitions) where the way
/// between two incidents is the shortest one on a linear network. Incidents that no line joins are joined at
/// lambda 0: each part of the network is then a cluster of its own, or falls apart.
///
/// Distances are rounded to 2^-20 metres (a micrometre), because sums of lengths round differently from
/// either end and equal distances must tie. The spanning tree is exact: rounds of Boruvka with bounded
/// searches, none farther than the shortest way out of its component that is known. Each costs what lies
/// within it, so that incidents in bulks far apart cost most; incidents at one place are searched from once.

#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/clusters/hdbscan.h"
#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

/// Throws `OptionError` for `least_cluster` below 2, `InputError` for a position that is not on the network.
HdbscanResult network_hdbscan(const LinearNetwork& network, std::span<const LinePosition> positions,
                              const HdbscanOptions& options = {}, const Execution& execution = {});

}  // namespace waywarden
