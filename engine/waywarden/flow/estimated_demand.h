#pragma once

/// What every estimate of demand ends with: values per pair of places, fitted to what is known of the places.
/// Without constraint they are taken as they are; `production` fits what leaves each place to its source
/// weight, `attraction` what arrives to its destination weight, `both` the two of them, by iterative
/// proportional fitting. Of all tables with these margins that is the one closest to the model's in relative
/// entropy.

#include <cstdint>
#include <optional>
#include <vector>

#include "waywarden/flow/demand.h"
#include "waywarden/flow/place_pairs.h"

namespace waywarden {

enum class DemandConstraint : std::uint8_t { none, production, attraction, both };

struct DemandMargins {
  DemandConstraint constraint = DemandConstraint::none;
  /// Journeys in all; weights then count relative to each other. Without it: the sum of what is constrained
  /// (of the source weights under `both`), or of the model's plain values.
  std::optional<double> total = std::nullopt;
};

struct EstimatedDemand {
  Demand demand;
  /// As in `PlacePairs`.
  std::size_t unreachable_pairs = 0;
  std::size_t pairs_beyond_cutoff = 0;
  double share_beyond_cutoff = 0.0;
  std::size_t unattached_places = 0;
  double median_cost = 0.0;
  /// Rounds of proportional fitting, and the largest relative error of a constrained margin that is left.
  std::size_t rounds = 0;
  double margin_error = 0.0;
};

/// What a model says before it is fitted: journeys of a pair are pairs.table.value * exp(log_factor).
/// Logarithms, so that steep models do not lose far places to underflow: what is constrained may be scaled
/// first.
struct DemandPattern {
  PlacePairs pairs;
  /// Per pair, finite.
  std::vector<double> log_factor;
};

/// 10,000 places with a cutoff that keeps 4.9 million of their pairs take 0.5 GB in all, costs included.
/// Fitted margins are off by at most 1e-8, relative to each. O(pairs * rounds). Throws `OptionError` for a
/// total that is not finite and > 0, for values too large, and when pairs without a route, or the ban on
/// staying in place, make the margins impossible: the message names the places that are in each other's way.
EstimatedDemand estimated_demand(DemandPattern pattern, const Places& places, const DemandMargins& margins,
                                 const Execution& execution);

}  // namespace waywarden
