#include "waywarden/clusters/detail/line_spanning_tree.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/clusters/detail/bound.h"
#include "waywarden/clusters/detail/disjoint_sets.h"

namespace waywarden::detail {
namespace {

constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr double kGrainsPerMetre = 0x1p20;
/// A search reaches this much farther than it is asked to, so that rounding leaves nobody out.
constexpr double kSlack = 4.0 / kGrainsPerMetre;

double rounded(double distance) { return std::round(distance * kGrainsPerMetre) / kGrainsPerMetre; }

/// What searches start with: twice the length of line per incident.
double usual_gap(const LinearNetwork& network, const LineSites& sites) {
  return std::max(1e-3, 2.0 * network.total_length() / static_cast<double>(sites.site_of.size() + 1));
}

/// How far it is until so many incidents are in reach; no way is longer than all lines together.
double core_distance(SiteSearch& search, const LineSites& sites, std::uint32_t site, std::size_t least,
                     double gap, double longest) {
  for (double limit = gap;; limit *= 2.0) {
    const auto within = search.within(site, limit);
    std::vector<NearSite> near(within.begin(), within.end());
    std::sort(near.begin(), near.end(),
              [](const NearSite& a, const NearSite& b) { return a.distance < b.distance; });
    std::size_t incidents = 0;
    for (const NearSite& other : near) {
      incidents += sites.incidents[other.site];
      if (incidents >= least) return rounded(other.distance);
    }
    if (limit > longest) return kFar;
  }
}

class LineBoruvka {
 public:
  LineBoruvka(const LinearNetwork& network, const LineSites& sites, std::size_t least,
              const Execution& execution)
      : execution_(execution),
        gap_(usual_gap(network, sites)),
        longest_(network.total_length()),
        searches_(workspaces(execution), SiteSearch(network, sites)),
        sets_(sites.site.size()),
        component_(sites.site.size()),
        core_(sites.site.size(), kFar),
        best_(sites.site.size(), TreeEdge{0, 0, kFar}),
        bound_(sites.site.size()) {
    std::iota(component_.begin(), component_.end(), 0U);
    parallel_for_with_workspace(core_.size(), execution, [&](std::size_t workspace, std::size_t site) {
      core_[site] =
          core_distance(searches_[workspace], sites, static_cast<std::uint32_t>(site), least, gap_, longest_);
    });
    at_least_ = core_;
  }

  LineTree run() {
    LineTree tree;
    std::size_t before = 0;
    do {
      before = tree.edges.size();
      execution_.check();
      start_bounds();
      parallel_for_with_workspace(core_.size(), execution_, [&](std::size_t workspace, std::size_t site) {
        look_out(searches_[workspace], static_cast<std::uint32_t>(site));
      });
      join(tree.edges);
    } while (tree.edges.size() > before);
    std::sort(tree.edges.begin(), tree.edges.end());
    tree.core = std::move(core_);
    return tree;
  }

 private:
  bool still_leads_out(std::size_t site) const {
    const TreeEdge& edge = best_[site];
    return edge.length < kFar && component_[edge.a] != component_[edge.b];
  }

  /// What a site found before stays its best as long as it leads out: others have only been lost.
  void start_bounds() {
    for (std::size_t site = 0; site < core_.size(); ++site) bound_[site].set(kFar);
    for (std::size_t site = 0; site < core_.size(); ++site) {
      if (still_leads_out(site)) bound_[component_[site]].lower(best_[site].length);
    }
  }

  void look_out(SiteSearch& search, std::uint32_t site) {
    if (still_leads_out(site)) return;
    Bound& bound = bound_[component_[site]];
    best_[site] = {0, 0, kFar};
    if (at_least_[site] == kFar) return;
    for (double reach = std::max(gap_, at_least_[site]);; reach *= 2.0) {
      if (at_least_[site] > bound.get()) return;
      const double limit = std::min(reach, bound.get());
      const TreeEdge found = shortest_out(search, site, limit);
      // Everything that was not looked at is farther than the limit.
      if (found.length <= limit) {
        best_[site] = found;
        at_least_[site] = found.length;
        bound.lower(found.length);
        return;
      }
      at_least_[site] = limit >= longest_ && found.length == kFar ? kFar : limit;
      if (at_least_[site] == kFar || limit >= bound.get()) return;
    }
  }

  TreeEdge shortest_out(SiteSearch& search, std::uint32_t site, double limit) const {
    TreeEdge found{0, 0, kFar};
    for (const NearSite& other : search.within(site, limit + kSlack)) {
      if (component_[other.site] == component_[site]) continue;
      const double length = std::max({core_[site], core_[other.site], rounded(other.distance)});
      found = std::min(found, edge_between(site, other.site, length));
    }
    return found;
  }

  void join(std::vector<TreeEdge>& edges) {
    std::vector<TreeEdge> shortest(core_.size(), TreeEdge{0, 0, kFar});
    for (std::size_t site = 0; site < core_.size(); ++site) {
      if (!still_leads_out(site)) continue;
      TreeEdge& least = shortest[component_[site]];
      least = std::min(least, best_[site]);
    }
    for (const TreeEdge& edge : shortest) {
      if (edge.length == kFar || sets_.find(edge.a) == sets_.find(edge.b)) continue;
      sets_.join(edge.a, edge.b);
      edges.push_back(edge);
    }
    for (std::size_t site = 0; site < core_.size(); ++site) component_[site] = sets_.find(site);
  }

  const Execution& execution_;
  double gap_;
  double longest_;
  std::vector<SiteSearch> searches_;
  DisjointSets sets_;
  std::vector<std::uint32_t> component_;
  std::vector<double> core_;
  /// Of each site, its shortest edge out of its component, where it is known.
  std::vector<TreeEdge> best_;
  /// No edge out of its component is shorter; infinite where there is none.
  std::vector<double> at_least_;
  std::vector<Bound> bound_;
};

}  // namespace

LineTree line_spanning_tree(const LinearNetwork& network, const LineSites& sites, std::size_t least,
                            const Execution& execution) {
  return LineBoruvka(network, sites, least, execution).run();
}

}  // namespace waywarden::detail
