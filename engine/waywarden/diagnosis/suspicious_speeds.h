#pragma once

/// Stated speeds that hardly anything of their mode has: miles or metres per second taken for kilometres per
/// hour, a digit too many, a road's limit on a footpath. Speeds that are not stated are not judged. O(edges).

#include <array>
#include <vector>

#include "waywarden/network/network.h"

namespace waywarden {

/// Kilometres per hour, both included.
struct SpeedRange {
  double lowest = 0.0;
  double highest = 0.0;
};

/// Per mode: wide on purpose, so that what falls outside is worth a look.
struct PlausibleSpeeds {
  std::array<SpeedRange, kModeCount> of_mode = {
      {{3.0, 140.0}, {5.0, 350.0}, {2.0, 90.0}, {100.0, 1100.0}, {1.0, 60.0}, {0.5, 10.0}, {0.5, 60.0}}};
};

/// One row per line, by edge. Throws `OptionError` for a range that is empty, negative or not finite.
std::vector<EdgeId> suspicious_speeds(const Network& network, const PlausibleSpeeds& plausible);

}  // namespace waywarden
