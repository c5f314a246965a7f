#include "waywarden/hotspots/getis_ord.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;
using Lists = std::vector<std::vector<std::uint32_t>>;

const std::filesystem::path kSource = WAYWARDEN_SOURCE_DIR;

std::vector<double> z_of(std::span<const double> values, const Weights& weights, LocalStatistic statistic) {
  const auto result = getis_ord(values, weights, {.statistic = statistic});
  std::vector<double> z;
  for (const auto& value : result.z) z.push_back(value.value());
  return z;
}

void expect_near(const std::vector<double>& actual, const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i)
    EXPECT_NEAR(actual[i], expected[i], tolerance) << "cell " << i;
}

/// One world of the fixture: what esda says of it.
struct Fixture {
  std::vector<double> values, gi_z, gi_star_z;
  Lists neighbours;
};

std::map<std::string, Fixture> esda_fixtures() {
  std::ifstream file(kSource / "tests/hotspots/fixtures/esda_gi.csv");
  std::map<std::string, Fixture> worlds;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#") || line.starts_with("world,")) continue;
    std::istringstream fields(line);
    std::string world, cell, value, listed, gi, gi_star;
    for (std::string* field : {&world, &cell, &value, &listed, &gi, &gi_star})
      std::getline(fields, *field, ',');
    Fixture& fixture = worlds[world];
    fixture.values.push_back(std::stod(value));
    fixture.gi_z.push_back(std::stod(gi));
    fixture.gi_star_z.push_back(std::stod(gi_star));
    fixture.neighbours.emplace_back();
    std::istringstream numbers(listed);
    for (std::uint32_t j = 0; numbers >> j;) fixture.neighbours.back().push_back(j);
  }
  return worlds;
}

TEST(GetisOrd, EqualsEsda) {
  const auto worlds = esda_fixtures();
  ASSERT_EQ(worlds.size(), 3U);
  for (const auto& [name, world] : worlds) {
    SCOPED_TRACE(name);
    const Weights weights = binary_weights(world.neighbours);
    expect_near(z_of(world.values, weights, LocalStatistic::gi), world.gi_z, 1e-10);
    expect_near(z_of(world.values, weights, LocalStatistic::gi_star), world.gi_star_z, 1e-10);
  }
}

/// The example of the documentation of PySAL's esda.
TEST(GetisOrd, SixPoints) {
  const std::vector<Point> points = {{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
  const std::vector<double> values = {2, 3, 3.2, 5, 8, 7};
  const Weights weights = planar_distance_band(points, 15);
  expect_near(z_of(values, weights, LocalStatistic::gi),
              {-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941}, 1e-8);
  expect_near(z_of(values, weights, LocalStatistic::gi_star),
              {-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331}, 1e-8);
}

/// Getis and Ord (1996), table of cell 120 of a 16 x 16 grid at five distances.
TEST(GetisOrd, GridOfGetisAndOrd1996) {
  std::ifstream file(kSource / "../shared/verification/hotspots/getisord_xyz.csv");
  if (!file) GTEST_SKIP() << "the grid of Getis and Ord (1996) is not here";
  std::vector<Point> points;
  std::vector<double> values;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    char comma = 0;
    Point p;
    double value = 0;
    fields >> p.x >> comma >> p.y >> comma >> value;
    points.push_back(p);
    values.push_back(value);
  }
  ASSERT_EQ(points.size(), 256U);
  const std::map<double, std::pair<double, double>> expected = {{30, {1.221979163, 1.450779807}},
                                                                {60, {1.748097543, 1.900558883}},
                                                                {90, {1.986135427, 2.096938746}},
                                                                {120, {1.893373824, 1.981906852}},
                                                                {150, {1.237454253, 1.306698444}}};
  // Only z is of interest here.
  const PermutationOptions few = {.least_permutations = 9, .permutations_per_cell = 0};
  const GetisOrdOptions gi = {.statistic = LocalStatistic::gi, .permutations = few},
                        star = {.permutations = few};
  for (const auto& [distance, z] : expected) {
    SCOPED_TRACE(distance);
    const Weights weights = planar_distance_band(points, distance);
    EXPECT_NEAR(getis_ord(values, weights, gi).z[119].value(), z.first, 1e-9);
    EXPECT_NEAR(getis_ord(values, weights, star).z[119].value(), z.second, 1e-9);
  }
}

/// A world with a hump of counts in the middle and a hole beside it.
struct World {
  std::vector<HexCell> cells;
  std::vector<double> values;
  Weights weights;
};

World humped_world(std::uint64_t seed, std::int32_t size) {
  World world;
  RandomStream stream(seed, 0);
  for (std::int32_t q = 0; q < size; ++q) {
    for (std::int32_t r = 0; r < size; ++r) {
      world.cells.push_back({q, r});
      const bool hump = hex_distance({q, r}, {size / 4, size / 2}) <= 2;
      const bool hole = hex_distance({q, r}, {3 * size / 4, size / 2}) <= 3;
      world.values.push_back(hole ? 0.0 : stream.below(4) + (hump ? 6.0 : 0.0));
    }
  }
  world.weights = hex_contiguity(world.cells);
  return world;
}

TEST(GetisOrd, FindsTheHumpHotAndTheHoleCold) {
  const World world = humped_world(1, 20);
  const GetisOrdResult result = getis_ord(world.values, world.weights);
  EXPECT_EQ(result.method, ProbabilityMethod::exact);
  EXPECT_EQ(result.p_name(), "p_exact");
  for (std::size_t i = 0; i < world.cells.size(); ++i) {
    const bool hump = hex_distance(world.cells[i], {5, 10}) <= 1,
               hole = hex_distance(world.cells[i], {15, 10}) <= 1;
    EXPECT_TRUE(!hump || result.hotspot[i] == HotspotClass::hot_99);
    EXPECT_TRUE(!hole || result.p[i].value() <= 0.05);
    EXPECT_LE(result.p[i].value(), result.q[i].value());
  }
  EXPECT_EQ(result.count(LocalState::defined), world.cells.size());
}

TEST(GetisOrd, ClassesFollowQAndBothSigns) {
  const World world = humped_world(2, 16);
  const GetisOrdResult result = getis_ord(world.values, world.weights);
  const auto tails = ExactTest::of(world.values, world.weights)->tails();
  for (std::size_t i = 0; i < world.cells.size(); ++i) {
    const double q = result.q[i].value();
    const bool hot = result.z[i] > 0.0 && tails[i]->upper < tails[i]->lower;
    const bool cold = result.z[i] < 0.0 && tails[i]->lower < tails[i]->upper;
    const std::string level = q <= 0.01 ? "99" : q <= 0.05 ? "95" : q <= 0.10 ? "90" : "";
    const bool significant = !level.empty() && (hot || cold);
    EXPECT_EQ(name(result.hotspot[i]), significant ? (hot ? "hot_" : "cold_") + level : "not_significant");
  }
}

TEST(GetisOrd, OneHighCellAmongLowOnesIsNoHotspot) {
  World world = humped_world(3, 12);
  for (std::size_t i = 0; i < world.cells.size(); ++i) {
    const auto apart = hex_distance(world.cells[i], {6, 6});
    world.values[i] = apart == 0 ? 60.0 : apart == 1 ? 0.0 : 2.0;
  }
  const GetisOrdResult result = getis_ord(world.values, world.weights);
  const std::size_t middle = 6 * 12 + 6;
  EXPECT_GT(result.z[middle].value(), 0.0);
  EXPECT_LT(result.p[middle].value(), 0.01);
  EXPECT_EQ(result.hotspot[middle], HotspotClass::not_significant);
}

TEST(GetisOrd, PermutationsAgreeWithTheExactProbabilities) {
  const World world = humped_world(4, 10);
  GetisOrdOptions options;
  options.method = ProbabilityMethod::permutations;
  options.permutations.stop_after = 500;
  const auto exact = getis_ord(world.values, world.weights),
             sampled = getis_ord(world.values, world.weights, options);
  EXPECT_EQ(sampled.p_name(), "p_sim");
  for (std::size_t i = 0; i < exact.p.size(); ++i) {
    const double p = exact.p[i].value();
    EXPECT_NEAR(sampled.p[i].value(), p, 5 * p / std::sqrt(500.0) + 5 * std::sqrt(p / 9'999) + 2e-4);
    EXPECT_EQ(sampled.z[i], exact.z[i]);
  }
}

TEST(GetisOrd, RealNumbersArePermuted) {
  World world = humped_world(5, 6);
  world.values[0] += 0.5;
  EXPECT_EQ(getis_ord(world.values, world.weights).method, ProbabilityMethod::permutations);
  EXPECT_THROW(getis_ord(world.values, world.weights, {.method = ProbabilityMethod::exact}), OptionError);
}

void expect_same_bits(const GetisOrdResult& a, const GetisOrdResult& b,
                      const std::vector<std::size_t>& order) {
  for (std::size_t row = 0; row < order.size(); ++row) {
    EXPECT_EQ(a.z[order[row]], b.z[row]);
    EXPECT_EQ(a.p[order[row]], b.p[row]);
    EXPECT_EQ(a.q[order[row]], b.q[row]);
    EXPECT_EQ(a.hotspot[order[row]], b.hotspot[row]);
    EXPECT_EQ(a.state[order[row]], b.state[row]);
  }
}

TEST(GetisOrd, ThreadsAndRowsDoNotChangeABit) {
  for (const double scale : {1.0, 0.1}) {
    World world = humped_world(6, 9);
    for (double& v : world.values) v *= scale;
    const auto order = random_order(4, world.values.size());
    for (const auto statistic : {LocalStatistic::gi_star, LocalStatistic::gi}) {
      const GetisOrdOptions options = {.statistic = statistic};
      const auto once = getis_ord(world.values, world.weights, options, {.threads = 1});
      for (const unsigned threads : {2U, 8U}) {
        const auto again = getis_ord(world.values, world.weights, options, {.threads = threads});
        EXPECT_EQ(once.z, again.z);
        EXPECT_EQ(once.p, again.p);
        EXPECT_EQ(once.hotspot, again.hotspot);
      }
      const auto shuffled =
          getis_ord(reordered<double>(world.values, order), reordered(world.weights, order), options);
      expect_same_bits(once, shuffled, order);
    }
  }
}

TEST(GetisOrd, ScalingARowOfWeightsChangesNothing) {
  const World world = humped_world(7, 8);
  Weights scaled = world.weights;
  for (std::size_t i = 0; i < scaled.size(); ++i) {
    const double share = 1.0 / static_cast<double>(scaled.neighbours(i).size() + 1);
    scaled.weight.insert(scaled.weight.end(), scaled.neighbours(i).size(), share);
  }
  expect_near(z_of(world.values, scaled, LocalStatistic::gi_star),
              z_of(world.values, world.weights, LocalStatistic::gi_star), 1e-12);
}

TEST(GetisOrd, WhatIsUndefinedHasAName) {
  const Weights weights = binary_weights(Lists{{1, 2}, {0}, {0, 1, 3}, {2}, {}});
  const std::vector<double> values = {1, 2, 3, 4, 5}, equal(5, 0.1);
  const auto some = getis_ord(values, weights), none = getis_ord(equal, weights);
  EXPECT_EQ(some.count(LocalState::defined), 4U);
  EXPECT_EQ(some.state[4], LocalState::island);
  EXPECT_FALSE(some.z[4] || some.p[4] || some.q[4]);
  EXPECT_EQ(some.hotspot[4], HotspotClass::undefined);
  EXPECT_EQ(none.count(LocalState::constant), 4U);
  EXPECT_EQ(none.count(HotspotClass::undefined), 5U);
}

TEST(GetisOrd, GiIsUndefinedWhereTheOthersAreEqual) {
  const Weights weights = binary_weights(Lists{{1}, {2}, {3}, {0}});
  const std::vector<double> values = {1e9, 0.1, 0.1, 0.1};
  const auto gi = getis_ord(values, weights, {.statistic = LocalStatistic::gi});
  EXPECT_EQ(gi.state[0], LocalState::constant);
  EXPECT_EQ(gi.count(LocalState::defined), 3U);
  EXPECT_EQ(getis_ord(values, weights).count(LocalState::defined), 4U);
}

TEST(GetisOrd, WhereEverythingIsANeighbourNothingIsLeftToCompare) {
  const Weights weights = binary_weights(Lists{{1, 2}, {0}, {1}});
  const std::vector<double> values = {1, 2, 4};
  for (const auto statistic : {LocalStatistic::gi_star, LocalStatistic::gi}) {
    const auto result = getis_ord(values, weights, {.statistic = statistic});
    EXPECT_EQ(result.state[0], LocalState::all_neighbours);
    EXPECT_EQ(result.state[1], LocalState::defined);
  }
}

TEST(GetisOrd, NeverNaN) {
  const std::vector<double> extremes = {0.0, -0.0, 1e-200, 1e100, -1e100, 1e-300, 5.0, 1e99, 1.0, 3.0};
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomStream stream(seed, 0);
    Lists lists(6);
    std::vector<double> values;
    for (std::uint32_t i = 0; i < 6; ++i) {
      values.push_back(extremes[stream.below(10)]);
      for (std::uint32_t j = 0; j < 6; ++j) {
        if (stream.below(2) == 0) lists[i].push_back(j);
      }
    }
    Weights weights = binary_weights(lists);
    for (std::size_t e = 0; seed % 2 == 0 && e < weights.neighbour.size(); ++e)
      weights.weight.push_back(extremes[stream.below(4)]);
    GetisOrdOptions options;
    options.permutations.least_permutations = 50;
    options.statistic = seed % 3 == 0 ? LocalStatistic::gi : LocalStatistic::gi_star;
    const auto result = getis_ord(values, weights, options);
    for (std::size_t i = 0; i < 6; ++i) {
      EXPECT_EQ(result.z[i].has_value(), result.state[i] == LocalState::defined);
      EXPECT_TRUE(!result.z[i] || std::isfinite(*result.z[i]));
      EXPECT_TRUE(!result.p[i] || (*result.p[i] > 0.0 && *result.p[i] <= 1.0));
    }
  }
}

TEST(GetisOrd, RefusesWhatDoesNotFit) {
  const Weights weights = binary_weights(Lists{{1}, {0}});
  const std::vector<double> three = {1, 2, 3}, bad = {1, std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THROW(getis_ord(three, weights), InputError);
  EXPECT_THROW(getis_ord(bad, weights), InputError);
  EXPECT_TRUE(getis_ord({}, Weights{}).z.empty());
}

}  // namespace
}  // namespace waywarden
