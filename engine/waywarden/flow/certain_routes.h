#pragma once

/// Routes that leave nothing to chance, as forests of one draw: every journey of a pair takes the same.

#include <span>
#include <vector>

#include "waywarden/flow/forest.h"
#include "waywarden/risk/edge_costs.h"

namespace waywarden {

/// The cheapest, on costs as everyone agrees on them. One search per destination.
Forest cheapest_forest(const Core& core, std::span<const double> costs, double unit,
                       std::span<const DestinationDemand> demand, const Execution& execution);

/// The most evasive: least hazard, and among those the cheapest, exactly in this order. Hazards are rounded
/// to a part in 2^32 of the largest, never to 0. Per destination a search by hazard over the whole core, and
/// one by cost on the arcs that lose nothing.
Forest most_evasive_forest(const Core& core, const EdgeCosts& costs, double unit,
                           std::span<const DestinationDemand> demand, const Execution& execution);

}  // namespace waywarden
