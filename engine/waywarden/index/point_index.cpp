#include "waywarden/index/point_index.h"

// Boost.Geometry 1.74 includes headers that Boost itself calls deprecated, and says so.
#define BOOST_ALLOW_DEPRECATED_HEADERS

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <iterator>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;
namespace {

using TreePoint = bg::model::point<double, 2, bg::cs::cartesian>;
using TreeBox = bg::model::box<TreePoint>;
using Entry = std::pair<TreePoint, std::size_t>;

TreePoint tree_point(Point p) { return {p.x, p.y}; }
Point point_of(const Entry& entry) { return {entry.first.get<0>(), entry.first.get<1>()}; }

std::vector<Entry> entries_of(std::span<const Point> points) {
  std::vector<Entry> entries;
  entries.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i].finite())
      throw InputError("point " + std::to_string(i) + " has a coordinate that is not finite");
    entries.emplace_back(tree_point(points[i]), i);
  }
  return entries;
}

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// Holds every point whose computed distance is at most `radius`, in spite of rounding.
Box box_around(Point centre, double radius) {
  const double slack = 1e-15 * (std::abs(centre.x) + std::abs(centre.y));
  const double reach = radius * (1.0 + 1e-14) + slack;
  return {{centre.x - reach, centre.y - reach}, {centre.x + reach, centre.y + reach}};
}

}  // namespace

struct PointIndex::Tree {
  bgi::rtree<Entry, bgi::quadratic<16>> rtree;
  Box extent;
};

PointIndex::PointIndex(std::span<const Point> points) : tree_(std::make_unique<Tree>()) {
  tree_->rtree = decltype(tree_->rtree)(entries_of(points));
  tree_->extent = bounds(points);
}
PointIndex::~PointIndex() = default;
PointIndex::PointIndex(PointIndex&&) noexcept = default;
PointIndex& PointIndex::operator=(PointIndex&&) noexcept = default;

std::size_t PointIndex::size() const { return tree_->rtree.size(); }
const Box& PointIndex::extent() const { return tree_->extent; }

std::vector<PointIndex::Hit> PointIndex::nearest(Point from, std::size_t k) const {
  if (k == 0) return {};
  std::vector<Entry> found;
  tree_->rtree.query(bgi::nearest(tree_point(from), static_cast<unsigned>(k)), std::back_inserter(found));
  double farthest = 0.0;
  for (const Entry& entry : found) farthest = std::max(farthest, distance(from, point_of(entry)));
  if (found.empty()) return {};
  // The tree breaks ties at the last place by its shape; look at all that tie.
  std::vector<Hit> hits = within(from, farthest);
  hits.resize(std::min(k, hits.size()));
  return hits;
}

std::vector<PointIndex::Hit> PointIndex::within(Point from, double radius) const {
  const Box box = box_around(from, radius);
  std::vector<Entry> found;
  tree_->rtree.query(bgi::intersects(TreeBox(tree_point(box.low), tree_point(box.high))),
                     std::back_inserter(found));
  std::vector<Hit> hits;
  for (const Entry& entry : found) {
    const double d = distance(from, point_of(entry));
    if (d <= radius) hits.push_back({entry.second, d});
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::pair(a.distance, a.index) < std::pair(b.distance, b.index);
  });
  return hits;
}

std::vector<std::size_t> PointIndex::within(const Box& box) const {
  if (box.empty()) return {};
  std::vector<Entry> found;
  tree_->rtree.query(bgi::intersects(TreeBox(tree_point(box.low), tree_point(box.high))),
                     std::back_inserter(found));
  std::vector<std::size_t> indices;
  indices.reserve(found.size());
  for (const Entry& entry : found) indices.push_back(entry.second);
  std::sort(indices.begin(), indices.end());
  return indices;
}

}  // namespace waywarden
