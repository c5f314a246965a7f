#include "waywarden/flow/demand_groups.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "small_places.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using small::journeys;

const Skim kSkim = small::on_a_line({0.0, 1.0, 3.0, 4.5});
const std::vector<GroupWeights> kGroups = {{"women", {2.0, 1.0, 0.0, 1.0}, {0.0, 1.0, 3.0, 1.0}},
                                           {"girls", {1.0, 0.0, 0.0, 1.0}, {1.0, 0.0, 1.0, 2.0}}};

Places four_places() { return small::places_with({9.0, 9.0, 9.0, 9.0}, {9.0, 9.0, 9.0, 9.0}); }

class EveryModel : public testing::TestWithParam<DemandModel> {};

TEST_P(EveryModel, GroupsAreEstimatedAloneAndAddUp) {
  const GroupedDemand found = grouped_demand(four_places(), kSkim, kGroups, GetParam(), {});
  EXPECT_EQ(found.group, (std::vector<std::string>{"girls", "women"}));
  double total = 0.0;
  for (const EstimatedDemand& one : found.estimate) total += one.demand.total();
  EXPECT_NEAR(found.sum.total(), total, 1e-12 * total);
  if (margins_of(GetParam()).total) {
    EXPECT_NEAR(total, *margins_of(GetParam()).total, 1e-7 * total);
  }
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      EXPECT_DOUBLE_EQ(journeys(found.sum, i, j),
                       journeys(found.estimate[0].demand, i, j) + journeys(found.estimate[1].demand, i, j));
    }
  }
  if (margins_of(GetParam()).total) return;
  Places alone = four_places();
  alone.source_weight = kGroups[0].source_weight;
  alone.destination_weight = kGroups[0].destination_weight;
  EXPECT_EQ(found.estimate[1].demand.journeys, model_demand(alone, kSkim, GetParam(), {}).demand.journeys);
}

INSTANTIATE_TEST_SUITE_P(
    Models, EveryModel,
    testing::Values(DemandModel(GravityOptions{}), DemandModel(GravityOptions{.total = 100.0}),
                    DemandModel(GravityOptions{.constraint = DemandConstraint::attraction, .total = 100.0}),
                    DemandModel(RadiationOptions{DemandConstraint::production, std::nullopt}),
                    DemandModel(InterveningOptions{.total = 50.0})));

TEST(GroupedDemand, TotalsAreSharedByWeight) {
  const GroupedDemand found =
      grouped_demand(four_places(), kSkim, kGroups, GravityOptions{.total = 60.0}, {});
  EXPECT_NEAR(found.estimate[0].demand.total(), 20.0, 1e-12);
  EXPECT_NEAR(found.estimate[1].demand.total(), 40.0, 1e-12);
}

TEST(GroupedDemand, TheOrderOfGroupsChangesNoBit) {
  std::vector<GroupWeights> reversed = kGroups;
  std::reverse(reversed.begin(), reversed.end());
  EXPECT_EQ(grouped_demand(four_places(), kSkim, kGroups, GravityOptions{}, {}).sum.journeys,
            grouped_demand(four_places(), kSkim, reversed, GravityOptions{}, {}).sum.journeys);
}

TEST(GroupedDemand, OfNoGroupIsNone) {
  EXPECT_EQ(grouped_demand(four_places(), kSkim, {}, GravityOptions{.total = 5.0}, {}).sum.size(), 0U);
}

TEST(GroupedDemand, NamesTheGroupThatMakesNoSense) {
  const auto reason = [](std::vector<GroupWeights> groups) {
    try {
      grouped_demand(four_places(), kSkim, groups, GravityOptions{}, {});
    } catch (const OptionError& error) {
      return error.reason();
    }
    return std::string("no error");
  };
  std::vector<GroupWeights> groups = kGroups;
  groups[1].source_weight = {0.0, 0.0, 0.0, 0.0};
  EXPECT_NE(reason(groups).find("group 'girls': no place has a source weight"), std::string::npos);
  groups[1].source_weight = {1.0};
  EXPECT_NE(reason(groups).find("group 'girls' needs"), std::string::npos);
  groups[1] = groups[0];
  EXPECT_NE(reason(groups).find("'women' is there twice"), std::string::npos);
  groups[1].group = "";
  EXPECT_NE(reason(groups).find("needs a name"), std::string::npos);
}

}  // namespace
}  // namespace waywarden
