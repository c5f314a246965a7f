#pragma once

/// Which points are meant to be one. Complete-linkage clustering within a tolerance: closest pairs merge
/// first, and only while all members stay within the tolerance of each other, so clusters neither chain nor
/// depend on input order.

#include <map>
#include <vector>

#include "waywarden/base/units.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

/// For each distinct point that moves: where to. Points that stay are absent. The point that stays in each
/// cluster is the one that occurs most often in `points`, then the smallest.
std::map<Point, Point> snap_targets(const std::vector<Point>& points, Metres tolerance);

}  // namespace waywarden
