#include "waywarden/hotspots/weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;
using Lists = std::vector<std::vector<std::uint32_t>>;

/// With repeated places and a lattice, so that distances tie.
std::vector<Point> tied_points(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 0);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i)
    points.push_back({84 + stream.below(9) / 4.0, stream.below(9) / 4.0 - 1.0});
  return points;
}

std::vector<HexCell> block(std::int32_t width, std::int32_t height) {
  std::vector<HexCell> cells;
  for (std::int32_t q = 0; q < width; ++q) {
    for (std::int32_t r = 0; r < height; ++r) cells.push_back({q, r});
  }
  return cells;
}

TEST(HexContiguity, NeighboursAreTheCellsWithinTheRings) {
  const auto cells = block(8, 7);
  for (const unsigned rings : {0U, 1U, 2U, 3U}) {
    const Weights weights = hex_contiguity(cells, rings);
    require_valid(weights);
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
      std::vector<std::uint32_t> expected;
      for (std::uint32_t j = 0; j < cells.size(); ++j) {
        if (i != j && hex_distance(cells[i], cells[j]) <= static_cast<std::int32_t>(rings))
          expected.push_back(j);
      }
      const auto row = weights.neighbours(i);
      EXPECT_EQ(std::vector<std::uint32_t>(row.begin(), row.end()), expected);
    }
  }
  EXPECT_EQ(hex_contiguity(cells, 1).neighbours(3 * 7 + 3).size(), 6U);
  EXPECT_EQ(hex_contiguity(cells, 2).neighbours(3 * 7 + 3).size(), 18U);
}

TEST(HexContiguity, RefusesACellThatIsThereTwice) {
  const std::vector<HexCell> cells = {{1, 2}, {1, 2}};
  EXPECT_THROW(hex_contiguity(cells), InputError);
}

TEST(NearestNeighbours, EqualBruteForceWithTiesByCoordinates) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto points = tied_points(seed, 60);
    const Weights weights = nearest_neighbours(points, 5);
    require_valid(weights);
    for (std::size_t i = 0; i < points.size(); ++i) {
      std::vector<std::tuple<double, Point, std::uint32_t>> all;
      for (std::uint32_t j = 0; j < points.size(); ++j) {
        if (i != j) all.emplace_back(geodesic_distance(points[i], points[j]).value, points[j], j);
      }
      std::sort(all.begin(), all.end());
      std::vector<std::uint32_t> expected;
      for (std::size_t n = 0; n < 5; ++n) expected.push_back(std::get<2>(all[n]));
      std::sort(expected.begin(), expected.end());
      const auto row = weights.neighbours(i);
      EXPECT_EQ(std::vector<std::uint32_t>(row.begin(), row.end()), expected);
    }
  }
}

TEST(NearestNeighbours, FewerPointsThanAskedFor) {
  const std::vector<Point> points = {{0, 0}, {1, 1}, {2, 0}};
  EXPECT_EQ(nearest_neighbours(points, 10), binary_weights(Lists{{1, 2}, {0, 2}, {0, 1}}));
  EXPECT_EQ(nearest_neighbours(points, 0), binary_weights(Lists{{}, {}, {}}));
}

TEST(NearestNeighbours, ThreadsAndRowsDoNotMatter) {
  // Distinct places: coincident points are told apart by nothing but their rows.
  std::vector<Point> points;
  for (int i = 0; i < 80; ++i) points.push_back({i % 9 * 0.25, i / 9 * 0.25});
  const Weights weights = nearest_neighbours(points, 4, {.threads = 1});
  for (const unsigned threads : {2U, 8U})
    EXPECT_EQ(nearest_neighbours(points, 4, {.threads = threads}), weights);
  const auto order = random_order(1, points.size());
  EXPECT_EQ(nearest_neighbours(reordered<Point>(points, order), 4), reordered(weights, order));
}

TEST(DistanceBand, EqualsBruteForce) {
  const auto points = tied_points(9, 70);
  const double radius = 60'000.0;
  const Weights weights = distance_band(points, {radius});
  for (std::uint32_t i = 0; i < points.size(); ++i) {
    for (std::uint32_t j = 0; j < points.size(); ++j) {
      const auto row = weights.neighbours(i);
      const bool listed = std::binary_search(row.begin(), row.end(), j);
      EXPECT_EQ(listed, i != j && geodesic_distance(points[i], points[j]).value <= radius);
    }
  }
}

TEST(PlanarDistanceBand, IncludesItsEdge) {
  const std::vector<Point> points = {{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
  EXPECT_EQ(planar_distance_band(points, 15.0),
            binary_weights(Lists{{1, 3}, {0, 3, 4}, {4}, {0, 1, 4}, {1, 2, 3, 5}, {4}}));
}

TEST(Islands, HaveNoNeighbourButThemselves) {
  const Weights weights = binary_weights(Lists{{1}, {0}, {}, {3}});
  EXPECT_EQ(islands(weights), (std::vector<std::size_t>{2, 3}));
}

TEST(WithSelf, AddsEachCellOnceInItsPlace) {
  const Weights weights = binary_weights(Lists{{1, 2}, {0, 1}, {}});
  const Weights all = with_self(weights);
  EXPECT_EQ(all, binary_weights(Lists{{0, 1, 2}, {0, 1}, {2}}));
  EXPECT_EQ(with_self(all), all);
  EXPECT_EQ(without_self(all), binary_weights(Lists{{1, 2}, {0}, {}}));
  EXPECT_FALSE(is_without_self(all));
  EXPECT_TRUE(is_without_self(without_self(all)));
}

TEST(WithSelf, TakesTheLargestWeightOfTheRow) {
  Weights weights = binary_weights(Lists{{1, 2}, {0, 1}, {}});
  weights.weight = {0.25, 0.75, 2.0, 0.5};
  const Weights all = with_self(weights);
  EXPECT_EQ(all.weight, (std::vector<double>{0.75, 0.25, 0.75, 2.0, 0.5, 1.0}));
}

TEST(WithoutSelf, DropsWeightsOfZero) {
  Weights weights = binary_weights(Lists{{0, 1, 2}, {}, {}});
  weights.weight = {1.0, 0.0, 0.5};
  EXPECT_FALSE(is_without_self(weights));
  const Weights others = without_self(weights);
  EXPECT_TRUE(is_without_self(others));
  EXPECT_EQ(others.neighbour, (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(others.weight, (std::vector<double>{0.5}));
}

TEST(RequireValid, NamesWhatIsWrong) {
  EXPECT_THROW(require_valid(binary_weights(Lists{{1, 1}, {}})), InputError);
  EXPECT_THROW(require_valid(binary_weights(Lists{{2}, {}})), InputError);
  for (const double bad : {-1.0, std::numeric_limits<double>::quiet_NaN(), 1e200}) {
    Weights weights = binary_weights(Lists{{1}, {}});
    weights.weight = {bad};
    EXPECT_THROW(require_valid(weights), InputError);
  }
  Weights torn = binary_weights(Lists{{1}, {}});
  torn.first = {0, 5, 1};
  EXPECT_THROW(require_valid(torn), InputError);
  EXPECT_NO_THROW(require_valid(Weights{}));
}

}  // namespace
}  // namespace waywarden
