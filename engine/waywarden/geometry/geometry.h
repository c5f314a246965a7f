#pragma once

/// A simple-features geometry as flat columns: all vertices in one vector, the ends of its parts (lines or
/// rings) in another, the ends of its polygons in a third. Two dimensions; z and m are dropped on the way in,
/// and reported.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

enum class GeometryType : std::uint8_t {
  none = 0,  ///< no geometry: a null feature
  point = 1,
  line_string = 2,
  polygon = 3,
  multi_point = 4,
  multi_line_string = 5,
  multi_polygon = 6,
};

/// "LineString", "MultiPolygon", ... as GeoJSON spells them; "None" for `none`.
std::string name(GeometryType type);

struct Geometry {
  GeometryType type = GeometryType::none;
  std::vector<Point> points;
  /// Index just past the last vertex of each line or ring. Empty for points.
  std::vector<std::uint32_t> part_ends;
  /// Index in `part_ends` just past the last ring of each polygon. Empty unless polygonal.
  std::vector<std::uint32_t> polygon_ends;

  bool empty() const { return points.empty(); }
  std::size_t part_count() const { return part_ends.size(); }
  std::span<const Point> part(std::size_t i) const;
  /// Parts [first, last) of polygon i: the outer ring, then its holes.
  std::pair<std::size_t, std::size_t> rings_of_polygon(std::size_t i) const;

  /// Adds a line or ring.
  void add_part(std::span<const Point> vertices);
  void close_polygon() { polygon_ends.push_back(static_cast<std::uint32_t>(part_ends.size())); }

  static Geometry of_point(Point p);
  static Geometry of_line(std::span<const Point> vertices);
  static Geometry of_polygon(std::span<const Point> ring);

  friend bool operator==(const Geometry&, const Geometry&) = default;
};

}  // namespace waywarden
