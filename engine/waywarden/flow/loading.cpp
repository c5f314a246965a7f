#include "waywarden/flow/loading.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/flow/spread.h"

namespace waywarden {
namespace {

/// A movement under the costs of teams, in the terms of the core.
struct Setting {
  const Movement& movement;
  std::vector<DestinationDemand> demand;
  /// Per edge; `known` is empty when no site costs anything.
  std::vector<double> known;
  /// Costs with what is known of teams.
  std::vector<double> agreed;

  Ground ground() const { return {movement.core, movement.perception, movement.costs.generalised, known}; }
};

double cost_of_site(SiteId site, const std::vector<double>& site_cost) {
  return site.exists() && site.index() < site_cost.size() ? site_cost[site.index()] : 0.0;
}

std::vector<double> known_costs(const Movement& movement, const std::vector<double>& site_cost) {
  for (const double cost : site_cost) {
    if (!std::isfinite(cost) || cost < 0.0) throw OptionError("the cost of a site must be finite and >= 0");
  }
  if (site_cost.empty()) return {};
  return sums_over_sites(movement.site_of_edge, site_cost);
}

Setting setting_of(const Movement& movement, const LoadingOptions& options) {
  if (movement.costs.generalised.size() != movement.network.edge_count() ||
      movement.core.network_edge_count() != movement.network.edge_count()) {
    throw OptionError("costs, core and network of a movement differ in size");
  }
  const std::size_t edges_with_sites = movement.site_of_edge.edge_count();
  if (edges_with_sites != 0 && edges_with_sites != movement.network.edge_count()) {
    throw OptionError("sites of a movement must be those of the network's edges, or none");
  }
  Setting setting{movement, by_destination(movement.demand, movement.places, movement.core),
                  known_costs(movement, options.site_cost), movement.costs.generalised};
  for (std::size_t e = 0; e < setting.known.size(); ++e) setting.agreed[e] += setting.known[e];
  return setting;
}

/// Journeys that begin at each node and have a route; the same in every draw, as only closures cut pairs off.
std::vector<double> departures(const Setting& setting, const Forest& forest) {
  std::vector<double> departing(setting.movement.network.node_count(), 0.0);
  for (std::size_t d = 0; d < setting.demand.size(); ++d) {
    const DestinationDemand& one = setting.demand[d];
    for (std::size_t i = 0; i < one.origin.size(); ++i) {
      if (forest.tree(0, d).origin[i] == FlowTree::kNoRoute) continue;
      departing[setting.movement.core.node(one.origin[i]).index()] += one.journeys[i];
    }
  }
  return departing;
}

void count_journeys(const Setting& setting, const CheapestRoutes& cheapest, Loading& loading) {
  for (const DestinationDemand& one : setting.demand) {
    for (std::size_t i = 0; i < one.journeys.size(); ++i) {
      const bool joined = cheapest.joined[one.first_pair + i] != 0;
      (joined ? loading.journeys : loading.unrouted_journeys) += one.journeys[i];
      loading.unrouted_pairs += !joined;
    }
  }
}

Estimate cost_per_journey(const ArcJourneys& journeys, const std::vector<double>& cost_per_arc,
                          double total) {
  std::vector<double> cost;
  for (const std::vector<double>& draw : journeys) {
    double sum = 0.0;
    for (std::size_t a = 0; a < draw.size(); ++a) {
      if (draw[a] > 0.0) sum += draw[a] * cost_per_arc[a];  // closed arcs cost infinity and carry nothing
    }
    cost.push_back(total > 0.0 ? sum / total : 0.0);
  }
  return estimate(cost);
}

void contract_sites(const Setting& setting, Loading& loading, const Execution& execution) {
  const Forest& forest = loading.forest;
  const EdgeSites none(setting.movement.network.edge_count(), {});
  const bool any = setting.movement.site_of_edge.edge_count() != 0;
  const ArcSites on_arcs(setting.movement.core, any ? setting.movement.site_of_edge : none);
  std::vector<SiteTree> trees(forest.trees.size());
  parallel_for(forest.draws, execution, [&](std::size_t draw) {
    for (std::size_t d = 0; d < forest.destinations; ++d) {
      trees[draw * forest.destinations + d] =
          contracted(forest.tree(draw, d), setting.demand[d], static_cast<std::uint32_t>(draw), on_arcs);
    }
  });
  loading.unseen.assign(forest.draws, 0.0);
  for (SiteTree& tree : trees) {
    loading.unseen[tree.draw] += tree.unseen;
    if (!tree.site.empty()) loading.site_trees.push_back(std::move(tree));
  }
}

Loading loading_of(const Setting& setting, Forest forest, const LoadingOptions& options,
                   const Execution& execution) {
  const Movement& movement = setting.movement;
  Loading loading;
  loading.forest = std::move(forest);
  loading.site_cost = options.site_cost;
  contract_sites(setting, loading, execution);
  const CheapestRoutes cheapest = cheapest_routes(movement.network, movement.core, setting.agreed,
                                                  movement.perception.unit(), setting.demand, execution);
  count_journeys(setting, cheapest, loading);
  const ArcJourneys journeys = arc_journeys(movement.core, loading.forest, execution);
  const std::vector<double> cost_per_arc = arc_sums(movement.core, setting.agreed);
  loading.exposure =
      exposure(movement.network, movement.core, journeys, departures(setting, loading.forest), execution);
  loading.cost = cost_per_journey(journeys, cost_per_arc, loading.journeys);
  loading.spread =
      estimate(spread_by_draw(loading.forest, setting.demand, cheapest, cost_per_arc, execution));
  loading.overlap =
      route_overlap(loading.forest, setting.demand, cost_per_arc, options.overlap_pairs, execution);
  return loading;
}

/// Which sites cost more than before; nothing when one costs less.
std::optional<std::vector<std::uint8_t>> risen(const std::vector<double>& before,
                                               const std::vector<double>& after) {
  std::vector<std::uint8_t> flags(std::max(before.size(), after.size()), 0);
  for (std::size_t s = 0; s < flags.size(); ++s) {
    const double was = cost_of_site(SiteId(s), before), is = cost_of_site(SiteId(s), after);
    if (is < was) return std::nullopt;
    flags[s] = is > was ? 1 : 0;
  }
  return flags;
}

std::vector<std::uint8_t> trees_through(const std::vector<std::uint8_t>& sites, const Loading& loading,
                                        const std::vector<DestinationDemand>& demand) {
  const Forest& forest = loading.forest;
  std::vector<std::uint8_t> which(forest.trees.size(), 0);
  for (const SiteTree& tree : loading.site_trees) {
    const auto at = std::lower_bound(demand.begin(), demand.end(), tree.destination,
                                     [](const DestinationDemand& d, PlaceId p) { return d.destination < p; });
    const std::size_t position =
        tree.draw * forest.destinations + static_cast<std::size_t>(at - demand.begin());
    which[position] = std::any_of(tree.site.begin(), tree.site.end(), [&](SiteId s) {
      return s.index() < sites.size() && sites[s.index()] != 0;
    });
  }
  return which;
}

}  // namespace

Loading load_flows(const Movement& movement, const LoadingOptions& options, const Execution& execution) {
  const Setting setting = setting_of(movement, options);
  execution.start("routes", movement.perception.draws());
  Forest forest = grow_forest(setting.ground(), setting.demand, movement.perception.draws(), execution);
  return loading_of(setting, std::move(forest), options, execution);
}

Loading reload(const Movement& movement, const Loading& previous, const LoadingOptions& options,
               const Execution& execution) {
  const auto changed = risen(previous.site_cost, options.site_cost);
  if (!changed) return load_flows(movement, options, execution);
  const Setting setting = setting_of(movement, options);
  const std::vector<std::uint8_t> which = trees_through(*changed, previous, setting.demand);
  execution.start("routes", movement.perception.draws());
  Forest forest = regrow_forest(previous.forest, setting.ground(), setting.demand, which, execution);
  return loading_of(setting, std::move(forest), options, execution);
}

Exposure change(const Movement& movement, const Loading& before, const Loading& after,
                const Execution& execution) {
  ArcJourneys journeys = arc_journeys(movement.core, after.forest, execution);
  const ArcJourneys earlier = arc_journeys(movement.core, before.forest, execution);
  for (std::size_t draw = 0; draw < journeys.size(); ++draw) {
    for (std::size_t a = 0; a < journeys[draw].size(); ++a) journeys[draw][a] -= earlier[draw][a];
  }
  const std::vector<double> nobody(movement.network.node_count(), 0.0);
  return exposure(movement.network, movement.core, journeys, nobody, execution);
}

}  // namespace waywarden
