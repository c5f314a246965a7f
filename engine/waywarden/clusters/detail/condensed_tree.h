#pragma once

/// From a spanning tree (or forest) to clusters: which appear as the radius shrinks, what each keeps and
/// loses, and which of them are selected. hdbscan.h defines all of it.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/clusters/detail/spanning_tree.h"
#include "waywarden/clusters/hdbscan.h"

namespace waywarden::detail {

struct CondensedTree {
  struct Cluster {
    std::uint32_t parent = 0;
    double birth = 0.0;
    double stability = 0.0;
    /// Largest lambda at which it loses a point or splits.
    double death = 0.0;
    std::vector<std::uint32_t> children;
  };

  /// The whole first, parents before children.
  std::vector<Cluster> clusters;
  /// Per site: the last cluster that held it, and the lambda at which it left.
  std::vector<std::uint32_t> last_cluster;
  std::vector<double> lambda;
};

/// `edges` ascending. Parts that no edge joins are joined at lambda 0.
CondensedTree condensed_tree(std::size_t sites, std::span<const TreeEdge> edges, std::size_t least_cluster);

/// In the order of rows.
HdbscanResult selected(const CondensedTree& tree, ClusterSelection selection,
                       std::span<const std::uint32_t> order);

/// Throws `OptionError`.
void require_usable(const HdbscanOptions& options);

}  // namespace waywarden::detail
