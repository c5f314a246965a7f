#include "waywarden/point_patterns/planar_envelope.h"

#include <gtest/gtest.h>

#include "point_patterns/planar_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::points_inside;
using testing::shuffled;

const LEnvelopeOptions kQuick{.k = {.radii = {2, 4, 6, 8, 10}}, .simulations = 99};

TEST(PlanarEnvelope, SeesClumpsAndNotChance) {
  const PlanarWindow window(Box{{0, 0}, {100, 100}});
  std::vector<Point> clumps = uniform_points(window, 20, 1, 0);
  for (std::size_t i = 0; i < 60; ++i) clumps.push_back({clumps[i % 20].x, clumps[i % 20].y});
  const auto found = l_envelope(clumps, window, kQuick);
  EXPECT_EQ(found.envelope.p, 0.01);
  EXPECT_GT(found.observed[0], found.envelope.high[0]);
  // A test of level 0.1 on 60 patterns thrown at random: 6 expected, 15 is four deviations more.
  int rejected = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto thrown = uniform_points(window, 40, 900, seed);
    rejected += l_envelope(thrown, window, kQuick).envelope.p <= 0.1 ? 1 : 0;
  }
  EXPECT_LE(rejected, 15);
  EXPECT_GE(rejected, 1);
}

TEST(PlanarEnvelope, RandomLabelling) {
  const PlanarWindow window(testing::star_with_hole(3, 9));
  const auto places = points_inside(window, 3, 80);
  // Cases beside each other on the left, or every other place.
  auto sorted = places;
  std::sort(sorted.begin(), sorted.end());
  const std::span all(sorted);
  const auto apart = cross_l_envelope(all.first(40), all.subspan(40), window, kQuick);
  EXPECT_LE(apart.envelope.p, 0.02);
  EXPECT_LT(apart.observed.back(), apart.envelope.low.back());
  const auto mixed =
      cross_l_envelope(std::span(places).first(40), std::span(places).subspan(40), window, kQuick);
  EXPECT_GT(mixed.envelope.p, 0.02);
}

TEST(PlanarEnvelope, HasTheSameBitsInAnyOrderAndOnAnyThreads) {
  const PlanarWindow window(testing::star_with_hole(4, 9));
  const auto points = points_inside(window, 4, 50), others = points_inside(window, 5, 30);
  const auto a = l_envelope(points, window, kQuick, {.threads = 1}),
             b = l_envelope(shuffled(points, 1), window, kQuick, {.threads = 3});
  EXPECT_EQ(a.observed, b.observed);
  EXPECT_EQ(a.envelope.high, b.envelope.high);
  EXPECT_EQ(a.envelope.p, b.envelope.p);
  const auto c = cross_l_envelope(points, others, window, kQuick, {.threads = 1}),
             d = cross_l_envelope(shuffled(points, 1), shuffled(others, 2), window, kQuick, {.threads = 3});
  EXPECT_EQ(c.envelope.low, d.envelope.low);
}

TEST(PlanarEnvelope, ThrowsPointsEvenly) {
  const PlanarWindow window(testing::star_with_hole(6, 9));
  const auto points = uniform_points(window, 20'000, 7, 0);
  const PlanarWindow left(Box{{0, 0}, {50, 100}});
  double on_left = 0.0, part = 0.0;
  for (const Point p : points) {
    ASSERT_TRUE(window.contains(p));
    on_left += left.contains(p) ? 1 : 0;
  }
  for (int i = 0; i < 40'000; ++i) {
    part += window.contains({(i % 200 + 0.5) / 4, (i / 200 + 0.5) / 2}) ? 0.125 : 0;
  }
  EXPECT_NEAR(on_left / 20'000, part / window.area(), 0.015);
}

TEST(PlanarEnvelope, RefusesBadOptions) {
  const PlanarWindow window(Box{{0, 0}, {10, 10}});
  const std::vector<Point> two = {{1, 1}, {2, 2}};
  LEnvelopeOptions options = kQuick;
  options.k.radii = {1, 2};
  EXPECT_THROW(l_envelope(std::span(two).first(1), window, options), InputError);
  EXPECT_THROW(cross_l_envelope(two, {}, window, options), InputError);
  options.k.correction = EdgeCorrection::border;
  EXPECT_THROW(l_envelope(two, window, options), OptionError);
  options = {.k = {.radii = {}}};
  EXPECT_THROW(l_envelope(two, window, options), OptionError);
}

}  // namespace
}  // namespace waywarden
