#pragma once

/// Weights that fall off with distance, under the names and formulas of PySAL's `Kernel`, of z = distance /
/// bandwidth, for z <= 1: triangular 1 - z; uniform 1 / 2; quadratic (Epanechnikov) 3/4 (1 - z^2); quartic
/// 15/16 (1 - z^2)^2; gaussian (2 pi)^(-1/2) exp(-z^2 / 2). What is farther than the bandwidth is no
/// neighbour. A weight of exactly 0, at z = 1, is kept as an entry. Coincident points are at z = 0, also
/// where an adaptive bandwidth is 0 because all k nearest lie in one place.
///
/// No point is its own neighbour here: `with_own_weight(weights, kernel_weight(kernel, 0))` makes it one.

#include <cstdint>
#include <span>
#include <string>

#include "waywarden/hotspots/neighbour_distances.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden {

enum class Kernel : std::uint8_t { triangular, uniform, quadratic, quartic, gaussian };

std::string name(Kernel kernel);

/// The weight at z, 0 beyond 1.
double kernel_weight(Kernel kernel, double z);

/// One bandwidth for all, in the unit of the distances: give neighbours within it. Throws `OptionError`
/// unless it is a number above 0.
Weights kernel_weights(const NeighbourDistances& distances, double bandwidth, Kernel kernel);

/// Each row's own bandwidth is the distance of its farthest neighbour: give the k nearest. Not symmetric.
Weights adaptive_kernel_weights(const NeighbourDistances& nearest, Kernel kernel);

}  // namespace waywarden
