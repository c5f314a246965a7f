#include "waywarden/privacy/geomask.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

constexpr double kSemiMajor = 6378137.0;
constexpr double kEccentricitySquared = 0.00669437999014132;
constexpr double kRadians = std::numbers::pi / 180.0;
constexpr std::uint32_t kPurpose = 0x6D61736BU;

void check(const GeomaskOptions& options) {
  const double near = options.nearest.value, far = options.farthest.value;
  if (!(near > 0.0 && near < far && far <= 100000.0))
    throw OptionError("geomasking needs 0 < nearest < farthest <= 100 km");
}

std::uint64_t stream_of(const std::string& id) {
  std::uint64_t state = 0xCBF29CE484222325U;
  for (const char c : id) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return state;
}

/// North and east by a radius that is uniform over the area of the ring.
Point displacement(const std::string& id, const GeomaskOptions& options) {
  RandomStream random(options.seed, stream_of(id), kPurpose);
  const double near = options.nearest.value, far = options.farthest.value;
  const double radius = std::sqrt(near * near + random.uniform() * (far * far - near * near));
  const double azimuth = 2.0 * std::numbers::pi * random.uniform();
  return {radius * std::sin(azimuth), radius * std::cos(azimuth)};
}

double wrapped(double longitude) { return longitude - 360.0 * std::floor((longitude + 180.0) / 360.0); }

/// Along the meridian and the parallel, by their radii of curvature halfway.
Point moved(Point p, Point metres) {
  const auto curvature = [](double latitude) {
    const double s = std::sin(latitude * kRadians);
    return 1.0 - kEccentricitySquared * s * s;
  };
  const double w = curvature(p.y);
  const double meridian = kSemiMajor * (1.0 - kEccentricitySquared) / (w * std::sqrt(w));
  const double latitude = std::clamp(p.y + metres.y / meridian / kRadians, -89.9, 89.9);
  const double halfway = (p.y + latitude) / 2.0;
  const double parallel = kSemiMajor / std::sqrt(curvature(halfway)) * std::cos(halfway * kRadians);
  return {wrapped(p.x + metres.x / parallel / kRadians), latitude};
}

std::vector<std::size_t> rows_with_points(const FeatureTable& records) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < records.geometries.size(); ++row) {
    const Geometry& geometry = records.geometries[row];
    if (geometry.empty()) continue;
    if (geometry.type != GeometryType::point)
      throw InputError({records.source, records.name, records.ids[row]}, "only points can be geomasked");
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

FeatureTable geomask(const FeatureTable& records, const GeomaskOptions& options) {
  check(options);
  const std::vector<std::size_t> rows = rows_with_points(records);
  std::vector<Point> points;
  for (const std::size_t row : rows) points.push_back(records.geometries[row].points.front());
  points = Transformer(records.crs, Crs::wgs84())(points);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!points[i].finite())
      throw InputError({records.source, records.name, records.ids[rows[i]]},
                       "the point has no place on the globe");
    points[i] = moved(points[i], displacement(records.ids[rows[i]], options));
  }
  points = Transformer(Crs::wgs84(), records.crs)(points);
  FeatureTable out = records;
  for (std::size_t i = 0; i < rows.size(); ++i) out.geometries[rows[i]] = Geometry::of_point(points[i]);
  return out;
}

}  // namespace waywarden
