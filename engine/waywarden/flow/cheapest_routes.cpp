#include "waywarden/flow/cheapest_routes.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "waywarden/base/errors.h"
#include "waywarden/flow/tree_growers.h"

namespace waywarden {
namespace {

std::size_t pair_count(const std::vector<DestinationDemand>& demand) {
  std::size_t end = 0;
  for (const DestinationDemand& one : demand) end = std::max(end, one.first_pair + one.origin.size());
  return end;
}

/// Over the routes that exist; nothing where there is none.
std::optional<double> weighted_median(std::span<const double> values, std::span<const std::uint8_t> joined,
                                      std::span<const double> journeys) {
  std::vector<std::size_t> order;
  double half = 0.0;
  for (std::size_t pair = 0; pair < values.size(); ++pair) {
    if (joined[pair] == 0) continue;
    order.push_back(pair);
    half += journeys[pair] / 2.0;
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  double sum = 0.0;
  for (const std::size_t pair : order) {
    sum += journeys[pair];
    if (sum >= half) return values[pair];
  }
  return std::nullopt;
}

void add_routes(const FlowTree& tree, const DestinationDemand& demand, std::span<const double> arc_cost,
                std::span<const double> arc_length, CheapestRoutes& routes) {
  const std::vector<double> cost = sums_to_root(tree, arc_cost), length = sums_to_root(tree, arc_length);
  for (std::size_t i = 0; i < tree.origin.size(); ++i) {
    if (tree.origin[i] == FlowTree::kNoRoute) continue;
    const std::size_t pair = demand.first_pair + i;
    routes.joined[pair] = 1;
    routes.cost[pair] = cost[tree.origin[i]];
    routes.length_m[pair] = length[tree.origin[i]];
  }
}

}  // namespace

CheapestRoutes cheapest_routes(const Network& network, const Core& core, std::span<const double> costs,
                               double unit, const std::vector<DestinationDemand>& demand,
                               const Execution& execution) {
  const CoreMetric metric(core, agreed_weights(costs, unit), execution);
  const std::vector<double> arc_cost = arc_sums(core, costs),
                            arc_length = arc_sums(core, network.columns().length_m);
  const std::size_t pairs = pair_count(demand);
  CheapestRoutes routes{std::vector<std::uint8_t>(pairs, 0), std::vector<double>(pairs, 0.0),
                        std::vector<double>(pairs, 0.0)};
  std::vector<TreeTask> tasks;
  for (const DestinationDemand& one : demand) tasks.push_back({&one, &metric});
  TreeGrowers(core, execution).grow(tasks, [&](std::size_t d, const FlowTree& tree) {
    add_routes(tree, demand[d], arc_cost, arc_length, routes);
  });
  return routes;
}

TripScale trip_scale(const CheapestRoutes& routes, const Demand& demand) {
  const auto length = weighted_median(routes.length_m, routes.joined, demand.journeys);
  const auto cost = weighted_median(routes.cost, routes.joined, demand.journeys);
  if (!length || !cost) throw OptionError("no route joins any pair of the demand");
  return {{*length}, *cost};
}

std::vector<double> median_costs(const CheapestRoutes& routes, std::span<const DestinationDemand> demand) {
  std::vector<double> medians;
  for (const DestinationDemand& one : demand) {
    const auto cost = std::span(routes.cost).subspan(one.first_pair, one.journeys.size());
    const auto joined = std::span(routes.joined).subspan(one.first_pair, one.journeys.size());
    medians.push_back(weighted_median(cost, joined, one.journeys).value_or(0.0));
  }
  return medians;
}

}  // namespace waywarden
