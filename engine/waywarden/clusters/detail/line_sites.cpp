#include "waywarden/clusters/detail/line_sites.h"

#include <algorithm>

namespace waywarden::detail {

LineSites line_sites(const LinearNetwork& network, std::span<const LineEvent> events) {
  LineSites result;
  for (const LineEvent& event : events) {
    if (result.site.empty() || event != result.site.back()) {
      result.site.push_back(event);
      result.incidents.push_back(0);
    }
    ++result.incidents.back();
    result.site_of.push_back(static_cast<std::uint32_t>(result.site.size() - 1));
  }
  result.first_on_edge.assign(network.edge_count() + 1, 0);
  for (const LineEvent& event : result.site) ++result.first_on_edge[event.position.edge + 1];
  for (std::size_t e = 0; e < network.edge_count(); ++e)
    result.first_on_edge[e + 1] += result.first_on_edge[e];
  return result;
}

std::span<const NearSite> SiteSearch::within(std::uint32_t site, double limit) {
  near_.clear();
  ++searches_;
  const LinePosition origin = sites_->site[site].position;
  const auto reached = search_.from(origin, limit);
  add_edge(origin.edge, limit);
  for (const auto& node : reached) {
    for (const auto& branch : network_->branches(node.node)) add_edge(branch.edge, limit);
  }
  std::sort(near_.begin(), near_.end(), [](const NearSite& a, const NearSite& b) { return a.site < b.site; });
  return near_;
}

void SiteSearch::add_edge(std::size_t edge, double limit) {
  if (seen_[edge] == searches_) return;
  seen_[edge] = searches_;
  for (std::size_t other = sites_->first_on_edge[edge]; other < sites_->first_on_edge[edge + 1]; ++other) {
    const double distance = search_.distance_to(sites_->site[other].position);
    if (distance <= limit) near_.push_back({static_cast<std::uint32_t>(other), distance});
  }
}

std::vector<std::vector<NearSite>> near_sites(const LinearNetwork& network, const LineSites& sites,
                                              double limit, const Execution& execution) {
  std::vector<std::vector<NearSite>> near(sites.site.size());
  std::vector<SiteSearch> searches(workspaces(execution), SiteSearch(network, sites));
  parallel_for_with_workspace(near.size(), execution, [&](std::size_t workspace, std::size_t i) {
    const auto site = static_cast<std::uint32_t>(i);
    for (const NearSite& other : searches[workspace].within(site, limit)) {
      if (other.site > site) near[i].push_back(other);
    }
  });
  // From the larger to the smaller: the smaller come first and in their order.
  std::vector<std::vector<NearSite>> both(near.size());
  for (std::uint32_t i = 0; i < near.size(); ++i) {
    for (const NearSite& other : near[i]) both[other.site].push_back({i, other.distance});
  }
  for (std::size_t i = 0; i < near.size(); ++i) both[i].insert(both[i].end(), near[i].begin(), near[i].end());
  return both;
}

}  // namespace waywarden::detail
