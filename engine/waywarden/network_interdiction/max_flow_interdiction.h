#pragma once

/// Which sites to close so that the least can flow from a source to a sink, for one budget or a whole
/// frontier of budgets (maximum-flow network interdiction: Wood, "Deterministic network interdiction",
/// Mathematical and Computer Modelling 17, 1993; NP-hard). Attacking a site removes all of its arcs.
///
/// Exact by branch and bound over sites. Lower bounds by Lagrangian relaxation of the budget: a minimum cut
/// in which each arc costs min(capacity, price * cost of its attack) gives, for the best price, the lower
/// convex envelope of the frontier. Cuts met on the way, attacked where that pays most, give the values.
/// Where a site's arcs join more than two nodes, its cost is divided among them by capacity, which bounds
/// from below as well.
///
/// Value and bound enclose the optimum whenever the search stops. Some ten minimum cuts per search node
/// (minimum_cut.h); how many nodes depends on how far the frontier lies above its envelope.

#include <cstddef>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/network_interdiction/attack_sites.h"

namespace waywarden {

struct FlowEnds {
  std::uint32_t source = 0;
  std::uint32_t sink = 0;
};

struct MaxFlowInterdictionOptions {
  /// In any order.
  std::vector<double> budgets = {1.0};
  /// Of each budget.
  SearchLimits limits = {};
};

/// A row per budget, in the order given.
struct FlowFrontier {
  std::vector<double> budget;
  /// Attacked, ascending.
  std::vector<std::vector<SiteId>> site;
  std::vector<double> cost;
  /// What can still flow, and what no attack within the budget comes below.
  std::vector<double> value;
  std::vector<double> bound;
  std::vector<Status> status;
  /// Of the search.
  std::vector<std::size_t> nodes;
};

/// Throws `OptionError` as `minimum_cut` and the checks of attack_sites.h do, for each budget.
FlowFrontier max_flow_interdiction(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity,
                                   const AttackSites& sites, FlowEnds ends,
                                   const MaxFlowInterdictionOptions& options = {},
                                   const Execution& execution = {});

}  // namespace waywarden
