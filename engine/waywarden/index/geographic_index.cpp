#include "waywarden/index/geographic_index.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <tuple>

#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;
/// Radius of the equator, and the smallest radius of curvature of a meridian (at the equator): a (1 - e^2).
constexpr double kEquatorRadius = 6378137.0;
constexpr double kMeridianRadius = 6335439.327;
/// Above the error of geodesic distances and of box arithmetic (some nanometres), far below anything
/// surveyed.
constexpr double kSlackMetres = 1e-3;

bool on_earth(Point p) { return std::abs(p.x) <= 360.0 && std::abs(p.y) <= 90.0; }

void require_on_earth(Point p, const char* what, std::size_t number) {
  if (on_earth(p)) return;
  throw InputError(std::string(what) + " " + std::to_string(number) +
                   " is not a longitude in [-360, 360] and a latitude in [-90, 90]");
}

std::vector<Point> checked(std::vector<Point> points) {
  for (std::size_t i = 0; i < points.size(); ++i) require_on_earth(points[i], "point", i);
  return points;
}

std::vector<Segment> checked(std::vector<Segment> segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    require_on_earth(segments[i].first, "an end of segment", i);
    require_on_earth(segments[i].second, "an end of segment", i);
  }
  return segments;
}

double longitude_reach(double highest_latitude, double metres) {
  if (highest_latitude >= 90.0) return 180.0;
  // Radius of the parallel, from below: N >= a, and parallels only shrink towards the pole.
  const double radius = kEquatorRadius * std::cos(highest_latitude * kDegree);
  return std::min(180.0, metres / radius / kDegree);
}

/// What to search in one turn around the earth: the longitude asked about, turned, and the box around it.
struct Window {
  double longitude = 0.0;
  Box box;
};

/// Windows that together hold every point within `metres` of `from` whose longitude lies in that of `extent`.
/// Rests on the smallest radii of curvature of the ellipsoid.
std::vector<Window> windows_around(Point from, double metres, const Box& extent) {
  const double reach_y = std::min(180.0, (metres + kSlackMetres) / kMeridianRadius / kDegree);
  const double reach_x = longitude_reach(std::abs(from.y) + reach_y, metres + kSlackMetres);
  std::vector<Window> windows;
  for (int turn = -2; turn <= 2; ++turn) {
    const double x = from.x + 360.0 * turn;
    if (x + reach_x < extent.low.x || x - reach_x > extent.high.x) continue;
    windows.push_back({x, {{x - reach_x, from.y - reach_y}, {x + reach_x, from.y + reach_y}}});
  }
  return windows;
}

bool nearer(const GeographicPointIndex::Hit& a, const GeographicPointIndex::Hit& b) {
  return std::pair(a.distance_m, a.index) < std::pair(b.distance_m, b.index);
}

bool nearer(const GeographicSegmentIndex::Hit& a, const GeographicSegmentIndex::Hit& b) {
  return std::pair(a.distance_m, a.segment) < std::pair(b.distance_m, b.segment);
}

GeographicSegmentIndex::Hit hit_of(std::size_t number, const Segment& segment, Point from) {
  const double shrink = std::cos(from.y * kDegree);
  const auto local = [&](Point p) { return Point{(p.x - from.x) * shrink, p.y - from.y}; };
  const double t = nearest_on_segment({local(segment.first), local(segment.second)}, {}).t;
  const auto& [a, b] = segment;
  // The ends themselves, bit for bit, where the foot is an end.
  const Point foot = t == 0.0 ? a : t == 1.0 ? b : Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
  return {number, t, foot, geodesic_distance(from, foot).value};
}

/// A segment can be met in several turns around the earth; the nearest counts.
void keep_nearest_of_each(std::vector<GeographicSegmentIndex::Hit>& hits) {
  using Hit = GeographicSegmentIndex::Hit;
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tuple(a.segment, a.distance_m, a.t) < std::tuple(b.segment, b.distance_m, b.t);
  });
  const auto same = [](const Hit& a, const Hit& b) { return a.segment == b.segment; };
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

void require_query(Point from, double limit) {
  if (!on_earth(from)) throw OptionError("the point asked about is not a longitude and latitude");
  if (!(limit >= 0.0)) throw OptionError("a limit in metres cannot be negative");
}

}  // namespace

GeographicPointIndex::GeographicPointIndex(std::vector<Point> points)
    : points_(checked(std::move(points))), tree_(points_) {}

std::vector<GeographicPointIndex::Hit> GeographicPointIndex::within(Point from, Metres limit) const {
  require_query(from, limit.value);
  std::vector<Hit> hits;
  for (const Window& window : windows_around(from, limit.value, tree_.extent())) {
    for (const std::size_t i : tree_.within(window.box)) {
      const double d = geodesic_distance(from, points_[i]).value;
      if (d <= limit.value) hits.push_back({i, d});
    }
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return nearer(a, b); });
  // Windows of neighbouring turns share an edge.
  const auto same = [](const Hit& a, const Hit& b) { return a.index == b.index; };
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
  return hits;
}

std::optional<GeographicPointIndex::Hit> GeographicPointIndex::nearest(Point from, Metres limit) const {
  require_query(from, limit.value);
  const auto in_degrees = tree_.nearest(from, 1);
  if (in_degrees.empty()) return std::nullopt;
  // What is nearest in degrees bounds how far the nearest by geodesic can be.
  const double bound = geodesic_distance(from, points_[in_degrees.front().index]).value;
  const auto hits = within(from, std::min(limit, Metres{bound}));
  if (hits.empty()) return std::nullopt;
  return hits.front();
}

std::vector<GeographicPointIndex::Hit> GeographicPointIndex::k_nearest(Point from, std::size_t k) const {
  require_query(from, 0.0);
  double bound = 0.0;
  for (const auto& hit : tree_.nearest(from, k)) {
    bound = std::max(bound, geodesic_distance(from, points_[hit.index]).value);
  }
  auto hits = within(from, Metres{bound});
  hits.resize(std::min(k, hits.size()));
  return hits;
}

GeographicSegmentIndex::GeographicSegmentIndex(std::vector<std::pair<Point, Point>> segments)
    : segments_(checked(std::move(segments))), tree_(segments_) {}

std::vector<GeographicSegmentIndex::Hit> GeographicSegmentIndex::within(Point from, Metres limit) const {
  require_query(from, limit.value);
  std::vector<Hit> hits;
  for (const Window& window : windows_around(from, limit.value, tree_.extent())) {
    for (const std::size_t i : tree_.intersecting(window.box)) {
      const Hit hit = hit_of(i, segments_[i], {window.longitude, from.y});
      if (hit.distance_m <= limit.value) hits.push_back(hit);
    }
  }
  keep_nearest_of_each(hits);
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return nearer(a, b); });
  return hits;
}

std::optional<GeographicSegmentIndex::Hit> GeographicSegmentIndex::nearest(Point from, Metres limit) const {
  require_query(from, limit.value);
  const auto in_degrees = tree_.nearest(from, 1);
  if (in_degrees.empty()) return std::nullopt;
  const std::size_t first = in_degrees.front().index;
  const Hit bound = hit_of(first, segments_[first], from);
  const auto hits = within(from, std::min(limit, Metres{bound.distance_m}));
  if (!hits.empty()) return hits.front();
  // Beside a pole, feet found from different turns around the earth can differ.
  if (bound.distance_m <= limit.value) return bound;
  return std::nullopt;
}

}  // namespace waywarden
