#pragma once

/// Recursive logit (Fosgerau, Frejinger and Karlstrom, "A link based network route choice model with
/// unrestricted choice set", 2013): at every node the next arc is chosen by its cost and by what is to be
/// expected beyond it,
///
///     V(n) = 1 / theta * log( sum over arcs a from n of exp(theta * (-c(a) + V(head of a))) ), V(root) = 0,
///
/// so that every walk that ends when it first comes to the destination is taken with probability proportional
/// to exp(-theta * its cost), circles and all. V is found from z = exp(theta * V), which solves a linear
/// system (`WalkSums`), and flows from its transpose; both to the accuracy of elimination, without iteration.
///
/// V need not exist: where arcs are cheap, the walks in circles weigh more the longer they are. Then
/// `NoValueFunction` says for which destination and at which node. Only nodes that the origins lead to and
/// that lead to the destination count. A circle that costs nothing is always too much.
///
/// On a core: its dead ends and the ways into a road and back again are not offered, so cutting a road in two
/// changes nothing; for the model on all edges make the core with all nodes as terminals. Per destination
/// O(triangles of the hierarchy).

#include <span>
#include <string>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/base/execution.h"
#include "waywarden/flow/acyclic_logit.h"
#include "waywarden/flow/flow_net.h"
#include "waywarden/flow/flow_tree.h"
#include "waywarden/routing/core_search.h"

namespace waywarden {

/// Names destination and node.
class NoValueFunction : public OptionError {
 public:
  NoValueFunction(PlaceId destination, NodeId node, const std::string& why);
  /// The same, with the id of the destination in `where`.
  NoValueFunction(const NoValueFunction& error, const std::string& place_id);
  PlaceId destination() const { return destination_; }
  /// On the circles that weigh too much.
  NodeId node() const { return node_; }

 private:
  PlaceId destination_;
  NodeId node_;
};

/// Journeys to one destination. Branches may lead to any position. `scale` is a metric whose distances, times
/// `costs.unit`, are near to costs: values are relative to them, so that they stay within the range of
/// numbers. Throws `OptionError` as `AcyclicLogit`, and `NoValueFunction`.
FlowNet recursive_logit(const Core& core, const DestinationDemand& demand, const CoreMetric& scale,
                        const LogitCosts& costs, const Execution& execution);

}  // namespace waywarden
