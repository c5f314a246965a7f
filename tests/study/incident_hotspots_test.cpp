#include "waywarden/study/incident_hotspots.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

struct World {
  std::vector<Point> incidents;
  Places places;
};

World world(unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> spread(0.0, 0.1);
  World w;
  for (int i = 0; i < 200; ++i) w.incidents.push_back({85 + spread(random), 27 + spread(random)});
  for (int i = 0; i < 12; ++i) {
    w.places.id.push_back("p" + std::to_string(i));
    w.places.point.push_back({84.8 + 0.04 * i, 27.0 + 0.02 * (i % 3)});
  }
  return w;
}

TEST(IncidentHotspots, EveryIncidentIsCountedOnceInEachPartition) {
  const World w = world(1);
  const auto found = incident_hotspots(w.incidents, w.places, {}, 1, {});
  const auto total = [](const std::vector<std::int64_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  };
  EXPECT_EQ(total(found.hexagons.counts), 200);
  EXPECT_EQ(total(found.places.counts) + found.far_from_places, 200);
  EXPECT_EQ(found.incidents, 200);
}

TEST(IncidentHotspots, OverlapsHoldEveryPairThatSharesAnIncident) {
  const World w = world(2);
  const IncidentLayer options;
  const auto found = incident_hotspots(w.incidents, w.places, options, 1, {});
  const auto cells = found.grid.cells_of(w.incidents);
  for (std::size_t i = 0; i < w.incidents.size(); ++i) {
    std::size_t nearest = 0;
    for (std::size_t p = 1; p < w.places.size(); ++p) {
      if (geodesic_distance(w.incidents[i], w.places.point[p]) <
          geodesic_distance(w.incidents[i], w.places.point[nearest])) {
        nearest = p;
      }
    }
    if (geodesic_distance(w.incidents[i], w.places.point[nearest]) > options.place_radius) continue;
    const bool listed =
        std::any_of(found.overlaps.begin(), found.overlaps.end(), [&](const Overlap::Pair& pair) {
          return found.cells[pair.first_row] == cells[i] && pair.second_row == nearest;
        });
    EXPECT_TRUE(listed);
  }
}

TEST(IncidentHotspots, EnclosedHexagonsHoldNoIncidentFarFromPlaces) {
  const World w = world(6);
  IncidentLayer options;
  options.hexagon_km2 = 50.0;
  options.place_radius = Metres(12000.0);
  const auto found = incident_hotspots(w.incidents, w.places, options, 1, {});
  ASSERT_FALSE(found.hexagons_enclosed.empty());
  ASSERT_GT(found.far_from_places, 0);
  const auto near = [&](Point point) {
    return std::any_of(w.places.point.begin(), w.places.point.end(),
                       [&](Point place) { return geodesic_distance(point, place) <= options.place_radius; });
  };
  std::vector<HexCell> enclosed;
  for (const std::size_t cell : found.hexagons_enclosed) enclosed.push_back(found.cells[cell]);
  for (const Point centre : found.grid.centres(enclosed)) EXPECT_TRUE(near(centre));
  const auto cells = found.grid.cells_of(w.incidents);
  for (std::size_t i = 0; i < w.incidents.size(); ++i) {
    if (near(w.incidents[i])) continue;
    EXPECT_EQ(std::count(enclosed.begin(), enclosed.end(), cells[i]), 0);
  }
}

TEST(IncidentHotspots, TheOrderOfIncidentsChangesNothing) {
  World w = world(3);
  const auto found = incident_hotspots(w.incidents, w.places, {}, 1, {});
  std::shuffle(w.incidents.begin(), w.incidents.end(), std::mt19937(5));
  const auto again = incident_hotspots(w.incidents, w.places, {}, 1, {});
  EXPECT_EQ(found.hexagons.counts, again.hexagons.counts);
  EXPECT_EQ(found.hexagons.result.p, again.hexagons.result.p);
  EXPECT_EQ(found.hexagons.result.z, again.hexagons.result.z);
}

TEST(IncidentHotspots, WithoutPlacesThereAreHexagonsOnly) {
  const World w = world(4);
  EXPECT_TRUE(incident_hotspots(w.incidents, {}, {}, 1, {}).places.counts.empty());
}

}  // namespace
}  // namespace waywarden
