#pragma once

/// A what-if: an overlay on a network, never a copy. Closed edges cannot be used; changed detection replaces
/// the background probability; a factor multiplies the time of a mode.

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/network/network.h"

namespace waywarden {

struct Scenario {
  std::string name;
  /// Ids of crossings, as in `Crossings::id` or `Crossings::post`.
  std::vector<std::string> closed_crossings;
  std::vector<EdgeId> closed_edges;
  /// Background detection on single edges, in [0, 1].
  std::vector<std::pair<EdgeId, double>> detection;
  /// Per mode; e.g. 1.5 on roads in the rains.
  std::array<double, kModeCount> time_factor = {1, 1, 1, 1, 1, 1, 1};
};

/// One flag per edge. Throws `OptionError` naming a crossing that the network does not have.
std::vector<std::uint8_t> closed_edges(const Network& network, const Scenario& scenario);

}  // namespace waywarden
