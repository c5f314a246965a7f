#pragma once

/// Balls along lines: places enter a window by their distance along a linear network, so that two banks of a
/// river are far apart where there is no bridge. Places that cannot be reached from a centre are in none of
/// its windows.
///
/// One search per place, as far as the limits reach, O(visited log visited).

#include <span>

#include "waywarden/linear_network/linear_network.h"
#include "waywarden/scan/windows.h"

namespace waywarden {

/// `measure` is per place; distances are metres along the network. Throws `InputError` for a position that is
/// not on the network, `OptionError` for limits or when there are too many windows. Quickest when places that
/// follow each other are near each other.
Windows network_windows(const LinearNetwork& network, std::span<const LinePosition> places,
                        std::span<const double> measure, const WindowLimits& limits,
                        const Execution& execution = {});

}  // namespace waywarden
