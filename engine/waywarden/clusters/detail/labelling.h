#pragma once

/// From canonical order back to the caller's, with clusters numbered as `ClusterLabels` says.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "waywarden/clusters/cluster_labels.h"

namespace waywarden::detail {

inline constexpr std::uint32_t kNoCluster = std::numeric_limits<std::uint32_t>::max();

/// order[canonical position] = row, by content; equal ones, which nothing can tell apart, by row.
template <class Content>
std::vector<std::uint32_t> canonical_order(std::span<const Content> rows) {
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return rows[a] < rows[b]; });
  return order;
}

/// `group[site]` is any number below the number of sites that is common to a cluster, or `kNoCluster`.
ClusterLabels labels(std::span<const std::uint32_t> group, std::span<const std::uint32_t> order);

}  // namespace waywarden::detail
