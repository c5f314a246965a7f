#pragma once

/// Square cells over a part of the plane and one number per cell.

#include <cmath>
#include <cstddef>
#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

struct RasterGrid {
  /// The south-western corner.
  Point origin;
  double cell = 1.0;
  std::size_t columns = 0;
  std::size_t rows = 0;

  std::size_t size() const { return columns * rows; }
  double cell_area() const { return cell * cell; }
  double x(std::size_t column) const { return origin.x + (static_cast<double>(column) + 0.5) * cell; }
  double y(std::size_t row) const { return origin.y + (static_cast<double>(row) + 0.5) * cell; }
  Point centre(std::size_t i) const { return {x(i % columns), y(i / columns)}; }

  friend bool operator==(const RasterGrid&, const RasterGrid&) = default;
};

}  // namespace waywarden
