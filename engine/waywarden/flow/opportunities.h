#pragma once

/// The opportunities an evader passes on the way out from its origin: destination weights, in the order of
/// what it costs to get there. Those of places at one cost are passed together, so that no order among them
/// is made up: what the group gets is shared in proportion to their weights.

#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/place_pairs.h"

namespace waywarden {

/// Per pair, of its origin. The origin's own are never among them.
struct Opportunities {
  /// At places that cost less.
  std::vector<double> before;
  /// At places that cost the same, the pair's own destination included.
  std::vector<double> level;
  /// At all places within reach: joined, and within the skim's cutoff.
  std::vector<double> reach;
};

/// O(pairs * log pairs per origin).
Opportunities opportunities(const PlacePairs& pairs, const Places& places, const Execution& execution);

}  // namespace waywarden
