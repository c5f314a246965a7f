#pragma once

/// The perception that makes evaders stray as far as wanted: the field's deviation that gives a wanted
/// spread.

#include <cstdint>

#include "waywarden/flow/perception.h"
#include "waywarden/flow/spread.h"

namespace waywarden {

enum class SpreadStatus : std::uint8_t {
  met,       ///< within the tolerance, on the sample
  too_low,   ///< even the largest deviation does not spread routes so far: there are too few other routes
  too_high,  ///< link noise alone spreads them further
  jumps,     ///< so few routes that the spread jumps across the target as the deviation grows
};

struct CalibrationOptions {
  /// Accepted difference of the spread on the sample from the one wanted.
  double tolerance = 0.001;
  /// Destinations in the sample; taken in proportion to their journeys when there are more.
  std::size_t destinations = 48;
  double largest_deviation = 4.0;
};

struct Calibration {
  Perception perception;
  /// On the sample, in all draws.
  double spread = 1.0;
  double overlap = 1.0;
  std::size_t sampled_pairs = 0;
  /// Forests grown on the way.
  std::size_t evaluations = 0;
  SpreadStatus status = SpreadStatus::met;
};

/// At most `size` destinations, at even steps of cumulated journeys. One that k steps fall on then counts k,
/// whatever its journeys; all of them, as they are, where there are no more.
std::vector<DestinationDemand> sampled_destinations(const std::vector<DestinationDemand>& demand,
                                                    std::size_t size);

/// The sample's routes are found with the draws that loading will use, so spread is a function of the
/// deviation alone; its root is bracketed, then found by the Illinois method, a bisection with better guesses
/// (first on a quarter of the draws, then on all). Where the sample is the whole demand, loading realises
/// exactly what is reported here. `reference`: costs without closures and teams.
Calibration calibrate(const Network& network, const Core& core, const EdgeCosts& reference,
                      const Demand& demand, const Places& places, const PerceptionOptions& options,
                      const CalibrationOptions& calibration, const Execution& execution);

}  // namespace waywarden
