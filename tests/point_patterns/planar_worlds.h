#pragma once

/// Random windows and points, for tests against brute force.

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/point_patterns/planar_window.h"

namespace waywarden::testing {

/// A ring around (50, 50) whose corners are as far out as they like: seldom convex, never crossing.
inline std::vector<Point> star_ring(std::uint64_t seed, std::size_t corners, double least = 15.0) {
  RandomStream stream(seed, 1);
  std::vector<Point> ring;
  for (std::size_t i = 0; i < corners; ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
    const double out = least + (50.0 - least) * stream.uniform();
    ring.push_back({50 + out * std::cos(angle), 50 + out * std::sin(angle)});
  }
  return ring;
}

/// With a square hole in the middle.
inline Geometry star_with_hole(std::uint64_t seed, std::size_t corners) {
  Geometry area{GeometryType::polygon, {}, {}, {}};
  area.add_part(star_ring(seed, corners));
  area.add_part(std::vector<Point>{{47, 47}, {53, 48}, {53, 53}, {46, 52}});
  area.close_polygon();
  return area;
}

/// By ray casting over all sides of all rings.
inline bool inside_by_rays(const Geometry& area, Point p) {
  bool inside = false;
  for (std::size_t part = 0; part < area.part_count(); ++part) {
    const auto ring = area.part(part);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Point a = ring[i], b = ring[(i + 1) % ring.size()];
      if ((a.y > p.y) == (b.y > p.y)) continue;
      if (p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) inside = !inside;
    }
  }
  return inside;
}

/// Clumped points, some of them twice, some on whole coordinates.
inline std::vector<Point> points_inside(const PlanarWindow& window, std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 2);
  std::vector<Point> points;
  const Box box = window.bounds();
  while (points.size() < count) {
    Point p{box.low.x + (box.high.x - box.low.x) * stream.uniform(),
            box.low.y + (box.high.y - box.low.y) * stream.uniform()};
    if (stream.below(3) == 0) p = {std::round(p.x), std::round(p.y)};
    if (!points.empty() && stream.below(3) == 0) {
      p = points[stream.below(static_cast<std::uint32_t>(points.size()))];
      p.x += stream.below(4);
    }
    if (window.contains(p)) points.push_back(p);
  }
  return points;
}

template <class T>
std::vector<T> shuffled(std::vector<T> rows, std::uint64_t seed) {
  RandomStream stream(seed, 3);
  for (std::size_t i = rows.size(); i > 1; --i) {
    std::swap(rows[i - 1], rows[stream.below(static_cast<std::uint32_t>(i))]);
  }
  return rows;
}

}  // namespace waywarden::testing
