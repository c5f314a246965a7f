#pragma once

/// Small made-up graphs with sites, and answers found the plain way: every placement is tried, distances are
/// found by going over all arcs again and again, flows by trying every cut. Parallel arcs, loops, ties, free
/// sites, sites of several arcs and parts that are not connected come about by themselves.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/network_interdiction/attack_sites.h"

namespace waywarden::arc_worlds {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct World {
  std::uint32_t nodes = 0;
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;
  std::vector<double> length;
  std::vector<double> delay;
  std::vector<double> capacity;
  AttackSites sites;
  double budget = 0.0;

  ArcColumns arcs() const { return {tail, head}; }
};

/// Even seeds have whole numbers, odd ones do not.
inline double amount(RandomStream& random, std::uint64_t seed, std::uint32_t below) {
  const double whole = random.below(below);
  return seed % 2 == 0 || whole == 0.0 ? whole : whole * (0.5 + random.uniform());
}

inline void add_arc(World& world, RandomStream& random, std::uint64_t seed) {
  world.tail.push_back(random.below(world.nodes));
  world.head.push_back(random.below(world.nodes));
  world.length.push_back(amount(random, seed, 8));
  world.delay.push_back(random.below(4) == 0 ? kInfinity : amount(random, seed, 7));
  world.capacity.push_back(amount(random, seed, 9));
}

inline double all_required(const AttackSites& sites) {
  double cost = 0.0;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    cost += sites.state[i] == SiteState::required ? sites.cost[i] : 0.0;
  }
  return cost;
}

/// Up to 9 sites: one in three worlds has sites of several arcs.
inline AttackSites random_sites(RandomStream& random, std::uint64_t seed, std::size_t arcs) {
  AttackSites sites;
  const std::uint32_t most = 9;
  for (std::uint32_t a = 0; a < arcs; ++a) {
    const std::uint32_t site = seed % 3 == 0 ? random.below(most + 2) : a;
    sites.site_of_arc.push_back(site < most ? SiteId(site) : SiteId::none());
  }
  for (std::uint32_t i = 0; i < most; ++i) {
    sites.cost.push_back(seed % 5 == 0 ? 1.0 : amount(random, seed, 4));
    const std::uint32_t state = random.below(12);
    sites.state.push_back(state == 0   ? SiteState::required
                          : state == 1 ? SiteState::forbidden
                                       : SiteState::candidate);
  }
  for (SiteId& site : sites.site_of_arc) site = site.exists() && site.index() < most ? site : SiteId::none();
  return sites;
}

inline World random_world(std::uint64_t seed) {
  RandomStream random(seed, 0, 4711);
  World world;
  world.nodes = 2 + random.below(6);
  const std::uint32_t arcs = random.below(4 * world.nodes);
  for (std::uint32_t a = 0; a < arcs; ++a) add_arc(world, random, seed);
  world.sites = random_sites(random, seed, arcs);
  world.budget = all_required(world.sites) + amount(random, seed, 9);
  return world;
}

/// visit(flags) for each placement that is allowed.
template <class Visit>
void for_all_placements(const AttackSites& sites, double budget, Visit visit) {
  for (std::uint32_t set = 0; set < (1U << sites.size()); ++set) {
    std::vector<std::uint8_t> flags(sites.size(), 0);
    double cost = 0.0;
    bool allowed = true;
    for (std::size_t i = 0; i < sites.size(); ++i) {
      flags[i] = (set >> i) & 1U;
      cost += flags[i] != 0 ? sites.cost[i] : 0.0;
      allowed = allowed && !(flags[i] != 0 && sites.state[i] == SiteState::forbidden) &&
                !(flags[i] == 0 && sites.state[i] == SiteState::required);
    }
    if (allowed && cost <= budget + 1e-9) visit(flags);
  }
}

inline bool attacked(const World& world, std::size_t arc, const std::vector<std::uint8_t>& flags) {
  const SiteId site = world.sites.site_of_arc[arc];
  return site.exists() && flags[site.index()] != 0;
}

/// From one node to all others, by as many rounds over all arcs as there are nodes.
inline std::vector<double> distances(const World& world, const std::vector<double>& length,
                                     std::uint32_t from) {
  std::vector<double> distance(world.nodes, kInfinity);
  distance[from] = 0.0;
  for (std::uint32_t round = 0; round < world.nodes; ++round) {
    for (std::size_t a = 0; a < length.size(); ++a) {
      distance[world.head[a]] = std::min(distance[world.head[a]], distance[world.tail[a]] + length[a]);
    }
  }
  return distance;
}

/// Infinite where there is no way.
inline double delayed_distance(const World& world, const std::vector<std::uint8_t>& flags, std::uint32_t from,
                               std::uint32_t to) {
  std::vector<double> length = world.length;
  for (std::size_t a = 0; a < length.size(); ++a)
    length[a] += attacked(world, a, flags) ? world.delay[a] : 0.0;
  return distances(world, length, from)[to];
}

/// The least that any set of nodes with `from` but without `to` lets out.
inline double least_cut(const World& world, const std::vector<double>& capacity, std::uint32_t from,
                        std::uint32_t to) {
  double least = kInfinity;
  for (std::uint32_t set = 0; set < (1U << world.nodes); ++set) {
    if (((set >> from) & 1U) == 0 || ((set >> to) & 1U) != 0) continue;
    double out = 0.0;
    for (std::size_t a = 0; a < capacity.size(); ++a) {
      out += ((set >> world.tail[a]) & 1U) != 0 && ((set >> world.head[a]) & 1U) == 0 ? capacity[a] : 0.0;
    }
    least = std::min(least, out);
  }
  return least;
}

}  // namespace waywarden::arc_worlds
