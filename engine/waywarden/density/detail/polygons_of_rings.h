#pragma once

/// Polygons from the boundary of an area: rings that run with the area on their left, do not cross, and meet
/// others (or themselves) in single points at most.

#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/geometry.h"

namespace waywarden::detail {

/// A multipolygon, valid as simple features define it: a ring that comes back to a point is cut there, and
/// each hole goes to the smallest outer ring around it. Rings are given without the repeated last point.
/// O(points log points + rings^2).
Geometry polygons_of_rings(const std::vector<std::vector<Point>>& rings, const Execution& execution);

}  // namespace waywarden::detail
