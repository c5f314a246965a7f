#include "waywarden/point_patterns/planar_window.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kTurn = 2.0 * std::numbers::pi;
/// Of the window's size: what rounding may move a crossing by.
constexpr double kTolerance = 1e-9;

double distance_to_segment(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
  const double along =
      length2 > 0.0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length2, 0.0, 1.0) : 0.0;
  return std::hypot(a.x + along * dx - p.x, a.y + along * dy - p.y);
}

/// Angles at which the circle around `c` meets the segment, added to `angles`.
void add_meetings(Point c, double radius, Point a, Point b, std::vector<double>& angles) {
  if (std::min(a.y, b.y) > c.y + radius || std::max(a.y, b.y) < c.y - radius) return;
  if (std::min(a.x, b.x) > c.x + radius || std::max(a.x, b.x) < c.x - radius) return;
  const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
  if (!(length2 > 0.0)) return;
  const double middle = ((c.x - a.x) * dx + (c.y - a.y) * dy) / length2;
  const double offset = (dx * (c.y - a.y) - dy * (c.x - a.x));
  const double half2 = (radius * radius - offset * offset / length2) / length2;
  if (half2 < 0.0) return;
  const double half = std::sqrt(half2);
  for (const double along : {middle - half, middle + half}) {
    if (along < 0.0 || along > 1.0) continue;
    angles.push_back(std::atan2(a.y + along * dy - c.y, a.x + along * dx - c.x));
  }
}

/// Integral over 0 <= t <= 1 of the positive part of what runs straight from `start` to `end`.
double positive_part(double start, double end) {
  if (start >= 0.0 && end >= 0.0) return (start + end) / 2;
  if (start <= 0.0 && end <= 0.0) return 0.0;
  const double above = std::max(start, end);
  return above * above / (2 * std::abs(end - start));
}

/// A value that runs straight over a slab.
struct Run {
  double start = 0.0;
  double end = 0.0;

  double at(double t) const { return start + t * (end - start); }
};

/// Where two runs meet inside, or 1.
double meeting(const Run& a, const Run& b) {
  const double before = a.start - b.start, after = a.end - b.end;
  return before * after < 0.0 ? before / (before - after) : 1.0;
}

/// Mean over the slab of the length that two intervals share.
double shared_length(const Run& left_a, const Run& right_a, const Run& left_b, const Run& right_b) {
  const auto length_at = [&](double t) {
    return std::min(right_a.at(t), right_b.at(t)) - std::max(left_a.at(t), left_b.at(t));
  };
  std::array<double, 4> stops = {0.0, meeting(left_a, left_b), meeting(right_a, right_b), 1.0};
  std::sort(stops.begin(), stops.end());
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
    if (stops[i] == stops[i + 1]) continue;
    sum += (stops[i + 1] - stops[i]) * positive_part(length_at(stops[i]), length_at(stops[i + 1]));
  }
  return sum;
}

bool is_polygon(GeometryType type) {
  return type == GeometryType::polygon || type == GeometryType::multi_polygon;
}

}  // namespace

PlanarWindow::PlanarWindow(const Geometry& area) {
  if (!is_polygon(area.type) || area.empty()) throw InputError("a window must be made of polygons");
  for (std::size_t part = 0; part < area.part_count(); ++part) add_ring(area.part(part));
  cut_into_slabs();
}

PlanarWindow::PlanarWindow(const Box& rectangle) {
  if (rectangle.empty()) throw InputError("a window must have an area");
  const Point low = rectangle.low, high = rectangle.high;
  add_ring(std::array<Point, 4>{low, {high.x, low.y}, high, {low.x, high.y}});
  cut_into_slabs();
}

void PlanarWindow::add_ring(std::span<const Point> ring) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i], b = ring[(i + 1) % ring.size()];
    if (!a.finite()) throw InputError("a corner of the window is not finite");
    bounds_.extend(a);
    if (a != b) sides_.push_back(a.y < b.y ? Side{a, b} : Side{b, a});
  }
}

void PlanarWindow::cut_into_slabs() {
  std::vector<Side> waiting;
  for (const Side& side : sides_) {
    heights_.push_back(side.low.y);
    heights_.push_back(side.high.y);
    if (side.low.y < side.high.y) waiting.push_back(side);
  }
  std::sort(heights_.begin(), heights_.end());
  heights_.erase(std::unique(heights_.begin(), heights_.end()), heights_.end());
  std::sort(waiting.begin(), waiting.end(), [](const Side& a, const Side& b) { return a.low.y < b.low.y; });
  slab_first_.push_back(0);
  std::vector<Side> crossing;
  auto next = waiting.begin();
  for (std::size_t i = 0; i + 1 < heights_.size(); ++i) {
    std::erase_if(crossing, [&](const Side& side) { return side.high.y <= heights_[i]; });
    for (; next != waiting.end() && next->low.y <= heights_[i]; ++next) crossing.push_back(*next);
    fill_slab(i, crossing);
  }
  if (!(area_ > 0.0)) throw InputError("a window must have an area");
}

void PlanarWindow::fill_slab(std::size_t slab, std::vector<Side> crossing) {
  const double low = heights_[slab], high = heights_[slab + 1], middle = low + (high - low) / 2;
  const double slack = kTolerance * (bounds_.high.x - bounds_.low.x);
  std::sort(crossing.begin(), crossing.end(),
            [&](const Side& a, const Side& b) { return a.x_at(middle) < b.x_at(middle); });
  for (std::size_t i = 0; i + 1 < crossing.size(); ++i) {
    const bool ordered = crossing[i].x_at(low) <= crossing[i + 1].x_at(low) + slack &&
                         crossing[i].x_at(high) <= crossing[i + 1].x_at(high) + slack;
    if (!ordered) throw InputError("the sides of the window cross each other");
    if (i % 2 == 0) area_ += (high - low) * (crossing[i + 1].x_at(middle) - crossing[i].x_at(middle));
  }
  slab_sides_.insert(slab_sides_.end(), crossing.begin(), crossing.end());
  slab_first_.push_back(slab_sides_.size());
}

bool PlanarWindow::contains(Point p) const {
  if (!bounds_.contains(p)) return false;
  // A point at the height of a corner touches the slab above and the one below.
  const auto above = std::upper_bound(heights_.begin(), heights_.end(), p.y);
  const auto at = static_cast<std::size_t>(above - heights_.begin()) - 1;
  const auto within = [&](std::size_t i) {
    const auto row = slab(i);
    for (std::size_t s = 0; s + 1 < row.size(); s += 2) {
      if (row[s].left_of(p) <= 0.0 && row[s + 1].left_of(p) >= 0.0) return true;
    }
    return false;
  };
  if (at + 1 < heights_.size() && within(at)) return true;
  return p.y == heights_[at] && at > 0 && within(at - 1);
}

double PlanarWindow::distance_to_edge(Point p) const {
  double nearest = std::numeric_limits<double>::infinity();
  for (const Side& side : sides_) nearest = std::min(nearest, distance_to_segment(p, side.low, side.high));
  return nearest;
}

double PlanarWindow::share_of_circle(Point centre, double radius) const {
  std::vector<double> angles;
  for (const Side& side : sides_) add_meetings(centre, radius, side.low, side.high, angles);
  const auto inside_at = [&](double angle) {
    return contains({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  };
  if (angles.empty()) return inside_at(0.0) ? 1.0 : 0.0;
  std::sort(angles.begin(), angles.end());
  angles.push_back(angles.front() + kTurn);
  double inside = 0.0;
  for (std::size_t i = 0; i + 1 < angles.size(); ++i) {
    const double width = angles[i + 1] - angles[i];
    if (width > 0.0 && inside_at(angles[i] + width / 2)) inside += width;
  }
  return inside / kTurn;
}

/// Mass to the left of a side, between two heights, by Gauss and Legendre's rule with five points on pieces
/// no longer than half a deviation.
double PlanarWindow::gaussian_left_of(const Side& side, Point centre, double deviation, double low,
                                      double high) const {
  constexpr std::array kPoints = {0.0, 0.53846931010568309, -0.53846931010568309, 0.90617984593866399,
                                  -0.90617984593866399};
  constexpr std::array kWeights = {0.56888888888888889, 0.47862867049936647, 0.47862867049936647,
                                   0.23692688505618909, 0.23692688505618909};
  const double length = std::hypot(high - low, side.x_at(high) - side.x_at(low));
  const double pieces = std::ceil(2.0 * length / deviation), half = (high - low) / (2.0 * pieces);
  double mass = 0.0;
  for (double piece = 0.0; piece < pieces; piece += 1.0) {
    for (std::size_t k = 0; k < kPoints.size(); ++k) {
      const double y = low + half * (2.0 * piece + 1.0 + kPoints[k]), v = (y - centre.y) / deviation;
      const double u = (side.x_at(y) - centre.x) / deviation;
      mass += kWeights[k] * std::exp(-v * v / 2) * std::erfc(-u / std::numbers::sqrt2);
    }
  }
  return mass * half / (2.0 * deviation * std::sqrt(kTurn));
}

double PlanarWindow::share_of_gaussian(Point centre, double deviation) const {
  // Beyond, less than 1e-15 of it.
  const double reach = 8.0 * deviation, bottom = centre.y - reach, top = centre.y + reach;
  const auto above = std::upper_bound(heights_.begin(), heights_.end(), bottom);
  auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(above - heights_.begin() - 1, 0));
  double inside = 0.0;
  for (; at + 1 < heights_.size() && heights_[at] < top; ++at) {
    const double low = std::max(heights_[at], bottom), high = std::min(heights_[at + 1], top);
    double sign = -1.0;
    for (const Side& side : slab(at)) {
      inside += sign * gaussian_left_of(side, centre, deviation, low, high);
      sign = -sign;
    }
  }
  return std::clamp(inside, 0.0, 1.0);
}

double PlanarWindow::diameter() const {
  double largest = 0.0;
  for (const Side& a : sides_) {
    for (const Side& b : sides_) {
      for (const Point p : {b.low, b.high})
        largest = std::max(largest, std::hypot(a.low.x - p.x, a.low.y - p.y));
    }
  }
  return largest;
}

double PlanarWindow::slab_overlap(std::span<const Side> mine, std::span<const Side> other, Point shift,
                                  double low, double high) const {
  const auto run = [&](const Side& side) { return Run{side.x_at(low), side.x_at(high)}; };
  const auto moved = [&](const Side& side) {
    return Run{side.x_at(low - shift.y) + shift.x, side.x_at(high - shift.y) + shift.x};
  };
  double length = 0.0;
  for (std::size_t a = 0; a + 1 < mine.size(); a += 2) {
    const Run left = run(mine[a]), right = run(mine[a + 1]);
    for (std::size_t b = 0; b + 1 < other.size(); b += 2) {
      length += shared_length(left, right, moved(other[b]), moved(other[b + 1]));
    }
  }
  return length * (high - low);
}

double PlanarWindow::overlap(double dx, double dy) const {
  double shared = 0.0;
  std::size_t a = 0, b = 0;
  while (a + 1 < heights_.size() && b + 1 < heights_.size()) {
    const double a_high = heights_[a + 1], b_high = heights_[b + 1] + dy;
    const double low = std::max(heights_[a], heights_[b] + dy), high = std::min(a_high, b_high);
    if (low < high) shared += slab_overlap(slab(a), slab(b), {dx, dy}, low, high);
    if (a_high <= b_high) ++a;
    if (b_high <= a_high) ++b;
  }
  return shared;
}

void require_inside(const PlanarWindow& window, std::span<const Point> points) {
  const auto inside = [&](Point p) { return p.finite() && window.contains(p); };
  const auto bad = std::find_if_not(points.begin(), points.end(), inside);
  if (bad == points.end()) return;
  throw InputError("point " + std::to_string(bad - points.begin()) + " does not lie in the window");
}

}  // namespace waywarden
