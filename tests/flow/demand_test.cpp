#include "waywarden/flow/demand.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Three places; nothing reaches place 2.
Skim three_places() {
  std::vector<std::optional<double>> costs(9, 1.0);
  costs[6] = costs[7] = std::nullopt;
  return Skim(3, costs);
}

StatedFlow flow(std::size_t origin, std::size_t destination, double journeys) {
  return {PlaceId(origin), PlaceId(destination), journeys};
}

TEST(StatedDemand, SortsMergesAndCountsWhatIsLeftOut) {
  const std::vector<StatedFlow> flows = {flow(1, 0, 5.0), flow(0, 1, 2.0), flow(1, 0, 3.0), flow(0, 2, 7.0),
                                         flow(1, 1, 4.0), flow(2, 0, 0.0), flow(1, 2, 1.0)};
  const StatedDemand stated = stated_demand(flows, three_places());
  EXPECT_EQ(stated.demand.origin, (std::vector{PlaceId(1), PlaceId(0)}));
  EXPECT_EQ(stated.demand.destination, (std::vector{PlaceId(0), PlaceId(1)}));
  EXPECT_EQ(stated.demand.journeys, (std::vector{8.0, 2.0}));
  EXPECT_EQ(stated.unreachable_pairs, 2U);
  EXPECT_DOUBLE_EQ(stated.unreachable_journeys, 8.0);
  EXPECT_EQ(stated.within_places, 1U);
  EXPECT_DOUBLE_EQ(stated.journeys_within_places, 4.0);
  EXPECT_DOUBLE_EQ(stated.demand.total(), 10.0);
}

TEST(StatedDemand, TheOrderOfRowsChangesNoBit) {
  std::vector<StatedFlow> flows = {flow(1, 0, 0.1), flow(1, 0, 0.2), flow(1, 0, 0.3), flow(0, 1, 1e-9),
                                   flow(0, 1, 1.0)};
  const std::vector<double> expected = stated_demand(flows, three_places()).demand.journeys;
  for (int i = 0; i < 5; ++i) {
    std::rotate(flows.begin(), flows.begin() + 1, flows.end());
    EXPECT_EQ(stated_demand(flows, three_places()).demand.journeys, expected);
  }
}

TEST(StatedDemand, RefusesWhatIsNoCount) {
  const Skim skim = three_places();
  for (const double journeys : {-1.0, std::nan(""), HUGE_VAL}) {
    EXPECT_THROW(stated_demand(std::vector{flow(0, 1, journeys)}, skim), OptionError);
  }
  EXPECT_THROW(stated_demand(std::vector{flow(0, 3, 1.0)}, skim), OptionError);
}

TEST(Demand, GroupsByDestination) {
  Demand demand;
  demand.origin = {PlaceId(1), PlaceId(2), PlaceId(0)};
  demand.destination = {PlaceId(0), PlaceId(0), PlaceId(2)};
  demand.journeys = {1.0, 2.0, 3.0};
  const std::vector<DemandGroup> found = groups(demand);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].destination, PlaceId(0));
  EXPECT_EQ(found[0].last, 2U);
  EXPECT_EQ(found[1].first, 2U);
  EXPECT_EQ(found[1].last, 3U);
}

TEST(StatedDemand, KeepsFlowsBeyondTheCutoff) {
  const std::vector<std::optional<double>> costs{0.0, 5.0, 1.0, 0.0};
  const StatedDemand found =
      stated_demand(std::vector{flow(0, 1, 2.0), flow(1, 0, 3.0)}, Skim(2, costs, {.cutoff = 2.0}));
  EXPECT_EQ(found.demand.total(), 5.0);
  EXPECT_EQ(found.unreachable_pairs, 0U);
}

}  // namespace
}  // namespace waywarden
