#pragma once

/// Small made-up worlds for patrols, and everything that can happen in them, by enumeration.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/patrols/evasive_route.h"
#include "waywarden/patrols/team_ways.h"
#include "waywarden/patrols/watched_graph.h"

namespace waywarden::patrols {

struct World {
  WatchedGraph graph;
  std::vector<double> detection;
};

/// Up to 7 nodes; most arcs have a site, some sites have several arcs, some arcs are free.
inline World random_world(std::uint64_t seed) {
  RandomStream random(seed, 0, 91);
  World world{{3 + random.below(5), {}, {}, {}}, {}};
  const auto nodes = static_cast<std::uint32_t>(world.graph.nodes);
  const std::uint32_t sites = 2 + random.below(6);
  for (std::uint32_t x = 0; x < sites; ++x)
    world.detection.push_back(random.below(12) == 0 ? 1.0 : 0.05 + 0.9 * random.uniform());
  for (std::uint32_t arcs = nodes + random.below(2 * nodes); arcs-- > 0;) {
    world.graph.tail.push_back(random.below(nodes));
    world.graph.head.push_back(random.below(nodes));
    world.graph.site.push_back(random.below(4) == 0 ? SiteId::none() : SiteId(random.below(sites)));
  }
  return world;
}

/// The site sets of all simple paths.
inline std::set<std::vector<SiteId>> all_routes(const WatchedGraph& graph, std::uint32_t origin,
                                                std::uint32_t destination) {
  std::set<std::vector<SiteId>> routes;
  std::vector<std::uint8_t> visited(graph.nodes, 0);
  const std::function<void(std::uint32_t, std::set<SiteId>)> walk = [&](std::uint32_t at,
                                                                        std::set<SiteId> sites) {
    if (at == destination) {
      routes.insert(std::vector<SiteId>(sites.begin(), sites.end()));
      return;
    }
    visited[at] = 1;
    for (std::size_t a = 0; a < graph.tail.size(); ++a) {
      if (graph.tail[a] != at || visited[graph.head[a]] != 0) continue;
      std::set<SiteId> more = sites;
      if (graph.site[a].exists()) more.insert(graph.site[a]);
      walk(graph.head[a], more);
    }
    visited[at] = 0;
  };
  walk(origin, {});
  return routes;
}

/// All ways to spend the shifts, teams ascending.
inline std::vector<Schedule> all_schedules(const TeamRules& rules) {
  std::vector<std::vector<SiteId>> ways;
  const std::function<void(std::vector<SiteId>)> go = [&](std::vector<SiteId> way) {
    if (way.size() == rules.shifts) {
      ways.push_back(way);
      return;
    }
    for (std::size_t x = 0; x < rules.sites(); ++x) {
      const bool can = way.empty() || rules.moves.empty() ||
                       std::ranges::count(rules.moves[way.back().index()], SiteId(x)) > 0;
      if (!can) continue;
      way.emplace_back(x);
      go(way);
      way.pop_back();
    }
  };
  go({});
  std::vector<Schedule> schedules;
  const std::function<void(std::size_t, Schedule)> add = [&](std::size_t first, Schedule schedule) {
    for (std::size_t t = 0; t < rules.shifts; ++t)
      for (const SiteId site : schedule[t])
        if (std::ranges::count(schedule[t], site) > static_cast<std::ptrdiff_t>(rules.room[site.index()]))
          return;
    if (schedule[0].size() == rules.teams) {
      schedules.push_back(schedule);
      return;
    }
    for (std::size_t w = first; w < ways.size(); ++w) {
      Schedule more = schedule;
      for (std::size_t t = 0; t < rules.shifts; ++t) more[t].push_back(ways[w][t]);
      add(w, more);
    }
  };
  add(0, Schedule(rules.shifts));
  return schedules;
}

/// Room for one or two teams, moves that cannot all be made.
inline TeamRules random_rules(std::uint64_t seed, std::size_t sites, std::size_t teams, std::size_t shifts) {
  RandomStream random(seed, 1, 91);
  TeamRules rules{teams, shifts, {}, {}};
  for (std::size_t x = 0; x < sites; ++x) rules.room.push_back(1 + random.below(2));
  if (shifts == 1 || random.below(3) == 0) return rules;
  rules.moves.resize(sites);
  for (std::size_t x = 0; x < sites; ++x)
    for (std::size_t y = 0; y < sites; ++y)
      if (x == y || random.below(3) == 0) rules.moves[x].emplace_back(y);
  return rules;
}

}  // namespace waywarden::patrols
