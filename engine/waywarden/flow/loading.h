#pragma once

/// Loading: journeys put on the network by sampled perception. In every draw and for every destination one
/// search towards it; journeys go down the tree. Sums over draws and destinations are made in their order, so
/// results have the same bits on any number of threads.
///
/// O(draws * (edges + destinations * core log core)). About 12 bytes per draw, destination and node that
/// carries journeys, kept so that a reload grows only the trees that change.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/exposure.h"
#include "waywarden/flow/perception.h"
#include "waywarden/flow/site_tree.h"
#include "waywarden/network/places.h"
#include "waywarden/risk/edge_costs.h"

namespace waywarden {

/// Who moves where, on what, and where they may be watched. Holds references only.
struct Movement {
  const Network& network;
  /// With the places' nodes among its terminals.
  const Core& core;
  const EdgeCosts& costs;
  const Demand& demand;
  const Places& places;
  const Perception& perception;
  /// Of the network's edges, or of none: no sites.
  const EdgeSites& site_of_edge;
};

struct LoadingOptions {
  /// What evaders who know of the teams add to the cost of each edge of a site, money, by SiteId:
  /// risk_aversion * hazard(p). Not perceived but known: it is added after perception, so that a rerouted
  /// journey is caught at most as often as the one it replaces. Empty: nobody knows of any.
  std::vector<double> site_cost = {};
  /// Journeys sampled for the overlap of routes.
  std::size_t overlap_pairs = 256;
};

struct Loading {
  Exposure exposure;
  /// Trees with a site on them, by draw, then destination.
  std::vector<SiteTree> site_trees;
  /// Journeys that pass no site, per draw: the `unseen` of trees without a site included.
  std::vector<double> unseen;

  /// Generalised cost per journey on the routes taken, as everyone agrees on costs, teams included.
  Estimate cost;
  /// See spread.h; against the cheapest routes with the same teams.
  Estimate spread;
  double overlap = 1.0;
  /// Journeys with and without a route. Without: closures cut them off.
  double journeys = 0.0;
  double unrouted_journeys = 0.0;
  std::size_t unrouted_pairs = 0;

  /// What `reload` starts from.
  std::vector<double> site_cost;
  Forest forest;
};

/// Throws `OptionError` when the parts of the movement do not fit each other, or a site's cost is not finite
/// and >= 0.
Loading load_flows(const Movement& movement, const LoadingOptions& options, const Execution& execution);

/// The same result as `load_flows`, to the bit, from a loading of the same movement with other costs of
/// sites: only trees through a site whose cost has risen are grown again (dearer elsewhere changes no
/// cheapest route). All are when a cost has fallen.
Loading reload(const Movement& movement, const Loading& previous, const LoadingOptions& options,
               const Execution& execution);

/// After minus before, with standard errors of the difference draw by draw: what is displaced.
Exposure change(const Movement& movement, const Loading& before, const Loading& after,
                const Execution& execution);

}  // namespace waywarden
