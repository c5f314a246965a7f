#include "waywarden/density/bandwidth.h"

#include <gtest/gtest.h>

#include <numbers>

#include "point_patterns/humberside.h"
#include "point_patterns/planar_worlds.h"
#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/planar_k.h"

namespace waywarden {
namespace {

using testing::points_inside;
using testing::shuffled;
using testing::star_with_hole;

/// spatstat's figures for the 62 cases.
TEST(Bandwidth, OfHumberside) {
  const auto data = testing::humberside();
  if (!data) GTEST_SKIP() << "the data of Humberside are not here";
  const PlanarWindow window(data->window);
  EXPECT_NEAR(diggle_deviation(data->cases, window).deviation, 5.80039, 5e-6);
  EXPECT_NEAR(likelihood_deviation(data->cases, window).deviation, 36.6588, 5e-5);
  EXPECT_NEAR(scott_deviations(data->cases).x, 45.5065, 5e-5);
  EXPECT_NEAR(scott_deviations(data->cases).y, 58.1126, 5e-5);
}

TEST(Bandwidth, RulesOfThumb) {
  // Deviations sqrt(2.5) and sqrt(10); quartiles 2 and 4, times 2 for y.
  const std::vector<Point> points = {{1, 2}, {2, 6}, {3, 10}, {4, 8}, {5, 4}};
  const double factor = std::pow(5.0, -1.0 / 6);
  EXPECT_NEAR(scott_deviations(points).x, factor * std::sqrt(2.5), 1e-14);
  EXPECT_NEAR(scott_deviations(points).y, factor * std::sqrt(10), 1e-14);
  EXPECT_NEAR(scott_deviations(points).both(), factor * std::sqrt(5), 1e-14);
  EXPECT_NEAR(silverman_deviations(points).x, factor * 2 / 1.349, 1e-14);
  EXPECT_NEAR(silverman_deviations(points).y, factor * 4 / 1.349, 1e-14);
}

TEST(Bandwidth, RefusesWhatSaysNothing) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const std::vector<Point> one = {{1, 1}}, same = {{1, 1}, {1, 1}, {1, 1}}, two = {{1, 1}, {2, 3}};
  EXPECT_THROW(scott_deviations(one), InputError);
  EXPECT_THROW(scott_deviations(same), InputError);
  EXPECT_THROW(silverman_deviations({}), InputError);
  EXPECT_THROW(diggle_deviation(one, square), InputError);
  EXPECT_THROW(likelihood_deviation(same, square), InputError);
  EXPECT_THROW(likelihood_deviation(two, square, {.candidates = {1.0, 0.0}}), OptionError);
  EXPECT_THROW(likelihood_deviation(two, square, {.candidates = {}, .steps = 1}), OptionError);
  EXPECT_THROW(likelihood_deviation(two, square, {.candidates = {0.01}}), OptionError);
  EXPECT_THROW(diggle_deviation(two, square, {.steps = 2}), OptionError);
  EXPECT_THROW(adaptive_deviations({two}, square, {.pilot = 1.0, .deviation = 0.0}), OptionError);
  EXPECT_TRUE(adaptive_deviations({}, square, {.pilot = 1.0, .deviation = 1.0}).empty());
}

class Bandwidths : public ::testing::TestWithParam<int> {
 protected:
  std::uint64_t seed() const { return static_cast<std::uint64_t>(GetParam()); }
};

double gaussian(Point a, Point b, double deviation) {
  const double dx = a.x - b.x, dy = a.y - b.y;
  return std::exp(-(dx * dx + dy * dy) / (2 * deviation * deviation)) /
         (2 * std::numbers::pi * deviation * deviation);
}

TEST_P(Bandwidths, LikelihoodIsThatOfItsDefinition) {
  const PlanarWindow window(star_with_hole(seed(), 8));
  const auto points = points_inside(window, seed(), 40);
  const auto choice = likelihood_deviation(points, window);
  ASSERT_EQ(choice.candidates.size(), 16U);
  EXPECT_NEAR(choice.candidates.back(), window.diameter() / 2, 1e-9);
  double best = -1e300;
  for (std::size_t c = 0; c < choice.candidates.size(); ++c) {
    const double deviation = choice.candidates[c];
    double expected = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < points.size(); ++j)
        sum += i == j ? 0 : gaussian(points[i], points[j], deviation);
      expected += std::log(sum / window.share_of_gaussian(points[i], deviation));
    }
    best = std::max(best, expected);
    // Less is made of densities that only rounding tells from 0.
    if (expected < -1e3) continue;
    EXPECT_NEAR(choice.criterion[c], expected, 1e-7) << deviation;
  }
  EXPECT_NEAR(*std::max_element(choice.criterion.begin(), choice.criterion.end()), best, 1e-7);
}

/// The integral over dK is the sum over pairs; on whole coordinates bins make no difference but where they
/// begin.
TEST_P(Bandwidths, DiggleIsNearThatOfItsDefinition) {
  const PlanarWindow window(Box{{0, 0}, {100, 80}});
  const auto points = points_inside(window, seed(), 60);
  const auto choice = diggle_deviation(points, window, {.steps = 4096});
  const double n = 60, intensity = n / window.area();
  for (const std::size_t c : {std::size_t{700}, std::size_t{2000}}) {
    const double h = 2 * choice.candidates[c];
    double within = 0.0, shared = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      for (std::size_t j = 0; j < points.size(); ++j) {
        const double d = std::hypot(points[i].x - points[j].x, points[i].y - points[j].y);
        if (i == j || d > 2 * h) continue;
        const double weight = d > 0 ? 1 / window.share_of_circle(points[i], d) : 1.0;
        const double u = d / (2 * h);
        within += d <= h ? weight : 0.0;
        shared += weight * 2 * h * h * (std::acos(u) - u * std::sqrt(1 - u * u));
      }
    }
    const double scale = window.area() / (n * (n - 1)), disc = std::numbers::pi * h * h;
    const double expected = (1 / intensity - 2 * scale * within) / disc + scale * shared / (disc * disc);
    EXPECT_NEAR(choice.criterion[c], expected, 0.02 * (std::abs(expected) + 1 / (intensity * disc)));
  }
}

TEST_P(Bandwidths, AdaptiveIsThatOfItsDefinition) {
  const PlanarWindow window(star_with_hole(seed(), 8));
  const auto points = points_inside(window, seed(), 50);
  std::vector<double> weights, pilot;
  RandomStream stream(seed(), 4);
  for (std::size_t i = 0; i < points.size(); ++i) weights.push_back(0.5 + stream.uniform());
  const AdaptiveOptions options{.pilot = 6.0, .deviation = 4.0, .widest = 1.5};
  double logs = 0.0;
  for (const Point p : points) {
    double sum = 0.0;
    for (std::size_t j = 0; j < points.size(); ++j) sum += weights[j] * gaussian(p, points[j], 6.0);
    pilot.push_back(sum / window.share_of_gaussian(p, 6.0));
    logs += std::log(pilot.back());
  }
  const auto deviations = adaptive_deviations({points, weights}, window, options);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double expected = 4.0 * std::min(1.5, std::sqrt(std::exp(logs / 50.0) / pilot[i]));
    EXPECT_NEAR(deviations[i], expected, 1e-12);
  }
}

TEST_P(Bandwidths, AreTheSameInAnyOrder) {
  const PlanarWindow window(star_with_hole(seed(), 8));
  const auto points = points_inside(window, seed(), 60), other = shuffled(points, seed());
  EXPECT_EQ(scott_deviations(points).both(), scott_deviations(other).both());
  EXPECT_EQ(silverman_deviations(points).both(), silverman_deviations(other).both());
  EXPECT_EQ(diggle_deviation(points, window, {}, {.threads = 1}).criterion,
            diggle_deviation(other, window, {}, {.threads = 3}).criterion);
  EXPECT_EQ(likelihood_deviation(points, window, {}, {.threads = 1}).criterion,
            likelihood_deviation(other, window, {}, {.threads = 3}).criterion);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Bandwidths, ::testing::Range(0, 12));

}  // namespace
}  // namespace waywarden
