#include "waywarden/study/analysis.h"

#include <gtest/gtest.h>

#include <numeric>

#include "done.h"

namespace waywarden {
namespace {

using test::done;

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

}  // namespace
}  // namespace waywarden
