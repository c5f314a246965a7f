#pragma once

/// Random forests with groups under random limits, and the best placement in them by trying all.

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "interdiction/site_forest.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/ways.h"

namespace waywarden::forests {

using Flags = std::vector<std::uint8_t>;

inline constexpr std::size_t kSites = 9;

inline Flags flags(const std::vector<SiteId>& placement) {
  Flags set(kSites, 0);
  for (const SiteId site : placement) set[site.index()] = 1;
  return set;
}

inline bool keeps(const Limits& limits, const std::vector<SiteId>& placement) {
  const std::vector<double> used = used_by(limits, placement);
  for (std::size_t row = 0; row < limits.size(); ++row) {
    if (used[row] > limits[row].capacity * (1.0 + 1e-12)) return false;
  }
  return true;
}

/// Teams, a budget, and a budget with a second limit.
inline std::vector<Limits> some_limits(const SiteForest& forest, std::uint64_t seed) {
  std::vector<Limits> all;
  for (std::size_t teams = 0; teams <= 4; ++teams) all.push_back({team_limit(forest.sites, teams)});
  RandomStream random(seed, 6);
  for (int i = 0; i < 3; ++i) {
    all.push_back({budget_limit(forest.sites, 1.0 + 8.0 * random.uniform())});
    Limit second{{}, 2.0 * random.uniform()};
    for (std::size_t site = 0; site < kSites; ++site) second.use.push_back(random.uniform());
    all.push_back({budget_limit(forest.sites, 1.0 + 8.0 * random.uniform()), second});
  }
  return all;
}

inline std::vector<SiteId> placement_of(const Flags& chosen) {
  std::vector<SiteId> placement;
  for (std::size_t site = 0; site < chosen.size(); ++site) {
    if (chosen[site] != 0) placement.emplace_back(site);
  }
  return placement;
}

class LimitedForest : public testing::TestWithParam<std::uint64_t> {
 protected:
  double best(const Limits& limits, SiteId fixed = SiteId::none()) const {
    double most = 0.0;
    for (std::size_t count = 0; count <= kSites; ++count) {
      for (const auto& placement : all_placements(kSites, count)) {
        const bool has = !fixed.exists() || std::ranges::find(placement, fixed) != placement.end();
        if (has && keeps(limits, placement)) most = std::max(most, caught_with_groups(forest, placement));
      }
    }
    return most;
  }

  SiteForest forest = grouped_forest(GetParam(), kSites, 2, 4, 14);
  SiteWays ways = ways_of(forest.trees, forest.draws, forest.sites);
};

}  // namespace waywarden::forests
