#pragma once

/// Lines of one height through a raster, by marching squares (Lorensen and Cline 1987, in the plane): values
/// stand at the middles of cells and run straight between neighbours; squares with a missing corner have no
/// line. At saddles the mean of the four corners decides.

#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/raster_grid.h"

namespace waywarden {

/// Each line runs with what is higher on its left; closed ones end where they begin. A value equal to the
/// level counts as above it. In the order of where they begin, from south to north. O(cells). Throws
/// `OptionError` where there is not one value per cell, or the level is not finite.
std::vector<std::vector<Point>> contour_lines(const RasterGrid& grid,
                                              std::span<const std::optional<double>> values, double level,
                                              const Execution& execution = {});

}  // namespace waywarden
