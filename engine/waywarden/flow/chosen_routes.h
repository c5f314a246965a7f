#pragma once

/// The routes that a demand takes, whichever way they were chosen, and what comes to pass along them: sums
/// and probabilities per pair without a table of origins by destinations by arcs.

#include <span>
#include <variant>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/exposure.h"
#include "waywarden/flow/flow_net.h"
#include "waywarden/flow/forest.h"
#include "waywarden/flow/path_size_logit.h"
#include "waywarden/flow/walk_values.h"

namespace waywarden {

/// A tree per draw and destination, a net per destination, or routes per pair.
using ChosenRoutes = std::variant<Forest, std::vector<FlowNet>, RouteSets>;

/// How many draws results are means over; 1 where nothing is drawn, and standard errors are 0.
std::size_t draws(const ChosenRoutes& routes);

/// Journeys per arc of the core, row per draw.
ArcJourneys arc_journeys(const Core& core, const ChosenRoutes& routes,
                         std::span<const DestinationDemand> demand, const Execution& execution);

/// A value of journeys; see walk_values.h.
struct PairValues {
  /// Per pair of the demand; 0 where no route joins it.
  Estimates pair;
  /// Sum over pairs of weight * value.
  Estimate total;
};

/// `weight` per pair of the demand. One pass per tree or net, one solution where a net has circles. The same
/// bits for any number of threads.
PairValues pair_values(const Core& core, const ChosenRoutes& routes,
                       std::span<const DestinationDemand> demand, std::span<const double> weight,
                       const WalkTerms& terms, const Execution& execution);

}  // namespace waywarden
