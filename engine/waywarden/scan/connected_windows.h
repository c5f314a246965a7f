#pragma once

/// Sets of places that hang together (Tango and Takahashi, "A flexibly shaped spatial scan statistic",
/// International Journal of Health Geographics 4, 2005): all connected sets that hold the centre and lie
/// within its nearest places, the centre included. Each set of a row is there once; the same set may be in
/// several rows.
///
/// O(windows x degree) to make. Their number grows exponentially with the number of places: where it passes
/// `kMostSteps`, an error says so.

#include <span>

#include "waywarden/hotspots/weights.h"
#include "waywarden/scan/distance_windows.h"

namespace waywarden {

struct ConnectedOptions {
  ScanSpace space = ScanSpace::plane;
  /// Of a set, at most 20.
  std::size_t most_places = 12;
};

/// `neighbours` are taken both ways. Sets also keep within `limits`; the distance is the centre's to any
/// member. Throws `InputError` and `OptionError` as `circular_windows`.
Windows connected_windows(std::span<const Point> places, const Weights& neighbours,
                          std::span<const double> measure, const ConnectedOptions& options,
                          const WindowLimits& limits, const Execution& execution = {});

}  // namespace waywarden
