#include "waywarden/flow/route_choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "waywarden/base/errors.h"
#include "waywarden/flow/acyclic_logit.h"
#include "waywarden/flow/certain_routes.h"
#include "waywarden/flow/cheapest_routes.h"
#include "waywarden/flow/recursive_logit.h"

namespace waywarden {
namespace {

/// A travel in the terms of the core.
struct Ways {
  const Travel& travel;
  double unit;
  std::vector<DestinationDemand> demand;
  CheapestRoutes cheapest;
};

double unit_of(const Travel& travel) {
  return travel.perception == nullptr ? weight_unit(travel.costs.generalised) : travel.perception->unit();
}

Ways ways_of(const Travel& travel, const Execution& execution) {
  if (travel.costs.generalised.size() != travel.network.edge_count() ||
      travel.core.network_edge_count() != travel.network.edge_count()) {
    throw OptionError("costs, core and network of a travel differ in size");
  }
  Ways ways{travel, unit_of(travel), by_destination(travel.demand, travel.places, travel.core), {}};
  ways.cheapest = cheapest_routes(travel.network, travel.core, travel.costs.generalised, ways.unit,
                                  ways.demand, execution);
  return ways;
}

/// Per destination. Medians count as one unit at least, as weights do.
std::vector<double> thetas(const Ways& ways, double relative) {
  if (!std::isfinite(relative) || relative <= 0.0) throw OptionError("theta must be above 0 and finite");
  std::vector<double> theta = median_costs(ways.cheapest, ways.demand);
  for (double& one : theta) one = relative / std::max(one, ways.unit);
  return theta;
}

std::vector<FlowNet> acyclic_nets(const Ways& ways, double theta, const Execution& execution) {
  const Core& core = ways.travel.core;
  const std::vector<double> per_destination = thetas(ways, theta);
  const std::vector<double> cost = arc_sums(core, ways.travel.costs.generalised);
  const CoreMetric order(core, agreed_weights(ways.travel.costs.generalised, ways.unit));
  std::vector<LogitTask> tasks;
  for (std::size_t d = 0; d < ways.demand.size(); ++d)
    tasks.push_back({&ways.demand[d], {cost, ways.unit, per_destination[d]}});
  return acyclic_logit(core, tasks, order, execution);
}

std::vector<FlowNet> recursive_nets(const Ways& ways, double theta, const Execution& execution) {
  const Core& core = ways.travel.core;
  const std::vector<double> per_destination = thetas(ways, theta);
  const std::vector<double> cost = arc_sums(core, ways.travel.costs.generalised);
  const CoreMetric scale(core, agreed_weights(ways.travel.costs.generalised, ways.unit));
  std::vector<FlowNet> nets(ways.demand.size());
  // The first destination's error, not the first in time.
  std::vector<std::optional<NoValueFunction>> errors(nets.size());
  parallel_for(nets.size(), execution, [&](std::size_t d) {
    try {
      nets[d] =
          recursive_logit(core, ways.demand[d], scale, {cost, ways.unit, per_destination[d]}, execution);
    } catch (const NoValueFunction& error) {
      errors[d] = error;
    }
    execution.advance();
  });
  for (const std::optional<NoValueFunction>& error : errors) {
    if (error) throw NoValueFunction(*error, ways.travel.places.id[error->destination().index()]);
  }
  return nets;
}

Forest perceived_forest(const Ways& ways, const Execution& execution) {
  const Travel& travel = ways.travel;
  if (travel.perception == nullptr) throw OptionError("sampled perception needs a perception");
  return grow_forest({travel.core, *travel.perception, travel.costs.generalised, {}}, ways.demand,
                     travel.perception->draws(), execution);
}

ChosenRoutes routes_of(const Ways& ways, const ChoiceOptions& options, const Execution& execution) {
  const Travel& travel = ways.travel;
  execution.start("routes", ways.demand.size());
  switch (options.model) {
    case RouteChoice::cheapest:
      return cheapest_forest(travel.core, travel.costs.generalised, ways.unit, ways.demand, execution);
    case RouteChoice::most_evasive:
      return most_evasive_forest(travel.core, travel.costs, ways.unit, ways.demand, execution);
    case RouteChoice::sampled_perception:
      return perceived_forest(ways, execution);
    case RouteChoice::path_size_logit:
      return path_size_logit(travel.core, ways.demand, arc_sums(travel.core, travel.costs.generalised),
                             thetas(ways, options.theta), options.path_size, execution);
    case RouteChoice::acyclic_logit:
      return acyclic_nets(ways, options.theta, execution);
    case RouteChoice::recursive_logit:
      return recursive_nets(ways, options.theta, execution);
  }
  throw OptionError("there is no such model of route choice");
}

/// Journeys of the pairs that a route joins, 0 of the others.
std::vector<double> routed_journeys(const Ways& ways) {
  std::vector<double> journeys;
  for (std::size_t pair = 0; pair < ways.cheapest.joined.size(); ++pair) {
    journeys.push_back(ways.cheapest.joined[pair] != 0 ? ways.travel.demand.journeys[pair] : 0.0);
  }
  return journeys;
}

Estimate over(Estimate sum, double count, double otherwise) {
  return count > 0.0 ? Estimate{sum.mean / count, sum.standard_error / count} : Estimate{otherwise, 0.0};
}

double total(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Mean of what routes taken cost over the cheapest, where that costs anything.
Estimate spread_of(const Ways& ways, const ChosenRoutes& routes, const WalkTerms& cost,
                   const Execution& execution) {
  std::vector<double> journeys = routed_journeys(ways), weight(journeys.size(), 0.0);
  for (std::size_t pair = 0; pair < weight.size(); ++pair) {
    const double least = ways.cheapest.cost[pair];
    (least > 0.0 ? weight[pair] : journeys[pair]) = least > 0.0 ? journeys[pair] / least : 0.0;
  }
  const PairValues values = pair_values(ways.travel.core, routes, ways.demand, weight, cost, execution);
  return over(values.total, total(journeys), 1.0);
}

PairOutcomes outcomes_of(const Ways& ways, const ChosenRoutes& routes, const Execution& execution) {
  const Core& core = ways.travel.core;
  const std::vector<double> journeys = routed_journeys(ways);
  const WalkTerms cost = total_of(arc_sums(core, ways.travel.costs.generalised));
  const WalkTerms unseen = unseen_by(arc_sums(core, ways.travel.costs.hazard));
  PairValues costs = pair_values(core, routes, ways.demand, journeys, cost, execution);
  PairValues evasion = pair_values(core, routes, ways.demand, journeys, unseen, execution);
  PairOutcomes outcomes;
  outcomes.joined = ways.cheapest.joined;
  outcomes.cheapest_cost = ways.cheapest.cost;
  outcomes.mean_cost = over(costs.total, total(journeys), 0.0);
  outcomes.mean_evasion = over(evasion.total, total(journeys), 1.0);
  outcomes.spread = spread_of(ways, routes, cost, execution);
  outcomes.cost = std::move(costs.pair);
  outcomes.evasion = std::move(evasion.pair);
  return outcomes;
}

std::vector<double> departures(const Ways& ways) {
  std::vector<double> departing(ways.travel.network.node_count(), 0.0);
  const std::vector<double> journeys = routed_journeys(ways);
  for (const DestinationDemand& one : ways.demand) {
    for (std::size_t i = 0; i < one.origin.size(); ++i)
      departing[ways.travel.core.node(one.origin[i]).index()] += journeys[one.first_pair + i];
  }
  return departing;
}

void count_journeys(const Ways& ways, ChosenFlows& flows) {
  for (std::size_t pair = 0; pair < ways.cheapest.joined.size(); ++pair) {
    const bool joined = ways.cheapest.joined[pair] != 0;
    (joined ? flows.journeys : flows.unrouted_journeys) += ways.travel.demand.journeys[pair];
    flows.unrouted_pairs += !joined;
  }
}

ChosenFlows flows_of(Ways ways, RouteChoice model, ChosenRoutes routes, const Execution& execution) {
  const Travel& travel = ways.travel;
  ChosenFlows flows;
  flows.model = model;
  flows.routes = std::move(routes);
  const ArcJourneys journeys = arc_journeys(travel.core, flows.routes, ways.demand, execution);
  flows.exposure = exposure(travel.network, travel.core, journeys, departures(ways), execution);
  flows.pairs = outcomes_of(ways, flows.routes, execution);
  count_journeys(ways, flows);
  flows.demand = std::move(ways.demand);
  return flows;
}

}  // namespace

ChosenFlows choose_routes(const Travel& travel, const ChoiceOptions& options, const Execution& execution) {
  Ways ways = ways_of(travel, execution);
  ChosenRoutes routes = routes_of(ways, options, execution);
  return flows_of(std::move(ways), options.model, std::move(routes), execution);
}

ChosenFlows flows_on(const Travel& travel, RouteChoice model, ChosenRoutes routes,
                     const Execution& execution) {
  return flows_of(ways_of(travel, execution), model, std::move(routes), execution);
}

}  // namespace waywarden
