#include "waywarden/hotspots/neighbour_distances.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

using Entry = NeighbourDistances::Entry;

/// On whole coordinates every second time: ties, and points on top of each other.
std::vector<Point> random_points(std::uint64_t seed) {
  RandomStream stream(seed, 0);
  std::vector<Point> points;
  for (std::uint32_t i = stream.below(90); i > 0; --i) {
    const bool whole = seed % 2 == 0;
    points.push_back(whole ? Point{double(stream.below(9)), double(stream.below(9))}
                           : Point{9 * stream.uniform(), 9 * stream.uniform()});
  }
  return points;
}

double apart(Point a, Point b, Surface surface) {
  if (surface == Surface::globe) return geodesic_distance(a, b).value;
  const double dx = a.x - b.x, dy = a.y - b.y;
  return std::sqrt(dx * dx + dy * dy);
}

std::vector<Entry> others(const std::vector<Point>& points, std::size_t i, Surface surface) {
  std::vector<Entry> all;
  for (std::uint32_t j = 0; j < points.size(); ++j) {
    if (j != i) all.push_back({j, apart(points[i], points[j], surface)});
  }
  return all;
}

void expect_row(std::span<const Entry> row, const std::vector<Entry>& expected) {
  ASSERT_EQ(row.size(), expected.size());
  for (std::size_t e = 0; e < row.size(); ++e) {
    EXPECT_EQ(row[e].neighbour, expected[e].neighbour);
    EXPECT_NEAR(row[e].distance, expected[e].distance, 1e-12 * (1.0 + expected[e].distance));
  }
}

class Distances : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Distances, OfTheNearestEqualComparingAll) {
  const auto points = random_points(GetParam());
  const std::size_t k = GetParam() % 7;
  const Surface surface = GetParam() % 5 == 0 ? Surface::globe : Surface::plane;
  const auto found = nearest_distances(points, k, surface);
  ASSERT_EQ(found.size(), points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    auto expected = others(points, i, surface);
    std::sort(expected.begin(), expected.end(), [&](const Entry& a, const Entry& b) {
      return std::tuple(a.distance, points[a.neighbour], a.neighbour) <
             std::tuple(b.distance, points[b.neighbour], b.neighbour);
    });
    expected.resize(std::min(k, expected.size()));
    std::sort(expected.begin(), expected.end());
    expect_row(found.row(i), expected);
  }
}

TEST_P(Distances, WithinARadiusEqualComparingAll) {
  const auto points = random_points(GetParam());
  const Surface surface = GetParam() % 5 == 0 ? Surface::globe : Surface::plane;
  const double radius = surface == Surface::globe ? 200'000.0 : 2.0;
  const auto found = distances_within(points, radius, surface);
  for (std::size_t i = 0; i < points.size(); ++i) {
    auto expected = others(points, i, surface);
    std::erase_if(expected, [&](const Entry& entry) { return entry.distance > radius; });
    expect_row(found.row(i), expected);
  }
}

TEST_P(Distances, WithinTimeAreThoseThatAreCloseInBoth) {
  const auto points = random_points(GetParam());
  RandomStream stream(GetParam(), 3);
  std::vector<double> days;
  for (std::size_t i = 0; i < points.size(); ++i) days.push_back(stream.below(10));
  const auto near = distances_within(points, 3.0, Surface::plane), both = within_time(near, days, 2.0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::vector<Entry> expected(near.row(i).begin(), near.row(i).end());
    std::erase_if(expected, [&](const Entry& e) { return std::abs(days[i] - days[e.neighbour]) > 2.0; });
    expect_row(both.row(i), expected);
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, Distances, ::testing::Range(std::uint64_t{1}, std::uint64_t{41}));

TEST(NeighbourDistances, DoNotDependOnThreads) {
  std::vector<Point> points;
  RandomStream stream(1, 1);
  for (int i = 0; i < 5000; ++i) points.push_back({stream.uniform(), stream.uniform()});
  const auto one = distances_within(points, 0.03, Surface::plane, {.threads = 1});
  const auto many = distances_within(points, 0.03, Surface::plane, {.threads = 8});
  EXPECT_EQ(one.first, many.first);
  EXPECT_EQ(one.entries, many.entries);
}

TEST(NeighbourDistances, RefuseWhatMeansNothing) {
  const std::vector<Point> points = {{0, 0}, {1, 0}};
  for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()})
    EXPECT_THROW(distances_within(points, bad, Surface::plane), OptionError);
  const auto near = distances_within(points, 1.0, Surface::plane);
  EXPECT_THROW(within_time(near, std::vector<double>{1.0}, 1.0), InputError);
  EXPECT_THROW(within_time(near, std::vector<double>{1.0, std::nan("")}, 1.0), InputError);
  EXPECT_THROW(within_time(near, std::vector<double>{1.0, 2.0}, -1.0), OptionError);
}

}  // namespace
}  // namespace waywarden
