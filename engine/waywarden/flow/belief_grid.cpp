#include "waywarden/flow/belief_grid.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/crs.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

/// Length by cell of one shape.
using Lengths = std::map<Cell, double>;

constexpr std::size_t kShapesPerBlock = 2048;

Cell cell_at(Point p) {
  return {static_cast<std::int32_t>(std::floor(p.x)), static_cast<std::int32_t>(std::floor(p.y))};
}

/// Where a coordinate that runs from a to b passes whole numbers, as shares of the way.
void add_passages(double a, double b, std::vector<double>& at) {
  const double low = std::min(a, b), high = std::max(a, b);
  for (double line = std::floor(low) + 1.0; line < high; line += 1.0) at.push_back((line - a) / (b - a));
}

/// Adds a segment, in units of cells.
void add_segment(Point p, Point q, std::vector<double>& passages, Lengths& lengths) {
  const double length = std::hypot(q.x - p.x, q.y - p.y);
  if (length == 0.0) return;
  passages.assign({0.0, 1.0});
  add_passages(p.x, q.x, passages);
  add_passages(p.y, q.y, passages);
  std::sort(passages.begin(), passages.end());
  for (std::size_t i = 1; i < passages.size(); ++i) {
    const double middle = (passages[i - 1] + passages[i]) / 2, share = passages[i] - passages[i - 1];
    if (share > 0.0)
      lengths[cell_at({p.x + middle * (q.x - p.x), p.y + middle * (q.y - p.y)})] += share * length;
  }
}

/// Vertices so close that the projection of the line between two is straight within a cell.
std::vector<Point> dense(std::span<const Point> line, double cell_size) {
  std::vector<Point> points(line.begin(), line.begin() + std::min<std::ptrdiff_t>(1, std::ssize(line)));
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Point a = line[i - 1], b = line[i];
    const double pieces = std::ceil(geodesic_distance(a, b).value / cell_size);
    for (double k = 1.0; k < pieces; k += 1.0) {
      points.push_back({a.x + (b.x - a.x) * (k / pieces), a.y + (b.y - a.y) * (k / pieces)});
    }
    points.push_back(b);
  }
  return points;
}

std::span<const Point> shape_vertices(const NetworkColumns& columns, std::size_t shape) {
  const std::size_t begin = shape == 0 ? 0 : columns.shape_ends[shape - 1];
  return std::span(columns.shape_vertices).subspan(begin, columns.shape_ends[shape] - begin);
}

/// In units of cells, without points that cannot be projected.
std::vector<Point> projected(std::span<const Point> line, const Transformer& transformer, double cell_size) {
  std::vector<Point> points;
  for (const Point p : transformer(dense(line, cell_size))) {
    if (p.finite()) points.push_back({p.x / cell_size, p.y / cell_size});
  }
  return points;
}

Lengths lengths_of(std::span<const Point> points) {
  Lengths lengths;
  std::vector<double> passages;
  for (std::size_t i = 1; i < points.size(); ++i) add_segment(points[i - 1], points[i], passages, lengths);
  if (lengths.empty()) lengths[points.empty() ? Cell{} : cell_at(points.front())] = 1.0;
  return lengths;
}

std::vector<Lengths> lengths_by_shape(const NetworkColumns& columns, Point centre, double cell_size,
                                      const Execution& execution) {
  const std::size_t count = columns.shape_ends.size();
  std::vector<Lengths> lengths(count);
  parallel_for((count + kShapesPerBlock - 1) / kShapesPerBlock, execution, [&](std::size_t block) {
    const Transformer transformer(Crs::wgs84(), equal_area_around(centre));
    const std::size_t end = std::min(count, (block + 1) * kShapesPerBlock);
    for (std::size_t s = block * kShapesPerBlock; s < end; ++s) {
      if (s % 256 == 0) execution.check();
      lengths[s] = lengths_of(projected(shape_vertices(columns, s), transformer, cell_size));
    }
  });
  return lengths;
}

std::vector<Cell> cells_in(const std::vector<Lengths>& lengths) {
  std::vector<Cell> cells;
  for (const Lengths& shape : lengths) {
    for (const auto& [cell, length] : shape) cells.push_back(cell);
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

std::int32_t floor_divide(std::int32_t a, std::int32_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

}  // namespace

Cell coarser(Cell cell, std::int32_t times) {
  return {floor_divide(cell.x, times), floor_divide(cell.y, times)};
}

Point grid_centre(const Network& network) {
  const Box box = bounds(network.columns().node_point);
  if (box.empty()) return {};
  const Point middle = box.centre();
  return {10.0 * std::round(middle.x / 10.0), 10.0 * std::round(middle.y / 10.0)};
}

BeliefGrid belief_grid(const Network& network, Point centre, Metres cell_size, const Execution& execution) {
  if (!std::isfinite(cell_size.value) || cell_size.value < 1.0)
    throw OptionError("cells must be at least 1 m wide");
  const std::vector<Lengths> lengths =
      lengths_by_shape(network.columns(), centre, cell_size.value, execution);
  BeliefGrid grid{centre, cell_size, cells_in(lengths), {0}, {}};
  for (const Lengths& shape : lengths) {
    double sum = 0.0;
    for (const auto& [cell, length] : shape) sum += length;
    for (const auto& [cell, length] : shape) {
      const auto position = std::lower_bound(grid.cells.begin(), grid.cells.end(), cell) - grid.cells.begin();
      grid.shares.push_back({static_cast<std::uint32_t>(position), length / sum});
    }
    grid.first.push_back(static_cast<std::uint32_t>(grid.shares.size()));
  }
  return grid;
}

}  // namespace waywarden
