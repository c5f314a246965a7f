#include "waywarden/hotspots/hex_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kRoot3 = std::numbers::sqrt3;

bool on_earth(Point p) { return std::abs(p.x) <= 360.0 && std::abs(p.y) <= 90.0; }

void require_on_earth(std::span<const Point> points) {
  const auto bad = std::find_if_not(points.begin(), points.end(), on_earth);
  if (bad == points.end()) return;
  throw InputError("point " + std::to_string(bad - points.begin()) + " is not a longitude and latitude");
}

Metres edge_of_area(double km2) { return {std::sqrt(km2 * 1e6 / (1.5 * kRoot3))}; }
double area_of_edge(Metres edge) { return 1.5 * kRoot3 * edge.value * edge.value / 1e6; }

/// To the hexagon whose centre is nearest: round all three cube coordinates, then mend the one that moved
/// most.
HexCell rounded(double q, double r) {
  const double s = -q - r;
  double round_q = std::round(q), round_r = std::round(r);
  const double off_q = std::abs(round_q - q), off_r = std::abs(round_r - r),
               off_s = std::abs(std::round(s) - s);
  if (off_q > off_r && off_q > off_s) {
    round_q = -round_r - std::round(s);
  } else if (off_r > off_s) {
    round_r = -round_q - std::round(s);
  }
  return {static_cast<std::int32_t>(round_q), static_cast<std::int32_t>(round_r)};
}

/// Middle of the shortest arc that holds all longitudes: opposite the widest gap between them.
double middle_longitude(std::span<const Point> points) {
  std::vector<double> x;
  x.reserve(points.size());
  for (const Point p : points) x.push_back(std::remainder(p.x, 360.0));
  std::sort(x.begin(), x.end());
  double widest = x.front() + 360.0 - x.back(), middle = (x.front() + x.back()) / 2;
  for (std::size_t i = 1; i < x.size(); ++i) {
    if (x[i] - x[i - 1] <= widest) continue;
    widest = x[i] - x[i - 1];
    middle = (x[i] + x[i - 1] + 360.0) / 2;
  }
  return std::remainder(middle, 360.0);
}

/// Vertices on one side of the antimeridian, beyond 180 where need be.
void unwrap(std::span<Point> ring) {
  for (Point& p : ring) {
    if (std::abs(p.x - ring.front().x) > 180.0) p.x += p.x < ring.front().x ? 360.0 : -360.0;
  }
}

}  // namespace

std::string id_text(HexCell cell) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "H%+04d%+04d", cell.q, cell.r);
  return text.data();
}

std::int32_t hex_distance(HexCell a, HexCell b) {
  const std::int32_t q = a.q - b.q, r = a.r - b.r;
  return std::max({std::abs(q), std::abs(r), std::abs(q + r)});
}

HexGrid::HexGrid(Point centre, double cell_area_km2)
    : centre_(centre), cell_area_km2_(cell_area_km2), edge_(edge_of_area(cell_area_km2)) {
  if (!on_earth(centre)) throw OptionError("the centre of a hexagonal grid is not a longitude and latitude");
  if (!(cell_area_km2 >= 1e-6) || !std::isfinite(cell_area_km2)) {
    throw OptionError("the area of a hexagon must be finite and at least a square metre");
  }
}

std::vector<Point> HexGrid::project(std::span<const Point> points) const {
  require_on_earth(points);
  auto projected = Transformer(Crs::wgs84(), equal_area_around(centre_))(points);
  for (std::size_t i = 0; i < projected.size(); ++i) {
    if (!projected[i].finite()) {
      throw InputError("point " + std::to_string(i) + " lies opposite the centre of the grid");
    }
  }
  return projected;
}

std::vector<Point> HexGrid::unproject(std::span<const Point> points) const {
  return Transformer(equal_area_around(centre_), Crs::wgs84())(points);
}

HexCell HexGrid::cell_at(Point p) const {
  const double r = p.y / (1.5 * edge_.value);
  const double q = p.x / (kRoot3 * edge_.value) - r / 2;
  return rounded(q, r);
}

Point HexGrid::centre_of(HexCell cell) const {
  return {kRoot3 * edge_.value * (cell.q + cell.r / 2.0), 1.5 * edge_.value * cell.r};
}

std::vector<HexCell> HexGrid::cells_of(std::span<const Point> points) const {
  std::vector<HexCell> cells;
  cells.reserve(points.size());
  for (const Point p : project(points)) cells.push_back(cell_at(p));
  return cells;
}

std::vector<Point> HexGrid::centres(std::span<const HexCell> cells) const {
  std::vector<Point> points;
  points.reserve(cells.size());
  for (const HexCell cell : cells) points.push_back(centre_of(cell));
  return unproject(points);
}

std::vector<Geometry> HexGrid::polygons(std::span<const HexCell> cells) const {
  constexpr std::size_t kRing = 7;
  std::vector<Point> corners;
  corners.reserve(kRing * cells.size());
  for (const HexCell cell : cells) {
    const Point c = centre_of(cell);
    const double half = kRoot3 / 2 * edge_.value, edge = edge_.value;
    // Anticlockwise from the top.
    const std::array<Point, 6> hexagon = {Point{c.x, c.y + edge},       {c.x - half, c.y + edge / 2},
                                          {c.x - half, c.y - edge / 2}, {c.x, c.y - edge},
                                          {c.x + half, c.y - edge / 2}, {c.x + half, c.y + edge / 2}};
    corners.insert(corners.end(), hexagon.begin(), hexagon.end());
    corners.push_back(hexagon.front());
  }
  auto points = unproject(corners);
  std::vector<Geometry> polygons;
  polygons.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto ring = std::span(points).subspan(kRing * i, kRing);
    unwrap(ring);
    polygons.push_back(Geometry::of_polygon(ring));
  }
  return polygons;
}

std::vector<HexCell> HexGrid::covering(std::span<const Point> points, std::size_t most_cells) const {
  if (points.empty()) return {};
  const Box box = bounds(project(points));
  const double width = kRoot3 * edge_.value, row = 1.5 * edge_.value;
  // A cell reaches one edge up and down and half a width to either side of its centre.
  const double low_r = std::ceil((box.low.y - edge_.value) / row),
               high_r = std::floor((box.high.y + edge_.value) / row);
  const double columns = (box.high.x - box.low.x) / width + 2.0;
  if ((high_r - low_r + 1.0) * columns > static_cast<double>(most_cells)) {
    throw OptionError("more than " + std::to_string(most_cells) +
                      " hexagons would be needed: choose larger ones");
  }
  std::vector<HexCell> cells;
  for (auto r = static_cast<std::int32_t>(low_r); r <= static_cast<std::int32_t>(high_r); ++r) {
    const double low_q = std::ceil((box.low.x - width / 2) / width - r / 2.0);
    const double high_q = std::floor((box.high.x + width / 2) / width - r / 2.0);
    for (auto q = static_cast<std::int32_t>(low_q); q <= static_cast<std::int32_t>(high_q); ++q)
      cells.push_back({q, r});
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

HexGrid hex_grid_around(std::span<const Point> points, const HexGridOptions& options) {
  if (points.empty()) throw InputError("a grid needs points to be laid around");
  require_on_earth(points);
  const Point centre{std::round(middle_longitude(points)), std::round(bounds(points).centre().y)};
  return {centre, options.edge ? area_of_edge(*options.edge) : options.cell_area_km2};
}

}  // namespace waywarden
