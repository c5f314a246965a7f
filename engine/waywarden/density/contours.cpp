#include "waywarden/density/contours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <unordered_map>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Where lines cross: the edge of the grid of middles from `cell` to the east (2 cell) or north (2 cell + 1).
using Edge = std::size_t;

struct Step {
  Edge from, to;
};

/// The four middles around a corner of cells, anticlockwise from the south-west.
struct Square {
  std::array<std::size_t, 4> corner;
  std::array<double, 4> height;

  bool above(std::size_t k, double level) const { return height[k % 4] >= level; }
  /// From corner k to the next.
  Edge edge(std::size_t k) const {
    constexpr std::array<std::size_t, 4> kStart = {0, 1, 3, 0};
    return 2 * corner[kStart[k % 4]] + k % 2;
  }
};

/// A line leaves through an edge on which, going round, what is high ends: from the edge on which it began.
/// Around a saddle whose middle is high the line turns about the low corners instead.
void add_steps(const Square& square, double level, std::vector<Step>& steps) {
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

std::vector<Step> all_steps(const RasterGrid& grid, std::span<const std::optional<double>> values,
                            double level, const Execution& execution) {
  std::vector<Step> steps;
  for (std::size_t row = 0; row + 1 < grid.rows; ++row) {
    execution.check();
    for (std::size_t column = 0; column + 1 < grid.columns; ++column) {
      const std::size_t at = row * grid.columns + column;
      Square square{{at, at + 1, at + 1 + grid.columns, at + grid.columns}, {}};
      bool whole = true;
      for (std::size_t k = 0; k < 4; ++k) {
        whole = whole && values[square.corner[k]].has_value();
        square.height[k] = values[square.corner[k]].value_or(0.0);
      }
      if (whole) add_steps(square, level, steps);
    }
  }
  return steps;
}

Point crossing(const RasterGrid& grid, std::span<const std::optional<double>> values, double level,
               Edge edge) {
  const std::size_t a = edge / 2, b = edge % 2 == 0 ? a + 1 : a + grid.columns;
  const double low = *values[a], high = *values[b], along = (level - low) / (high - low);
  const Point p = grid.centre(a), q = grid.centre(b);
  return {p.x + along * (q.x - p.x), p.y + along * (q.y - p.y)};
}

}  // namespace

std::vector<std::vector<Point>> contour_lines(const RasterGrid& grid,
                                              std::span<const std::optional<double>> values, double level,
                                              const Execution& execution) {
  if (values.size() != grid.size()) throw OptionError("there must be one value per cell");
  if (!std::isfinite(level)) throw OptionError("the level of a contour must be finite");
  const auto steps = all_steps(grid, values, level, execution);
  std::unordered_map<Edge, Edge> next;
  std::unordered_map<Edge, bool> entered;
  for (const Step& step : steps) {
    next[step.from] = step.to;
    entered[step.to] = true;
  }
  std::vector<std::vector<Point>> lines;
  const auto follow = [&](Edge from) {
    std::vector<Point> line = {crossing(grid, values, level, from)};
    for (auto step = next.find(from); step != next.end(); step = next.find(from)) {
      from = step->second;
      next.erase(step);
      line.push_back(crossing(grid, values, level, from));
    }
    lines.push_back(std::move(line));
  };
  // Open lines from where nothing leads to; what is left goes round.
  for (const Step& step : steps) {
    if (!entered.contains(step.from)) follow(step.from);
  }
  for (const Step& step : steps) {
    if (next.contains(step.from)) follow(step.from);
  }
  return lines;
}

}  // namespace waywarden
