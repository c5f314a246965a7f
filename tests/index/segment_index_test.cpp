#include "waywarden/index/segment_index.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "index/random_points.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_points;

std::vector<Segment> random_segments(std::uint64_t seed, std::size_t count) {
  const auto a = random_points(seed, count), b = random_points(seed + 500, count);
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < count; ++i) {
    // Mostly short ones, some without length.
    const double share = i % 7 == 0 ? 1.0 : i % 5 == 0 ? 0.0 : 0.1;
    segments.emplace_back(a[i],
                          Point{a[i].x + share * (b[i].x - a[i].x), a[i].y + share * (b[i].y - a[i].y)});
  }
  return segments;
}

std::vector<std::pair<double, std::size_t>> all_by_distance(const std::vector<Segment>& segments,
                                                            Point from) {
  std::vector<std::pair<double, std::size_t>> all;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Foot foot = nearest_on_segment(segments[i], from);
    all.emplace_back(std::hypot(foot.point.x - from.x, foot.point.y - from.y), i);
  }
  std::sort(all.begin(), all.end());
  return all;
}

TEST(NearestOnSegment, NoPointOfTheSegmentIsNearer) {
  const auto segments = random_segments(3, 60);
  const auto points = random_points(4, 60);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const auto& [a, b] = segments[i];
    const Foot foot = nearest_on_segment(segments[i], points[i]);
    const double distance = std::hypot(foot.point.x - points[i].x, foot.point.y - points[i].y);
    for (double t = 0.0; t <= 1.0; t += 1.0 / 64) {
      const Point p{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
      EXPECT_LE(distance, std::hypot(p.x - points[i].x, p.y - points[i].y) + 1e-12);
    }
  }
}

TEST(NearestOnSegment, WithoutLengthIsItsFirstEnd) {
  const Foot foot = nearest_on_segment({{1, 2}, {1, 2}}, {5, 5});
  EXPECT_EQ(foot.t, 0.0);
  EXPECT_EQ(foot.point, (Point{1, 2}));
}

TEST(SegmentIndex, NearestEqualsBruteForce) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto segments = random_segments(seed, 200);
    const SegmentIndex index(segments);
    for (const Point from : random_points(seed + 50, 20)) {
      const auto expected = all_by_distance(segments, from);
      const auto hits = index.nearest(from, seed);
      ASSERT_EQ(hits.size(), seed);
      for (std::size_t i = 0; i < hits.size(); ++i) {
        EXPECT_EQ(std::pair(hits[i].distance, hits[i].index), expected[i]);
      }
    }
  }
}

TEST(SegmentIndex, IntersectingMeansTheSegmentNotItsBounds) {
  const std::vector<Segment> segments = {
      {{0, 0}, {10, 10}}, {{0, 10}, {10, 0}}, {{4, 0}, {4, 1}}, {{3, 3}, {3, 3}}};
  const SegmentIndex index(segments);
  EXPECT_EQ(index.intersecting(Box{{0, 0}, {4, 1}}), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(index.intersecting(Box{{3, 3}, {3.5, 3.2}}), (std::vector<std::size_t>{0, 3}));
  EXPECT_TRUE(index.intersecting(Box{}).empty());
}

TEST(SegmentIndex, OfNothing) {
  const SegmentIndex index(std::vector<Segment>{});
  EXPECT_TRUE(index.nearest({0, 0}, 3).empty());
}

TEST(SegmentIndex, RefusesCoordinatesThatAreNotFinite) {
  const std::vector<Segment> segments = {{{0, 0}, {std::numeric_limits<double>::infinity(), 0}}};
  EXPECT_THROW(SegmentIndex{segments}, InputError);
}

}  // namespace
}  // namespace waywarden
