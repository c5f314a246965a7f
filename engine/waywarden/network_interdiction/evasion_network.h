#pragma once

/// The network on which evaders who know every team take the path that they are most likely to get through
/// on: maximum-reliability paths (Pan and Morton 2008, "Minimizing a stochastic maximum-reliability path",
/// Networks 52). Each arc has the probability that a journey gets past it unseen, without a team and with
/// one; arcs that one team watches are one site, and detections are independent, so that a path's evasion is
/// the product over its arcs.
///
/// Products are of doubles, in order along the path: relative error below 1e-16 times the arcs of the path.
/// A product of 0 is no path at all.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/ids.h"
#include "waywarden/interdiction/sites.h"
#include "waywarden/network_interdiction/attack_sites.h"

namespace waywarden {

/// One row per arc.
struct EvasionNetwork {
  std::size_t nodes = 0;
  std::vector<NodeId> tail;
  std::vector<NodeId> head;
  /// Probability, in [0, 1], that a journey over the arc is not detected without a team, and with one (not
  /// more than without; not read where the arc is of no site).
  std::vector<double> evasion;
  std::vector<double> watched_evasion;
  /// None where no team can watch the arc.
  std::vector<SiteId> site;

  std::size_t arcs() const { return tail.size(); }
};

/// Where evaders want to go, one row per pair; a pair may stand in several rows.
struct EvaderPairs {
  std::vector<NodeId> origin;
  std::vector<NodeId> destination;
  /// Journeys, or a probability: not negative.
  std::vector<double> weight;

  std::size_t size() const { return origin.size(); }
};

/// Where to place teams so that the weighted sum of the pairs' evasion is least.
struct WorstCaseProblem {
  EvasionNetwork network;
  EvaderPairs pairs;
  /// Per site: what a team there costs, and whether it may or must be placed.
  std::vector<double> cost;
  std::vector<SiteState> state;
  double budget = 0.0;

  std::size_t sites() const { return cost.size(); }
};

/// Throws `InputError` that names the first arc, site or pair that cannot be used (a node or site that does
/// not exist, a probability outside [0, 1] or greater with a team than without, a negative or infinite weight
/// or cost, columns of different lengths), `OptionError` where the budget is negative or NaN or does not pay
/// for the required sites.
void check(const WorstCaseProblem& problem);

/// Per pair, the greatest evasion over all paths while teams stand at `placed`; 0 where there is no path, 1
/// where origin and destination are the same. One Dijkstra per distinct origin, or destination if
/// there are fewer, in parallel: O((arcs + nodes)
/// log nodes) each. Throws as `check` does, and `OptionError` for a site that does not exist.
std::vector<double> greatest_evasion(const WorstCaseProblem& problem, std::span<const SiteId> placed,
                                     const Execution& execution = {});

}  // namespace waywarden
