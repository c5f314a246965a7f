#pragma once

/// What a placement catches of evaders who look for routes themselves, by plain definition on small networks:
/// every pair by itself, Bellman and Ford on the edges that are left.

#include <cmath>
#include <limits>
#include <vector>

#include "interdiction/made_sites.h"

namespace waywarden::worlds {

/// Cost of the cheapest route that passes none of the sites; infinite where there is none.
inline double cheapest_past(const Movement& m, const std::vector<SiteId>& avoided, NodeId from, NodeId to) {
  std::vector<double> cost(m.network.node_count(), std::numeric_limits<double>::infinity());
  cost[from.index()] = 0.0;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t e = 0; e < m.network.edge_count(); ++e) {
      const auto on = m.site_of_edge.on(EdgeId(e));
      if (std::ranges::find_first_of(on, avoided) != on.end()) continue;
      const double through = cost[m.network.tail(EdgeId(e)).index()] + m.costs.generalised[e];
      double& at = cost[m.network.head(EdgeId(e)).index()];
      if (through < at) {
        at = through;
        changed = true;
      }
    }
  }
  return cost[to.index()];
}

struct PlainPair {
  NodeId from;
  NodeId to;
  double journeys;
};

inline std::vector<PlainPair> plain_pairs(const Movement& m) {
  std::vector<PlainPair> pairs;
  for (std::size_t i = 0; i < m.demand.size(); ++i)
    pairs.push_back({m.places.node[m.demand.origin[i].index()],
                     m.places.node[m.demand.destination[i].index()], m.demand.journeys[i]});
  return pairs;
}

inline double cut_off(const Movement& m, const std::vector<SiteId>& teams, double detour) {
  double captured = 0.0;
  for (const PlainPair& pair : plain_pairs(m)) {
    const double cheapest = cheapest_past(m, {}, pair.from, pair.to);
    if (pair.from == pair.to || !std::isfinite(cheapest)) continue;
    if (cheapest_past(m, teams, pair.from, pair.to) > detour * cheapest * (1.0 + 1e-9))
      captured += pair.journeys;
  }
  return captured;
}

/// An evader passes some of the teams, each once, and keeps clear of the others: the best of all such
/// choices that a route allows.
inline double least_caught(const Movement& m, const Sites& sites, const std::vector<SiteId>& teams) {
  double caught = 0.0;
  for (const PlainPair& pair : plain_pairs(m)) {
    double least = std::isfinite(cheapest_past(m, {}, pair.from, pair.to)) ? 1.0 : 0.0;
    for (std::size_t passed = 0; passed < (std::size_t{1} << teams.size()); ++passed) {
      double unseen = 1.0;
      std::vector<SiteId> avoided;
      for (std::size_t t = 0; t < teams.size(); ++t) {
        if ((passed >> t & 1U) != 0) unseen *= 1.0 - sites.detection[teams[t].index()];
        if ((passed >> t & 1U) == 0) avoided.push_back(teams[t]);
      }
      if (std::isfinite(cheapest_past(m, avoided, pair.from, pair.to))) least = std::min(least, 1.0 - unseen);
    }
    caught += pair.journeys * least;
  }
  return caught;
}

}  // namespace waywarden::worlds
