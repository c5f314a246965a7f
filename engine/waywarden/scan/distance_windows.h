#pragma once

/// Circles around each place, on the plane or on the globe, and ellipses on the plane (Kulldorff, Huang,
/// Pickle and Duczmal, "An elliptic spatial scan statistic", Statistics in Medicine 25, 2006).
///
/// Neighbours are sorted once, and only as far as the limits reach: what the row of the place before needed
/// bounds what this one needs (triangle inequality). O(k log k) per row of k members, beside a look at n / 32
/// boxes; quickest when places stand along a curve that fills the plane (`spatial_order`).

#include <span>
#include <vector>

#include "waywarden/geometry/point.h"
#include "waywarden/scan/windows.h"

namespace waywarden {

/// What coordinates are.
enum class ScanSpace : std::uint8_t {
  plane,  ///< x and y of one unit
  globe   ///< longitude and latitude on WGS 84 in degrees; distances in metres
};

struct EllipseOptions {
  /// Longer over shorter axis, each at least 1, and how many directions of each, evenly spaced from x on.
  std::vector<double> shapes{1.0, 1.5, 2.0, 3.0, 4.0, 5.0};
  std::vector<std::size_t> angles{1, 4, 6, 9, 12, 15};
  /// The log-likelihood ratio is multiplied by (4 s / (s + 1)^2)^penalty for shape s: 0 none, 1/2 medium,
  /// 1 strong.
  double penalty = 0.5;
};

/// `measure` is per place. On the globe a distance is the chord's, turned into the arc of a sphere: the order
/// of neighbours is that of straight lines through the earth. Throws `InputError` for coordinates that are
/// not finite or not on the globe, `OptionError` for limits or when there are too many windows.
Windows circular_windows(std::span<const Point> places, std::span<const double> measure, ScanSpace space,
                         const WindowLimits& limits, const Execution& execution = {});
/// The limit of distance is one of the longer half axis.
Windows elliptic_windows(std::span<const Point> places, std::span<const double> measure,
                         const EllipseOptions& options, const WindowLimits& limits,
                         const Execution& execution = {});

/// Distance by which places enter circles.
double circle_distance(Point from, Point to, ScanSpace space);
/// The shorter half axis of the ellipse around `from` that passes through `to`.
double shorter_half_axis(Point from, Point to, double shape, double angle);

/// The places along a curve that fills the plane (Morton's), ties by coordinates: the order depends on the
/// places alone, except that places in one spot keep theirs. Throws `InputError` for places that are not
/// finite.
std::vector<std::uint32_t> spatial_order(std::span<const Point> places);

}  // namespace waywarden
