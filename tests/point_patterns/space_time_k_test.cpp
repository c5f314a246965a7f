#include "waywarden/point_patterns/space_time_k.h"

#include <gtest/gtest.h>

#include "point_patterns/planar_worlds.h"
#include "waywarden/base/errors.h"
#include "waywarden/point_patterns/timed_points.h"

namespace waywarden {
namespace {

struct World {
  PlanarWindow window{testing::star_with_hole(1, 9)};
  std::vector<Point> at;
  std::vector<double> time;
};

World world_of(std::uint64_t seed, std::size_t count) {
  World world{PlanarWindow(testing::star_with_hole(seed, 9)), {}, {}};
  world.at = testing::points_inside(world.window, seed, count);
  RandomStream stream(seed, 21);
  for (std::size_t i = 0; i < count; ++i) world.time.push_back(double(stream.below(31)));
  return world;
}

const SpaceTimeKOptions kOptions{
    .distances = {1, 3, 8, 15}, .times = {0, 2, 7}, .first_time = 0, .last_time = 30, .permutations = 99};

double k_by_definition(const World& world, const std::vector<double>& time, double s, double t,
                       EdgeCorrection correction) {
  double sum = 0.0;
  const auto n = double(world.at.size());
  for (std::size_t i = 0; i < world.at.size(); ++i) {
    for (std::size_t j = 0; j < world.at.size(); ++j) {
      const double dx = world.at[j].x - world.at[i].x, dy = world.at[j].y - world.at[i].y,
                   d = std::sqrt(dx * dx + dy * dy), u = std::abs(time[i] - time[j]);
      if (i == j || d > s || u > t) continue;
      double weight = time[i] - u >= 0 && time[i] + u <= 30 ? 1.0 : 2.0;
      if (correction == EdgeCorrection::isotropic && d > 0)
        weight /= world.window.share_of_circle(world.at[i], d);
      if (correction == EdgeCorrection::translation)
        weight *= world.window.area() / world.window.overlap(dx, dy);
      sum += weight;
    }
  }
  return world.window.area() * 30 * sum / (n * (n - 1));
}

class SpaceTimeKWorlds : public ::testing::TestWithParam<int> {};

TEST_P(SpaceTimeKWorlds, EqualTheirDefinition) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const World world = world_of(seed, 40);
  SpaceTimeKOptions options = kOptions;
  options.largest_weight = 1e6;
  if (seed % 2 == 1) options.correction = EdgeCorrection::translation;
  const SpaceTimeK result = space_time_k(world.at, world.time, world.window, options);
  const auto space = planar_k(world.at, world.window, {options.distances, options.correction, 1e6});
  for (std::size_t s = 0; s < 4; ++s) {
    EXPECT_NEAR(result.k_space[s], space[s].value(), 1e-10 * (1 + result.k_space[s]));
    for (std::size_t t = 0; t < 3; ++t) {
      const std::size_t cell = s * 3 + t;
      const double k =
          k_by_definition(world, world.time, options.distances[s], options.times[t], options.correction);
      EXPECT_NEAR(result.k[cell], k, 1e-10 * (1 + k));
      EXPECT_NEAR(result.excess[cell], k - result.k_space[s] * result.k_time[t], 1e-9 * (1 + k));
    }
  }
}

/// The sum of standardised surfaces, from those of the definition.
TEST_P(SpaceTimeKWorlds, PIsThatOfItsDefinition) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const World world = world_of(seed, 20);
  const SpaceTimeK result = space_time_k(world.at, world.time, world.window, kOptions);
  World sorted = world;
  const TimedPoints points = timed_points(world.at, world.time);
  sorted.at = points.at;
  std::vector<double> sums(100, 0.0);
  for (const double s : kOptions.distances) {
    for (const double t : kOptions.times) {
      std::vector<double> cell;
      for (std::uint64_t p = 0; p < 100; ++p) {
        const auto time = p == 0 ? points.time : dealt_times(points.time, 0, p - 1);
        cell.push_back(k_by_definition(sorted, time, s, t, EdgeCorrection::isotropic));
      }
      double mean = 0.0, squares = 0.0;
      for (const double k : cell) mean += k / 100;
      for (const double k : cell) squares += (k - mean) * (k - mean) / 100;
      for (std::size_t p = 0; p < 100 && squares > 1e-12; ++p)
        sums[p] += (cell[p] - mean) / std::sqrt(squares);
    }
  }
  double reached = 0.0;
  for (const double sum : sums) reached += sum >= sums[0] - 1e-9 ? 1 : 0;
  EXPECT_NEAR(result.statistic, sums[0], 1e-8);
  EXPECT_NEAR(result.p, reached / 100, 1e-12);
  EXPECT_GE(result.p_global, 0.01);
  EXPECT_LE(result.p_global, 1.0);
}

TEST_P(SpaceTimeKWorlds, AreTheSameInAnyOrderAndOnAnyThreads) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const World world = world_of(seed, 50);
  World other = world;
  std::reverse(other.at.begin(), other.at.end());
  std::reverse(other.time.begin(), other.time.end());
  const SpaceTimeK a = space_time_k(world.at, world.time, world.window, kOptions, {.threads = 1}),
                   b = space_time_k(other.at, other.time, other.window, kOptions, {.threads = 3});
  EXPECT_EQ(a.k, b.k);
  EXPECT_EQ(a.statistic, b.statistic);
  EXPECT_EQ(a.p_global, b.p_global);
}

TEST(SpaceTimeK, SeesContagion) {
  World world = world_of(3, 60);
  for (std::size_t i = 0; i < 60; ++i) world.time[i] = world.at[i].x * 0.3;
  const SpaceTimeK result = space_time_k(world.at, world.time, world.window, kOptions);
  EXPECT_EQ(result.p, 0.01);
  EXPECT_GT(result.ratio.back().value(), 0.2);
}

TEST(SpaceTimeK, RefusesBadInput) {
  const World world = world_of(2, 10);
  const auto with = [&](auto change) {
    SpaceTimeKOptions options = kOptions;
    change(options);
    return space_time_k(world.at, world.time, world.window, options);
  };
  EXPECT_THROW(with([](auto& o) { o.times = {3, 2}; }), OptionError);
  EXPECT_THROW(with([](auto& o) { o.times = {31}; }), OptionError);
  EXPECT_THROW(with([](auto& o) { o.distances = {}; }), OptionError);
  EXPECT_THROW(with([](auto& o) { o.correction = EdgeCorrection::border; }), OptionError);
  EXPECT_THROW(with([](auto& o) { o.last_time = 0; }), OptionError);
  EXPECT_THROW(with([](auto& o) { o.permutations = 5; }), OptionError);
  EXPECT_THROW(with([](auto& o) { o.first_time = 29; }), Error);
  EXPECT_THROW(space_time_k({}, {}, world.window, kOptions), InputError);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SpaceTimeKWorlds, ::testing::Range(0, 16));

}  // namespace
}  // namespace waywarden
