#pragma once

/// What the cheapest route of each pair costs on costs that everyone agrees on: the yardstick for detours.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/flow_tree.h"
#include "waywarden/flow/perception.h"
#include "waywarden/network/network.h"

namespace waywarden {

/// Columns per pair of the demand, in its order.
struct CheapestRoutes {
  /// Whether any route joins the pair.
  std::vector<std::uint8_t> joined;
  /// Money and metres along the route; 0 where none is.
  std::vector<double> cost;
  std::vector<double> length_m;
};

/// One search per destination. `unit`: of the weights that decide (ties and rounding as in loading).
CheapestRoutes cheapest_routes(const Network& network, const Core& core, std::span<const double> costs,
                               double unit, const std::vector<DestinationDemand>& demand,
                               const Execution& execution);

/// Demand-weighted medians over pairs that a route joins. Throws `OptionError` when there is none.
TripScale trip_scale(const CheapestRoutes& routes, const Demand& demand);

/// Per destination, the demand-weighted median cost of pairs that a route joins; 0 where there is none.
std::vector<double> median_costs(const CheapestRoutes& routes, std::span<const DestinationDemand> demand);

}  // namespace waywarden
