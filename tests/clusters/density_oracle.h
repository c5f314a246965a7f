#pragma once

/// Density-based clusters by the definition, pair by pair.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>
#include <vector>

#include "waywarden/clusters/dbscan.h"

namespace waywarden::testing {

struct Pair {
  bool within = false;
  double distance = 0.0;
  std::int64_t apart = 0;
};

struct Oracle {
  std::vector<DensityRole> role;
  /// Any number, common to a cluster; -1 for noise.
  std::vector<int> cluster;
};

/// `rank` orders points by content.
inline Oracle density_oracle(std::size_t n, std::size_t least,
                             const std::function<Pair(std::size_t, std::size_t)>& pair,
                             const std::vector<std::size_t>& rank) {
  Oracle result;
  result.role.assign(n, DensityRole::noise);
  result.cluster.assign(n, -1);
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t found = 0;
    for (std::size_t j = 0; j < n; ++j) found += pair(i, j).within ? 1 : 0;
    if (found >= least) result.role[i] = DensityRole::core;
  }
  for (std::size_t seed = 0; seed < n; ++seed) {
    if (result.role[seed] != DensityRole::core || result.cluster[seed] >= 0) continue;
    std::vector<std::size_t> open = {seed};
    result.cluster[seed] = static_cast<int>(seed);
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (std::size_t j = 0; j < n; ++j) {
        if (result.role[j] != DensityRole::core || result.cluster[j] >= 0 || !pair(at, j).within) continue;
        result.cluster[j] = static_cast<int>(seed);
        open.push_back(j);
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (result.role[i] == DensityRole::core) continue;
    std::optional<std::tuple<double, std::int64_t, std::size_t>> best;
    for (std::size_t j = 0; j < n; ++j) {
      const Pair to = pair(i, j);
      if (result.role[j] != DensityRole::core || !to.within) continue;
      const std::tuple candidate(to.distance, to.apart, rank[j]);
      if (best && *best <= candidate) continue;
      best = candidate;
      result.role[i] = DensityRole::border;
      result.cluster[i] = result.cluster[j];
    }
  }
  return result;
}

/// Largest first, then by the smallest member.
inline std::vector<std::optional<std::uint32_t>> numbered(const Oracle& oracle,
                                                          const std::vector<std::size_t>& rank) {
  std::map<int, std::pair<std::size_t, std::size_t>> groups;
  for (std::size_t i = 0; i < rank.size(); ++i) {
    if (oracle.cluster[i] < 0) continue;
    auto& [size, first] = groups.try_emplace(oracle.cluster[i], 0, rank.size()).first->second;
    ++size;
    first = std::min(first, rank[i]);
  }
  std::vector<std::tuple<std::size_t, std::size_t, int>> order;
  for (const auto& [name, group] : groups) order.emplace_back(rank.size() - group.first, group.second, name);
  std::sort(order.begin(), order.end());
  std::vector<std::optional<std::uint32_t>> result(rank.size());
  for (std::size_t c = 0; c < order.size(); ++c) {
    for (std::size_t i = 0; i < rank.size(); ++i) {
      if (oracle.cluster[i] == std::get<2>(order[c])) result[i] = static_cast<std::uint32_t>(c);
    }
  }
  return result;
}

template <class Content>
std::vector<std::size_t> ranks(const std::vector<Content>& rows) {
  std::vector<std::size_t> order(rows.size()), rank(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rows[a] < rows[b]; });
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

}  // namespace waywarden::testing
