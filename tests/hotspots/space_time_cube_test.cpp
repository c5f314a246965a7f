#include "waywarden/hotspots/space_time_cube.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

struct Happenings {
  std::vector<Point> points;
  std::vector<std::int64_t> times;
  std::vector<std::int64_t> sizes;

  DatedIncidents view() const { return {points, times, sizes}; }
};

Happenings happenings(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 0);
  Happenings all;
  for (std::size_t i = 0; i < count; ++i) {
    all.points.push_back({84 + 2 * stream.uniform(), 26 + 2 * stream.uniform()});
    all.times.push_back(stream.below(10'000'000));
    all.sizes.push_back(stream.below(4));
  }
  return all;
}

TEST(SpaceTimeCube, EqualsCountingOneByOne) {
  const Happenings all = happenings(1, 500);
  const HexGrid grid({85, 27}, 300.0);
  const TimeSteps steps = time_steps(all.times, {.length = {.seconds = 1'000'000}});
  const SpaceTimeCube cube = space_time_cube(grid, steps, all.view());
  ASSERT_EQ(cube.cells, grid.covering(all.points));
  ASSERT_EQ(cube.counts.size(), cube.cells.size() * steps.size());
  std::vector<std::int64_t> expected(cube.counts.size(), 0);
  const auto cells = grid.cells_of(all.points);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto cell = std::find(cube.cells.begin(), cube.cells.end(), cells[i]) - cube.cells.begin();
    const std::size_t bin = cube.bin(static_cast<std::size_t>(cell), steps.step_of(all.times[i]).value());
    EXPECT_EQ(cube.bin_of_incident[i], bin);
    expected[bin] += all.sizes[i];
  }
  EXPECT_EQ(cube.counts, expected);
  EXPECT_EQ(cube.outside, 0);
  EXPECT_GT(std::count(cube.counts.begin(), cube.counts.end(), 0), 100);
}

TEST(SpaceTimeCube, WhatIsOutsideIsCountedAsSuch) {
  const Happenings all = {{{85, 27}, {85, 27}, {89, 27}}, {5, 50, 5}, {2, 3, 4}};
  const HexGrid grid({85, 27}, 60.0);
  const TimeSteps steps{.bounds = {0, 10, 20}};
  const std::vector<HexCell> cells = {{1, 0}, {0, 0}};
  const SpaceTimeCube cube = space_time_cube_within(grid, cells, steps, all.view());
  EXPECT_EQ(cube.counts, (std::vector<std::int64_t>{0, 0, 2, 0}));
  EXPECT_EQ(cube.outside, 7);
  EXPECT_EQ(cube.bin_of_incident[0], 2U);
  EXPECT_FALSE(cube.bin_of_incident[1] || cube.bin_of_incident[2]);
}

TEST(SpaceTimeCube, EmptyCellsCanBeLeftOut) {
  const Happenings all = happenings(2, 80);
  const HexGrid grid({85, 27}, 300.0);
  const SpaceTimeCube cube =
      space_time_cube(grid, time_steps(all.times, {.length = {.seconds = 500'000}}), all.view());
  const SpaceTimeCube kept = without_empty_cells(cube);
  EXPECT_LT(kept.cells.size(), cube.cells.size());
  EXPECT_EQ(std::accumulate(kept.counts.begin(), kept.counts.end(), std::int64_t{0}),
            std::accumulate(cube.counts.begin(), cube.counts.end(), std::int64_t{0}));
  for (std::size_t c = 0; c < kept.cells.size(); ++c) {
    const auto series = kept.series(c);
    EXPECT_GT(*std::max_element(series.begin(), series.end()), 0);
  }
  for (std::size_t i = 0; i < all.points.size(); ++i) {
    if (all.sizes[i] == 0) continue;
    const std::size_t before = cube.bin_of_incident[i].value(), after = kept.bin_of_incident[i].value();
    EXPECT_EQ(kept.cells[after / kept.steps.size()], cube.cells[before / cube.steps.size()]);
    EXPECT_EQ(kept.counts[after], cube.counts[before]);
  }
}

TEST(SpaceTimeCube, NothingIsAnEmptyCube) {
  const SpaceTimeCube cube = space_time_cube(HexGrid({85, 27}, 60.0), {.bounds = {0, 10}}, {});
  EXPECT_TRUE(cube.cells.empty() && cube.counts.empty());
  EXPECT_EQ(space_time_contiguity(cube).size(), 0U);
}

TEST(SpaceTimeCube, RefusesWhatItCannotDo) {
  const Happenings all = happenings(3, 20);
  const HexGrid grid({85, 27}, 60.0);
  const TimeSteps steps{.bounds = {0, 10'000'000}};
  EXPECT_THROW(space_time_cube(grid, steps, {all.points, {}}), InputError);
  EXPECT_THROW(space_time_cube(grid, {}, all.view()), OptionError);
  EXPECT_THROW(space_time_cube(grid, steps, all.view(), 10), OptionError);
}

TEST(SpaceTimeContiguity, NeighboursAreNearAndNotLater) {
  SpaceTimeCube cube;
  for (std::int32_t q = 0; q < 5; ++q) {
    for (std::int32_t r = 0; r < 4; ++r) cube.cells.push_back({q, r});
  }
  cube.steps.bounds = {0, 1, 2, 3, 4, 5};
  cube.counts.assign(100, 0);
  for (const std::size_t back : {0U, 1U, 2U, 9U}) {
    for (const unsigned rings : {1U, 2U}) {
      const Weights weights = space_time_contiguity(cube, rings, back);
      require_valid(weights);
      ASSERT_EQ(weights.size(), 100U);
      for (std::size_t a = 0; a < 100; ++a) {
        std::vector<std::uint32_t> expected;
        for (std::size_t b = 0; b < 100; ++b) {
          const bool near = hex_distance(cube.cells[a / 5], cube.cells[b / 5]) <= static_cast<int>(rings);
          const bool recent = b % 5 <= a % 5 && a % 5 - b % 5 <= back;
          if (a != b && near && recent) expected.push_back(static_cast<std::uint32_t>(b));
        }
        const auto actual = weights.neighbours(a);
        EXPECT_EQ(std::vector<std::uint32_t>(actual.begin(), actual.end()), expected);
      }
    }
  }
}

}  // namespace
}  // namespace waywarden
