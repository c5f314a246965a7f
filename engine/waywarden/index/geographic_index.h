#pragma once

/// What is nearest to a longitude and latitude, by geodesic distance on WGS 84. Candidates come from R-trees
/// over degrees, through a box that provably holds everything within the limit (it widens towards the poles
/// and is repeated across the antimeridian); they are then ranked by geodesic distance, and by index where
/// two are equally far.
///
/// Coordinates are degrees, longitudes in [-360, 360], latitudes in [-90, 90]; others throw `InputError`. A
/// segment runs straight in degrees between its ends, as drawn on an equirectangular map; one that is to
/// cross the antimeridian has an end beyond 180. Its nearest point is found in an equirectangular frame
/// around the query whose x axis is shrunk by the cosine of the latitude, exact to about (extent / earth
/// radius) squared: 1e-6 of the distance at 10 km, 1 % at 600 km.
///
/// Immutable, safe to query from many threads. About O(log n) per query plus a microsecond per candidate.

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "waywarden/base/units.h"
#include "waywarden/geometry/point.h"
#include "waywarden/index/point_index.h"
#include "waywarden/index/segment_index.h"

namespace waywarden {

class GeographicPointIndex {
 public:
  struct Hit {
    /// Position in the points given to the constructor.
    std::size_t index = 0;
    double distance_m = 0.0;
  };

  explicit GeographicPointIndex(std::vector<Point> points);

  std::size_t size() const { return points_.size(); }
  /// All points at most `limit` away, by (distance, index).
  std::vector<Hit> within(Point from, Metres limit) const;
  /// The nearest of them, if any.
  std::optional<Hit> nearest(Point from, Metres limit) const;
  /// The k nearest points however far, by (distance, index); fewer when there are fewer.
  std::vector<Hit> k_nearest(Point from, std::size_t k) const;

 private:
  std::vector<Point> points_;
  PointIndex tree_;
};

class GeographicSegmentIndex {
 public:
  struct Hit {
    /// Position in the segments given to the constructor.
    std::size_t segment = 0;
    /// Share of the way along the segment, in degrees, in [0, 1].
    double t = 0.0;
    /// The segment's nearest point.
    Point point;
    double distance_m = 0.0;
  };

  explicit GeographicSegmentIndex(std::vector<std::pair<Point, Point>> segments);

  std::size_t size() const { return segments_.size(); }
  /// All segments at most `limit` away, by (distance, index).
  std::vector<Hit> within(Point from, Metres limit) const;
  /// The nearest of them, if any.
  std::optional<Hit> nearest(Point from, Metres limit) const;

 private:
  std::vector<Segment> segments_;
  SegmentIndex tree_;
};

}  // namespace waywarden
