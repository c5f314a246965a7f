#pragma once

/// The minimum spanning forest of mutual reachability along a network.

#include <cstddef>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/clusters/detail/line_sites.h"
#include "waywarden/clusters/detail/spanning_tree.h"

namespace waywarden::detail {

struct LineTree {
  /// Of each site, infinite where fewer than `least` incidents are in reach.
  std::vector<double> core;
  /// Of finite length, ascending.
  std::vector<TreeEdge> edges;
};

LineTree line_spanning_tree(const LinearNetwork& network, const LineSites& sites, std::size_t least,
                            const Execution& execution);

}  // namespace waywarden::detail
