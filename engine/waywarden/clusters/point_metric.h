#pragma once

/// What the distance between two points is.

#include <cstdint>

namespace waywarden {

enum class PointMetric : std::uint8_t {
  /// Straight, in the unit of the coordinates.
  planar,
  /// Over the ellipsoid WGS 84, in metres, between longitudes in [-360, 360] and latitudes in [-90, 90].
  geodesic,
};

}  // namespace waywarden
