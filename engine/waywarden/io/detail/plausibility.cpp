#include "waywarden/io/detail/plausibility.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/gdal_handles.h"

namespace waywarden::detail {
namespace {

/// Rounding in files written with few digits.
constexpr double kTolerance = 1e-6;

enum class Extent { within, past_180, outside };

Extent extent_of(const Geometry& geometry) {
  Extent extent = Extent::within;
  for (const Point p : geometry.points) {
    if (std::abs(p.y) > 90.0 + kTolerance || std::abs(p.x) > 360.0 + kTolerance) return Extent::outside;
    if (std::abs(p.x) > 180.0 + kTolerance) extent = Extent::past_180;
  }
  return extent;
}

template <class Predicate>
bool all_vertices(const FeatureTable& table, Predicate predicate) {
  return std::all_of(table.geometries.begin(), table.geometries.end(), [&](const Geometry& geometry) {
    return std::all_of(geometry.points.begin(), geometry.points.end(), predicate);
  });
}

/// What coordinates that are no degrees look like.
std::string likeness(const FeatureTable& table) {
  constexpr double kSurelyMetres = 1000.0;
  const auto is_latitude_first = [](Point p) { return std::abs(p.x) <= 90.0 && std::abs(p.y) <= 180.0; };
  if (all_vertices(table, is_latitude_first)) return "latitude and longitude look swapped";
  const auto is_large = [](Point p) { return std::max(std::abs(p.x), std::abs(p.y)) > kSurelyMetres; };
  return all_vertices(table, is_large) ? "they look like metres of a projection" : "they fit no known order";
}

bool lies_at_origin(const Geometry& geometry) {
  return geometry.type == GeometryType::point && geometry.points[0] == Point{0.0, 0.0};
}

/// Programs write 0, 0 for positions that they do not have.
void report_origin(const FeatureTable& table, ImportReport& report) {
  Box others;
  for (const Geometry& geometry : table.geometries) {
    if (lies_at_origin(geometry)) continue;
    for (const Point p : geometry.points) others.extend(p);
  }
  const Box near{{others.low.x - 1.0, others.low.y - 1.0}, {others.high.x + 1.0, others.high.y + 1.0}};
  if (others.empty() || near.contains({0.0, 0.0})) return;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (lies_at_origin(table.geometries[row]))
      report.add(Outcome::doubtful, {table.source, table.name, table.ids[row]},
                 "lies at 0, 0, away from all others");
  }
}

FeatureTable within_degrees(FeatureTable table, ImportReport& report) {
  std::vector<std::size_t> kept;
  std::size_t outside = 0, with_geometry = 0;
  ImportReport found;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const Extent extent = extent_of(table.geometries[row]);
    const Where where{table.source, table.name, table.ids[row]};
    with_geometry += !table.geometries[row].empty();
    outside += extent == Extent::outside;
    if (extent == Extent::outside)
      found.add(Outcome::skipped, where, "coordinates outside the range of degrees");
    if (extent == Extent::past_180) found.add(Outcome::doubtful, where, "longitude past 180 degrees");
    if (extent != Extent::outside) kept.push_back(row);
  }
  if (outside > 0 && outside == with_geometry) {
    throw InputError({table.source, table.name, ""},
                     "coordinates are outside the range of degrees, but the coordinate reference system is "
                     "geographic: " +
                         likeness(table));
  }
  report.append(found);
  return outside == 0 ? std::move(table) : table.take(kept);
}

bool is_projected(const Crs& crs) {
  const SpatialReference reference(OSRNewSpatialReference(wkt(crs).c_str()));
  return reference != nullptr && OSRIsProjected(reference.get()) != 0;
}

bool looks_like_degrees(const FeatureTable& table) {
  bool any = false;
  for (const Geometry& geometry : table.geometries) {
    any = any || !geometry.empty();
    if (extent_of(geometry) != Extent::within) return false;
  }
  return any;
}

/// In degrees; `high.x` is below `low.x` where it runs over longitude 180.
std::optional<Box> area_of_use(const Crs& crs) {
  const SpatialReference reference(OSRNewSpatialReference(wkt(crs).c_str()));
  double west = 0.0, south = 0.0, east = 0.0, north = 0.0;
  const bool stated =
      reference != nullptr && OSRGetAreaOfUse(reference.get(), &west, &south, &east, &north, nullptr) != 0;
  return stated && west >= -180.0 ? std::optional(Box{{west, south}, {east, north}}) : std::nullopt;
}

bool in_area(const Box& area, Point p) {
  constexpr double kMargin = 2.0;
  if (!p.finite() || p.y < area.low.y - kMargin || p.y > area.high.y + kMargin) return false;
  const bool past_west = p.x >= area.low.x - kMargin, past_east = p.x <= area.high.x + kMargin;
  return area.low.x <= area.high.x ? past_west && past_east : past_west || past_east;
}

std::vector<Point> first_vertices(const FeatureTable& table) {
  std::vector<Point> points;
  for (const Geometry& geometry : table.geometries) {
    if (!geometry.empty()) points.push_back(geometry.points.front());
  }
  return points;
}

std::vector<Point> swapped(std::vector<Point> points) {
  for (Point& p : points) std::swap(p.x, p.y);
  return points;
}

bool any_in_area(const Transformer& to_degrees, const Box& area, const std::vector<Point>& points) {
  const std::vector<Point> degrees = to_degrees(points);
  return std::any_of(degrees.begin(), degrees.end(), [&](Point p) { return in_area(area, p); });
}

void report_area(const FeatureTable& table, const std::optional<Box>& expected, ImportReport& report) {
  const std::optional<Box> area = expected ? expected : area_of_use(table.crs);
  const std::vector<Point> points = first_vertices(table);
  if (!area || points.empty()) return;
  const Transformer to_degrees(table.crs, Crs::wgs84());
  if (any_in_area(to_degrees, *area, points)) return;
  const bool swap = any_in_area(to_degrees, *area, swapped(points));
  report.add(Outcome::doubtful, {table.source, table.name, ""},
             expected ? "lies wholly outside the area expected"
                      : "lies wholly outside the area its coordinate reference system is meant for",
             swap ? "x and y look swapped" : "");
}

}  // namespace

FeatureTable plausible(FeatureTable table, const std::optional<Box>& expected, ImportReport& report) {
  if (!table.has_geometry()) return table;
  const bool geographic = is_geographic(table.crs);
  if (geographic) table = within_degrees(std::move(table), report);
  if (geographic) report_origin(table, report);
  if (geographic || is_projected(table.crs)) report_area(table, expected, report);
  if (geographic) return table;
  if (is_projected(table.crs) && looks_like_degrees(table)) {
    report.add(Outcome::doubtful, {table.source, table.name, ""},
               "coordinates look like degrees, but the coordinate reference system is projected");
  }
  return table;
}

}  // namespace waywarden::detail
