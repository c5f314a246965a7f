#include "waywarden/clusters/dbscan.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "clusters/density_oracle.h"
#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

using testing::density_oracle;
using testing::numbered;
using testing::Pair;
using testing::random_order;
using testing::ranks;
using testing::reordered;

/// On a lattice, so that many distances are equal; some points lie on others.
std::vector<Point> lattice_points(std::uint64_t seed, std::size_t count, std::uint32_t extent) {
  RandomStream stream(seed, 0);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i)
    points.push_back({double(stream.below(extent)) / 2.0 - 3.0, double(stream.below(extent)) / 2.0});
  return points;
}

/// Three clumps and some strays, with any coordinates.
std::vector<Point> clumped_points(std::uint64_t seed, std::size_t count, Point centre, double width) {
  RandomStream stream(seed, 1);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double spread = i % 5 == 0 ? 4.0 : 1.0, shift = 3.0 * static_cast<double>(i % 3);
    points.push_back(
        {centre.x + width * (shift + spread * stream.normal()), centre.y + width * spread * stream.normal()});
  }
  return points;
}

std::vector<std::int64_t> random_times(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 2);
  std::vector<std::int64_t> times;
  for (std::size_t i = 0; i < count; ++i) times.push_back(std::int64_t{stream.below(30)} - 15);
  return times;
}

void expect_equal(const DbscanResult& actual, const testing::Oracle& expected,
                  const std::vector<std::size_t>& rank) {
  EXPECT_EQ(actual.role, expected.role);
  EXPECT_EQ(actual.labels.cluster, numbered(expected, rank));
  for (std::size_t c = 0; c < actual.labels.sizes.size(); ++c) {
    const auto members = std::count(actual.labels.cluster.begin(), actual.labels.cluster.end(),
                                    std::optional(static_cast<std::uint32_t>(c)));
    EXPECT_EQ(actual.labels.sizes[c], static_cast<std::size_t>(members));
  }
}

double planar_distance(Point a, Point b) {
  return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

class Worlds : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Worlds, PlanarEqualsTheDefinition) {
  const std::uint64_t seed = GetParam();
  const auto points = seed % 2 == 0 ? lattice_points(seed, 80, 24)
                                    : clumped_points(seed, 120, {500'000.0, 3'000'000.0}, 40.0);
  const double radius = seed % 2 == 0 ? 1.0 + static_cast<double>(seed % 3) / 2.0 : 25.0;
  const auto pair = [&](std::size_t i, std::size_t j) {
    const double d = planar_distance(points[i], points[j]);
    return Pair{d <= radius, d, 0};
  };
  for (const std::size_t least : {1U, 2U, 4U, 7U}) {
    const auto rank = ranks(points);
    expect_equal(dbscan(points, PointMetric::planar, {radius, least}),
                 density_oracle(points.size(), least, pair, rank), rank);
  }
}

TEST_P(Worlds, GeodesicEqualsTheDefinition) {
  const std::uint64_t seed = GetParam();
  const std::vector<Point> centres = {{85.3, 27.7}, {179.9, -16.0}, {20.0, 89.2}, {-70.0, 0.0}};
  const double width = seed % 2 == 0 ? 0.01 : 0.4, radius = width * 60'000.0;
  auto points = clumped_points(seed, 60, centres[seed % 4], width);
  for (Point& p : points) p.y = std::min(p.y, 90.0);
  const auto pair = [&](std::size_t i, std::size_t j) {
    const double d = i == j ? 0.0 : geodesic_distance(points[i], points[j]).value;
    return Pair{d <= radius, d, 0};
  };
  const auto rank = ranks(points);
  expect_equal(dbscan(points, PointMetric::geodesic, {radius, 4}),
               density_oracle(points.size(), 4, pair, rank), rank);
}

TEST_P(Worlds, SpaceTimeEqualsTheDefinition) {
  const std::uint64_t seed = GetParam();
  const auto points = lattice_points(seed, 90, 14);
  const auto times = random_times(seed, points.size());
  std::vector<std::pair<Point, std::int64_t>> content;
  for (std::size_t i = 0; i < points.size(); ++i) content.emplace_back(points[i], times[i]);
  const auto rank = ranks(content);
  for (const std::int64_t duration : {0, 3, 8}) {
    const auto pair = [&](std::size_t i, std::size_t j) {
      const double d = planar_distance(points[i], points[j]);
      const std::int64_t apart = std::abs(times[i] - times[j]);
      return Pair{d <= 1.5 && apart <= duration, d, apart};
    };
    expect_equal(st_dbscan(points, times, PointMetric::planar, {1.5, duration, 3}),
                 density_oracle(points.size(), 3, pair, rank), rank);
  }
}

TEST_P(Worlds, OrderAndThreadsDoNotMatter) {
  const auto points = lattice_points(GetParam(), 300, 40);
  const auto order = random_order(GetParam(), points.size());
  const auto shuffled = reordered(std::span(points), order);
  const DbscanResult first = dbscan(points, PointMetric::planar, {1.0, 4}, {.threads = 1}),
                     second = dbscan(shuffled, PointMetric::planar, {1.0, 4}, {.threads = 3});
  EXPECT_EQ(second.labels.cluster, reordered(std::span(first.labels.cluster), order));
  EXPECT_EQ(second.role, reordered(std::span(first.role), order));
  EXPECT_EQ(second.labels.sizes, first.labels.sizes);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Worlds, ::testing::Range(std::uint64_t{1}, std::uint64_t{121}));

TEST(Dbscan, ABorderPointGoesToItsNearestCorePoint) {
  const std::vector<Point> points = {{0, 0},    {0, 0.5}, {0.5, 0},   {0.8, 0}, {1.9, 0},
                                     {3.05, 0}, {3.5, 0}, {3.5, 0.5}, {3.6, 0}, {9, 9}};
  const DbscanResult result = dbscan(points, PointMetric::planar, {1.2, 4});
  EXPECT_EQ(result.role[4], DensityRole::border);
  EXPECT_EQ(result.labels.cluster[4], result.labels.cluster[3]);
  EXPECT_EQ(result.labels.sizes, (std::vector<std::size_t>{5, 4}));
  EXPECT_EQ(result.role[9], DensityRole::noise);
  EXPECT_FALSE(result.labels.cluster[9].has_value());
}

TEST(Dbscan, CoincidentPointsCountEach) {
  const std::vector<Point> points(7, Point{5.5, -2.25});
  EXPECT_EQ(dbscan(points, PointMetric::planar, {1e-9, 7}).labels.sizes, std::vector<std::size_t>{7});
  EXPECT_TRUE(dbscan(points, PointMetric::planar, {1e-9, 8}).labels.sizes.empty());
  EXPECT_EQ(dbscan(points, PointMetric::geodesic, {1e-3, 7}).labels.sizes, std::vector<std::size_t>{7});
}

TEST(Dbscan, AcrossTheAntimeridian) {
  const std::vector<Point> points = {{179.999, 0}, {-179.999, 0}, {180.0, 0.001}, {0, 0}};
  const DbscanResult result = dbscan(points, PointMetric::geodesic, {400.0, 3});
  EXPECT_EQ(result.labels.sizes, std::vector<std::size_t>{3});
  EXPECT_EQ(result.role[3], DensityRole::noise);
}

TEST(Dbscan, NothingHasNoClusters) {
  EXPECT_TRUE(dbscan({}, PointMetric::planar, {1.0, 1}).labels.cluster.empty());
  EXPECT_TRUE(st_dbscan({}, {}, PointMetric::geodesic, {1.0, 1, 1}).role.empty());
}

TEST(Dbscan, RefusesWhatItCannotDo) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Point> points = {{0, 0}, {1, 1}}, far = {{0, 0}, {1e9, 0}}, missing = {{0, nan}};
  EXPECT_THROW(dbscan(points, PointMetric::planar, {0.0, 5}), OptionError);
  EXPECT_THROW(dbscan(points, PointMetric::planar, {nan, 5}), OptionError);
  EXPECT_THROW(dbscan(points, PointMetric::planar, {1.0, 0}), OptionError);
  EXPECT_THROW(dbscan(far, PointMetric::planar, {1e-9, 5}), OptionError);
  EXPECT_THROW(dbscan(missing, PointMetric::planar, {1.0, 5}), InputError);
  EXPECT_THROW(dbscan(far, PointMetric::geodesic, {1.0, 5}), InputError);
  const std::vector<std::int64_t> times = {0, 5}, late = {0, INT64_MAX};
  EXPECT_THROW(st_dbscan(points, {}, PointMetric::planar, {1.0, 1, 5}), InputError);
  EXPECT_THROW(st_dbscan(points, late, PointMetric::planar, {1.0, 1, 5}), InputError);
  EXPECT_THROW(st_dbscan(points, times, PointMetric::planar, {1.0, -1, 5}), OptionError);
}

TEST(Dbscan, CanBeCancelled) {
  Progress progress;
  progress.cancel();
  const auto points = lattice_points(1, 100, 20);
  EXPECT_THROW(dbscan(points, PointMetric::planar, {1.0, 5}, {.progress = &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
