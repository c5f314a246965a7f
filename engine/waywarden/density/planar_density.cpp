#include "waywarden/density/planar_density.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/density/kernel_sums.h"
#include "waywarden/density/kernel_table.h"

namespace waywarden {
namespace {

constexpr double kMostSteps = 4e9;
/// Shares inside below this are rounding noise of the transform.
constexpr double kLeastShare = 1e-9;

void require_bandwidth(double bandwidth) {
  if (bandwidth > 0.0 && std::isfinite(bandwidth)) return;
  throw OptionError("a bandwidth must be finite and above 0");
}

void require_events(const WeightedPoints& events, const PlanarWindow& window) {
  require_inside(window, events.points);
  if (!events.weights.empty() && events.weights.size() != events.points.size()) {
    throw InputError("there must be one weight per point");
  }
  for (std::size_t i = 0; i < events.weights.size(); ++i) {
    if (events.weights[i] >= 0.0 && std::isfinite(events.weights[i])) continue;
    throw InputError("the weight of point " + std::to_string(i) + " is negative or not finite");
  }
}

void require_grid(const RasterGrid& grid) {
  if (grid.size() > 0 && grid.cell > 0.0 && std::isfinite(grid.cell) && grid.origin.finite()) return;
  throw OptionError("a raster must have cells of a finite width above 0");
}

/// Of the kernel around the middle of each cell, the share inside.
std::vector<double> shares_inside(const PlanarDensity& density, const SymmetricTable& table,
                                  const Execution& execution) {
  const std::vector<double> mask(density.inside.begin(), density.inside.end());
  auto shares = convolved(mask, density.grid.columns, density.grid.rows, table, execution);
  for (double& share : shares) share *= density.grid.cell_area();
  return shares;
}

/// What an event gives to the four cells around it.
struct Deal {
  std::array<std::size_t, 4> cell{};
  std::array<double, 4> share{};
};

Deal deal(const RasterGrid& grid, Point p) {
  const auto axis = [](double offset, std::size_t count) {
    const double at = std::clamp(offset - 0.5, 0.0, static_cast<double>(count - 1));
    const auto low = std::min(static_cast<std::size_t>(at), count - 1);
    return std::tuple(low, std::min(low + 1, count - 1), at - static_cast<double>(low));
  };
  const auto [left, right, east] = axis((p.x - grid.origin.x) / grid.cell, grid.columns);
  const auto [bottom, top, north] = axis((p.y - grid.origin.y) / grid.cell, grid.rows);
  const auto at = [&](std::size_t column, std::size_t row) { return row * grid.columns + column; };
  return {{at(left, bottom), at(right, bottom), at(left, top), at(right, top)},
          {(1 - east) * (1 - north), east * (1 - north), (1 - east) * north, east * north}};
}

std::vector<double> binned_sums(std::span<const KernelEvent> events, const DensityOptions& options,
                                PlanarDensity& density, const Execution& execution) {
  const RasterGrid& grid = density.grid;
  const SymmetricTable table = kernel_table(options.kernel, options.bandwidth, grid);
  const bool by_share = options.edge == DensityEdge::points;
  const auto shares =
      by_share ? shares_inside(density, table, execution) : std::vector<double>(grid.size(), 1.0);
  std::vector<double> bins(grid.size(), 0.0);
  for (const KernelEvent& event : events) {
    const Deal dealt = deal(grid, event.at);
    double usable = 0.0;
    for (std::size_t k = 0; k < 4; ++k) usable += shares[dealt.cell[k]] > kLeastShare ? dealt.share[k] : 0.0;
    if (!(usable > 0.0)) ++density.unreached;
    for (std::size_t k = 0; k < 4 && usable > 0.0; ++k) {
      const double share = shares[dealt.cell[k]];
      if (share > kLeastShare) bins[dealt.cell[k]] += event.weight * dealt.share[k] / (usable * share);
    }
  }
  auto sums = convolved(bins, grid.columns, grid.rows, table, execution);
  // Where nothing reaches, the transform leaves rounding noise of either sign.
  for (double& sum : sums) sum = std::max(sum, 0.0);
  return sums;
}

std::vector<double> exact_sums(std::vector<KernelEvent> events, const DensityOptions& options,
                               PlanarDensity& density, const Execution& execution) {
  if (options.edge == DensityEdge::points) {
    const auto masses = masses_inside(events, options.kernel, density.grid, density.inside, execution);
    for (std::size_t e = 0; e < events.size(); ++e) {
      if (!(masses[e] > 0.0)) ++density.unreached;
      events[e].weight = masses[e] > 0.0 ? events[e].weight / masses[e] : 0.0;
    }
  }
  return kernel_sums(events, options.kernel, density.grid, execution);
}

/// Nothing outside; what is inside, added up.
void finish(PlanarDensity& density) {
  double sum = 0.0;
  for (std::size_t i = 0; i < density.value.size(); ++i) {
    if (density.inside[i] == 0) density.value[i] = 0.0;
    sum += density.value[i];
  }
  density.mass = sum * density.grid.cell_area();
}

PlanarDensity empty_density(const std::vector<KernelEvent>& events, const PlanarWindow& window,
                            const RasterGrid& grid, const Execution& execution) {
  PlanarDensity density{grid, cells_inside(grid, window, execution), {}};
  for (const KernelEvent& event : events) density.weight += event.weight;
  return density;
}

}  // namespace

std::string name(DensityEdge edge) {
  switch (edge) {
    case DensityEdge::none:
      return "none";
    case DensityEdge::evaluation:
      return "evaluation";
    case DensityEdge::points:
      return "points";
  }
  throw OptionError("no such edge correction");
}

std::string name(DensityMethod method) {
  switch (method) {
    case DensityMethod::automatic:
      return "automatic";
    case DensityMethod::exact:
      return "exact";
    case DensityMethod::binned:
      return "binned";
  }
  throw OptionError("no such method");
}

RasterGrid grid_over(const PlanarWindow& window, double cell, std::size_t most_cells) {
  if (!(cell > 0.0) || !std::isfinite(cell)) throw OptionError("cells must have a finite width above 0");
  const Box box = window.bounds();
  const double columns = std::ceil((box.high.x - box.low.x) / cell),
               rows = std::ceil((box.high.y - box.low.y) / cell);
  if (columns * rows > static_cast<double>(most_cells)) {
    throw OptionError("the raster would have more than " + std::to_string(most_cells) + " cells");
  }
  const Point middle = box.centre();
  return {{middle.x - columns * cell / 2, middle.y - rows * cell / 2},
          cell,
          static_cast<std::size_t>(columns),
          static_cast<std::size_t>(rows)};
}

std::vector<std::uint8_t> cells_inside(const RasterGrid& grid, const PlanarWindow& window,
                                       const Execution& execution) {
  std::vector<std::uint8_t> inside(grid.size());
  const auto look = [&](std::size_t i) { inside[i] = window.contains(grid.centre(i)) ? 1 : 0; };
  parallel_for(grid.size(), execution, look, 4096);
  return inside;
}

PlanarDensity planar_density(const WeightedPoints& points, const PlanarWindow& window, const RasterGrid& grid,
                             const DensityOptions& options, const Execution& execution) {
  require_bandwidth(options.bandwidth);
  require_grid(grid);
  require_events(points, window);
  std::vector<KernelEvent> events;
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    events.push_back({points.points[i], points.weight(i), options.bandwidth});
  }
  put_in_order(events);
  PlanarDensity density = empty_density(events, window, grid, execution);
  const bool binned =
      options.method == DensityMethod::binned ||
      (options.method == DensityMethod::automatic && kernel_steps(events, options.kernel, grid) > kMostSteps);
  density.method = binned ? DensityMethod::binned : DensityMethod::exact;
  density.value = binned ? binned_sums(events, options, density, execution)
                         : exact_sums(std::move(events), options, density, execution);
  if (options.edge == DensityEdge::evaluation) {
    const auto shares =
        shares_inside(density, kernel_table(options.kernel, options.bandwidth, grid), execution);
    for (std::size_t i = 0; i < grid.size(); ++i) {
      if (density.inside[i] != 0) density.value[i] /= shares[i];
    }
  }
  finish(density);
  return density;
}

PlanarDensity adaptive_density(const WeightedPoints& points, std::span<const double> bandwidths,
                               const PlanarWindow& window, const RasterGrid& grid,
                               const DensityOptions& options, const Execution& execution) {
  require_grid(grid);
  require_events(points, window);
  if (bandwidths.size() != points.points.size()) throw OptionError("there must be one bandwidth per point");
  if (options.edge == DensityEdge::evaluation) {
    throw OptionError("with a bandwidth per point, edges can be corrected at the points alone");
  }
  if (options.method == DensityMethod::binned)
    throw OptionError("points of several bandwidths are not binned");
  std::vector<KernelEvent> events;
  for (std::size_t i = 0; i < bandwidths.size(); ++i) {
    require_bandwidth(bandwidths[i]);
    events.push_back({points.points[i], points.weight(i), bandwidths[i]});
  }
  put_in_order(events);
  PlanarDensity density = empty_density(events, window, grid, execution);
  density.value = exact_sums(std::move(events), options, density, execution);
  finish(density);
  return density;
}

}  // namespace waywarden
