#pragma once

/// The k nearest others of every point of the plane at once, by a k-d tree whose leaves are asked in turn, so
/// that what one search has touched is at hand for the next: several times faster than asking `PointIndex`
/// point by point. Of points that are equally far, those with the smaller coordinates (x, then y), then the
/// smaller position in the input, come first. O(n log n) to build, about O(log n + k log k) per point, also
/// where many lie in one place; 32 bytes per point beside the answer.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

/// One of the nearest: how far, squared, and which.
struct SquaredHit {
  double squared_distance = 0.0;
  std::uint32_t index = 0;

  friend constexpr auto operator<=>(const SquaredHit&, const SquaredHit&) = default;
};

/// Calls `take(i, hits)` once for every point i with its min(k, n - 1) nearest others, in no order, from any
/// thread. Throws `InputError` for a coordinate that is not finite or beyond 1e150, and more than 2^32 - 1
/// points.
void all_nearest(std::span<const Point> points, std::size_t k, const Execution& execution,
                 const std::function<void(std::size_t, std::span<const SquaredHit>)>& take);

}  // namespace waywarden
