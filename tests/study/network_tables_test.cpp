#include "waywarden/study/network_tables.h"

#include <gtest/gtest.h>

#include <set>

#include "done.h"

namespace waywarden {
namespace {

using test::done;

TEST(NetworkTables, ExposureClassesAreShares) {
  EXPECT_EQ(exposure_class(0.0, 100.0), "none");
  EXPECT_EQ(exposure_class(0.05, 100.0), "under 0.1 %");
  EXPECT_EQ(exposure_class(2.0, 100.0), "1 to 3 %");
  EXPECT_EQ(exposure_class(50.0, 100.0), "10 % and more");
}

TEST(NetworkTables, EveryEdgeIsThereOnceWithBothDirections) {
  const Analysis& a = done().analysis;
  const FeatureTable edges = edge_table(a.built.network, a.loading);
  double sum = 0.0, expected = 0.0;
  for (std::size_t row = 0; row < edges.size(); ++row) sum += *edges.column("exposure").number(row);
  for (std::size_t e = 0; e < a.built.network.edge_count(); ++e) {
    if (a.built.network.kind(EdgeId(e)) != EdgeKind::crossing) expected += a.loading.exposure.edge.mean[e];
  }
  EXPECT_NEAR(sum, expected, 1e-6);
  EXPECT_EQ(std::set<std::string>(edges.ids.begin(), edges.ids.end()).size(), edges.size());
}

TEST(NetworkTables, PlacesHaveTheirRoles) {
  const FeatureTable places = place_table(done().analysis.built.places);
  EXPECT_EQ(places.column("role").text(0), "source");
  EXPECT_EQ(places.column("role").text(5), "destination");
  EXPECT_EQ(places.column("source_weight").number(0), 500.0);
}

}  // namespace
}  // namespace waywarden
