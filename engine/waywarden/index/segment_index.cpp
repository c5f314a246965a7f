#include "waywarden/index/segment_index.h"

// Boost.Geometry 1.74 includes headers that Boost itself calls deprecated, and says so.
#define BOOST_ALLOW_DEPRECATED_HEADERS

#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <iterator>
#include <string>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace bg = boost::geometry;
namespace bgi = boost::geometry::index;
namespace {

using TreePoint = bg::model::point<double, 2, bg::cs::cartesian>;
using TreeBox = bg::model::box<TreePoint>;
using TreeSegment = bg::model::segment<TreePoint>;
using Entry = std::pair<TreeSegment, std::size_t>;

TreePoint tree_point(Point p) { return {p.x, p.y}; }

Segment segment_of(const Entry& entry) {
  const TreeSegment& s = entry.first;
  return {{s.first.get<0>(), s.first.get<1>()}, {s.second.get<0>(), s.second.get<1>()}};
}

std::vector<Entry> entries_of(std::span<const Segment> segments) {
  std::vector<Entry> entries;
  entries.reserve(segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& [a, b] = segments[i];
    if (!a.finite() || !b.finite()) {
      throw InputError("segment " + std::to_string(i) + " has a coordinate that is not finite");
    }
    entries.emplace_back(TreeSegment(tree_point(a), tree_point(b)), i);
  }
  return entries;
}

SegmentIndex::Hit hit_of(const Entry& entry, Point from) {
  const Foot foot = nearest_on_segment(segment_of(entry), from);
  return {entry.second, std::hypot(foot.point.x - from.x, foot.point.y - from.y), foot};
}

bool nearer(const SegmentIndex::Hit& a, const SegmentIndex::Hit& b) {
  return std::pair(a.distance, a.index) < std::pair(b.distance, b.index);
}

TreeBox box_around(Point centre, double radius) {
  const double reach = radius * (1.0 + 1e-12) + 1e-14 * (std::abs(centre.x) + std::abs(centre.y));
  return {{centre.x - reach, centre.y - reach}, {centre.x + reach, centre.y + reach}};
}

}  // namespace

Foot nearest_on_segment(const Segment& segment, Point to) {
  const auto& [a, b] = segment;
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double squared = dx * dx + dy * dy;
  const double along = (to.x - a.x) * dx + (to.y - a.y) * dy;
  if (!(squared > 0.0) || along <= 0.0) return {0.0, a};
  if (along >= squared) return {1.0, b};
  const double t = along / squared;
  return {t, {a.x + t * dx, a.y + t * dy}};
}

struct SegmentIndex::Tree {
  bgi::rtree<Entry, bgi::quadratic<16>> rtree;
  Box extent;
};

SegmentIndex::SegmentIndex(std::span<const Segment> segments) : tree_(std::make_unique<Tree>()) {
  tree_->rtree = decltype(tree_->rtree)(entries_of(segments));
  for (const auto& [a, b] : segments) {
    tree_->extent.extend(a);
    tree_->extent.extend(b);
  }
}
SegmentIndex::~SegmentIndex() = default;
SegmentIndex::SegmentIndex(SegmentIndex&&) noexcept = default;
SegmentIndex& SegmentIndex::operator=(SegmentIndex&&) noexcept = default;

std::size_t SegmentIndex::size() const { return tree_->rtree.size(); }
const Box& SegmentIndex::extent() const { return tree_->extent; }

std::vector<SegmentIndex::Hit> SegmentIndex::nearest(Point from, std::size_t k) const {
  if (k == 0 || size() == 0) return {};
  std::vector<Entry> found;
  tree_->rtree.query(bgi::nearest(tree_point(from), static_cast<unsigned>(k)), std::back_inserter(found));
  double farthest = 0.0;
  for (const Entry& entry : found) farthest = std::max(farthest, hit_of(entry, from).distance);
  // The tree breaks ties at the last place by its shape; look at all that tie.
  found.clear();
  tree_->rtree.query(bgi::intersects(box_around(from, farthest)), std::back_inserter(found));
  std::vector<Hit> hits;
  for (const Entry& entry : found) hits.push_back(hit_of(entry, from));
  std::sort(hits.begin(), hits.end(), nearer);
  hits.resize(std::min(k, hits.size()));
  return hits;
}

std::vector<std::size_t> SegmentIndex::intersecting(const Box& box) const {
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
