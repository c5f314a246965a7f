#pragma once

/// The edge weight of a pair of points in a window, as `planar_k.h` defines it. Remembers per point how far
/// the edge is, so that most pairs cost nothing.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/point_patterns/planar_k.h"

namespace waywarden {

class EdgeWeight {
 public:
  /// Of circles around these points. Window and points must outlive this.
  EdgeWeight(const PlanarWindow& window, std::span<const Point> from, EdgeCorrection correction,
             double largest_weight, const Execution& execution);

  /// Of the pair (from[i], to), `distance` apart.
  double operator()(std::size_t i, Point to, double distance) const;
  /// From from[i] to the window's edge; known for `isotropic` and `border` alone.
  double depth(std::size_t i) const { return depth_[i]; }

 private:
  const PlanarWindow& window_;
  std::span<const Point> from_;
  EdgeCorrection correction_;
  double largest_weight_;
  std::vector<double> depth_;
};

/// Throws `OptionError` unless the radii are ascending, not negative, and within half the diagonal.
void require_radii(std::span<const double> radii, const PlanarWindow& window);
void require_largest_weight(double largest_weight);

}  // namespace waywarden
