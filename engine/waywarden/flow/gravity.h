#pragma once

/// Demand estimated by a gravity model (Wilson, "A statistical theory of spatial distribution models", 1967):
///
///     journeys_ij = a_i * S_i * b_j * D_j * f(cost_ij)     for i != j joined by a route
///
/// with S = Places::source_weight and D = Places::destination_weight. Without constraint a = b = 1 up to the
/// total; `production` fits what leaves each place to S, `attraction` what arrives to D, `both` the two of
/// them by iterative proportional fitting.
///
/// The decay is relative, so that one value serves networks and currencies of every size: costs are divided
/// by the median cost over pairs weighted with S_i * D_j, the movement there would be if cost did not matter.
///
///     exponential: f(c) = exp(-decay * c / median)      power: f(c) = (c / median)^-decay
///
/// Power decay takes costs below 1 % of the median as 1 % of it: places attached to one node would attract
/// without end.

#include <cstdint>
#include <optional>

#include "waywarden/flow/demand.h"

namespace waywarden {

enum class Decay : std::uint8_t { exponential, power };
enum class DemandConstraint : std::uint8_t { none, production, attraction, both };

struct GravityOptions {
  Decay function = Decay::exponential;
  double decay = 1.0;
  DemandConstraint constraint = DemandConstraint::none;
  /// Journeys in all; weights then count relative to each other. Without it: the sum of what is constrained
  /// (of S under `both`), or of the plain products.
  std::optional<double> total = std::nullopt;
};

struct GravityDemand {
  Demand demand;
  /// Pairs with weights on both sides that no route joins.
  std::size_t unreachable_pairs = 0;
  /// Places with weights that are not attached to the network.
  std::size_t unattached_places = 0;
  /// Cost that decay is relative to; 0 when no pair is joined.
  double median_cost = 0.0;
  /// Rounds of proportional fitting, and the largest relative error of a constrained margin that is left.
  std::size_t rounds = 0;
  double margin_error = 0.0;
};

/// Fitted margins are off by at most 1e-8, relative to each. O(pairs * rounds). Throws `OptionError` for
/// options or weights that make no sense, all of them 0 included, and when pairs without a route, or the ban
/// on staying in place, make the margins impossible: the message names the places.
GravityDemand gravity_demand(const Places& places, const Skim& skim, const GravityOptions& options,
                             const Execution& execution);

}  // namespace waywarden
