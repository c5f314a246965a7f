#pragma once

/// Random site trees, and what placements stop in them by walking each way node by node. The same seed gives
/// the same forest.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/flow/site_tree.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/interdiction/sites.h"

namespace waywarden::forests {

struct SiteForest {
  std::vector<SiteTree> trees;
  std::size_t draws = 0;
  Sites sites;
  /// Per draw.
  double journeys = 0.0;
};

inline Sites made_up_sites(std::uint64_t seed, std::size_t count) {
  RandomStream random(seed, 0, 500);
  Sites sites;
  for (std::size_t i = 0; i < count; ++i) {
    sites.id.push_back("site-" + std::to_string(100 + i));
    sites.name.push_back(sites.id.back());
    sites.kind.push_back(SiteKind::crossing);
    sites.mode.push_back(Mode::road);
    sites.status.push_back(SiteStatus::listed);
    sites.country_a.push_back("AA");
    sites.country_b.push_back("BB");
    sites.point.push_back({0.0, 0.0});
    sites.detection.push_back(0.1 + 0.8 * random.uniform());
    sites.state.push_back(SiteState::candidate);
    sites.hours.push_back(1.0);
    sites.cost.push_back(1.0);
    sites.group.emplace_back(i);
  }
  return sites;
}

inline bool occurs_downstream(const SiteTree& tree, std::uint32_t node, SiteId site) {
  while (true) {
    if (tree.site[node] == site) return true;
    if (tree.parent[node] == node) return false;
    node = tree.parent[node];
  }
}

/// A tree grown from its roots, then turned so that parents stand after their nodes.
inline SiteTree random_tree(RandomStream& random, std::size_t sites, std::uint32_t nodes) {
  SiteTree tree;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    const SiteId site(random.below(static_cast<std::uint32_t>(sites)));
    const bool root = i == 0 || random.uniform() < 0.2;
    const std::uint32_t parent = root ? i : random.below(i);
    tree.site.push_back(root || !occurs_downstream(tree, parent, site) ? site : SiteId::none());
    tree.parent.push_back(parent);
    tree.injected.push_back(random.uniform() < 0.3 ? 0.0 : random.uniform());
    if (!tree.site.back().exists()) {
      tree.site.pop_back();
      tree.parent.pop_back();
      tree.injected.pop_back();
      --nodes;
      --i;
    }
  }
  const auto last = static_cast<std::uint32_t>(tree.site.size() - 1);
  std::reverse(tree.site.begin(), tree.site.end());
  std::reverse(tree.parent.begin(), tree.parent.end());
  std::reverse(tree.injected.begin(), tree.injected.end());
  for (std::uint32_t& parent : tree.parent) parent = last - parent;
  return tree;
}

inline SiteForest random_forest(std::uint64_t seed, std::size_t sites, std::size_t draws,
                                std::size_t destinations, std::uint32_t nodes) {
  SiteForest forest;
  forest.draws = draws;
  forest.sites = made_up_sites(seed, sites);
  RandomStream random(seed, 1, 500);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    for (std::size_t destination = 0; destination < destinations; ++destination) {
      SiteTree tree = random_tree(random, sites, nodes);
      tree.draw = static_cast<std::uint32_t>(draw);
      tree.destination = PlaceId(destination);
      tree.unseen = random.uniform();
      for (const double journeys : tree.injected) forest.journeys += journeys / static_cast<double>(draws);
      forest.journeys += tree.unseen / static_cast<double>(draws);
      forest.trees.push_back(std::move(tree));
    }
  }
  return forest;
}

/// Journeys stopped in one tree, one way after the other.
inline double caught_by_walking(const SiteTree& tree, const std::vector<double>& detection,
                                const std::vector<SiteId>& placement) {
  double caught = 0.0;
  for (std::uint32_t start = 0; start < tree.site.size(); ++start) {
    double missed = 1.0;
    for (std::uint32_t node = start;; node = tree.parent[node]) {
      const bool watched = std::find(placement.begin(), placement.end(), tree.site[node]) != placement.end();
      if (watched) missed *= 1.0 - detection[tree.site[node].index()];
      if (tree.parent[node] == node) break;
    }
    caught += tree.injected[start] * (1.0 - missed);
  }
  return caught;
}

inline double caught_by_walking(const std::vector<SiteTree>& trees, std::size_t draws,
                                const std::vector<double>& detection, const std::vector<SiteId>& placement) {
  double caught = 0.0;
  for (const SiteTree& tree : trees) caught += caught_by_walking(tree, detection, placement);
  return caught / static_cast<double>(draws);
}

/// The same with groups: of each only the largest detection on a way counts.
inline double caught_with_groups(const SiteForest& forest, const std::vector<SiteId>& placement) {
  double caught = 0.0;
  for (const SiteTree& tree : forest.trees) {
    for (std::uint32_t start = 0; start < tree.site.size(); ++start) {
      std::map<SiteId, double> largest;
      for (std::uint32_t node = start;; node = tree.parent[node]) {
        const SiteId site = tree.site[node];
        double& met = largest[forest.sites.group[site.index()]];
        if (std::find(placement.begin(), placement.end(), site) != placement.end())
          met = std::max(met, forest.sites.detection[site.index()]);
        if (tree.parent[node] == node) break;
      }
      double missed = 1.0;
      for (const auto& [group, detection] : largest) missed *= 1.0 - detection;
      caught += tree.injected[start] * (1.0 - missed);
    }
  }
  return caught / static_cast<double>(forest.draws);
}

/// With costs of 1 to 3 and some sites of three groups.
inline SiteForest grouped_forest(std::uint64_t seed, std::size_t sites, std::size_t draws,
                                 std::size_t destinations, std::uint32_t nodes) {
  SiteForest forest = random_forest(seed, sites, draws, destinations, nodes);
  RandomStream random(seed, 2, 500);
  std::map<std::uint32_t, SiteId> first;
  for (std::size_t i = 0; i < sites; ++i) {
    forest.sites.cost[i] = 1.0 + 2.0 * random.uniform();
    if (random.uniform() < 0.6)
      forest.sites.group[i] = first.emplace(random.below(3), SiteId(i)).first->second;
  }
  return forest;
}

/// All sets of `count` sites out of `sites`.
inline std::vector<std::vector<SiteId>> all_placements(std::size_t sites, std::size_t count) {
  std::vector<std::vector<SiteId>> all;
  for (std::uint32_t set = 0; set < (1U << sites); ++set) {
    if (static_cast<std::size_t>(__builtin_popcount(set)) != count) continue;
    all.emplace_back();
    for (std::size_t i = 0; i < sites; ++i) {
      if ((set >> i & 1U) != 0) all.back().push_back(SiteId(i));
    }
  }
  return all;
}

}  // namespace waywarden::forests
