#include "waywarden/point_patterns/edge_weight.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {

EdgeWeight::EdgeWeight(const PlanarWindow& window, std::span<const Point> from, EdgeCorrection correction,
                       double largest_weight, const Execution& execution)
    : window_(window), from_(from), correction_(correction), largest_weight_(largest_weight) {
  if (correction != EdgeCorrection::isotropic && correction != EdgeCorrection::border) return;
  depth_.resize(from.size());
  const auto measure = [&](std::size_t i) { depth_[i] = window.distance_to_edge(from[i]); };
  parallel_for(from.size(), execution, measure, 64);
}

double EdgeWeight::operator()(std::size_t i, Point to, double distance) const {
  if (correction_ == EdgeCorrection::isotropic) {
    // The circle through the point itself: no part of it is outside.
    if (distance <= depth_[i] || distance == 0.0) return 1.0;
    const double share = window_.share_of_circle(from_[i], distance);
    return share * largest_weight_ > 1.0 ? 1.0 / share : largest_weight_;
  }
  if (correction_ == EdgeCorrection::translation) {
    const double shared = window_.overlap(to.x - from_[i].x, to.y - from_[i].y);
    return shared * largest_weight_ > window_.area() ? window_.area() / shared : largest_weight_;
  }
  return 1.0;
}

void require_radii(std::span<const double> radii, const PlanarWindow& window) {
  const Point low = window.bounds().low, high = window.bounds().high;
  const double limit = std::hypot(high.x - low.x, high.y - low.y) / 2;
  for (std::size_t i = 0; i < radii.size(); ++i) {
    if (!(radii[i] >= 0.0) || !(radii[i] <= limit)) {
      throw OptionError("radii must lie between 0 and half the diagonal of the window");
    }
    if (i > 0 && !(radii[i - 1] < radii[i])) throw OptionError("radii must be ascending");
  }
}

void require_largest_weight(double largest_weight) {
  if (largest_weight >= 1.0 && std::isfinite(largest_weight)) return;
  throw OptionError("the largest edge weight must be finite and at least 1");
}

}  // namespace waywarden
