#include "waywarden/point_patterns/near_points.h"

namespace waywarden {
namespace {

/// Far out, every bucket is the one beyond the last.
std::ptrdiff_t bucket_of(double offset, double side, std::ptrdiff_t count) {
  return static_cast<std::ptrdiff_t>(
      std::clamp(std::floor(offset / side), -2.0, static_cast<double>(count) + 1));
}

}  // namespace

NearPoints::NearPoints(std::span<const Point> points, double distance)
    : points_(points), distance_(distance), box_(waywarden::bounds(points)) {
  if (!points.empty()) {
    const double width = box_.high.x - box_.low.x, height = box_.high.y - box_.low.y;
    const auto n = static_cast<double>(points.size());
    // A little wider than the distance: rounding must not put two near points two buckets apart.
    side_ = std::max({distance * (1.0 + 1e-9), std::sqrt(width * height / n), std::max(width, height) / n});
    // All points in one place, and a distance of 0.
    if (!(side_ > 0.0)) side_ = 1.0;
    columns_ = static_cast<std::ptrdiff_t>(width / side_) + 1;
    rows_ = static_cast<std::ptrdiff_t>(height / side_) + 1;
  }
  const auto bucket = [&](Point p) {
    const auto column = std::clamp<std::ptrdiff_t>(column_of(p.x), 0, columns_ - 1);
    const auto row = std::clamp<std::ptrdiff_t>(row_of(p.y), 0, rows_ - 1);
    return static_cast<std::size_t>(row * columns_ + column);
  };
  first_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  for (const Point p : points) ++first_[bucket(p) + 1];
  for (std::size_t b = 1; b < first_.size(); ++b) first_[b] += first_[b - 1];
  members_.resize(points.size());
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < points.size(); ++i) {
    members_[next[bucket(points[i])]++] = static_cast<std::uint32_t>(i);
  }
}

std::ptrdiff_t NearPoints::column_of(double x) const { return bucket_of(x - box_.low.x, side_, columns_); }
std::ptrdiff_t NearPoints::row_of(double y) const { return bucket_of(y - box_.low.y, side_, rows_); }

std::vector<Point> in_canonical_order(std::span<const Point> points) {
  std::vector<Point> sorted(points.begin(), points.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace waywarden
