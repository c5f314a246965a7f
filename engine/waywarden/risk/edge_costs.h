#pragma once

/// What each edge costs an evader. Generalised cost (design, 5):
///
///     c = value_of_time * t + m + risk_aversion * (-ln(1 - p))
///
/// in money. The risk terms that an observer adds later (teams at sites) are the same formula on top.

#include <array>
#include <span>
#include <vector>

#include "waywarden/network/network.h"
#include "waywarden/risk/scenario.h"

namespace waywarden {

struct CostAssumptions {
  /// Money per hour.
  double value_of_time = 5.0;
  /// Money per unit of hazard -ln(1 - p): what an evader would pay to avoid it.
  double risk_aversion = 200.0;
  /// Speed where a link states none, kilometres per hour, per mode.
  std::array<double, kModeCount> speed_kmh = {50, 45, 25, 600, 10, 4, 4};
  /// Fares and fuel, money per kilometre, per mode.
  std::array<double, kModeCount> money_per_km = {0.05, 0.02, 0.05, 0.10, 0.05, 0, 0};
};

/// Columns per edge.
struct EdgeCosts {
  std::vector<double> time_s;
  std::vector<double> money;
  /// -ln(1 - p) >= 0.
  std::vector<double> hazard;
  /// Infinite for closed edges, else finite and >= 0.
  std::vector<double> generalised;
  /// Number of edges whose detection probability was 1 and was clamped to 1 - 1e-12.
  std::size_t clamped = 0;
};

/// -ln(1 - p), with p clamped below 1. Throws `OptionError` outside [0, 1].
double hazard(double probability);

/// O(edges). Throws `OptionError` for a negative or non-finite assumption, speed 0, or a probability outside
/// [0, 1].
EdgeCosts edge_costs(const Network& network, const CostAssumptions& assumptions,
                     const Scenario& scenario = {});

}  // namespace waywarden
