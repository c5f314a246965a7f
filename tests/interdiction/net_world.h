#pragma once

/// Routes that branch, with sites on them, and what placements stop there: every route by itself, site after
/// site. Sites have several edges and some are of one group, so that routes meet both twice.

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "flow/logit_world.h"
#include "interdiction/site_forest.h"
#include "waywarden/interdiction/site_net.h"
#include "waywarden/interdiction/untangled.h"

namespace waywarden::worlds {

/// Journeys by the sites that they pass, in the order of passing.
struct SiteWalk {
  std::vector<SiteId> sites;
  double journeys = 0.0;
};

struct NetWorld {
  explicit NetWorld(std::uint64_t seed, std::size_t count = 8, std::size_t edges_each = 3)
      : world(seed),
        net(AcyclicLogit(world.core).load(world.demand, world.order, world.costs(0.8))),
        sites(forests::made_up_sites(seed, count)) {
    RandomStream random(seed, 4, 501);
    const auto edges = static_cast<std::uint32_t>(world.network.edge_count());
    std::vector<SiteEdge> on_edges;
    for (std::size_t site = 0; site < count; ++site) {
      for (std::size_t k = 0; k < edges_each; ++k)
        on_edges.push_back({EdgeId(random.below(edges)), SiteId(site)});
      if (random.uniform() < 0.4) sites.group[site] = SiteId(0);
    }
    sites.group[0] = SiteId(0);
    sites.site_of_edge = EdgeSites(edges, on_edges);
  }

  ArcSites on_arcs() const { return {world.core, sites.site_of_edge}; }
  SiteNet contraction() const { return contracted(net, world.demand, on_arcs()); }
  SiteNet usable() const { return untangled(contraction(), sites.group); }

  LogitWorld world;
  FlowNet net;
  Sites sites;
};

/// Walks of a flow net, from the origins to the root.
inline std::vector<SiteWalk> walks(const NetWorld& made) {
  std::vector<SiteWalk> found;
  const ArcSites on_arcs = made.on_arcs();
  std::function<void(std::uint32_t, SiteWalk)> go = [&](std::uint32_t at, const SiteWalk& so_far) {
    if (at == made.net.size()) return found.push_back(so_far);
    for (std::uint32_t b = made.net.first[at]; b < made.net.first[at + 1]; ++b) {
      SiteWalk walk = so_far;
      walk.journeys *= made.net.share[b];
      const auto on = on_arcs.on(made.net.arc[b]);
      walk.sites.insert(walk.sites.end(), on.begin(), on.end());
      go(made.net.head[b], walk);
    }
  };
  for (std::size_t i = 0; i < made.net.origin.size(); ++i) {
    if (made.net.origin[i] != FlowNet::kNoRoute) go(made.net.origin[i], {{}, made.world.demand.journeys[i]});
  }
  return found;
}

/// Walks of a site net, from where journeys begin to an end.
inline std::vector<SiteWalk> walks(const SiteNet& net) {
  std::vector<SiteWalk> found;
  std::function<void(std::uint32_t, SiteWalk)> go = [&](std::uint32_t at, SiteWalk walk) {
    if (net.is_end(at)) {
      walk.sites.insert(walk.sites.end(), net.met_at(at).begin(), net.met_at(at).end());
      return found.push_back(walk);
    }
    for (std::uint32_t b = net.first[at]; b < net.first[at + 1]; ++b) {
      SiteWalk next = walk;
      next.journeys *= net.share[b];
      if (net.site[b].exists()) next.sites.push_back(net.site[b]);
      go(net.head[b], next);
    }
  };
  for (std::uint32_t i = 0; i < net.size(); ++i) {
    if (net.journeys[i] > 0.0) go(i, {{}, net.journeys[i]});
  }
  return found;
}

/// Of each group only the largest detection counts.
inline double caught_on(const std::vector<SiteWalk>& walks, const Sites& sites,
                        const std::vector<SiteId>& placement) {
  double caught = 0.0;
  for (const SiteWalk& walk : walks) {
    std::map<SiteId, double> largest;
    for (const SiteId site : walk.sites) {
      if (std::ranges::find(placement, site) == placement.end()) continue;
      double& of_group = largest[sites.group[site.index()]];
      of_group = std::max(of_group, sites.detection[site.index()]);
    }
    double missed = 1.0;
    for (const auto& [group, detection] : largest) missed *= 1.0 - detection;
    caught += walk.journeys * (1.0 - missed);
  }
  return caught;
}

inline double passing(const std::vector<SiteWalk>& walks, SiteId site) {
  double journeys = 0.0;
  for (const SiteWalk& walk : walks) {
    if (std::ranges::find(walk.sites, site) != walk.sites.end()) journeys += walk.journeys;
  }
  return journeys;
}

/// A third of them or so.
inline std::vector<SiteId> some_sites(const Sites& sites, std::uint64_t seed) {
  std::vector<SiteId> chosen;
  RandomStream random(seed, 6, 501);
  for (std::size_t site = 0; site < sites.size(); ++site) {
    if (random.uniform() < 0.35) chosen.emplace_back(site);
  }
  return chosen;
}

}  // namespace waywarden::worlds
