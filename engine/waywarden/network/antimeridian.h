#pragma once

/// Lines over the meridian of 180 degrees. A segment between vertices more than half a turn apart is meant
/// the short way round: it is cut where its geodesic meets the antimeridian, so that every segment that is
/// left runs straight in degrees as drawn. The two ends there, one on either side of the map, are one place,
/// which the builder joins by a link of length 0.

#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

/// The pieces of a line of canonical vertices, in its order: itself, where it stays on one side. Pieces of a
/// single vertex are left out. A microsecond per vertex that crosses, nothing otherwise.
std::vector<std::vector<Point>> split_at_antimeridian(std::vector<Point> line);

}  // namespace waywarden
