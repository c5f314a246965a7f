#pragma once

/// Path-size logit over a few alternatives per pair (Ben-Akiva and Bierlaire, "Discrete choice methods and
/// their applications to short term travel decisions", 1999): of the routes i found between two places
///
///     P(i) = exp(-theta * cost(i) + path_size_weight * ln(path size of i)) / sum over all of them,
///
/// where the path size is 1 for a route that shares nothing and 1/k for one that k routes share throughout.
/// What a person reads: all routes there are stand in the answer.
///
/// Routes are those of `alternatives.h` on the core, so are arcs of the core. Seconds for a thousand pairs on
/// a city; memory for every route's arcs.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/flow_tree.h"
#include "waywarden/routing/scenario_sets.h"

namespace waywarden {

struct PathSizeOptions {
  double weight = 1.0;
  AlternativeOptions alternatives = PenaltyOptions{.count = 6};
};

struct RouteSets {
  /// Pairs in the order of the demand; `edges` are arcs of the core. No routes where none is.
  AlternativeSets sets;
  /// Per route.
  std::vector<double> share;
};

/// `theta`: per destination, per money, > 0. Throws `OptionError` for that, and a weight that is negative or
/// not finite.
RouteSets path_size_logit(const Core& core, std::span<const DestinationDemand> demand,
                          std::span<const double> cost_per_arc, std::span<const double> theta,
                          const PathSizeOptions& options, const Execution& execution);

/// Journeys per arc of the core.
std::vector<double> journeys_on_arcs(const Core& core, std::span<const DestinationDemand> demand,
                                     const RouteSets& routes);

}  // namespace waywarden
