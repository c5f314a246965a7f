#include "waywarden/hotspots/aggregate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

std::vector<Point> random_points(std::uint64_t seed, std::size_t count) {
  RandomStream stream(seed, 0);
  std::vector<Point> points;
  for (std::size_t i = 0; i < count; ++i)
    points.push_back({84 + 2 * stream.uniform(), 26 + 2 * stream.uniform()});
  return points;
}

TEST(CountByHexagon, EveryIncidentIsCountedOnceAndEmptyCellsStay) {
  const auto incidents = random_points(1, 300);
  const HexGrid grid({85, 27}, 60.0);
  const HexCounts result = count_by_hexagon(grid, incidents);
  EXPECT_EQ(result.cells, grid.covering(incidents));
  EXPECT_EQ(std::accumulate(result.counts.begin(), result.counts.end(), std::int64_t{0}), 300);
  EXPECT_GT(std::count(result.counts.begin(), result.counts.end(), 0), 100);
  const auto cells = grid.cells_of(incidents);
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    EXPECT_EQ(result.cells[result.cell_of_incident[i]], cells[i]);
  }
}

TEST(CountByHexagon, OrderOfIncidentsDoesNotMatter) {
  auto incidents = random_points(2, 200);
  const HexGrid grid({85, 27}, 90.0);
  const auto counts = count_by_hexagon(grid, incidents).counts;
  std::reverse(incidents.begin(), incidents.end());
  EXPECT_EQ(count_by_hexagon(grid, incidents).counts, counts);
}

TEST(CountWithinHexagons, IncidentsElsewhereAreCountedAsOutside) {
  const HexGrid grid({85, 27}, 60.0);
  const std::vector<HexCell> cells = {{1, 0}, {0, 0}};
  const std::vector<Point> incidents = {{85, 27}, {89, 27}, {85, 27}};
  const std::vector<std::int64_t> people = {3, 5, 0};
  const auto result = count_within_hexagons(grid, cells, incidents, people);
  EXPECT_EQ(result.counts, (std::vector<std::int64_t>{0, 3}));
  EXPECT_EQ(result.outside, 5);
  EXPECT_EQ(result.cell_of_incident[0], 1U);
  EXPECT_FALSE(result.cell_of_incident[1].has_value());
}

TEST(CountByPlace, EqualsBruteForce) {
  const auto incidents = random_points(3, 200), places = random_points(4, 30);
  const Metres limit{15'000.0};
  const PlaceCounts result = count_by_place(incidents, places, limit);
  std::int64_t unassigned = 0;
  std::vector<std::int64_t> counts(places.size(), 0);
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    std::vector<double> distances;
    for (const Point place : places) distances.push_back(geodesic_distance(incidents[i], place).value);
    const auto nearest = std::min_element(distances.begin(), distances.end());
    const auto place = static_cast<std::uint32_t>(nearest - distances.begin());
    if (*nearest > limit.value) {
      ++unassigned;
      EXPECT_FALSE(result.place_of_incident[i].has_value());
      EXPECT_FALSE(result.distance_m[i].has_value());
    } else {
      ++counts[place];
      EXPECT_EQ(result.place_of_incident[i], place);
      EXPECT_EQ(result.distance_m[i], *nearest);
    }
  }
  EXPECT_EQ(result.counts, counts);
  EXPECT_EQ(result.unassigned, unassigned);
  EXPECT_GT(unassigned, 0);
}

TEST(CountByPlace, TiesGoByCoordinatesNotByRow) {
  const std::vector<Point> incidents = {{10, 0}};
  const std::vector<Point> places = {{10, 1}, {10, -1}}, turned = {{10, -1}, {10, 1}};
  EXPECT_EQ(count_by_place(incidents, places, {2e5}).place_of_incident[0], 1U);
  EXPECT_EQ(count_by_place(incidents, turned, {2e5}).place_of_incident[0], 0U);
}

TEST(CountByPlace, WithoutPlacesNothingIsAssigned) {
  const auto incidents = random_points(5, 7);
  EXPECT_EQ(count_by_place(incidents, {}, {1e6}).unassigned, 7);
}

TEST(Aggregate, RefusesSizesThatDoNotFit) {
  const auto incidents = random_points(6, 2);
  const std::vector<std::int64_t> one = {1}, negative = {1, -1};
  const HexGrid grid({85, 27}, 60.0);
  EXPECT_THROW(count_by_hexagon(grid, incidents, one), InputError);
  EXPECT_THROW(count_by_place(incidents, incidents, {1.0}, negative), InputError);
}

}  // namespace
}  // namespace waywarden
