#include "waywarden/study/analysis.h"

#include <gtest/gtest.h>

#include <numeric>

#include "small_study.h"
#include "waywarden/study/facts.h"
#include "waywarden/study/import_table.h"
#include "waywarden/study/interdiction_tables.h"
#include "waywarden/study/network_tables.h"
#include "waywarden/study/release_draft.h"

namespace waywarden {
namespace {

/// One analysis for all tests of this file: the tables made from it are looked at from several sides.
struct Done {
  test::SmallStudy small;
  Study study = read_study(small.file());
  StudyLayers layers = load_layers(study, {});
  Analysis analysis = analyse(study, layers, {});
};

const Done& done() {
  static const Done all;
  return all;
}

TEST(Analysis, EveryJourneyCrossesTheBorder) {
  const Analysis& a = done().analysis;
  EXPECT_NEAR(a.loading.journeys, 1000.0, 1e-6);
  const auto& crossing = a.loading.exposure.crossing.mean;
  const double crossed = std::accumulate(crossing.begin(), crossing.end(), 0.0);
  // Sources lie west of the border, destinations east of it.
  EXPECT_GE(crossed, 1000.0 - 1e-6);
  EXPECT_NEAR(a.calibration.spread, 1.04, 0.005);
}

TEST(Analysis, TeamsStopWhatTheySayWithinTheBound) {
  const Analysis& a = done().analysis;
  const Placement& p = answer(a);
  ASSERT_FALSE(p.site.empty());
  EXPECT_LE(p.total_caught(), p.bound + 1e-9);
  EXPECT_LE(p.total_caught(), a.placements.unaware.total_caught() + 1e-9);
  EXPECT_EQ(a.model, EvaderModel::partly_aware);
}

TEST(Analysis, NeedsPlaces) {
  Study study = done().study;
  study.places.reset();
  EXPECT_THROW(analyse(study, done().layers, {}), InputError);
}

TEST(Analysis, GivenFlowsReplaceGravity) {
  Study study = done().study;
  study.demand.given = LayerSource{};
  StudyLayers layers = done().layers;
  layers.flows = {{"p0", "p3", 5.0}, {"p1", "p1", 2.0}, {"p0", "nowhere", 1.0}};
  const Analysis a = analyse(study, layers, {});
  EXPECT_EQ(a.demand.size(), 1U);
  EXPECT_EQ(a.demand_account.journeys, 5.0);
  EXPECT_EQ(a.demand_account.unused_flows, 2U);
}

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

TEST(InterdictionTables, RanksAndSharesGoTogether) {
  const Analysis& a = done().analysis;
  const FeatureTable points = interception_table(a, a.model, "interception_points");
  double cumulative = 0.0;
  for (std::size_t row = 0; row < points.size(); ++row) {
    EXPECT_EQ(points.column("rank").number(row), static_cast<double>(row + 1));
    cumulative += *points.column("gain").number(row);
    EXPECT_NEAR(*points.column("cumulative").number(row), cumulative, 1e-9);
    EXPECT_NEAR(*points.column("share").number(row), cumulative / 1000.0, 1e-9);
  }
  const FeatureTable sites = site_table(a);
  EXPECT_EQ(sites.size(), a.sites.size());
  double change = 0.0;
  for (std::size_t row = 0; row < sites.size(); ++row) change += std::abs(*sites.column("change").number(row));
  EXPECT_GT(change, 0.0) << "half of the evaders react";
  EXPECT_GT(displacement_table(a).size(), 0U);
}

TEST(ImportTable, HidesIdsOfIncidents) {
  StudyLayers layers = done().layers;
  layers.report.add(Outcome::skipped, {"incidents.geojson", "incidents", "CASE-77"}, "incident without a point");
  const FeatureTable table = import_table(done().study, layers, done().analysis);
  bool found = false;
  for (std::size_t row = 0; row < table.size(); ++row) {
    EXPECT_EQ(table.column("feature_ids").text(row)->find("CASE-77"), std::string::npos);
    found = found || table.column("layer").text(row) == "incidents";
  }
  EXPECT_TRUE(found);
}

TEST(ReleaseDraft, FlowsThatWereCountedLeaveOnlyAsClasses) {
  Study study = done().study;
  study.demand.given = LayerSource{};
  const Draft draft = release_draft(study, done().layers, done().analysis);
  for (const Table& table : draft.tables) {
    for (const char* column : {"exposure", "gain", "before", "share"}) {
      EXPECT_EQ(table.features.find(column), nullptr) << table.features.name << "." << column;
    }
    EXPECT_TRUE(table.features.name != "edges" || table.features.find("exposure_class") != nullptr);
  }
}

TEST(ReleaseDraft, StylesAreForTablesThatAreThere) {
  const Draft draft = release_draft(done().study, done().layers, done().analysis);
  const auto styles = result_styles(draft);
  EXPECT_GE(styles.size(), 8U);
  for (const LayerStyle& style : styles) {
    EXPECT_TRUE(std::any_of(draft.tables.begin(), draft.tables.end(),
                            [&](const Table& t) { return t.features.name == style.table; }));
  }
}

TEST(Facts, SayHowSureAndUnderWhatAssumptions) {
  const Draft draft = release_draft(done().study, done().layers, done().analysis);
  const Release open = unrestricted(draft, "a test");
  const std::string facts = study_facts(done().study, done().layers, done().analysis, open).text();
  for (const char* key : {"assumptions", "evaders", "inputs", "notices", "questions", "title", "uncertainty"}) {
    EXPECT_NE(facts.find("\"" + std::string(key) + "\""), std::string::npos) << key;
  }
  const std::string provenance = study_provenance(done().study, done().layers, done().analysis, open).text();
  for (const char* key : {"inputs", "options", "versions", "seed", "a test", "route_choice.spread"}) {
    EXPECT_NE(provenance.find(key), std::string::npos) << key;
  }
}

}  // namespace
}  // namespace waywarden
