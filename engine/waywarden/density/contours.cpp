#include "waywarden/density/contours.h"

#include <cmath>
#include <unordered_map>

#include "waywarden/base/errors.h"
#include "waywarden/density/detail/marching_squares.h"

namespace waywarden {
namespace {

using detail::EdgeStep, detail::GridEdge;

std::vector<EdgeStep> all_steps(const RasterGrid& grid, std::span<const std::optional<double>> values,
                                double level, const Execution& execution) {
  std::vector<EdgeStep> steps;
  for (std::size_t row = 0; row + 1 < grid.rows; ++row) {
    execution.check();
    for (std::size_t cell = row * grid.columns; cell < (row + 1) * grid.columns; ++cell) {
      if (const auto square = detail::square_at(grid, values, cell)) detail::add_steps(*square, level, steps);
    }
  }
  return steps;
}

Point crossing(const RasterGrid& grid, std::span<const std::optional<double>> values, double level,
               GridEdge edge) {
  const std::size_t a = detail::first_cell(edge), b = detail::second_cell(grid, edge);
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
  std::unordered_map<GridEdge, GridEdge> next;
  std::unordered_map<GridEdge, bool> entered;
  for (const EdgeStep& step : steps) {
    next[step.from] = step.to;
    entered[step.to] = true;
  }
  std::vector<std::vector<Point>> lines;
  const auto follow = [&](GridEdge from) {
    std::vector<Point> line = {crossing(grid, values, level, from)};
    for (auto step = next.find(from); step != next.end(); step = next.find(from)) {
      from = step->second;
      next.erase(step);
      line.push_back(crossing(grid, values, level, from));
    }
    lines.push_back(std::move(line));
  };
  // Open lines from where nothing leads to; what is left goes round.
  for (const EdgeStep& step : steps) {
    if (!entered.contains(step.from)) follow(step.from);
  }
  for (const EdgeStep& step : steps) {
    if (next.contains(step.from)) follow(step.from);
  }
  return lines;
}

}  // namespace waywarden
