#pragma once

/// Points in canonical order, with coordinates in which straight distances bound true ones, so that few
/// geodesics need be computed and none is guessed.
///
/// Planar points keep their coordinates. Geodesic ones get geocentric ones: a straight line through the earth
/// is no longer than the geodesic, and since no curve over WGS 84 bends more sharply than a circle of radius
/// b^2 / a along it, a geodesic of length s has a chord of at least that circle's, 2 R sin(s / 2R) (Schur's
/// comparison theorem). Between the two lies about (s / 2R)^2 / 6 of s: a part in 10^9 at a kilometre.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/clusters/point_metric.h"
#include "waywarden/geometry/point.h"

namespace waywarden::detail {

using Coordinates = std::array<double, 3>;

/// Throws `InputError`, naming the position, for a point that is not finite or not on the earth.
void require_usable(std::span<const Point> points, PointMetric metric);

class Sites {
 public:
  /// Of usable points.
  Sites(std::span<const Point> points, PointMetric metric, std::span<const std::uint32_t> order);

  std::size_t size() const { return points_.size(); }
  PointMetric metric() const { return metric_; }
  const Coordinates& at(std::size_t site) const { return at_[site]; }
  /// Exact: straight or geodesic.
  double distance(std::size_t a, std::size_t b) const;
  /// Whether distance(a, b) <= radius.
  bool within(std::size_t a, std::size_t b, double radius) const;

  double straight(std::size_t a, std::size_t b) const { return length(at_[a], at_[b]); }
  static double length(const Coordinates& a, const Coordinates& b) {
    const double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return std::sqrt(x * x + y * y + z * z);
  }
  /// No true distance is below `at_least(straight)` or above `at_most(straight)`.
  double at_least(double straight) const;
  double at_most(double straight) const;

 private:
  PointMetric metric_;
  std::vector<Point> points_;
  std::vector<Coordinates> at_;
};

}  // namespace waywarden::detail
