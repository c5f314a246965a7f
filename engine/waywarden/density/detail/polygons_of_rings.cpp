#include "waywarden/density/detail/polygons_of_rings.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace waywarden::detail {
namespace {

using Ring = std::vector<Point>;

/// Twice the area, above 0 where the ring runs anticlockwise; around its first point, so that large
/// coordinates do not swallow small rings.
double twice_area(const Ring& ring) {
  double sum = 0.0;
  const Point o = ring.front();
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const Point a = ring[i], b = ring[i + 1];
    sum += (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
  }
  return sum;
}

/// Cuts a ring that passes a point twice into rings that do not.
void add_simple(const Ring& ring, std::vector<Ring>& simple) {
  Ring open;
  std::map<std::pair<double, double>, std::size_t> passed;
  for (const Point p : ring) {
    const auto [at, is_new] = passed.emplace(std::pair(p.x, p.y), open.size());
    if (!is_new) {
      const auto begin = open.begin() + static_cast<std::ptrdiff_t>(at->second);
      simple.emplace_back(begin, open.end());
      for (auto dropped = begin + 1; dropped != open.end(); ++dropped) passed.erase({dropped->x, dropped->y});
      open.erase(begin, open.end());
    }
    open.push_back(p);
  }
  simple.push_back(std::move(open));
}

struct Outer {
  Ring ring;
  double area;
  Box bounds;
  std::vector<Ring> holes;
};

bool within(const Outer& outer, Point p) {
  if (!outer.bounds.contains(p)) return false;
  bool inside = false;
  for (std::size_t i = 0; i < outer.ring.size(); ++i) {
    const Point a = outer.ring[i], b = outer.ring[(i + 1) % outer.ring.size()];
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * ((p.y - a.y) / (b.y - a.y))) inside = !inside;
  }
  return inside;
}

/// Middle of a side: unlike a corner, it is never on another ring.
Point point_on(const Ring& ring) { return {(ring[0].x + ring[1].x) / 2, (ring[0].y + ring[1].y) / 2}; }

/// Outer rings from the smallest to the largest.
std::vector<std::size_t> by_area(const std::vector<Outer>& outers) {
  std::vector<std::size_t> order(outers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return outers[a].area < outers[b].area; });
  return order;
}

void add_ring(Geometry& geometry, Ring ring) {
  ring.push_back(ring.front());
  geometry.add_part(ring);
}

}  // namespace

Geometry polygons_of_rings(const std::vector<std::vector<Point>>& rings, const Execution& execution) {
  std::vector<Ring> simple;
  for (const Ring& ring : rings) add_simple(ring, simple);
  std::vector<Outer> outers;
  std::vector<Ring> holes;
  for (Ring& ring : simple) {
    const double twice = twice_area(ring);
    if (twice > 0.0) outers.push_back({ring, twice / 2, bounds(ring), {}});
    if (twice < 0.0) holes.push_back(std::move(ring));
  }
  const auto order = by_area(outers);
  for (Ring& hole : holes) {
    execution.check();
    const auto around = std::find_if(order.begin(), order.end(),
                                     [&](std::size_t i) { return within(outers[i], point_on(hole)); });
    if (around != order.end()) outers[*around].holes.push_back(std::move(hole));
  }
  Geometry geometry;
  geometry.type = GeometryType::multi_polygon;
  for (Outer& outer : outers) {
    add_ring(geometry, std::move(outer.ring));
    for (Ring& hole : outer.holes) add_ring(geometry, std::move(hole));
    geometry.close_polygon();
  }
  return geometry;
}

}  // namespace waywarden::detail
