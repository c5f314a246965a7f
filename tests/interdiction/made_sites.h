#pragma once

/// Random worlds with sites for interdiction, and what a placement stops in them: every journey's route by
/// itself, found by Bellman and Ford, site after site.

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "flow/made_movement.h"
#include "interdiction/site_forest.h"
#include "waywarden/interdiction/sites.h"

namespace waywarden::worlds {

/// Sites for the random ones of a made movement: several edges each, so that journeys pass some of them
/// twice.
inline Sites sites_of(const MadeMovement& made, std::uint64_t seed, std::size_t count) {
  Sites sites = forests::made_up_sites(seed, count);
  sites.site_of_edge = made.site_of_edge;
  return sites;
}

/// No journey passes a site twice: one edge each.
inline MadeOptions single_edges(std::uint32_t draws = 8) {
  return {.draws = draws, .site_share = 0.25, .sites = 100000};
}

/// Renumbers the sites that occur 0, 1, 2 ... and keeps the first edge of each.
inline std::size_t keep_one_edge_each(EdgeSites& site_of_edge) {
  std::set<SiteId> met;
  std::vector<SiteEdge> first;
  for (std::size_t e = 0; e < site_of_edge.edge_count(); ++e) {
    for (const SiteId site : site_of_edge.on(EdgeId(e))) {
      if (met.insert(site).second) first.push_back({EdgeId(e), SiteId(met.size() - 1)});
    }
  }
  site_of_edge = EdgeSites(site_of_edge.edge_count(), first);
  return met.size();
}

/// Chance to stop one journey; of each group only the largest detection counts.
inline double stopped(const ExplicitRoute& route, const Sites& sites, const std::vector<SiteId>& teams) {
  std::set<SiteId> met;
  for (const EdgeId edge : route.edges) {
    const std::span<const SiteId> on_edge = sites.site_of_edge.on(edge);
    met.insert(on_edge.begin(), on_edge.end());
  }
  std::map<SiteId, double> largest;
  for (const SiteId team : teams) {
    double& of_group = largest[sites.group[team.index()]];
    if (met.contains(team)) of_group = std::max(of_group, sites.detection[team.index()]);
  }
  double missed = 1.0;
  for (const auto& [group, detection] : largest) missed *= 1.0 - detection;
  return 1.0 - missed;
}

/// Journeys stopped, mean over draws, when evaders know of the teams in `known`.
inline double stopped_on_explicit_routes(const Movement& movement, const Sites& sites,
                                         const std::vector<SiteId>& teams, const std::vector<SiteId>& known,
                                         double risk_aversion) {
  double sum = 0.0;
  for (const ExplicitRoute& route : explicit_routes(movement, team_costs(sites, known, risk_aversion))) {
    sum += route.journeys * stopped(route, sites, teams);
  }
  return sum / movement.perception.draws();
}

}  // namespace waywarden::worlds
