#pragma once

/// Who is near whom along the lines: neighbours by network distance, for positions on a `LinearNetwork`. As
/// `neighbour_distances.h` says, with these ties: of positions equally far, those on the lower edge, then
/// nearer to its first node, then with the smaller index come first. Positions that cannot be reached are no
/// neighbours. O(visited log visited) per position, where visited is what lies within the limit.

#include <span>

#include "waywarden/base/units.h"
#include "waywarden/hotspots/neighbour_distances.h"
#include "waywarden/linear_network/linear_network.h"

namespace waywarden {

/// All other positions at most `limit` away. Throws `OptionError` for a limit that is negative or not finite,
/// `InputError` for a position that is not on the network.
NeighbourDistances network_distances_within(const LinearNetwork& network,
                                            std::span<const LinePosition> positions, Metres limit,
                                            const Execution& execution = {});

/// The k nearest other positions that can be reached, fewer where there are fewer.
NeighbourDistances nearest_network_distances(const LinearNetwork& network,
                                             std::span<const LinePosition> positions, std::size_t k,
                                             const Execution& execution = {});

}  // namespace waywarden
