#include "waywarden/index/geographic_index.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "index/random_points.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

/// Anywhere, with many near the poles and the antimeridian.
std::vector<Point> points_on_earth(std::uint64_t seed, std::size_t count) {
  std::vector<Point> points;
  for (const Point p : testing::random_points(seed, count)) {
    const bool polar = points.size() % 3 == 0, dateline = points.size() % 4 == 0;
    const double x = dateline ? 175.0 + 10.0 * p.x : 360.0 * p.x - 180.0;
    points.push_back({x > 180.0 ? x - 360.0 : x, polar ? 80.0 + 10.0 * p.y : 180.0 * p.y - 90.0});
  }
  return points;
}

std::vector<std::pair<double, std::size_t>> all_by_distance(const std::vector<Point>& points, Point from) {
  std::vector<std::pair<double, std::size_t>> all;
  for (std::size_t i = 0; i < points.size(); ++i) {
    all.emplace_back(geodesic_distance(from, points[i]).value, i);
  }
  std::sort(all.begin(), all.end());
  return all;
}

TEST(GeographicPointIndex, WithinEqualsBruteForceAlsoAtPolesAndAntimeridian) {
  for (const double metres : {0.0, 1e3, 2e5, 3e6, 1.9e7, 1e9}) {
    SCOPED_TRACE(::testing::Message() << "limit " << metres);
    const auto points = points_on_earth(11, 400);
    const GeographicPointIndex index(points);
    for (const Point from : points_on_earth(12, 25)) {
      auto expected = all_by_distance(points, from);
      std::erase_if(expected, [&](const auto& entry) { return entry.first > metres; });
      const auto hits = index.within(from, {metres});
      ASSERT_EQ(hits.size(), expected.size());
      for (std::size_t i = 0; i < hits.size(); ++i) {
        EXPECT_EQ(std::pair(hits[i].distance_m, hits[i].index), expected[i]);
      }
    }
  }
}

TEST(GeographicPointIndex, NearestEqualsBruteForce) {
  const auto points = points_on_earth(21, 500);
  const GeographicPointIndex index(points);
  for (const Point from : points_on_earth(22, 60)) {
    const auto expected = all_by_distance(points, from);
    const auto [distance, nearest] = expected.front();
    EXPECT_EQ(index.nearest(from, {1e9})->index, nearest);
    EXPECT_EQ(index.nearest(from, {distance})->index, nearest);
    if (distance > 0.0) {
      EXPECT_FALSE(index.nearest(from, {0.999 * distance}).has_value());
    }
    const auto five = index.k_nearest(from, 5);
    ASSERT_EQ(five.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(five[i].index, expected[i].second);
  }
}

TEST(GeographicPointIndex, TiesGoToTheSmallerIndex) {
  const GeographicPointIndex index({{10, 1}, {10, -1}, {10, 1}});
  const auto hits = index.within({10, 0}, {2e5});
  ASSERT_EQ(hits.size(), 3U);
  EXPECT_EQ(hits[0].index, 0U);
  EXPECT_EQ(hits[1].index, 1U);
  EXPECT_EQ(hits[2].index, 2U);
}

TEST(GeographicPointIndex, SeesAcrossTheAntimeridianWhicheverWayLongitudesAreWritten) {
  const GeographicPointIndex index({{-179.999, 0}, {180.001, 0}, {179.999, 0}});
  EXPECT_EQ(index.within({180.0, 0}, {200}).size(), 3U);
  EXPECT_EQ(index.within({-180.0, 0}, {200}).size(), 3U);
}

TEST(GeographicPointIndex, OfNothing) {
  const GeographicPointIndex index({});
  EXPECT_FALSE(index.nearest({0, 0}, {1e9}).has_value());
  EXPECT_TRUE(index.within({0, 0}, {1e9}).empty());
}

TEST(GeographicIndex, RefusesWhatIsNotOnTheEarth) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(GeographicPointIndex({{0, 91}}), InputError);
  EXPECT_THROW(GeographicPointIndex({{500000, 91}}), InputError);
  EXPECT_THROW(GeographicSegmentIndex({{{0, 0}, {nan, 0}}}), InputError);
  const GeographicPointIndex index({{0, 0}});
  EXPECT_THROW(index.within({nan, 0}, {1}), OptionError);
  EXPECT_THROW(index.within({0, 0}, {-1}), OptionError);
  EXPECT_THROW(index.within({0, 0}, {nan}), OptionError);
}

/// Around one place, roads of some kilometres.
std::vector<Segment> roads(std::uint64_t seed, Point around, std::size_t count) {
  RandomStream stream(seed, 1);
  std::vector<Segment> segments;
  for (std::size_t i = 0; i < count; ++i) {
    const Point a{around.x + stream.uniform() - 0.5, around.y + stream.uniform() - 0.5};
    segments.emplace_back(a,
                          Point{a.x + 0.1 * (stream.uniform() - 0.5), a.y + 0.1 * (stream.uniform() - 0.5)});
  }
  return segments;
}

/// The nearest of many points along the segment, then finer around it: an oracle that knows no projection.
double sampled_distance(const Segment& segment, Point from) {
  const auto& [a, b] = segment;
  const auto at = [&](double t) { return Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}; };
  double best = std::numeric_limits<double>::infinity(), middle = 0.5, width = 0.5;
  for (int round = 0; round < 8; ++round, width /= 8) {
    double best_t = middle;
    for (int step = -10; step <= 10; ++step) {
      const double t = std::clamp(middle + width * step / 10.0, 0.0, 1.0);
      const double d = geodesic_distance(from, at(t)).value;
      if (d < best) best = d, best_t = t;
    }
    middle = best_t;
  }
  return best;
}

TEST(GeographicSegmentIndex, NearestAgreesWithDenseSamplingOfEverySegment) {
  for (const Point around : {Point{85, 27}, Point{-70, -35}, Point{20, 68}}) {
    SCOPED_TRACE(::testing::Message() << "around " << around.x << " " << around.y);
    const auto segments = roads(31, around, 80);
    const GeographicSegmentIndex index(segments);
    RandomStream stream(32, 0);
    for (int i = 0; i < 10; ++i) {
      const Point from{around.x + stream.uniform() - 0.5, around.y + stream.uniform() - 0.5};
      double expected = std::numeric_limits<double>::infinity();
      for (const Segment& s : segments) expected = std::min(expected, sampled_distance(s, from));
      const auto hit = index.nearest(from, {1e6});
      ASSERT_TRUE(hit.has_value());
      EXPECT_NEAR(hit->distance_m, expected, 1e-4 * expected);
      EXPECT_EQ(hit->distance_m, geodesic_distance(from, hit->point).value);
      EXPECT_FALSE(index.nearest(from, {0.99 * expected}).has_value());
    }
  }
}

TEST(GeographicSegmentIndex, WithinHoldsAllAndOnlyThoseWithinTheLimit) {
  const auto segments = roads(41, {85, 27}, 300);
  const GeographicSegmentIndex index(segments);
  const Point from{85.02, 27.03};
  const auto everything = index.within(from, {1e7});
  ASSERT_EQ(everything.size(), segments.size());
  for (const double metres : {100.0, 2e3, 2e4}) {
    const auto hits = index.within(from, {metres});
    const auto expected = std::count_if(everything.begin(), everything.end(),
                                        [&](const auto& hit) { return hit.distance_m <= metres; });
    EXPECT_EQ(static_cast<std::ptrdiff_t>(hits.size()), expected);
    for (std::size_t i = 0; i < hits.size(); ++i) EXPECT_EQ(hits[i].segment, everything[i].segment);
  }
}

TEST(GeographicSegmentIndex, FootAtAnEndIsThatEndBitForBit) {
  const Point a{85.1, 27.3}, b{85.2, 27.7};
  const GeographicSegmentIndex index({{a, b}});
  const auto before = index.nearest({85.0, 27.0}, {1e6}), after = index.nearest({85.4, 28.0}, {1e6});
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->t, 0.0);
  EXPECT_EQ(before->point, a);
  EXPECT_EQ(after->t, 1.0);
  EXPECT_EQ(after->point, b);
}

TEST(GeographicSegmentIndex, AcrossTheAntimeridian) {
  const GeographicSegmentIndex index({{{179.5, 0.1}, {180.5, 0.1}}, {{-179.99, 0.0}, {-179.5, 0.0}}});
  const auto hits = index.within({-179.9, 0.0}, {5e4});
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].segment, 1U);
  EXPECT_EQ(hits[1].segment, 0U);
  EXPECT_NEAR(hits[1].t, 0.6, 1e-9);
}

TEST(GeographicSegmentIndex, EqualSegmentsTieByIndex) {
  const Segment s{{10, 50}, {10.1, 50.1}};
  const GeographicSegmentIndex index({s, s, s});
  EXPECT_EQ(index.nearest({10.2, 50}, {1e6})->segment, 0U);
}

}  // namespace
}  // namespace waywarden
