#pragma once

/// A small random world with demand and perception, and the plain way to load it: every journey's route by
/// itself, by Bellman and Ford on the whole network, edge after edge.

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/flow/calibration.h"
#include "waywarden/flow/gravity.h"
#include "waywarden/flow/loading.h"
#include "worlds/random_network.h"

namespace waywarden::worlds {

struct MadeOptions {
  WorldOptions world = {};
  std::size_t places = 8;
  std::uint32_t draws = 8;
  double deviation = 0.5;
  /// Share of edges that are a site, and how many sites there are.
  double site_share = 0.2;
  std::uint32_t sites = 9;
  /// Share of edges that are a second site.
  double second_site_share = 0.0;
};

/// Everything a `Movement` refers to. Not copied or moved: the movement points into it.
class MadeMovement {
 public:
  explicit MadeMovement(std::uint64_t seed, const MadeOptions& options = {})
      : network(random_network(seed, options.world)),
        places(random_places(seed, network, options.places, options.world.rows * options.world.columns)),
        core(network, places.node),
        costs(edge_costs(network, {})),
        demand(gravity_demand(places, skim(core, costs, places, {}), {.total = 1000.0}, {}).demand),
        perception(perceive(seed, options)),
        site_of_edge(random_sites(seed, options)) {}
  MadeMovement(const MadeMovement&) = delete;
  MadeMovement& operator=(const MadeMovement&) = delete;

  Movement movement() const { return {network, core, costs, demand, places, perception, site_of_edge}; }

  Network network;
  Places places;
  Core core;
  EdgeCosts costs;
  Demand demand;
  Perception perception;
  EdgeSites site_of_edge;

 private:
  Perception perceive(std::uint64_t seed, const MadeOptions& options) const {
    const auto groups = by_destination(demand, places, core);
    const double unit = weight_unit(costs.generalised);
    const TripScale scale =
        trip_scale(cheapest_routes(network, core, costs.generalised, unit, groups, {}), demand);
    return Perception(network, costs, scale, {.seed = seed, .draws = options.draws}, {})
        .with_deviation(options.deviation);
  }

  EdgeSites random_sites(std::uint64_t seed, const MadeOptions& options) const {
    RandomStream random(seed, 4, 77), second(seed, 5, 77);
    std::vector<SiteEdge> sites;
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      if (random.uniform() < options.site_share)
        sites.push_back({EdgeId(e), SiteId(random.below(options.sites))});
      if (second.uniform() < options.second_site_share)
        sites.push_back({EdgeId(e), SiteId(second.below(options.sites))});
    }
    return EdgeSites(network.edge_count(), sites);
  }
};

/// Edges from a node to the root, by full relaxation; the smallest tight edge id at each node. Nothing where
/// no way is.
class PlainRoutes {
 public:
  PlainRoutes(const Network& network, std::span<const Weight> weights, NodeId root)
      : network_(network), weights_(weights), distance_(network.node_count(), kUnreachable) {
    distance_[root.index()] = 0;
    while (relax_all()) {
    }
  }

  std::optional<std::vector<EdgeId>> from(NodeId n) const {
    if (distance_[n.index()] == kUnreachable) return std::nullopt;
    std::vector<EdgeId> edges;
    while (distance_[n.index()] > 0) {
      edges.push_back(tight_edge(n));
      n = network_.head(edges.back());
    }
    return edges;
  }

 private:
  bool usable(std::size_t e) const {
    return weights_[e] != kClosed && distance_[network_.head(EdgeId(e)).index()] != kUnreachable;
  }
  Distance through(std::size_t e) const { return distance_[network_.head(EdgeId(e)).index()] + weights_[e]; }

  bool relax_all() {
    bool changed = false;
    for (std::size_t e = 0; e < network_.edge_count(); ++e) {
      Distance& at = distance_[network_.tail(EdgeId(e)).index()];
      if (!usable(e) || through(e) >= at) continue;
      at = through(e);
      changed = true;
    }
    return changed;
  }

  EdgeId tight_edge(NodeId n) const {
    for (std::size_t e = network_.first_out()[n.index()]; e < network_.first_out()[n.index() + 1]; ++e) {
      if (usable(e) && through(e) == distance_[n.index()]) return EdgeId(e);
    }
    return EdgeId::none();
  }

  const Network& network_;
  std::span<const Weight> weights_;
  std::vector<Distance> distance_;
};

/// One journey in one draw.
struct ExplicitRoute {
  std::uint32_t draw;
  std::size_t pair;
  double journeys;
  std::vector<EdgeId> edges;
};

/// The routes of all pairs in all draws; pairs without a route are left out. `site_cost` as in
/// LoadingOptions.
inline std::vector<ExplicitRoute> explicit_routes(const Movement& m,
                                                  const std::vector<double>& site_cost = {}) {
  std::vector<ExplicitRoute> routes;
  for (std::uint32_t draw = 0; draw < m.perception.draws(); ++draw) {
    std::vector<Weight> weights = m.perception.weights(draw, m.costs.generalised);
    for (std::size_t e = 0; e < weights.size() && !site_cost.empty(); ++e) {
      double cost = 0.0;
      for (const SiteId site : m.site_of_edge.on(EdgeId(e))) cost += site_cost[site.index()];
      if (cost > 0.0 && weights[e] != kClosed) weights[e] += to_weight(cost, m.perception.unit());
    }
    std::map<PlaceId, PlainRoutes> to;
    for (std::size_t pair = 0; pair < m.demand.size(); ++pair) {
      const PlaceId destination = m.demand.destination[pair];
      const NodeId root = m.places.node[destination.index()];
      const PlainRoutes& plain = to.try_emplace(destination, m.network, weights, root).first->second;
      const auto edges = plain.from(m.places.node[m.demand.origin[pair].index()]);
      if (edges) routes.push_back({draw, pair, m.demand.journeys[pair], *edges});
    }
  }
  return routes;
}

}  // namespace waywarden::worlds
