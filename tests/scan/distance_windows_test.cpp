#include "waywarden/scan/distance_windows.h"

#include <gtest/gtest.h>

#include <numbers>
#include <numeric>

#include "scan/studies.h"
#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

std::vector<double> random_measure(std::uint64_t seed, std::size_t n) {
  std::mt19937_64 random(seed);
  std::vector<double> measure;
  for (std::size_t i = 0; i < n; ++i) measure.push_back(static_cast<double>(random() % 50));
  measure[0] += 1;
  return measure;
}

class DistanceWindows : public testing::TestWithParam<std::uint64_t> {};

/// More places than one task makes rows for, in their order along the curve and in any other.
TEST_P(DistanceWindows, CirclesAreAllSetsWithinADistance) {
  std::mt19937_64 random(GetParam());
  const std::size_t n = GetParam() % 3 == 0 ? 200 : 40;
  std::vector<Point> places = studies::random_places(random, n);
  if (GetParam() % 2 == 0) {
    const auto order = spatial_order(places);
    std::vector<Point> along;
    for (const std::uint32_t i : order) along.push_back(places[i]);
    places = along;
  }
  const auto measure = random_measure(GetParam(), n);
  const double total = studies::sum_over(
      [&] {
        std::vector<std::uint32_t> all(n);
        std::iota(all.begin(), all.end(), 0U);
        return all;
      }(),
      measure);
  const double share = GetParam() % 5 == 0 ? 1.0 : 0.2;
  const bool limited = GetParam() % 4 == 1;
  const WindowLimits limits{share, limited ? std::optional(2.5) : std::nullopt};
  const Windows windows = circular_windows(places, measure, ScanSpace::plane, limits, {.threads = 2});
  EXPECT_EQ(studies::sets_of(windows),
            studies::circles(places, measure, total * share, limited ? 2.5 : INFINITY));
  EXPECT_EQ(windows.member,
            circular_windows(places, measure, ScanSpace::plane, limits, {.threads = 1}).member);
}

TEST_P(DistanceWindows, EllipsesAreAllSetsWithinAnAxis) {
  std::mt19937_64 random(GetParam());
  const auto places = studies::random_places(random, 25);
  const auto measure = random_measure(GetParam(), 25);
  const double total = std::accumulate(measure.begin(), measure.end(), 0.0);
  const EllipseOptions options{{1.0, 2.5}, {1, 5}, 0.5};
  std::vector<studies::Set> expected = studies::circles(places, measure, total * 0.4);
  for (int a = 0; a < 5; ++a) {
    const double angle = a * std::numbers::pi / 5;
    const auto sets =
        studies::balls(25, measure, total * 0.4, INFINITY, [&](std::uint32_t p, std::uint32_t q) {
          const double x = places[q].x - places[p].x, y = places[q].y - places[p].y;
          return std::hypot((x * std::cos(angle) + y * std::sin(angle)) / 2.5,
                            y * std::cos(angle) - x * std::sin(angle));
        });
    expected.insert(expected.end(), sets.begin(), sets.end());
  }
  std::sort(expected.begin(), expected.end());
  expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
  const Windows windows = elliptic_windows(places, measure, options, {0.4, {}});
  EXPECT_EQ(studies::sets_of(windows), expected);
  EXPECT_EQ(windows.rows(), 6 * 25U);
  EXPECT_DOUBLE_EQ(windows.factor.back(), std::sqrt(10.0 / (3.5 * 3.5)));
  EXPECT_EQ(windows.angle.back(), -36.0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DistanceWindows, testing::Range<std::uint64_t>(0, 16));

TEST(CircularWindows, OnTheGlobeReachAcrossTheDateLine) {
  const std::vector<Point> places = {{179.9, 10.0}, {-179.9, 10.0}, {170.0, 10.0}};
  const std::vector<double> measure = {1, 1, 1};
  const Windows windows = circular_windows(places, measure, ScanSpace::globe, {1.0, 50'000.0});
  EXPECT_EQ(studies::sets_of(windows), (std::vector<studies::Set>{{0}, {0, 1}, {1}, {2}}));
  const double apart = geodesic_distance(places[0], places[1]).value;
  EXPECT_NEAR(circle_distance(places[0], places[1], ScanSpace::globe), apart, 1e-4 * apart);
  EXPECT_EQ(shorter_half_axis({0, 0}, {3, 0}, 3.0, 0.0), 1.0);
}

TEST(SpatialOrder, DependsOnPlacesAlone) {
  std::mt19937_64 random(4);
  auto places = studies::random_places(random, 300);
  const auto along = [&] {
    std::vector<Point> ordered;
    for (const std::uint32_t i : spatial_order(places)) ordered.push_back(places[i]);
    return ordered;
  };
  const auto before = along();
  std::shuffle(places.begin(), places.end(), random);
  EXPECT_EQ(along(), before);
  EXPECT_TRUE(spatial_order({}).empty());
}

TEST(CircularWindows, RefuseWhatIsNoPlace) {
  const std::vector<double> one = {1.0};
  EXPECT_THROW(circular_windows(std::vector<Point>{{NAN, 0}}, one, ScanSpace::plane, {}), InputError);
  EXPECT_THROW(circular_windows(std::vector<Point>{{0, 91}}, one, ScanSpace::globe, {}), InputError);
  EXPECT_THROW(circular_windows(std::vector<Point>{}, one, ScanSpace::plane, {}), OptionError);
  const std::vector<Point> place = {{0, 0}};
  EXPECT_THROW(elliptic_windows(place, one, {{0.5}, {1}, 0.0}, {}), OptionError);
  EXPECT_THROW(elliptic_windows(place, one, {{2.0}, {}, 0.0}, {}), OptionError);
  EXPECT_THROW(elliptic_windows(place, one, {{2.0}, {0}, 0.0}, {}), OptionError);
  EXPECT_THROW(elliptic_windows(place, one, {{2.0}, {4}, -1.0}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
