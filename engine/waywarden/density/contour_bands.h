#pragma once

/// What lies between two heights of a raster, as polygons: filled contours, by marching squares (Lorensen and
/// Cline 1987, in the plane). Values stand at the middles of cells and run straight along the lines between
/// neighbours; squares with a missing corner belong to no band, so bands reach to the middles of the
/// outermost cells. At saddles the mean of the four corners decides.

#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/geometry.h"
#include "waywarden/geometry/raster_grid.h"

namespace waywarden {

/// One multipolygon per level, possibly empty: where the value is at least that level and below the next; the
/// last has no upper end. Valid as simple features define it: outer rings anticlockwise, holes clockwise,
/// rings touch in single points at most. Bands that are neighbours share their boundary to the last bit, and
/// no two overlap. For that, crossings are moved by at most a millionth of a cell, so that none falls on the
/// middle of a cell and those of two levels never coincide. O(cells levels + rings^2). Throws `OptionError`
/// where there is not one value per cell, or levels are not finite or do not ascend, and `InputError` for a
/// value that is not finite.
std::vector<Geometry> contour_bands(const RasterGrid& grid, std::span<const std::optional<double>> values,
                                    std::span<const double> levels, const Execution& execution = {});

}  // namespace waywarden
