#include "waywarden/flow/demand_model.h"

#include <gtest/gtest.h>

#include "small_places.h"

namespace waywarden {
namespace {

TEST(DemandModel, IsTheModelItHolds) {
  const Places places = small::places_with({1.0, 2.0, 3.0}, {2.0, 1.0, 3.0});
  const Skim skim = small::on_a_line({0.0, 1.0, 3.0});
  const GravityOptions gravity{.decay = 0.3, .total = 5.0};
  const RadiationOptions radiation{DemandConstraint::production, 7.0};
  const InterveningOptions intervening{.acceptance = 3.0};
  EXPECT_EQ(model_demand(places, skim, gravity, {}).demand.journeys,
            gravity_demand(places, skim, gravity, {}).demand.journeys);
  EXPECT_EQ(model_demand(places, skim, radiation, {}).demand.journeys,
            radiation_demand(places, skim, radiation, {}).demand.journeys);
  EXPECT_EQ(model_demand(places, skim, intervening, {}).demand.journeys,
            intervening_demand(places, skim, intervening, {}).demand.journeys);
  EXPECT_EQ(margins_of(radiation).constraint, DemandConstraint::production);
  EXPECT_EQ(margins_of(gravity).total, 5.0);
}

}  // namespace
}  // namespace waywarden
