#pragma once

/// Kernel density of events on a raster, inside a window: events (or their weights) per unit of area, at the
/// middle of each cell.
///
/// Edge corrections make up for what kernels spill over the window's edge:
///
///   none        f(u) = sum of w_i k(u - x_i): too low near the edge; the mass lost is reported
///   evaluation  divided by the kernel's mass inside around u ("uniform", Diggle 1985): unbiased where the
///               density is even; the mass need not be the events'
///   points      each event's kernel divided by its own mass inside (Jones 1993; Diggle): the mass is that of
///               the events
///
/// Masses inside are sums over the raster's cells, so that with `points` the raster adds up to the weight of
/// the events to 1e-9 of it and better. Events whose kernel reaches no middle of a cell add nothing and, with
/// `points`, are counted in `unreached`: cells are too large for the bandwidth.
///
/// `exact` adds every event's kernel to the cells it reaches: events x cells reached, fast because plain.
/// `binned` deals each event to the four cells around it (linear binning, Wand 1994; error of order (cell /
/// bandwidth)^2, and cell / bandwidth for events less than half a cell from the raster's edge) and convolves:
/// O(cells log cells), whatever the number of events and the bandwidth. `automatic` is exact up to 4e9 steps.
/// Sums run in the order of content: the same bits for any order of rows and any number of threads.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/density/planar_kernel.h"
#include "waywarden/geometry/raster_grid.h"
#include "waywarden/point_patterns/planar_window.h"

namespace waywarden {

/// Points with weights, at least 0 and finite; none given: each counts 1.
struct WeightedPoints {
  std::span<const Point> points;
  std::span<const double> weights = {};

  double weight(std::size_t i) const { return weights.empty() ? 1.0 : weights[i]; }
};

enum class DensityEdge : std::uint8_t { none, evaluation, points };
enum class DensityMethod : std::uint8_t { automatic, exact, binned };

/// "none", "evaluation", "points"; "automatic", "exact", "binned".
std::string name(DensityEdge edge);
std::string name(DensityMethod method);

struct DensityOptions {
  PlanarKernel kernel = PlanarKernel::quartic;
  /// In the unit of the coordinates; see planar_kernel.h. Above 0.
  double bandwidth = 0.0;
  DensityEdge edge = DensityEdge::points;
  DensityMethod method = DensityMethod::automatic;
};

struct PlanarDensity {
  RasterGrid grid;
  /// Per cell, rows from south to north: whether its middle lies in the window; the density, 0 outside.
  std::vector<std::uint8_t> inside;
  std::vector<double> value;
  /// Of all events, and what the raster adds up to.
  double weight = 0.0;
  double mass = 0.0;
  std::size_t unreached = 0;
  DensityMethod method = DensityMethod::exact;
};

/// The smallest raster of such cells over the window's bounds, centred on them. Throws `OptionError` for more
/// than `most_cells`.
RasterGrid grid_over(const PlanarWindow& window, double cell, std::size_t most_cells = 50'000'000);
/// Per cell, whether its middle lies in the window.
std::vector<std::uint8_t> cells_inside(const RasterGrid& grid, const PlanarWindow& window,
                                       const Execution& execution = {});

/// Throw `InputError` for a point outside the window or a bad weight, `OptionError` for a bad bandwidth.
PlanarDensity planar_density(const WeightedPoints& events, const PlanarWindow& window, const RasterGrid& grid,
                             const DensityOptions& options, const Execution& execution = {});
/// With a bandwidth of its own for each event (`adaptive_bandwidths`); always exact. The edge correction is
/// not `evaluation`, which has no meaning then.
PlanarDensity adaptive_density(const WeightedPoints& events, std::span<const double> bandwidths,
                               const PlanarWindow& window, const RasterGrid& grid,
                               const DensityOptions& options, const Execution& execution = {});

}  // namespace waywarden
