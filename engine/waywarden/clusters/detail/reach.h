#pragma once

/// Who is within reach of whom, in space and, where there are times, in time too: what `dbscan` and
/// `st_dbscan` ask of their points.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>
#include <tuple>
#include <vector>

#include "waywarden/clusters/detail/sites.h"

namespace waywarden::detail {

struct Reach {
  double radius = 0.0;
  std::int64_t duration = 0;
};

/// How near a core point is: the order in which a border point chooses.
struct Nearness {
  double distance = std::numeric_limits<double>::infinity();
  std::int64_t apart = 0;
  std::uint32_t site = 0;

  friend bool operator<(const Nearness& a, const Nearness& b) {
    return std::tie(a.distance, a.apart, a.site) < std::tie(b.distance, b.apart, b.site);
  }
};

struct ReachableSites {
  const Sites& sites;
  /// Per site, or empty.
  std::vector<std::int64_t> times;
  Reach reach;

  std::int64_t apart(std::size_t a, std::size_t b) const {
    return times.empty() ? 0 : std::abs(times[a] - times[b]);
  }
  bool within(std::size_t a, std::size_t b) const {
    return apart(a, b) <= reach.duration && sites.within(a, b, reach.radius);
  }
};

}  // namespace waywarden::detail
