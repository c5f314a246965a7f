#include "waywarden/routing/route_lines.h"

#include <vector>

namespace waywarden {

Geometry route_line(const Network& network, std::span<const std::uint32_t> edges) {
  std::vector<Point> vertices;
  for (const std::uint32_t edge : edges) {
    for (const Point& p : network.polyline(EdgeId(edge))) {
      if (vertices.empty() || !(vertices.back() == p)) vertices.push_back(p);
    }
  }
  if (vertices.empty()) return {};
  // A route over edges without length is a line all the same.
  if (vertices.size() == 1) vertices.push_back(vertices.front());
  return Geometry::of_line(vertices);
}

}  // namespace waywarden
