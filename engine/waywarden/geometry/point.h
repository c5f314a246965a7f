#pragma once

/// Planar points and boxes. What the numbers mean (degrees, metres) is the business of who holds them: at
/// public edges x = longitude and y = latitude in degrees, WGS 84.

#include <algorithm>
#include <cmath>
#include <compare>
#include <limits>
#include <span>

namespace waywarden {

struct Point {
  double x = 0.0;
  double y = 0.0;

  /// Lexicographic: part of the canonical order.
  friend constexpr auto operator<=>(const Point&, const Point&) = default;
  bool finite() const { return std::isfinite(x) && std::isfinite(y); }
};

/// Axis-parallel box; empty until extended.
struct Box {
  Point low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Point high{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  bool empty() const { return low.x > high.x || low.y > high.y; }
  void extend(Point p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  bool contains(Point p) const { return p.x >= low.x && p.x <= high.x && p.y >= low.y && p.y <= high.y; }
  Point centre() const { return {(low.x + high.x) / 2, (low.y + high.y) / 2}; }
};

inline Box bounds(std::span<const Point> points) {
  Box box;
  for (const Point p : points) box.extend(p);
  return box;
}

}  // namespace waywarden
