#include "waywarden/geodesy/geodesic.h"

#include <geodesic.h>

#include <cmath>
#include <numbers>

namespace waywarden {
namespace {

constexpr double kRadius = 6378137.0, kFlattening = 1.0 / 298.257223563;
constexpr double kEccentricity2 = kFlattening * (2.0 - kFlattening);
constexpr double kSecondEccentricity2 = kEccentricity2 / (1.0 - kEccentricity2);
constexpr double kRadians = std::numbers::pi / 180.0;
/// Degrees of longitude and latitude within which short distances are right to nanometres.
constexpr double kShort = 0.02, kFarthestNorth = 80.0;

const geod_geodesic& wgs84() {
  static const geod_geodesic ellipsoid = [] {
    geod_geodesic g;
    geod_init(&g, kRadius, kFlattening);
    return g;
  }();
  return ellipsoid;
}

bool is_short(Point a, Point b) {
  return std::abs(a.x - b.x) < kShort && std::abs(a.y - b.y) < kShort &&
         std::abs(a.y + b.y) < 2.0 * kFarthestNorth;
}

/// Gauss's formulas of the middle latitude, of the second order: what they leave out is of the fifth in the
/// distance.
double short_distance(Point a, Point b) {
  const double north = (b.y - a.y) * kRadians, east = (b.x - a.x) * kRadians;
  const double middle = (a.y + b.y) / 2.0 * kRadians, sine = std::sin(middle), cosine = std::cos(middle);
  const double w2 = 1.0 - kEccentricity2 * sine * sine, across = kRadius / std::sqrt(w2);
  const double along = across * (1.0 - kEccentricity2) / w2;
  const double eta2 = kSecondEccentricity2 * cosine * cosine, v2 = 1.0 + eta2, v4 = v2 * v2;
  const double tangent2 = sine * sine / (cosine * cosine), north2 = north * north, east2 = east * east;
  const double x = across * cosine * east *
                   (1.0 - east2 * sine * sine / 24.0 + (v2 - 9.0 * eta2 * tangent2) * north2 / (24.0 * v4));
  const double y = along * north * (1.0 - east2 / 8.0) *
                   (1.0 + (1.0 - 2.0 * eta2) * east2 * cosine * cosine / 24.0 +
                    eta2 * (1.0 - tangent2) * north2 / (8.0 * v4));
  return std::sqrt(x * x + y * y);
}

double ring_area(std::span<const Point> ring) {
  geod_polygon polygon;
  geod_polygon_init(&polygon, 0);
  for (const Point p : ring) geod_polygon_addpoint(&wgs84(), &polygon, p.y, p.x);
  double area = 0.0, perimeter = 0.0;
  geod_polygon_compute(&wgs84(), &polygon, 0, 1, &area, &perimeter);
  return std::abs(area);
}

double outline_length(const Geometry& geometry) {
  double sum = 0.0;
  for (std::size_t i = 0; i < geometry.part_count(); ++i) sum += geodesic_length(geometry.part(i)).value;
  return sum;
}

std::vector<double> measured(std::span<const Geometry> geometries, const Execution& execution,
                             double (*measure)(const Geometry&)) {
  std::vector<double> out(geometries.size());
  parallel_for(geometries.size(), execution, [&](std::size_t i) {
    out[i] = measure(geometries[i]);
    execution.advance();
  });
  return out;
}

}  // namespace

Metres geodesic_distance(Point a, Point b) {
  if (is_short(a, b)) return {short_distance(a, b)};
  double metres = 0.0;
  geod_inverse(&wgs84(), a.y, a.x, b.y, b.x, &metres, nullptr, nullptr);
  return {metres};
}

Metres geodesic_length(std::span<const Point> line) {
  double sum = 0.0;
  for (std::size_t i = 1; i < line.size(); ++i) sum += geodesic_distance(line[i - 1], line[i]).value;
  return {sum};
}

double geodesic_area(const Geometry& polygon) {
  double sum = 0.0;
  for (std::size_t i = 0; i < polygon.polygon_ends.size(); ++i) {
    const auto [first, last] = polygon.rings_of_polygon(i);
    for (std::size_t ring = first; ring < last; ++ring) {
      sum += (ring == first ? 1.0 : -1.0) * ring_area(polygon.part(ring));
    }
  }
  return sum;
}

std::vector<double> geodesic_lengths(std::span<const Geometry> geometries, const Execution& execution) {
  execution.start("measuring lengths", geometries.size());
  return measured(geometries, execution, &outline_length);
}

std::vector<double> geodesic_areas(std::span<const Geometry> geometries, const Execution& execution) {
  execution.start("measuring areas", geometries.size());
  return measured(geometries, execution, &geodesic_area);
}

Point geodesic_interpolate(Point a, Point b, double t) {
  geod_geodesicline line;
  geod_inverseline(&line, &wgs84(), a.y, a.x, b.y, b.x, GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
  Point p;
  geod_position(&line, t * line.s13, &p.y, &p.x, nullptr);
  return p;
}

}  // namespace waywarden
