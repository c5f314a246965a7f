#pragma once

/// The squares between the middles of four cells, and how lines of one height pass through them (Lorensen and
/// Cline 1987, in the plane). Shared by contour lines and the bands between them.

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/geometry/raster_grid.h"

namespace waywarden::detail {

/// Where lines cross: the edge of the grid of middles from `cell` to the east (2 cell) or north (2 cell + 1).
using GridEdge = std::size_t;

inline std::size_t first_cell(GridEdge edge) { return edge / 2; }
inline std::size_t second_cell(const RasterGrid& grid, GridEdge edge) {
  return edge / 2 + (edge % 2 == 0 ? 1 : grid.columns);
}

struct EdgeStep {
  GridEdge from, to;
};

/// The four middles around a corner of cells, anticlockwise from the south-west.
struct MiddleSquare {
  std::array<std::size_t, 4> corner;
  std::array<double, 4> height;

  bool above(std::size_t k, double level) const { return height[k % 4] >= level; }
  /// From corner k to the next.
  GridEdge edge(std::size_t k) const {
    constexpr std::array<std::size_t, 4> kStart = {0, 1, 3, 0};
    return 2 * corner[kStart[k % 4]] + k % 2;
  }
};

/// The square whose south-western middle is that of `cell`; nothing where a corner has no value or lies
/// outside the grid.
std::optional<MiddleSquare> square_at(const RasterGrid& grid, std::span<const std::optional<double>> values,
                                      std::size_t cell);

/// The lines of one height through a square, with what is higher on their left. At saddles the mean of the
/// corners decides.
void add_steps(const MiddleSquare& square, double level, std::vector<EdgeStep>& steps);

}  // namespace waywarden::detail
