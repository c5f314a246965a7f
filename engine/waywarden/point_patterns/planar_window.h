#pragma once

/// Where points of the plane could have been seen: a rectangle or an area of polygons with holes, edge
/// included. What edge corrections ask of it is answered exactly (to rounding), from the trapezoids between
/// neighbouring heights of its corners; nothing is drawn on a raster.
///
/// Coordinates are planar, in any unit of length, areas in its square. With E sides: O(E log E) to make where
/// few sides pass each height; `contains` O(log E), `distance_to_edge` O(E), `share_of_circle` O(E),
/// `overlap` O(trapezoids).

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/geometry/geometry.h"
#include "waywarden/geometry/point.h"

namespace waywarden {

class PlanarWindow {
 public:
  /// Throws `InputError` for anything but polygons, for coordinates that are not finite, for an area of 0,
  /// and where sides cross each other.
  explicit PlanarWindow(const Geometry& area);
  explicit PlanarWindow(const Box& rectangle);

  double area() const { return area_; }
  const Box& bounds() const { return bounds_; }
  bool contains(Point p) const;
  /// To the nearest point of a side.
  double distance_to_edge(Point p) const;
  /// Of the circumference, the part inside, 0 to 1. The radius is above 0.
  double share_of_circle(Point centre, double radius) const;
  /// Of the mass of a round normal distribution around `centre`, the part inside, to about 1e-9.
  double share_of_gaussian(Point centre, double deviation) const;
  /// The largest distance between two corners.
  double diameter() const;
  /// Area shared with a copy of the window, moved by (dx, dy).
  double overlap(double dx, double dy) const;

 private:
  /// From its lower end to its upper; level only among `sides_`.
  struct Side {
    Point low;
    Point high;

    double x_at(double y) const { return low.x + (high.x - low.x) * ((y - low.y) / (high.y - low.y)); }
    /// Above 0 where p lies to the left.
    double left_of(Point p) const {
      return (high.x - low.x) * (p.y - low.y) - (high.y - low.y) * (p.x - low.x);
    }
  };

  void add_ring(std::span<const Point> ring);
  void cut_into_slabs();
  void fill_slab(std::size_t slab, std::vector<Side> crossing);
  std::span<const Side> slab(std::size_t i) const {
    return std::span(slab_sides_).subspan(slab_first_[i], slab_first_[i + 1] - slab_first_[i]);
  }
  double gaussian_left_of(const Side& side, Point centre, double deviation, double low, double high) const;
  double slab_overlap(std::span<const Side> mine, std::span<const Side> other, Point shift, double low,
                      double high) const;

  std::vector<Side> sides_;
  Box bounds_;
  double area_ = 0.0;
  /// Heights of corners, ascending; between each two, the sides that pass, from left to right: the inside
  /// lies between the first and second, the third and fourth, and so on.
  std::vector<double> heights_;
  std::vector<std::size_t> slab_first_;
  std::vector<Side> slab_sides_;
};

/// Throws `InputError`, naming the position, for a point that is not finite or outside.
void require_inside(const PlanarWindow& window, std::span<const Point> points);

}  // namespace waywarden
