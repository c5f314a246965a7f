#include "waywarden/study/hotspot_tables.h"

#include <gtest/gtest.h>

#include "done.h"

namespace waywarden {
namespace {

using test::done;

TEST(HotspotTables, DeclareCountsAndClassesAndLeaveStatisticsBehind) {
  const IncidentHotspots& hotspots = *done().analysis.hotspots;
  const Table hexagons = hexagon_table(hotspots, Origin::synthetic);
  EXPECT_EQ(hexagons.features.size(), hotspots.cells.size());
  EXPECT_EQ(hexagons.content, Content::counts);
  ASSERT_EQ(hexagons.counts.size(), 1U);
  EXPECT_EQ(hexagons.counts[0].coverage, Coverage::complete);
  EXPECT_EQ(hexagons.open_columns, std::vector<std::string>{"cell"});
  EXPECT_GE(hexagons.classes[0].facts.size(), hotspots.cells.size());
}

TEST(HotspotTables, PlacesCountSomeOfTheIncidents) {
  const Table places =
      place_hotspot_table(*done().analysis.hotspots, done().analysis.built.places, Origin::synthetic);
  EXPECT_EQ(places.features.size(), 6U);
  EXPECT_EQ(places.counts[0].coverage, Coverage::partial);
  EXPECT_EQ(places.counts[0].population, kIncidents);
}

}  // namespace
}  // namespace waywarden
