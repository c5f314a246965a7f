#include "waywarden/density/kernel_table.h"

#include <algorithm>
#include <cmath>

namespace waywarden {

SymmetricTable kernel_table(PlanarKernel kernel, double bandwidth, const RasterGrid& grid) {
  const double reach = std::floor(kernel_reach(kernel) * bandwidth / grid.cell) + 1.0;
  const auto limit = [&](std::size_t count) {
    return static_cast<std::size_t>(std::min(reach, static_cast<double>(count)));
  };
  SymmetricTable table{{}, limit(grid.columns), limit(grid.rows)};
  const double step = grid.cell / bandwidth;
  for (std::size_t dy = 0; dy < table.height; ++dy) {
    for (std::size_t dx = 0; dx < table.width; ++dx) {
      const auto x = static_cast<double>(dx) * step, y = static_cast<double>(dy) * step;
      table.quarter.push_back(kernel_density(kernel, x * x + y * y) / (bandwidth * bandwidth));
    }
  }
  return table;
}

}  // namespace waywarden
