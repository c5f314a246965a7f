#include "waywarden/clusters/detail/spanning_tree.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "waywarden/clusters/detail/bound.h"
#include "waywarden/clusters/detail/disjoint_sets.h"

namespace waywarden::detail {
namespace {

constexpr std::size_t kGrain = 64;
constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kMixed = std::numeric_limits<std::uint32_t>::max();

class Boruvka {
 public:
  Boruvka(const Sites& sites, const SiteTree& tree, const std::vector<double>& core,
          const Execution& execution)
      : sites_(sites),
        tree_(tree),
        core_(core),
        execution_(execution),
        sets_(sites.size()),
        component_(sites.size()),
        best_(sites.size(), TreeEdge{0, 0, kFar}),
        at_least_(core),
        bound_(sites.size()),
        part_core_(tree.parts().size(), kFar),
        part_component_(tree.parts().size(), kMixed) {
    std::iota(component_.begin(), component_.end(), 0U);
    for_parts([&](std::size_t part, std::uint32_t site) {
      part_core_[part] = std::min(part_core_[part], core_[site]);
    });
  }

  std::vector<TreeEdge> run() {
    std::vector<TreeEdge> edges;
    while (edges.size() + 1 < sites_.size()) {
      execution_.check();
      name_parts();
      start_bounds();
      parallel_for(
          sites_.size(), execution_, [&](std::size_t site) { look_out(site); }, kGrain);
      join(edges);
    }
    std::sort(edges.begin(), edges.end());
    return edges;
  }

 private:
  /// Calls visit(part, site) for the sites of leaves, then carries parts up.
  template <class Visit>
  void for_parts(const Visit& visit) {
    const auto parts = tree_.parts();
    for (std::size_t p = parts.size(); p-- > 0;) {
      const std::uint32_t children = parts[p].children;
      if (children == 0) {
        for (const std::uint32_t site : tree_.members(parts[p])) visit(p, site);
      } else {
        part_core_[p] = std::min(part_core_[children], part_core_[children + 1]);
      }
    }
  }

  /// Which parts of the tree are of one component.
  void name_parts() {
    const auto parts = tree_.parts();
    for (std::size_t p = parts.size(); p-- > 0;) {
      const std::uint32_t children = parts[p].children;
      if (children == 0) {
        const auto members = tree_.members(parts[p]);
        const std::uint32_t first = component_[members[0]];
        const bool one = std::all_of(members.begin(), members.end(),
                                     [&](std::uint32_t site) { return component_[site] == first; });
        part_component_[p] = one ? first : kMixed;
      } else {
        const std::uint32_t left = part_component_[children], right = part_component_[children + 1];
        part_component_[p] = left == right ? left : kMixed;
      }
    }
  }

  bool still_leads_out(std::size_t site) const {
    const TreeEdge& edge = best_[site];
    return edge.length < kFar && component_[edge.a] != component_[edge.b];
  }

  /// What a site found before stays its best as long as it leads out: others have only been lost.
  void start_bounds() {
    for (std::size_t site = 0; site < sites_.size(); ++site) bound_[site].set(kFar);
    for (std::size_t site = 0; site < sites_.size(); ++site) {
      if (still_leads_out(site)) bound_[component_[site]].lower(best_[site].length);
    }
  }

  void look_out(std::size_t site) {
    if (still_leads_out(site)) return;
    Bound& bound = bound_[component_[site]];
    best_[site] = {0, 0, kFar};
    if (at_least_[site] > bound.get()) return;
    search(0, static_cast<std::uint32_t>(site), bound);
    // Nothing shorter than what was found, or than what was asked for.
    at_least_[site] = std::max(at_least_[site], std::min(best_[site].length, bound.get()));
    // Beyond the bound, shorter edges may have been passed over: not to be kept for the next round.
    if (best_[site].length > bound.get()) best_[site].length = kFar;
    bound.lower(best_[site].length);
  }

  void search(std::size_t at, std::uint32_t site, const Bound& bound) {
    if (part_component_[at] == component_[site]) return;
    if (part_at_least(at, site) > std::min(best_[site].length, bound.get())) return;
    const SiteTree::Part& part = tree_.parts()[at];
    if (part.children == 0) {
      for (const std::uint32_t other : tree_.members(part)) consider(site, other, bound);
      return;
    }
    const Coordinates& from = sites_.at(site);
    const std::uint32_t left = part.children, right = left + 1;
    const bool left_first =
        SiteTree::to_box(from, tree_.parts()[left]) <= SiteTree::to_box(from, tree_.parts()[right]);
    search(left_first ? left : right, site, bound);
    search(left_first ? right : left, site, bound);
  }

  double part_at_least(std::size_t part, std::uint32_t site) const {
    const double line = SiteTree::to_box(sites_.at(site), tree_.parts()[part]);
    return std::max({core_[site], part_core_[part], sites_.at_least(line)});
  }

  void consider(std::uint32_t site, std::uint32_t other, const Bound& bound) {
    if (component_[other] == component_[site]) return;
    const double both = std::max(core_[site], core_[other]), line = sites_.straight(site, other);
    if (std::max(both, sites_.at_least(line)) > std::min(best_[site].length, bound.get())) return;
    const double length = sites_.at_most(line) <= both ? both : std::max(both, sites_.distance(site, other));
    best_[site] = std::min(best_[site], edge_between(site, other, length));
  }

  void join(std::vector<TreeEdge>& edges) {
    std::vector<TreeEdge> shortest(sites_.size(), TreeEdge{0, 0, kFar});
    for (std::size_t site = 0; site < sites_.size(); ++site) {
      if (!still_leads_out(site)) continue;
      TreeEdge& least = shortest[component_[site]];
      least = std::min(least, best_[site]);
    }
    for (const TreeEdge& edge : shortest) {
      if (edge.length == kFar || sets_.find(edge.a) == sets_.find(edge.b)) continue;
      sets_.join(edge.a, edge.b);
      edges.push_back(edge);
    }
    for (std::size_t site = 0; site < sites_.size(); ++site) component_[site] = sets_.find(site);
  }

  const Sites& sites_;
  const SiteTree& tree_;
  const std::vector<double>& core_;
  const Execution& execution_;
  DisjointSets sets_;
  std::vector<std::uint32_t> component_;
  /// Of each site, the shortest edge out of its component that it found.
  std::vector<TreeEdge> best_;
  /// No edge out of its component is shorter.
  std::vector<double> at_least_;
  /// Of each component, by its name.
  std::vector<Bound> bound_;
  std::vector<double> part_core_;
  std::vector<std::uint32_t> part_component_;
};

}  // namespace

std::vector<double> core_distances(const SiteTree& tree, std::size_t sites, std::size_t least,
                                   const Execution& execution) {
  std::vector<double> core(sites, kFar);
  if (least > sites) return core;
  parallel_for(
      sites, execution, [&](std::size_t site) { core[site] = tree.kth_distance(site, least); }, kGrain);
  return core;
}

std::vector<TreeEdge> spanning_tree(const Sites& sites, const SiteTree& tree, const std::vector<double>& core,
                                    const Execution& execution) {
  return Boruvka(sites, tree, core, execution).run();
}

}  // namespace waywarden::detail
