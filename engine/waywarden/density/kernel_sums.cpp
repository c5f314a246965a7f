#include "waywarden/density/kernel_sums.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Columns or rows [first, last) whose middles lie at most `reach` from `at`.
struct Range {
  std::size_t first = 0, last = 0;
};

Range reached(double at, double reach, double origin, double cell, std::size_t count) {
  const double most = static_cast<double>(count);
  const double first = std::ceil((at - reach - origin) / cell - 0.5),
               last = std::floor((at + reach - origin) / cell - 0.5) + 1.0;
  return {static_cast<std::size_t>(std::clamp(first, 0.0, most)),
          static_cast<std::size_t>(std::clamp(last, 0.0, most))};
}

double squared(double v) { return v * v; }

/// One event across the columns it reaches. The Gaussian is a product of two factors: `across` holds that of
/// the column; for other kernels, the squared distance.
struct Strip {
  std::size_t first_column = 0;
  std::vector<double> across;
};

Strip strip_of(const KernelEvent& event, PlanarKernel kernel, const RasterGrid& grid) {
  const Range columns =
      reached(event.at.x, kernel_reach(kernel) * event.bandwidth, grid.origin.x, grid.cell, grid.columns);
  Strip strip{columns.first, {}};
  for (std::size_t c = columns.first; c < columns.last; ++c) {
    const double apart = squared((grid.x(c) - event.at.x) / event.bandwidth);
    strip.across.push_back(kernel == PlanarKernel::gaussian ? std::exp(-apart / 2) : apart);
  }
  return strip;
}

/// The kernel's values along one row: visit(column, density), for a squared distance down from the event.
template <PlanarKernel kernel, class Visit>
void along_row(const Strip& strip, double down, double area, Visit visit) {
  if constexpr (kernel == PlanarKernel::gaussian) {
    const double factor = kernel_density_of<kernel>(down) / area;
    for (std::size_t i = 0; i < strip.across.size(); ++i) {
      visit(strip.first_column + i, factor * strip.across[i]);
    }
  } else {
    for (std::size_t i = 0; i < strip.across.size(); ++i) {
      visit(strip.first_column + i, kernel_density_of<kernel>(strip.across[i] + down) / area);
    }
  }
}

/// Calls task with the kernel as a template argument.
template <class Task>
auto with_kernel(PlanarKernel kernel, Task task) {
  switch (kernel) {
    case PlanarKernel::quartic:
      return task.template operator()<PlanarKernel::quartic>();
    case PlanarKernel::gaussian:
      return task.template operator()<PlanarKernel::gaussian>();
    case PlanarKernel::triangular:
      return task.template operator()<PlanarKernel::triangular>();
    case PlanarKernel::uniform:
      return task.template operator()<PlanarKernel::uniform>();
    case PlanarKernel::epanechnikov:
      return task.template operator()<PlanarKernel::epanechnikov>();
    case PlanarKernel::triweight:
      return task.template operator()<PlanarKernel::triweight>();
  }
  throw OptionError("no such kernel");
}

double largest_bandwidth(std::span<const KernelEvent> events) {
  double largest = 0.0;
  for (const KernelEvent& event : events) largest = std::max(largest, event.bandwidth);
  return largest;
}

/// Events of one chunk, added to all rows that they reach.
template <PlanarKernel kernel>
void add_chunk(std::span<const KernelEvent> events, const RasterGrid& grid, std::vector<double>& sums,
               const Execution& execution) {
  std::vector<Strip> strips(events.size());
  const auto make_strip = [&](std::size_t e) { strips[e] = strip_of(events[e], kernel, grid); };
  parallel_for(events.size(), execution, make_strip, 64);
  const double reach = kernel_reach(kernel), farthest = reach * largest_bandwidth(events);
  const auto below = [](const KernelEvent& event, double y) { return event.at.y < y; };
  const auto add_row = [&](std::size_t row) {
    const double y = grid.y(row);
    double* const cells = &sums[row * grid.columns];
    auto event = std::lower_bound(events.begin(), events.end(), y - farthest, below);
    for (; event != events.end() && event->at.y <= y + farthest; ++event) {
      const double down = squared((y - event->at.y) / event->bandwidth);
      if (down > reach * reach) continue;
      const double weight = event->weight;
      along_row<kernel>(strips[static_cast<std::size_t>(event - events.begin())], down,
                        squared(event->bandwidth),
                        [&](std::size_t column, double density) { cells[column] += weight * density; });
    }
  };
  const Range rows = {reached(events.front().at.y, farthest, grid.origin.y, grid.cell, grid.rows).first,
                      reached(events.back().at.y, farthest, grid.origin.y, grid.cell, grid.rows).last};
  if (rows.first >= rows.last) return;
  parallel_for(
      rows.last - rows.first, execution, [&](std::size_t i) { add_row(rows.first + i); }, 4);
}

template <PlanarKernel kernel>
double mass_inside(const KernelEvent& event, const RasterGrid& grid, std::span<const std::uint8_t> inside) {
  const Range rows =
      reached(event.at.y, kernel_reach(kernel) * event.bandwidth, grid.origin.y, grid.cell, grid.rows);
  const Strip strip = strip_of(event, kernel, grid);
  double mass = 0.0;
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const double down = squared((grid.y(row) - event.at.y) / event.bandwidth);
    const std::uint8_t* const cells = &inside[row * grid.columns];
    along_row<kernel>(strip, down, squared(event.bandwidth), [&](std::size_t column, double density) {
      mass += cells[column] != 0 ? density : 0.0;
    });
  }
  return mass * grid.cell_area();
}

}  // namespace

void put_in_order(std::vector<KernelEvent>& events) {
  const auto key = [](const KernelEvent& e) { return std::tuple(e.at.y, e.at.x, e.weight, e.bandwidth); };
  std::sort(events.begin(), events.end(),
            [&](const KernelEvent& a, const KernelEvent& b) { return key(a) < key(b); });
}

std::vector<double> kernel_sums(std::span<const KernelEvent> events, PlanarKernel kernel,
                                const RasterGrid& grid, const Execution& execution) {
  constexpr std::size_t kChunk = 2048;
  std::vector<double> sums(grid.size(), 0.0);
  for (std::size_t first = 0; first < events.size(); first += kChunk) {
    const auto chunk = events.subspan(first, std::min(kChunk, events.size() - first));
    with_kernel(kernel, [&]<PlanarKernel k>() { add_chunk<k>(chunk, grid, sums, execution); });
  }
  return sums;
}

std::vector<double> masses_inside(std::span<const KernelEvent> events, PlanarKernel kernel,
                                  const RasterGrid& grid, std::span<const std::uint8_t> inside,
                                  const Execution& execution) {
  std::vector<double> masses(events.size());
  with_kernel(kernel, [&]<PlanarKernel k>() {
    const auto measure = [&](std::size_t e) { masses[e] = mass_inside<k>(events[e], grid, inside); };
    parallel_for(events.size(), execution, measure, 16);
  });
  return masses;
}

double kernel_steps(std::span<const KernelEvent> events, PlanarKernel kernel, const RasterGrid& grid) {
  const auto columns = static_cast<double>(grid.columns), rows = static_cast<double>(grid.rows);
  double steps = 0.0;
  for (const KernelEvent& event : events) {
    const double width = 2.0 * kernel_reach(kernel) * event.bandwidth / grid.cell + 1.0;
    steps += std::min(width, columns) * std::min(width, rows);
  }
  return steps;
}

}  // namespace waywarden
