#include "waywarden/point_patterns/planar_k.h"

#include <gtest/gtest.h>

#include "point_patterns/humberside.h"
#include "point_patterns/planar_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::points_inside;
using testing::shuffled;
using testing::star_with_hole;
using Column = std::vector<std::optional<double>>;

constexpr std::array kCorrections = {EdgeCorrection::none, EdgeCorrection::border, EdgeCorrection::isotropic,
                                     EdgeCorrection::translation};

/// spatstat's figures for the 141 controls, isotropic correction in the polygon, pairs put into its bins.
TEST(PlanarK, OfHumberside) {
  const auto data = testing::humberside();
  if (!data) GTEST_SKIP() << "the data of Humberside are not here";
  const PlanarKOptions options{.radii = {5, 10, 15, 20}, .pairs_at_radius = PairsAtRadius::binned};
  const Column k = planar_k(data->controls, PlanarWindow(data->window), options);
  const std::vector<double> expected = {1533.13454914, 5360.48478918, 10124.1703268, 15670.1517370};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(k[i].value(), expected[i], 1e-11 * expected[i]);
}

/// Two pairs, 3 and 5 apart, at radii that touch both.
TEST(PlanarK, PairsExactlyARadiusApart) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const std::vector<Point> points = {{1, 1}, {4, 5}, {4, 8}};
  const auto k = [&](PairsAtRadius pairs) {
    return planar_k(points, square, {{3, 4, 5}, EdgeCorrection::none, 100, pairs});
  };
  EXPECT_EQ(k(PairsAtRadius::counted), (Column{200.0 / 6, 200.0 / 6, 400.0 / 6}));
  EXPECT_EQ(k(PairsAtRadius::binned), (Column{0, 200.0 / 6, 400.0 / 6}));
}

/// Two points 3 apart in a square of 10: worked by hand.
TEST(PlanarK, OfTwoPoints) {
  const PlanarWindow square(Box{{0, 0}, {10, 10}});
  const std::vector<Point> points = {{1, 5}, {4, 5}};
  const std::vector<double> radii = {2, 3, 4, 5};
  const auto k = [&](EdgeCorrection correction) { return planar_k(points, square, {radii, correction}); };
  EXPECT_EQ(k(EdgeCorrection::none), (Column{0, 100, 100, 100}));
  // Around the first point, acos(1/3) to either side of the left is outside.
  const double share = 1 - std::acos(1.0 / 3) / std::numbers::pi;
  EXPECT_NEAR(k(EdgeCorrection::isotropic)[1].value(), 50 * (1 / share + 1), 1e-12);
  EXPECT_NEAR(k(EdgeCorrection::translation)[1].value(), 100 / 0.7, 1e-12);
  // The first point is 1 deep, the second 4.
  EXPECT_EQ(k(EdgeCorrection::border), (Column{0, 100, 100, std::nullopt}));
  EXPECT_NEAR(l_of_k(k(EdgeCorrection::none))[1].value(), std::sqrt(100 / std::numbers::pi), 1e-14);
}

TEST(PlanarK, OfNothingAndOfOne) {
  const PlanarWindow square(Box{{0, 0}, {1, 1}});
  const std::vector<Point> one = {{0.5, 0.5}};
  for (const EdgeCorrection correction : kCorrections) {
    const PlanarKOptions options{{0.1, 0.2}, correction};
    EXPECT_EQ(planar_k({}, square, options), Column(2));
    EXPECT_EQ(planar_k(one, square, options), Column(2));
    EXPECT_EQ(planar_cross_k(one, {}, square, options), Column(2));
    EXPECT_EQ(planar_k(std::vector<Point>(3, {0.5, 0.5}), square, {{0.0}, correction}), Column{1.0});
  }
  EXPECT_TRUE(planar_k(one, square, {}).empty());
  EXPECT_EQ(pair_correlation(one, square, {.radii = {0.1}}), Column(1));
}

TEST(PlanarK, RefusesBadOptions) {
  const PlanarWindow square(Box{{0, 0}, {1, 1}});
  const std::vector<Point> points = {{0.1, 0.1}, {0.9, 0.9}};
  EXPECT_THROW(planar_k(points, square, {.radii = {0.2, 0.1}}), OptionError);
  EXPECT_THROW(planar_k(points, square, {.radii = {-1}}), OptionError);
  EXPECT_THROW(planar_k(points, square, {.radii = {0.8}}), OptionError);
  EXPECT_THROW(planar_k(points, square, {{0.1}, EdgeCorrection::none, 0.5}), OptionError);
  EXPECT_THROW(planar_k(std::vector<Point>{{2, 2}}, square, {.radii = {0.1}}), InputError);
  EXPECT_THROW(pair_correlation(points, square, {.radii = {0.0}}), OptionError);
  EXPECT_THROW(pair_correlation(points, square, {{0.1}, EdgeCorrection::border}), OptionError);
  EXPECT_THROW(pair_correlation(points, square, {{0.1}, EdgeCorrection::none, 0.0}), OptionError);
}

/// The definition, pair by pair.
Column by_definition(const std::vector<Point>& from, const std::vector<Point>& to, bool same,
                     const PlanarWindow& window, const PlanarKOptions& options) {
  Column k;
  const auto n = static_cast<double>(from.size()), m = static_cast<double>(to.size());
  for (const double r : options.radii) {
    double sum = 0.0, deep = 0.0;
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (options.correction == EdgeCorrection::border && window.distance_to_edge(from[i]) < r) continue;
      deep += 1.0;
      for (std::size_t j = 0; j < to.size(); ++j) {
        const double dx = to[j].x - from[i].x, dy = to[j].y - from[i].y, d = std::sqrt(dx * dx + dy * dy);
        if ((same && i == j) || d > r) continue;
        double weight = 1.0;
        if (options.correction == EdgeCorrection::isotropic && d > 0) {
          weight = 1 / window.share_of_circle(from[i], d);
        } else if (options.correction == EdgeCorrection::translation) {
          weight = window.area() / window.overlap(dx, dy);
        }
        sum += std::min(weight, options.largest_weight);
      }
    }
    const double expected = deep * (same ? n - 1 : m);
    k.push_back(expected > 0 ? std::optional(window.area() * sum / expected) : std::nullopt);
  }
  return k;
}

void expect_near(const Column& actual, const Column& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(actual[i].has_value(), expected[i].has_value()) << i;
    if (!actual[i]) continue;
    EXPECT_NEAR(*actual[i], *expected[i], 1e-10 * (1 + *expected[i])) << i;
  }
}

class PlanarKWorlds : public ::testing::TestWithParam<int> {
 protected:
  std::uint64_t seed() const { return static_cast<std::uint64_t>(GetParam()); }
  PlanarWindow window() const {
    return seed() % 3 == 0 ? PlanarWindow(Box{{0, 0}, {100, 60}}) : PlanarWindow(star_with_hole(seed(), 9));
  }
};

TEST_P(PlanarKWorlds, EqualsItsDefinition) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 60), others = points_inside(area, seed() + 1000, 25);
  for (const EdgeCorrection correction : kCorrections) {
    const PlanarKOptions options{{0, 1, 2, 4.5, 7, 12, 20, 30}, correction, 20.0};
    SCOPED_TRACE(name(correction));
    expect_near(planar_k(points, area, options), by_definition(points, points, true, area, options));
    expect_near(planar_cross_k(points, others, area, options),
                by_definition(points, others, false, area, options));
  }
}

TEST_P(PlanarKWorlds, HasTheSameBitsInAnyOrderAndOnAnyThreads) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 300);
  for (const EdgeCorrection correction : kCorrections) {
    const PlanarKOptions options{{1, 5, 10, 20}, correction};
    const auto expected = planar_k(points, area, options, {.threads = 1});
    EXPECT_EQ(planar_k(shuffled(points, seed()), area, options, {.threads = 3}), expected);
  }
  const PairCorrelationOptions options{.radii = {1, 5, 10, 20}};
  EXPECT_EQ(pair_correlation(shuffled(points, seed()), area, options, {.threads = 3}),
            pair_correlation(points, area, options, {.threads = 1}));
}

/// K is the integral of 2 pi r g, and a narrow kernel hardly blurs it.
TEST_P(PlanarKWorlds, PairCorrelationAddsUpToK) {
  const PlanarWindow area = window();
  const auto points = points_inside(area, seed(), 120);
  constexpr double kStep = 0.01, kHalf = 0.5, kUpTo = 12.0;
  for (const EdgeCorrection correction :
       {EdgeCorrection::none, EdgeCorrection::isotropic, EdgeCorrection::translation}) {
    std::vector<double> radii;
    for (double r = kStep / 2; r < kUpTo + kHalf; r += kStep) radii.push_back(r);
    const auto g = pair_correlation(points, area, {radii, correction, kHalf});
    const auto k = planar_k(points, area, {{kHalf, kUpTo - kHalf, kUpTo + kHalf}, correction});
    double sum = 0.0;
    for (std::size_t i = 0; i < radii.size() && radii[i] < kUpTo; ++i) {
      sum += 2 * std::numbers::pi * radii[i] * g[i].value() * kStep;
    }
    EXPECT_LE(sum, k[2].value() * 1.001);
    EXPECT_GE(sum, (k[1].value() - k[0].value()) * 0.999);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlanarKWorlds, ::testing::Range(0, 30));

}  // namespace
}  // namespace waywarden
