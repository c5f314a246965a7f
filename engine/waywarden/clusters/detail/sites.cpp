#include "waywarden/clusters/detail/sites.h"

#include <algorithm>
#include <limits>
#include <numbers>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden::detail {
namespace {

constexpr double kEquator = 6378137.0;
constexpr double kFlattening = 1.0 / 298.257223563;
/// Of the tightest curve over the ellipsoid: along a meridian at the equator.
constexpr double kTightest = kEquator * (1.0 - kFlattening) * (1.0 - kFlattening);
/// Rounding of geocentric coordinates and of geodesics, with much to spare, in metres.
constexpr double kRounding = 1e-7;
/// Sums of squares of coordinates stay finite.
constexpr double kLargest = 1e150;

Coordinates geocentric(Point p) {
  const double to_radians = std::numbers::pi / 180.0;
  const double longitude = p.x * to_radians, latitude = p.y * to_radians;
  const double square = kFlattening * (2.0 - kFlattening);
  const double normal = kEquator / std::sqrt(1.0 - square * std::sin(latitude) * std::sin(latitude));
  const double from_axis = normal * std::cos(latitude);
  return {from_axis * std::cos(longitude), from_axis * std::sin(longitude),
          normal * (1.0 - square) * std::sin(latitude)};
}

}  // namespace

void require_usable(std::span<const Point> points, PointMetric metric) {
  const bool planar = metric == PointMetric::planar;
  const double most_x = planar ? kLargest : 360.0, most_y = planar ? kLargest : 90.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    // NaN is not at most anything.
    if (std::abs(points[i].x) <= most_x && std::abs(points[i].y) <= most_y) continue;
    throw InputError("point " + std::to_string(i) + (planar ? " is not finite" : " is not on the earth"));
  }
}

Sites::Sites(std::span<const Point> points, PointMetric metric, std::span<const std::uint32_t> order)
    : metric_(metric) {
  for (const std::uint32_t i : order) {
    points_.push_back(points[i]);
    at_.push_back(metric == PointMetric::planar ? Coordinates{points[i].x, points[i].y, 0.0}
                                                : geocentric(points[i]));
  }
}

double Sites::distance(std::size_t a, std::size_t b) const {
  if (metric_ == PointMetric::planar) return straight(a, b);
  // From the other end it may round differently, and a pair must not be within reach one way only.
  return geodesic_distance(points_[std::min(a, b)], points_[std::max(a, b)]).value;
}

bool Sites::within(std::size_t a, std::size_t b, double radius) const {
  const double line = straight(a, b);
  if (at_least(line) > radius) return false;
  return at_most(line) <= radius || distance(a, b) <= radius;
}

double Sites::at_least(double straight) const {
  return metric_ == PointMetric::planar ? straight : straight * (1.0 - 1e-12) - kRounding;
}

double Sites::at_most(double straight) const {
  if (metric_ == PointMetric::planar) return straight;
  const double sine = straight / (2.0 * kTightest);
  // The comparison holds for half of such a circle.
  if (sine >= 0.99) return std::numeric_limits<double>::infinity();
  return 2.0 * kTightest * std::asin(sine) * (1.0 + 1e-12) + kRounding;
}

}  // namespace waywarden::detail
