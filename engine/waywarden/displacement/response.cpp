#include "waywarden/displacement/response.h"

#include <map>
#include <utility>

namespace waywarden {
namespace {

using Pairs = std::map<std::pair<PlaceId, PlaceId>, double>;

Pairs gravity_pairs(const Movement& movement, const EdgeCosts& costs, const GravityOptions& options,
                    const Execution& execution) {
  const Skim cheapest = skim(movement.core, costs, movement.places, execution);
  const Demand demand = gravity_demand(movement.places, cheapest, options, execution).demand;
  Pairs pairs;
  for (std::size_t i = 0; i < demand.size(); ++i)
    pairs[{demand.origin[i], demand.destination[i]}] = demand.journeys[i];
  return pairs;
}

}  // namespace

Demand responding_demand(const Movement& movement, const Sites& sites, std::span<const SiteId> placement,
                         double risk_aversion, const GravityOptions& gravity, const Execution& execution) {
  EdgeCosts dearer = movement.costs;
  const std::vector<double> known =
      sums_over_sites(sites.site_of_edge, team_costs(sites, placement, risk_aversion));
  for (std::size_t e = 0; e < known.size(); ++e) dearer.generalised[e] += known[e];
  const Pairs without = gravity_pairs(movement, movement.costs, gravity, execution);
  const Pairs with = gravity_pairs(movement, dearer, gravity, execution);
  Demand demand = movement.demand;
  for (std::size_t i = 0; i < demand.size(); ++i) {
    const auto was = without.find({demand.origin[i], demand.destination[i]});
    const auto is = with.find({demand.origin[i], demand.destination[i]});
    if (was != without.end() && is != with.end()) demand.journeys[i] *= is->second / was->second;
  }
  return demand;
}

RespondingDisplacement responding_displacement(const Movement& movement, const Loading& before,
                                               const Sites& sites, std::span<const SiteId> placement,
                                               const Awareness& awareness, const GravityOptions& gravity,
                                               const Execution& execution) {
  require_fit(movement, sites, awareness);
  Demand demand = responding_demand(movement, sites, placement, awareness.risk_aversion, gravity, execution);
  const Movement responding{movement.network, movement.core,       movement.costs,       demand,
                            movement.places,  movement.perception, movement.site_of_edge};
  const LoadingOptions options{.site_cost = team_costs(sites, placement, awareness.risk_aversion),
                               .overlap_pairs = 0};
  const Loading after = load_flows(responding, options, execution);
  Displacement moved = displacement_between(movement, before, after, sites, awareness.share, execution);
  return {std::move(demand), std::move(moved)};
}

}  // namespace waywarden
