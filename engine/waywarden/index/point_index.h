#pragma once

/// A packed R-tree over points of the plane (Leutenegger, Lopez and Edgington, "STR", ICDE 1997; as packed by
/// Boost.Geometry). Immutable once built, so any number of threads may query it. Distances are Euclidean in
/// the unit of the coordinates; for longitudes and latitudes use `GeographicPointIndex`. O(n log n) to build,
/// about O(log n + answers) per query. Answers are ordered by (distance, index), so that ties never depend on
/// the shape of the tree; many points in one place cost time in `nearest`, because all that tie with the last
/// answer are looked at.

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

class PointIndex {
 public:
  struct Hit {
    /// Position in the points given to the constructor.
    std::size_t index = 0;
    double distance = 0.0;

    friend constexpr auto operator<=>(const Hit&, const Hit&) = default;
  };

  /// Throws `InputError` for a coordinate that is not finite.
  explicit PointIndex(std::span<const Point> points);
  ~PointIndex();
  PointIndex(PointIndex&&) noexcept;
  PointIndex& operator=(PointIndex&&) noexcept;

  std::size_t size() const;
  /// Of all points; empty when there are none.
  const Box& extent() const;
  /// The k nearest points, fewer when there are fewer.
  std::vector<Hit> nearest(Point from, std::size_t k) const;
  /// All points at most `radius` away.
  std::vector<Hit> within(Point from, double radius) const;
  /// Indices of the points in the box or on its edge, ascending.
  std::vector<std::size_t> within(const Box& box) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace waywarden
