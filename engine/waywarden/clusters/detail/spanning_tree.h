#pragma once

/// The minimum spanning tree of mutual reachability.

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/clusters/detail/site_tree.h"

namespace waywarden::detail {

struct TreeEdge {
  /// a < b.
  std::uint32_t a = 0, b = 0;
  double length = 0.0;

  /// A total order, so that rounds of Boruvka close no circle.
  friend bool operator<(const TreeEdge& x, const TreeEdge& y) {
    return std::tie(x.length, x.a, x.b) < std::tie(y.length, y.a, y.b);
  }
};

inline TreeEdge edge_between(std::uint32_t a, std::uint32_t b, double length) {
  return {std::min(a, b), std::max(a, b), length};
}

/// Core distance of each site.
std::vector<double> core_distances(const SiteTree& tree, std::size_t sites, std::size_t least,
                                   const Execution& execution);

/// Its n - 1 edges, ascending.
std::vector<TreeEdge> spanning_tree(const Sites& sites, const SiteTree& tree, const std::vector<double>& core,
                                    const Execution& execution);

}  // namespace waywarden::detail
