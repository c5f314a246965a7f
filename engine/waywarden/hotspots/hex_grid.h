#pragma once

/// A grid of equally large hexagons over a part of the earth, in the Lambert azimuthal equal-area projection
/// around a centre (Snyder 1987; the projection keeps areas exactly and shapes near the centre). Pointy top;
/// axial coordinates (q, r): q counts to the east, r to the north-east; the cell (0, 0) is centred on the
/// grid's centre.
///
/// A grid is a function of its centre and cell area alone. `hex_grid_around` rounds the centre of the points
/// to whole degrees so that a few points more or less, or another order of rows, do not move the cells; to
/// compare two periods, make one grid and use it for both. Cells far from the centre (thousands of
/// kilometres) are as large as the others but squeezed. Coordinates are longitudes and latitudes in degrees;
/// each call costs about a microsecond per point.

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/units.h"
#include "waywarden/geodesy/crs.h"
#include "waywarden/geometry/geometry.h"

namespace waywarden {

struct HexCell {
  std::int32_t q = 0;
  std::int32_t r = 0;

  /// The canonical order: by q, then r.
  friend constexpr auto operator<=>(const HexCell&, const HexCell&) = default;
};

/// "H+003-012" for q = 3, r = -12; longer numbers take the places they need.
std::string id_text(HexCell cell);

/// Steps from one cell to another.
std::int32_t hex_distance(HexCell a, HexCell b);

class HexGrid {
 public:
  /// Throws `OptionError` for a centre off the earth or an area below a square metre or not finite.
  HexGrid(Point centre, double cell_area_km2);

  Point centre() const { return centre_; }
  double cell_area_km2() const { return cell_area_km2_; }
  /// Length of a side.
  Metres edge() const { return edge_; }

  /// The cell of each point; a point on a side belongs to one of the cells beside it. Throws `InputError`,
  /// naming the position, for a point that is not on the earth.
  std::vector<HexCell> cells_of(std::span<const Point> points) const;
  std::vector<Point> centres(std::span<const HexCell> cells) const;
  /// Hexagons in longitude and latitude, their sides straight in the projection; across the antimeridian they
  /// reach beyond 180. A hexagon that holds a pole cannot be drawn in these coordinates.
  std::vector<Geometry> polygons(std::span<const HexCell> cells) const;
  /// Every cell that reaches into the smallest rectangle (in the projection) that holds the points, in
  /// canonical order; at most `most_cells`, otherwise `OptionError` says so before any is made. None for no
  /// points.
  std::vector<HexCell> covering(std::span<const Point> points, std::size_t most_cells = 10'000'000) const;

 private:
  std::vector<Point> project(std::span<const Point> points) const;
  std::vector<Point> unproject(std::span<const Point> points) const;
  HexCell cell_at(Point projected) const;
  Point centre_of(HexCell cell) const;

  Point centre_;
  double cell_area_km2_;
  Metres edge_;
};

struct HexGridOptions {
  /// Area of a cell; used unless `edge` is given.
  double cell_area_km2 = 100.0;
  std::optional<Metres> edge = std::nullopt;
};

/// The grid around some points: centred on the middle of their bounds, rounded to whole degrees. Bounds are
/// taken across the antimeridian where that is the shorter way round. Throws `InputError` for no points or
/// points not on the earth.
HexGrid hex_grid_around(std::span<const Point> points, const HexGridOptions& options = {});

}  // namespace waywarden
