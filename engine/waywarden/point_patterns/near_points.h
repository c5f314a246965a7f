#pragma once

/// Points of the plane in buckets, to visit for each the others at most a distance away. The points are put
/// into the order of their content, and visits come in an order that depends on that alone: sums made along
/// the way have the same bits however the rows came. O(n log n) to make, O(points in nine buckets) per visit;
/// buckets are as wide as the distance, wider where there would be more buckets than points.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

class NearPoints {
 public:
  /// Points sorted by (x, y), all finite, in a vector that outlives this; the distance is not negative.
  NearPoints(std::span<const Point> points, double distance);

  /// Calls visit(j, distance) for every point at most the distance away from p (p itself too, if it is one).
  template <class Visit>
  void visit(Point p, Visit visit) const {
    const std::ptrdiff_t column = column_of(p.x), row = row_of(p.y);
    for (std::ptrdiff_t r = std::max<std::ptrdiff_t>(row - 1, 0); r <= std::min(row + 1, rows_ - 1); ++r) {
      for (std::ptrdiff_t c = std::max<std::ptrdiff_t>(column - 1, 0);
           c <= std::min(column + 1, columns_ - 1); ++c) {
        const auto bucket = static_cast<std::size_t>(r * columns_ + c);
        for (std::size_t k = first_[bucket]; k < first_[bucket + 1]; ++k) {
          const Point q = points_[members_[k]];
          const double dx = q.x - p.x, dy = q.y - p.y, apart = std::sqrt(dx * dx + dy * dy);
          if (apart <= distance_) visit(members_[k], apart);
        }
      }
    }
  }

 private:
  std::ptrdiff_t column_of(double x) const;
  std::ptrdiff_t row_of(double y) const;

  std::span<const Point> points_;
  double distance_;
  Box box_;
  double side_ = 1.0;
  std::ptrdiff_t columns_ = 1, rows_ = 1;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> members_;
};

/// By (x, y).
std::vector<Point> in_canonical_order(std::span<const Point> points);

}  // namespace waywarden
