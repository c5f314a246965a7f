#include "waywarden/point_patterns/planar_window.h"

#include <gtest/gtest.h>

#include <limits>

#include "point_patterns/humberside.h"
#include "point_patterns/planar_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::inside_by_rays;
using testing::star_ring;
using testing::star_with_hole;

double shoelace(std::span<const Point> ring) {
  double twice = 0.0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point a = ring[i], b = ring[(i + 1) % ring.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice) / 2;
}

/// What remains of a ring on the inner side of each side of a convex, anticlockwise one.
std::vector<Point> clipped(std::vector<Point> ring, const std::vector<Point>& convex) {
  for (std::size_t s = 0; s < convex.size(); ++s) {
    const Point a = convex[s], b = convex[(s + 1) % convex.size()];
    const auto side = [&](Point p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); };
    std::vector<Point> rest;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Point p = ring[i], q = ring[(i + 1) % ring.size()];
      if (side(p) >= 0) rest.push_back(p);
      if ((side(p) >= 0) == (side(q) >= 0)) continue;
      const double t = side(p) / (side(p) - side(q));
      rest.push_back({p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)});
    }
    ring = rest;
  }
  return ring;
}

std::vector<Point> moved(std::vector<Point> ring, double dx, double dy) {
  for (Point& p : ring) p = {p.x + dx, p.y + dy};
  return ring;
}

TEST(PlanarWindow, OfARectangle) {
  const PlanarWindow window(Box{{1, 2}, {5, 4}});
  EXPECT_EQ(window.area(), 8.0);
  for (const Point p : {Point{1, 2}, {5, 4}, {1, 3}, {3, 2}, {3, 4}, {5, 2}, {3, 3}})
    EXPECT_TRUE(window.contains(p));
  for (const Point p : {Point{0.999, 3}, {5.001, 3}, {3, 1.999}, {3, 4.001}})
    EXPECT_FALSE(window.contains(p));
  EXPECT_EQ(window.distance_to_edge({2, 3.25}), 0.75);
  EXPECT_EQ(window.distance_to_edge({0, 1}), std::sqrt(2.0));
  EXPECT_EQ(window.overlap(0, 0), 8.0);
  EXPECT_EQ(window.overlap(-1, 0.5), 4.5);
  EXPECT_EQ(window.overlap(4, 0), 0.0);
  EXPECT_EQ(window.overlap(0, 7), 0.0);
  // A quarter of the circle around a corner, half of that around the middle of a side.
  EXPECT_NEAR(window.share_of_circle({1, 2}, 1), 0.25, 1e-15);
  EXPECT_NEAR(window.share_of_circle({3, 2}, 1), 0.5, 1e-15);
  EXPECT_EQ(window.share_of_circle({3, 3}, 0.5), 1.0);
  EXPECT_EQ(window.share_of_circle({3, 3}, 50), 0.0);
  // 1 from the lower and upper side at once: 2 acos(1 / 1.25) twice are outside.
  EXPECT_NEAR(window.share_of_circle({3, 3}, 1.25), 1 - 4 * std::acos(0.8) / (2 * std::numbers::pi), 1e-15);
}

TEST(PlanarWindow, GaussianInARectangle) {
  const PlanarWindow window(Box{{0, 0}, {10, 4}});
  const auto within = [](double low, double high, double at, double deviation) {
    return (std::erf((high - at) / (deviation * std::sqrt(2))) -
            std::erf((low - at) / (deviation * std::sqrt(2)))) /
           2;
  };
  for (const Point p : {Point{0, 0}, {5, 2}, {9, 3.5}, {12, -1}}) {
    for (const double deviation : {0.05, 0.4, 1.0, 3.0, 30.0}) {
      const double expected = within(0, 10, p.x, deviation) * within(0, 4, p.y, deviation);
      EXPECT_NEAR(window.share_of_gaussian(p, deviation), expected, 1e-9) << p.x << ' ' << deviation;
    }
  }
  EXPECT_EQ(window.diameter(), std::hypot(10.0, 4.0));
}

TEST(PlanarWindow, PiecesThatTouchAndHoles) {
  Geometry area{GeometryType::multi_polygon, {}, {}, {}};
  area.add_part(std::vector<Point>{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}});
  area.close_polygon();
  area.add_part(std::vector<Point>{{2, 0}, {6, 0}, {6, 2}, {2, 2}, {2, 0}});
  area.add_part(std::vector<Point>{{3, 0.5}, {5, 0.5}, {5, 1.5}, {3, 1.5}, {3, 0.5}});
  area.close_polygon();
  const PlanarWindow window(area);
  EXPECT_EQ(window.area(), 10.0);
  EXPECT_TRUE(window.contains({2, 1}));
  EXPECT_TRUE(window.contains({3, 1}));
  EXPECT_TRUE(window.contains({4, 0.5}));
  EXPECT_FALSE(window.contains({4, 1}));
  EXPECT_EQ(window.overlap(0, 0), 10.0);
}

TEST(PlanarWindow, OfHumberside) {
  const auto data = testing::humberside();
  if (!data) GTEST_SKIP() << "the data of Humberside are not here";
  const PlanarWindow window(data->window);
  EXPECT_NEAR(window.area(), 204487.0, 1e-6);
  EXPECT_NO_THROW(require_inside(window, data->points));
}

TEST(PlanarWindow, RefusesWhatIsNoArea) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto window_of = [](std::vector<Point> ring) { return PlanarWindow(Geometry::of_polygon(ring)); };
  EXPECT_THROW(window_of({{0, 0}, {1, 0}}), InputError);
  EXPECT_THROW(window_of({{0, 0}, {2, 2}, {2, 0}, {0, 3}}), InputError);
  EXPECT_THROW(window_of({{0, 0}, {1, nan}, {1, 1}}), InputError);
  EXPECT_THROW(PlanarWindow(Geometry{}), InputError);
  EXPECT_THROW(PlanarWindow(Geometry::of_point({0, 0})), InputError);
  EXPECT_THROW(PlanarWindow(Box{}), InputError);
  EXPECT_THROW(PlanarWindow(Box{{0, 0}, {0, 1}}), InputError);
  const PlanarWindow square(Box{{0, 0}, {1, 1}});
  EXPECT_THROW(require_inside(square, std::vector<Point>{{0, 0}, {2, 0}}), InputError);
  EXPECT_THROW(require_inside(square, std::vector<Point>{{nan, 0}}), InputError);
}

class Windows : public ::testing::TestWithParam<int> {};

TEST_P(Windows, AreaAndInside) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const Geometry area = star_with_hole(seed, 3 + seed % 20);
  const PlanarWindow window(area);
  EXPECT_NEAR(window.area(), shoelace(area.part(0)) - shoelace(area.part(1)), 1e-9);
  RandomStream stream(seed, 5);
  for (int i = 0; i < 500; ++i) {
    const Point p{110 * stream.uniform() - 5, 110 * stream.uniform() - 5};
    EXPECT_EQ(window.contains(p), inside_by_rays(area, p)) << p.x << ' ' << p.y;
  }
}

TEST_P(Windows, OverlapOfConvexWindows) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  // All corners on a circle.
  const auto ring = star_ring(seed, 3 + seed % 10, 50.0);
  const PlanarWindow window(Geometry::of_polygon(ring));
  RandomStream stream(seed, 6);
  for (int i = 0; i < 50; ++i) {
    const double dx = 120 * stream.uniform() - 60, dy = i % 5 == 0 ? 0.0 : 120 * stream.uniform() - 60;
    EXPECT_NEAR(window.overlap(dx, dy), shoelace(clipped(moved(ring, dx, dy), ring)), 1e-9);
  }
}

/// Against the middles of 40,000 small squares and 40,000 steps round a circle.
TEST_P(Windows, OverlapAndCirclesOfAnyWindow) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const Geometry area = star_with_hole(seed, 4 + seed % 12);
  const PlanarWindow window(area);
  RandomStream stream(seed, 7);
  const double dx = 40 * stream.uniform() - 20, dy = 40 * stream.uniform() - 20;
  const Point centre{30 + 40 * stream.uniform(), 30 + 40 * stream.uniform()};
  const double radius = 40 * stream.uniform();
  int both = 0, on_circle = 0;
  for (int i = 0; i < 40'000; ++i) {
    const Point p{(i % 200 + 0.5) / 2, (i / 200 + 0.5) / 2};
    both += inside_by_rays(area, p) && inside_by_rays(area, {p.x - dx, p.y - dy});
    const double angle = 2 * std::numbers::pi * (i + 0.5) / 40'000;
    on_circle +=
        inside_by_rays(area, {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
  }
  EXPECT_NEAR(window.overlap(dx, dy), both / 4.0, 25.0);
  EXPECT_NEAR(window.overlap(-dx, -dy), window.overlap(dx, dy), 1e-9);
  const double deviation = 2 + 20 * stream.uniform();
  double mass = 0.0;
  for (int i = 0; i < 40'000; ++i) {
    const Point p{(i % 200 + 0.5) / 2, (i / 200 + 0.5) / 2};
    if (!inside_by_rays(area, p)) continue;
    const double dx2 = p.x - centre.x, dy2 = p.y - centre.y;
    mass += std::exp(-(dx2 * dx2 + dy2 * dy2) / (2 * deviation * deviation)) / 4;
  }
  mass /= 2 * std::numbers::pi * deviation * deviation;
  EXPECT_NEAR(window.share_of_gaussian(centre, deviation), mass, 5e-3);
  EXPECT_NEAR(window.share_of_circle(centre, radius), on_circle / 40'000.0, 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Windows, ::testing::Range(0, 40));

}  // namespace
}  // namespace waywarden
