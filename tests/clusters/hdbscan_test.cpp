#include "waywarden/clusters/hdbscan.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "clusters/density_oracle.h"
#include "clusters/hierarchy_oracle.h"
#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/clusters/detail/labelling.h"
#include "waywarden/clusters/detail/spanning_tree.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

using testing::HierarchyOracle;
using testing::Matrix;
using testing::mutual_reachability;
using testing::random_order;
using testing::ranks;
using testing::reordered;

/// Clumps of different density and strays; every third world on a lattice, with ties and repeats.
std::vector<Point> world(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 0);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i) {
    const double spread = i % 3 == 0 ? 0.3 : i % 3 == 1 ? 1.0 : 6.0;
    const double shift = 4.0 * static_cast<double>(i % 3);
    points.push_back({shift + spread * stream.normal(), spread * stream.normal()});
    if (seed % 3 == 0) points.back() = {std::round(2 * points.back().x), std::round(2 * points.back().y)};
  }
  return points;
}

Matrix planar_distances(const std::vector<Point>& points) {
  Matrix all(points.size(), std::vector<double>(points.size(), 0.0));
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = 0; j < points.size(); ++j) {
      const double x = points[i].x - points[j].x, y = points[i].y - points[j].y;
      all[i][j] = std::sqrt(x * x + y * y);
    }
  }
  return all;
}

/// From the smaller to the larger, which is what makes them the same bits either way.
Matrix geodesic_distances(const std::vector<Point>& points) {
  Matrix all(points.size(), std::vector<double>(points.size(), 0.0));
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = 0; j < points.size(); ++j) {
      const auto [low, high] = std::minmax(points[i], points[j]);
      if (i != j) all[i][j] = geodesic_distance(low, high).value;
    }
  }
  return all;
}

void expect_equal(const HdbscanResult& actual, const HierarchyOracle& expected, bool leaves,
                  const std::vector<std::size_t>& rank) {
  const auto chosen = expected.chosen(leaves);
  testing::Oracle groups;
  groups.cluster = chosen;
  EXPECT_EQ(actual.labels.cluster, numbered(groups, rank));
  for (std::size_t i = 0; i < rank.size(); ++i) {
    const auto& last = expected.clusters[static_cast<std::size_t>(expected.last_cluster[i])];
    const double outlier = last.last_death > 0 ? 1.0 - expected.lambda[i] / last.last_death : 0.0;
    EXPECT_NEAR(actual.outlier[i], outlier, 1e-9);
    if (chosen[i] < 0) {
      EXPECT_EQ(actual.probability[i], 0.0);
      continue;
    }
    const auto& cluster = expected.clusters[static_cast<std::size_t>(chosen[i])];
    EXPECT_NEAR(actual.probability[i], std::min(1.0, expected.lambda[i] / cluster.death), 1e-9);
    EXPECT_NEAR(actual.stability[actual.labels.cluster[i].value()] / cluster.stability, 1.0, 1e-9);
  }
}

class Hierarchies : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Hierarchies, EqualTheDefinition) {
  const std::uint64_t seed = GetParam();
  const auto points = world(seed, 30 + seed % 40);
  const auto rank = ranks(points);
  for (const std::size_t least : {1U, 3U, 6U}) {
    for (const std::size_t least_cluster : {2U, 5U}) {
      const Matrix reach = mutual_reachability(planar_distances(points), least);
      const HierarchyOracle expected(reach, least_cluster);
      expect_equal(hdbscan(points, PointMetric::planar, {least_cluster, least}), expected, false, rank);
      expect_equal(hdbscan(points, PointMetric::planar, {least_cluster, least, ClusterSelection::leaves}),
                   expected, true, rank);
    }
  }
}

TEST_P(Hierarchies, GeodesicOnesEqualTheDefinition) {
  const std::uint64_t seed = GetParam();
  const std::vector<Point> centres = {{85.3, 27.7}, {179.9, -16.0}, {20.0, 80.0}, {-70.0, 0.0}};
  auto points = world(seed, 40);
  for (Point& p : points) {
    const double width = seed % 2 == 0 ? 0.001 : 0.4;
    p = {centres[seed % 4].x + width * p.x, centres[seed % 4].y + width * p.y};
  }
  const auto distances = geodesic_distances(points);
  const Matrix reach = mutual_reachability(distances, 4);
  expect_equal(hdbscan(points, PointMetric::geodesic, {5, 4}), HierarchyOracle(reach, 5), false,
               ranks(points));
}

/// By Prim's rule over all pairs.
double spanning_length(const Matrix& reach) {
  std::vector<double> nearest(reach.size(), std::numeric_limits<double>::infinity());
  std::vector<bool> in(reach.size());
  double total = 0.0;
  std::size_t at = 0;
  for (std::size_t step = 1; step < reach.size(); ++step) {
    in[at] = true;
    std::size_t next = at;
    for (std::size_t j = 0; j < reach.size(); ++j) {
      if (in[j]) continue;
      nearest[j] = std::min(nearest[j], reach[at][j]);
      if (in[next] || nearest[j] < nearest[next]) next = j;
    }
    total += nearest[next];
    at = next;
  }
  return total;
}

TEST_P(Hierarchies, TheTreeIsMinimalAndTheSameOnAnyThreads) {
  const auto points = world(GetParam(), 500);
  const auto order = detail::canonical_order(std::span(points));
  const detail::Sites sites(points, PointMetric::planar, order);
  const detail::SiteTree tree(sites);
  const auto core = detail::core_distances(tree, points.size(), 4, {.threads = 1});
  const auto edges = detail::spanning_tree(sites, tree, core, {.threads = 1});
  ASSERT_EQ(edges.size(), points.size() - 1);
  double total = 0.0;
  for (const auto& edge : edges) total += edge.length;
  EXPECT_NEAR(total, spanning_length(mutual_reachability(planar_distances(points), 4)), 1e-9 * total);
  const auto again = detail::spanning_tree(sites, tree, core, {.threads = 4});
  for (std::size_t i = 0; i < edges.size(); ++i) {
    EXPECT_FALSE(edges[i] < again[i] || again[i] < edges[i]);
  }
}

TEST_P(Hierarchies, OrderAndThreadsDoNotMatter) {
  const auto points = world(GetParam(), 300);
  const auto order = random_order(GetParam(), points.size());
  const auto shuffled = reordered(std::span(points), order);
  const HdbscanResult first = hdbscan(points, PointMetric::planar, {8, 4}, {.threads = 1}),
                      second = hdbscan(shuffled, PointMetric::planar, {8, 4}, {.threads = 3});
  EXPECT_EQ(second.labels.cluster, reordered(std::span(first.labels.cluster), order));
  EXPECT_EQ(second.probability, reordered(std::span<const double>(first.probability), order));
  EXPECT_EQ(second.outlier, reordered(std::span<const double>(first.outlier), order));
  EXPECT_EQ(second.stability, first.stability);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Hierarchies, ::testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(Hdbscan, TwoClumpsAndAStray) {
  const std::vector<Point> points = {{0, 0},  {0, 1},  {1, 0},   {1, 1}, {9, 9},
                                     {9, 10}, {10, 9}, {10, 10}, {50, 0}};
  const HdbscanResult result = hdbscan(points, PointMetric::planar, {3, 2});
  EXPECT_EQ(result.labels.sizes, (std::vector<std::size_t>{4, 4}));
  EXPECT_FALSE(result.labels.cluster[8].has_value());
  EXPECT_EQ(result.probability, (std::vector<double>{1, 1, 1, 1, 1, 1, 1, 1, 0}));
  EXPECT_GT(result.outlier[8], 0.9);
  // 4 points from lambda 1 / sqrt(128) to 1.
  EXPECT_NEAR(result.stability[0], 4.0 * (1.0 - 1.0 / std::sqrt(128.0)), 1e-12);
}

TEST(Hdbscan, FewOrEqualPointsAreNoise) {
  EXPECT_TRUE(hdbscan({}, PointMetric::planar).labels.cluster.empty());
  for (const std::size_t count : {1U, 2U, 4U, 40U}) {
    const std::vector<Point> same(count, Point{3, 3});
    const HdbscanResult result = hdbscan(same, PointMetric::geodesic);
    EXPECT_TRUE(result.labels.sizes.empty());
    EXPECT_EQ(result.probability, std::vector<double>(count, 0.0));
    EXPECT_EQ(result.outlier, std::vector<double>(count, 0.0));
  }
}

TEST(Hdbscan, CrowdsInOnePlaceAreClusters) {
  std::vector<Point> points(20, Point{0, 0});
  points.insert(points.end(), 10, Point{5, 5});
  points.insert(points.end(), {{1, 2}, {3, 4}, {9, 9}});
  const HdbscanResult result = hdbscan(points, PointMetric::planar, {5, 5});
  // Each holds one that left it early.
  EXPECT_EQ(result.labels.sizes, (std::vector<std::size_t>{21, 11}));
  EXPECT_EQ(result.probability[0], 1.0);
  // It leaves at sqrt(5), the others at half of that, the smallest positive distance.
  EXPECT_DOUBLE_EQ(result.probability[30], 0.5);
  for (const double value : result.stability) EXPECT_TRUE(std::isfinite(value));
}

TEST(Hdbscan, RefusesWhatItCannotDo) {
  const std::vector<Point> points = {{0, 0}, {1, std::numeric_limits<double>::infinity()}};
  EXPECT_THROW(hdbscan(points, PointMetric::planar), InputError);
  EXPECT_THROW(hdbscan({}, PointMetric::planar, {1}), OptionError);
}

}  // namespace
}  // namespace waywarden
