#include "waywarden/flow/edge_sites.h"

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<SiteEdge> rows(std::span<const SiteId> site_of_edge) {
  std::vector<SiteEdge> where;
  for (std::size_t e = 0; e < site_of_edge.size(); ++e) {
    if (site_of_edge[e].exists()) where.push_back({EdgeId(e), site_of_edge[e]});
  }
  return where;
}

}  // namespace

EdgeSites::EdgeSites(std::span<const SiteId> site_of_edge)
    : EdgeSites(site_of_edge.size(), rows(site_of_edge)) {}

EdgeSites::EdgeSites(std::size_t edges, std::vector<SiteEdge> where) {
  std::ranges::sort(where);
  where.erase(std::unique(where.begin(), where.end()), where.end());
  if (!where.empty() && where.back().edge.index() >= edges) {
    throw OptionError("a site is on an edge that does not exist");
  }
  first_.assign(edges + 1, 0);
  for (const SiteEdge& row : where) {
    ++first_[row.edge.index() + 1];
    sites_.push_back(row.site);
  }
  for (std::size_t e = 0; e < edges; ++e) first_[e + 1] += first_[e];
}

std::vector<double> sums_over_sites(const EdgeSites& sites, std::span<const double> per_site) {
  std::vector<double> sums(sites.edge_count(), 0.0);
  for (std::size_t e = 0; e < sums.size(); ++e) {
    for (const SiteId site : sites.on(EdgeId(e))) {
      if (site.index() < per_site.size()) sums[e] += per_site[site.index()];
    }
  }
  return sums;
}

}  // namespace waywarden
