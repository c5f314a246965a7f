#pragma once

/// Random points for tests: clustered and repeated, so that ties happen.

#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/geometry/point.h"

namespace waywarden::testing {

/// In [0, 1) x [0, 1), a third of them on a coarse lattice.
inline std::vector<Point> random_points(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 0);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 3 == 0) {
      points.push_back({stream.below(8) / 8.0, stream.below(8) / 8.0});
    } else {
      points.push_back({stream.uniform(), stream.uniform()});
    }
  }
  return points;
}

}  // namespace waywarden::testing
