#include "waywarden/geometry/geometry.h"

#include <array>

namespace waywarden {

std::string name(GeometryType type) {
  static constexpr std::array kNames = {"None",       "Point",           "LineString",  "Polygon",
                                        "MultiPoint", "MultiLineString", "MultiPolygon"};
  return kNames[static_cast<std::size_t>(type)];
}

std::span<const Point> Geometry::part(std::size_t i) const {
  const std::size_t begin = i == 0 ? 0 : part_ends[i - 1];
  return std::span(points).subspan(begin, part_ends[i] - begin);
}

std::pair<std::size_t, std::size_t> Geometry::rings_of_polygon(std::size_t i) const {
  return {i == 0 ? 0 : polygon_ends[i - 1], polygon_ends[i]};
}

void Geometry::add_part(std::span<const Point> vertices) {
  points.insert(points.end(), vertices.begin(), vertices.end());
  part_ends.push_back(static_cast<std::uint32_t>(points.size()));
}

Geometry Geometry::of_point(Point p) { return {GeometryType::point, {p}, {}, {}}; }

Geometry Geometry::of_line(std::span<const Point> vertices) {
  Geometry line{GeometryType::line_string, {}, {}, {}};
  line.add_part(vertices);
  return line;
}

Geometry Geometry::of_polygon(std::span<const Point> ring) {
  Geometry polygon{GeometryType::polygon, {}, {}, {}};
  polygon.add_part(ring);
  polygon.close_polygon();
  return polygon;
}

}  // namespace waywarden
