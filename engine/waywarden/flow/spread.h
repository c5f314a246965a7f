#pragma once

/// How far evaders stray from the cheapest routes.
///
/// Spread: the mean, over journeys, of what the route taken costs (as everyone agrees on costs) over what the
/// cheapest costs; each journey counts alike, short or long. Pairs whose cheapest route is free are left out.
/// Overlap: the mean, over pairs of routes of one journey in consecutive draws, of the cost they share over
/// the cost that either uses (Jaccard).

#include <span>
#include <vector>

#include "waywarden/flow/cheapest_routes.h"
#include "waywarden/flow/forest.h"

namespace waywarden {

/// Per draw; 1 where no pair has a route that costs anything.
std::vector<double> spread_by_draw(const Forest& forest, std::span<const DestinationDemand> demand,
                                   const CheapestRoutes& cheapest, std::span<const double> cost_per_arc,
                                   const Execution& execution);

/// On at most `pairs` pairs, drawn at even steps of cumulated journeys; 1 where none has a route that costs
/// anything.
double route_overlap(const Forest& forest, std::span<const DestinationDemand> demand,
                     std::span<const double> cost_per_arc, std::size_t pairs, const Execution& execution);

}  // namespace waywarden
