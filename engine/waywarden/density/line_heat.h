#pragma once

/// Heat on a network of lines: what diffuses from incidents until its deviation along an endless line would
/// be the bandwidth (McSwiggan, Baddeley and Nair, Scand. J. Statistics 44 (2017)). Heat passes nodes by
/// Kirchhoff's rule and is reflected at dead ends.
///
/// Not stepped through time or space: exp(t A) is a sum over 16 points of a contour of the resolvent
/// (z - t A)^-1 (Weideman and Trefethen, Math. Comp. 76 (2007); error below 1e-13), and the resolvent is a
/// sum of exponentials along each edge, joined at the nodes by one sparse system of equations. It is solved
/// by elimination without cancellation (after Grassmann, Taksar and Heyman 1985). So density and mass are
/// exact to about 1e-12 of the largest density, on edges however short; values below that are noise, and
/// never negative.
///
/// O(16 (nodes + incidents + lixels)) and the fill of the elimination, whatever the bandwidth.

#include <span>

#include "waywarden/density/network_kde.h"
#include "waywarden/linear_network/joined.h"

namespace waywarden {

struct WeightedPosition {
  LinePosition position;
  double weight = 0.0;
};

/// The result but for its weight. Incidents in ascending order, no two at one place.
NetworkKde line_heat(const JoinedLines& lines, std::span<const WeightedPosition> incidents,
                     const Lixels& lixels, Metres deviation, const Execution& execution = {});

}  // namespace waywarden
