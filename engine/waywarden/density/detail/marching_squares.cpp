#include "waywarden/density/detail/marching_squares.h"

namespace waywarden::detail {

std::optional<MiddleSquare> square_at(const RasterGrid& grid, std::span<const std::optional<double>> values,
                                      std::size_t cell) {
  if (cell % grid.columns + 1 >= grid.columns || cell / grid.columns + 1 >= grid.rows) return std::nullopt;
  MiddleSquare square{{cell, cell + 1, cell + 1 + grid.columns, cell + grid.columns}, {}};
  for (std::size_t k = 0; k < 4; ++k) {
    if (!values[square.corner[k]]) return std::nullopt;
    square.height[k] = *values[square.corner[k]];
  }
  return square;
}

/// A line leaves through an edge on which, going round, what is high ends: from the edge on which it began.
/// Around a saddle whose middle is high the line turns about the low corners instead.
void add_steps(const MiddleSquare& square, double level, std::vector<EdgeStep>& steps) {
  const double middle = (square.height[0] + square.height[1] + square.height[2] + square.height[3]) / 4;
  for (std::size_t k = 0; k < 4; ++k) {
    if (!square.above(k, level) || square.above(k + 1, level)) continue;
    const bool saddle = square.above(k + 2, level) && !square.above(k + 3, level);
    std::size_t back = k;
    if (saddle && middle >= level) {
      back = k + 1;
    } else {
      while (square.above(back, level)) back += 3;
    }
    steps.push_back({square.edge(k), square.edge(back)});
  }
}

}  // namespace waywarden::detail
