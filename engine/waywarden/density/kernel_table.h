#pragma once

/// A kernel on the cells around one, to convolve rasters with.

#include "waywarden/density/convolution.h"
#include "waywarden/density/planar_kernel.h"
#include "waywarden/geometry/raster_grid.h"

namespace waywarden {

/// Densities at the middles of cells, as far as the kernel reaches within the raster.
SymmetricTable kernel_table(PlanarKernel kernel, double bandwidth, const RasterGrid& grid);

}  // namespace waywarden
