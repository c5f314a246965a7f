#include "waywarden/judgement/all_evaders.h"

#include <algorithm>
#include <map>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"
#include "waywarden/interdiction/interception.h"
#include "waywarden/patrols/evasive_route.h"

namespace waywarden {
namespace {

/// Apart by more than this, the bound of an evader's route counts, not the route found.
constexpr double kProved = 1e-6;

JourneyPairs journey_pairs(const Movement& movement) {
  const auto node_of = [&](PlaceId place) {
    return static_cast<std::uint32_t>(movement.places.node[place.index()].index());
  };
  JourneyPairs pairs{{}, {}, movement.demand.journeys};
  for (const PlaceId place : movement.demand.origin) pairs.origin.push_back(node_of(place));
  for (const PlaceId place : movement.demand.destination) pairs.destination.push_back(node_of(place));
  return pairs;
}

EvasivePairs evasive_pairs(const Movement& movement, const WatchedGraph& graph, const JourneyPairs& pairs,
                           double detour, const Execution& execution) {
  const std::vector<double> cost = watched_costs(movement.costs.generalised, movement.site_of_edge);
  return EvasivePairs(graph.nodes, {graph.tail, graph.head}, cost,
                      {pairs.origin, pairs.destination, pairs.journeys}, detour, execution);
}

EvaderPairs between_parts(const SiteGraph& graph, const JourneyPairs& pairs) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> journeys;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::uint32_t from = graph.part_of_node[pairs.origin[i]];
    const std::uint32_t to = graph.part_of_node[pairs.destination[i]];
    if (from != to) journeys[{from, to}] += pairs.journeys[i];
  }
  EvaderPairs merged;
  for (const auto& [ends, sum] : journeys) {
    merged.origin.emplace_back(ends.first);
    merged.destination.emplace_back(ends.second);
    merged.weight.push_back(sum);
  }
  return merged;
}

/// Per pair, the least chance of detection; 0 where there is no route.
std::vector<double> least_detection(const SiteGraph& graph, const EvaderPairs& pairs,
                                    std::span<const double> detection, std::span<const SiteId> placement,
                                    const Execution& execution) {
  Stand stand(placement.begin(), placement.end());
  std::ranges::sort(stand);
  const EvasiveRoutes routes(graph, detection, {{std::move(stand)}, {1.0}});
  std::vector<double> least(pairs.size(), 0.0);
  parallel_for(pairs.size(), execution, [&](std::size_t i) {
    const auto from = static_cast<std::uint32_t>(pairs.origin[i].index());
    const auto to = static_cast<std::uint32_t>(pairs.destination[i].index());
    const auto route = routes.find(from, to, {}, execution);
    if (route) least[i] = route->detection - route->bound <= kProved ? route->detection : route->bound;
  });
  return least;
}

/// Without pairs that no route joins: nobody moves there.
EvaderPairs joined(const SiteGraph& graph, const EvaderPairs& pairs, std::span<const double> detection,
                   const Execution& execution) {
  const EvasiveRoutes routes(graph, detection, {{Stand{}}, {1.0}});
  EvaderPairs kept;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto from = static_cast<std::uint32_t>(pairs.origin[i].index());
    const auto to = static_cast<std::uint32_t>(pairs.destination[i].index());
    if (!routes.find(from, to, {}, execution)) continue;
    kept.origin.push_back(pairs.origin[i]);
    kept.destination.push_back(pairs.destination[i]);
    kept.weight.push_back(pairs.weight[i]);
  }
  return kept;
}

double worst_case_caught(const AllEvaders& evaders, std::span<const SiteId> placement,
                         const Execution& execution) {
  const std::vector<double> least =
      least_detection(evaders.parts, evaders.part_pairs, evaders.sites.detection, placement, execution);
  double caught = 0.0;
  for (std::size_t i = 0; i < least.size(); ++i) caught += evaders.part_pairs.weight[i] * least[i];
  return caught;
}

std::vector<NodeId> node_ids(std::span<const std::uint32_t> nodes) { return {nodes.begin(), nodes.end()}; }

}  // namespace

AllEvaders all_evaders(const Movement& movement, const Loading& loading, const Sites& sites,
                       const Awareness& awareness, double detour, const Execution& execution) {
  if (std::ranges::any_of(loading.site_cost, [](double cost) { return cost > 0.0; })) {
    throw OptionError("placements are judged on a loading in which nobody knows of any team");
  }
  Rerouting rerouting(movement, sites, awareness);
  KnownRoutes unaware = rerouting.unaware(loading, execution);
  WatchedGraph graph = watched_graph(movement.network, movement.costs.generalised, movement.site_of_edge);
  JourneyPairs pairs = journey_pairs(movement);
  EvasivePairs evasive = evasive_pairs(movement, graph, pairs, detour, execution);
  SiteGraph parts = site_graph(graph, sites.size());
  EvaderPairs part_pairs = joined(parts, between_parts(parts, pairs), sites.detection, execution);
  return {sites,
          std::move(rerouting),
          std::move(unaware),
          loading.journeys,
          std::move(graph),
          std::move(pairs),
          std::move(evasive),
          std::move(parts),
          std::move(part_pairs)};
}

Faced faced(const AllEvaders& evaders, std::span<const SiteId> placement, const Execution& execution) {
  const Sites& sites = evaders.sites;
  const std::vector<double> of_unaware =
      interceptions_per_draw(evaders.unaware.site_trees, evaders.unaware.draws(), sites.detection, placement,
                             execution, sites.group);
  const std::vector<double> of_aware =
      aware_interceptions_per_draw(evaders.rerouting, evaders.unaware, sites, placement, execution);
  const double share = evaders.rerouting.awareness().share;
  const AttackSites watched = watched_sites(evaders, sites.cost);
  const double cut_off = evasive_outcome(evaders.evasive, watched, placement, execution).captured_journeys;
  const Estimate worst{worst_case_caught(evaders, placement, execution), 0.0};
  return {estimate(of_unaware), estimate(mixed(of_unaware, of_aware, share)), {cut_off, 0.0}, worst, worst};
}

AttackSites watched_sites(const AllEvaders& evaders, std::span<const double> use) {
  return {evaders.graph.site, {use.begin(), use.end()}, evaders.sites.state};
}

WorstCaseProblem worst_case_of(const AllEvaders& evaders, std::span<const double> use, double capacity) {
  const SiteGraph& graph = evaders.parts;
  EvasionNetwork network{graph.parts(), node_ids(graph.tail), node_ids(graph.head), {}, {}, graph.site};
  network.evasion.assign(graph.site.size(), 1.0);
  for (const SiteId site : graph.site) {
    const double detection = site.exists() ? evaders.sites.detection[site.index()] : 0.0;
    network.watched_evasion.push_back(1.0 - std::min(detection, kLargestProbability));
  }
  return {std::move(network), evaders.part_pairs, {use.begin(), use.end()}, evaders.sites.state, capacity};
}

}  // namespace waywarden
