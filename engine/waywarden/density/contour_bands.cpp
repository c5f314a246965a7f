#include "waywarden/density/contour_bands.h"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>

#include "waywarden/base/errors.h"
#include "waywarden/density/detail/marching_squares.h"
#include "waywarden/density/detail/polygons_of_rings.h"

namespace waywarden {
namespace {

using detail::EdgeStep, detail::GridEdge, detail::MiddleSquare;

/// Of the width of a cell: how far crossings may be moved.
constexpr double kNudge = 1e-6;

/// Where the boundary of a band turns: 4 e and 4 e + 1 are the crossings of its lower and its upper level on
/// the grid's edge e; the numbers between are for corners of the border.
using Node = std::size_t;

struct NodeStep {
  Node from, to;
};

enum class Bound : std::size_t { lower, upper };

Node crossing_node(GridEdge edge, Bound bound) { return 4 * edge + static_cast<Node>(bound); }

/// The corner of a square at which a border side of it begins. A square's cell has two edges, and so four of
/// the numbers 4 e + 2 and 4 e + 3: one for each side.
Node corner_node(std::size_t cell, std::size_t side) { return 4 * (2 * cell + side / 2) + 2 + side % 2; }

bool is_corner(Node node) { return node % 4 >= 2; }

/// One band of a raster, and the pieces of its boundary.
class Band {
 public:
  Band(const RasterGrid& grid, std::span<const std::optional<double>> values, std::span<const double> levels,
       std::size_t at)
      : grid_(grid), values_(values), levels_(levels), at_(at) {}

  std::vector<NodeStep> boundary(const Execution& execution) const {
    std::vector<NodeStep> steps;
    for (std::size_t row = 0; row + 1 < grid_.rows; ++row) {
      execution.check();
      for (std::size_t cell = row * grid_.columns; cell < (row + 1) * grid_.columns; ++cell) {
        if (const auto square = detail::square_at(grid_, values_, cell)) add_square(*square, steps);
      }
    }
    return steps;
  }

  Point position(Node node) const {
    if (is_corner(node)) return corner_position(node);
    const GridEdge edge = node / 4;
    const std::size_t a = detail::first_cell(edge), b = detail::second_cell(grid_, edge);
    return *values_[a] < *values_[b] ? between(a, b, node % 4) : between(b, a, node % 4);
  }

 private:
  double low() const { return levels_[at_]; }
  double high() const {
    return at_ + 1 < levels_.size() ? levels_[at_ + 1] : std::numeric_limits<double>::infinity();
  }
  bool holds(double value) const { return value >= low() && value < high(); }

  void add_square(const MiddleSquare& square, std::vector<NodeStep>& steps) const {
    std::vector<EdgeStep> lower, upper;
    detail::add_steps(square, low(), lower);
    detail::add_steps(square, high(), upper);
    for (const EdgeStep step : lower) {
      steps.push_back({crossing_node(step.from, Bound::lower), crossing_node(step.to, Bound::lower)});
    }
    // The band lies below its upper level: on the other side of that line.
    for (const EdgeStep step : upper) {
      steps.push_back({crossing_node(step.to, Bound::upper), crossing_node(step.from, Bound::upper)});
    }
    for (std::size_t side = 0; side < 4; ++side) {
      if (!across(square.corner[0], side)) add_border(square, side, steps);
    }
  }

  /// The parts of a border side that belong to the band.
  void add_border(const MiddleSquare& square, std::size_t side, std::vector<NodeStep>& steps) const {
    const double begin = square.height[side], end = square.height[(side + 1) % 4];
    bool inside = holds(begin);
    Node from = corner_node(square.corner[0], side);
    const auto pass = [&](Bound bound) {
      const double level = bound == Bound::lower ? low() : high();
      if ((begin >= level) == (end >= level)) return;
      const Node to = crossing_node(square.edge(side), bound);
      if (inside) steps.push_back({from, to});
      from = to;
      inside = !inside;
    };
    pass(begin < end ? Bound::lower : Bound::upper);
    pass(begin < end ? Bound::upper : Bound::lower);
    if (inside) steps.push_back({from, next_border(square.corner[0], side)});
  }

  /// The square beyond a side, by its south-western cell.
  std::optional<std::size_t> across(std::size_t cell, std::size_t side) const {
    const std::size_t column = cell % grid_.columns, row = cell / grid_.columns;
    if ((side == 0 && row == 0) || (side == 3 && column == 0)) return std::nullopt;
    const std::array<std::size_t, 4> beyond = {cell - grid_.columns, cell + 1, cell + grid_.columns,
                                               cell - 1};
    if (!detail::square_at(grid_, values_, beyond[side])) return std::nullopt;
    return beyond[side];
  }

  /// Where the border goes on after a side, squares on its left: round the corner, past the squares there.
  Node next_border(std::size_t cell, std::size_t side) const {
    side = (side + 1) % 4;
    while (const auto beyond = across(cell, side)) {
      cell = *beyond;
      side = (side + 3) % 4;
    }
    return corner_node(cell, side);
  }

  Point corner_position(Node node) const {
    const GridEdge half = node / 4;
    const std::size_t cell = half / 2, side = 2 * (half % 2) + node % 2;
    const std::array<std::size_t, 4> corner = {cell, cell + 1, cell + 1 + grid_.columns,
                                               cell + grid_.columns};
    return grid_.centre(corner[side]);
  }

  /// Strictly between the middles, and for each level elsewhere; halves, since differences may overflow.
  Point between(std::size_t lower, std::size_t higher, std::size_t bound) const {
    const double begin = *values_[lower] / 2, end = *values_[higher] / 2;
    const std::size_t level = at_ + bound;
    const double share = (levels_[level] / 2 - begin) / (end - begin);
    const double own = static_cast<double>(level + 1) / static_cast<double>(levels_.size() + 1);
    const double along = (1.0 - kNudge) * share + kNudge * own;
    const Point p = grid_.centre(lower), q = grid_.centre(higher);
    return {p.x + along * (q.x - p.x), p.y + along * (q.y - p.y)};
  }

  const RasterGrid& grid_;
  std::span<const std::optional<double>> values_;
  std::span<const double> levels_;
  std::size_t at_;
};

/// Every node has one step in and one out: the steps make rings.
std::vector<std::vector<Point>> rings_of(const Band& band, const std::vector<NodeStep>& steps) {
  std::unordered_map<Node, Node> next;
  next.reserve(steps.size());
  for (const NodeStep step : steps) next[step.from] = step.to;
  std::vector<std::vector<Point>> rings;
  for (const NodeStep step : steps) {
    std::vector<Point> ring;
    for (auto at = next.find(step.from); at != next.end();) {
      ring.push_back(band.position(at->first));
      const Node to = at->second;
      next.erase(at);
      at = next.find(to);
    }
    if (!ring.empty()) rings.push_back(std::move(ring));
  }
  return rings;
}

void check(const RasterGrid& grid, std::span<const std::optional<double>> values,
           std::span<const double> levels) {
  if (values.size() != grid.size()) throw OptionError("there must be one value per cell");
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (!std::isfinite(levels[i])) throw OptionError("the levels of bands must be finite");
    if (i > 0 && levels[i] <= levels[i - 1]) throw OptionError("the levels of bands must ascend");
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] && !std::isfinite(*values[i])) {
      throw InputError({"", "", std::to_string(i)}, "value that is not finite");
    }
  }
}

}  // namespace

std::vector<Geometry> contour_bands(const RasterGrid& grid, std::span<const std::optional<double>> values,
                                    std::span<const double> levels, const Execution& execution) {
  check(grid, values, levels);
  std::vector<Geometry> bands;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const Band band(grid, values, levels, i);
    bands.push_back(detail::polygons_of_rings(rings_of(band, band.boundary(execution)), execution));
  }
  return bands;
}

}  // namespace waywarden
