#pragma once

/// Expected attempted journeys through each edge and node, as if nobody were stopped (design: exposure), with
/// standard errors over draws.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/forest.h"
#include "waywarden/network/network.h"

namespace waywarden {

/// Mean over draws, and the standard error of that mean: what would change with another seed.
struct Estimate {
  double mean = 0.0;
  double standard_error = 0.0;
};

/// The same, columns.
struct Estimates {
  std::vector<double> mean;
  std::vector<double> standard_error;
};

/// The mean of equally likely values, at least one. Exactly 0 error when all are equal, or there is one: then
/// nothing was drawn.
Estimate estimate(std::span<const double> values);

/// Journeys on every arc of a core, row per draw: what all sums of a loading are made of.
using ArcJourneys = std::vector<std::vector<double>>;
ArcJourneys arc_journeys(const Core& core, const Forest& forest, const Execution& execution);

struct Exposure {
  /// Journeys, in the order of the network's edges, nodes and crossings (a crossing: both directions).
  Estimates edge;
  /// Journeys that begin, end or pass here.
  Estimates node;
  Estimates crossing;
  /// Journey-kilometres (journeys alone would depend on how finely roads are cut): per `Mode`, and per
  /// country of the edge's head in the order of NetworkColumns::countries, then one entry for outside every
  /// country.
  Estimates mode_km;
  Estimates country_km;
};

/// `departures`: journeys that begin at each node. Linear: of differences between two loadings it makes the
/// change with its own, paired, standard errors. O(draws * (edges + nodes)).
Exposure exposure(const Network& network, const Core& core, const ArcJourneys& journeys,
                  std::span<const double> departures, const Execution& execution);

}  // namespace waywarden
