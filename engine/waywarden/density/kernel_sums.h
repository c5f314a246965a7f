#pragma once

/// Sums of kernels over the cells of a raster, the plain way: every event's kernel is added to every cell it
/// reaches. Events come in the order of their content (from south to north, then from west to east), and each
/// cell adds them in that order, on whichever thread.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/density/planar_kernel.h"
#include "waywarden/geometry/raster_grid.h"

namespace waywarden {

struct KernelEvent {
  Point at;
  double weight = 1.0;
  double bandwidth = 1.0;
};

/// By y, x, weight, bandwidth.
void put_in_order(std::vector<KernelEvent>& events);

/// Per cell: the sum of weight x density. Events are in order.
std::vector<double> kernel_sums(std::span<const KernelEvent> events, PlanarKernel kernel,
                                const RasterGrid& grid, const Execution& execution = {});
/// Per event: the sum of its kernel, whatever its weight, over the cells inside, times the area of a cell.
std::vector<double> masses_inside(std::span<const KernelEvent> events, PlanarKernel kernel,
                                  const RasterGrid& grid, std::span<const std::uint8_t> inside,
                                  const Execution& execution = {});
/// Predicted additions of `kernel_sums`.
double kernel_steps(std::span<const KernelEvent> events, PlanarKernel kernel, const RasterGrid& grid);

}  // namespace waywarden
