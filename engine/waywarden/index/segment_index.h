#pragma once

/// A packed R-tree over straight segments of the plane; see `PointIndex` for what it guarantees. Distances
/// are Euclidean in the unit of the coordinates; for longitudes and latitudes use `GeographicSegmentIndex`.

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

/// From first to second; both may be the same point.
using Segment = std::pair<Point, Point>;

/// The point of a segment that is nearest to another.
struct Foot {
  /// Share of the way along the segment, in [0, 1]; 0 on a segment without length.
  double t = 0.0;
  Point point;
};

Foot nearest_on_segment(const Segment& segment, Point to);

class SegmentIndex {
 public:
  struct Hit {
    /// Position in the segments given to the constructor.
    std::size_t index = 0;
    double distance = 0.0;
    Foot foot;
  };

  /// Throws `InputError` for a coordinate that is not finite.
  explicit SegmentIndex(std::span<const Segment> segments);
  ~SegmentIndex();
  SegmentIndex(SegmentIndex&&) noexcept;
  SegmentIndex& operator=(SegmentIndex&&) noexcept;

  std::size_t size() const;
  const Box& extent() const;
  /// The k nearest segments by (distance, index), fewer when there are fewer.
  std::vector<Hit> nearest(Point from, std::size_t k) const;
  /// Indices of the segments that share a point with the box, ascending.
  std::vector<std::size_t> intersecting(const Box& box) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace waywarden
