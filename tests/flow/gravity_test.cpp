#include "waywarden/flow/gravity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "small_places.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using small::journeys;
using small::on_a_line;
using small::places_with;

TEST(Gravity, UnconstrainedByHand) {
  const Places places = places_with({1.0, 0.0, 1.0}, {0.0, 3.0, 1.0});
  const Skim skim = on_a_line({0.0, 1.0, 4.0});
  // Pairs: a-b cost 1 weight 3, a-c cost 4 weight 1, c-b cost 3 weight 3; the weighted median cost is 3.
  const EstimatedDemand exponential = gravity_demand(places, skim, {.decay = 1.5}, {});
  EXPECT_DOUBLE_EQ(exponential.median_cost, 3.0);
  EXPECT_EQ(exponential.demand.size(), 3U);
  EXPECT_NEAR(journeys(exponential.demand, 0, 1), 3.0 * std::exp(-1.5 / 3.0), 1e-14);
  EXPECT_NEAR(journeys(exponential.demand, 0, 2), 1.0 * std::exp(-1.5 * 4.0 / 3.0), 1e-14);
  EXPECT_NEAR(journeys(exponential.demand, 2, 1), 3.0 * std::exp(-1.5), 1e-14);
  const EstimatedDemand power = gravity_demand(places, skim, {.function = Decay::power, .decay = 2.0}, {});
  EXPECT_NEAR(journeys(power.demand, 0, 1), 3.0 * 9.0, 1e-12);
  EXPECT_NEAR(journeys(power.demand, 0, 2), 9.0 / 16.0, 1e-13);
}

TEST(Gravity, TannersDecayByHand) {
  const Places places = places_with({1.0, 0.0, 1.0}, {0.0, 3.0, 1.0});
  const Demand demand = gravity_demand(places, on_a_line({0.0, 1.0, 4.0}),
                                       {.function = Decay::tanner, .decay = 0.5, .exponent = -2.0}, {})
                            .demand;
  EXPECT_NEAR(journeys(demand, 0, 1), 3.0 * 9.0 * std::exp(-0.5 / 3.0), 1e-12);
  EXPECT_NEAR(journeys(demand, 0, 2), 9.0 / 16.0 * std::exp(-0.5 * 4.0 / 3.0), 1e-13);
}

TEST(Gravity, TotalIsMetAndProportionsStay) {
  const Places places = places_with({2.0, 1.0, 1.0}, {1.0, 3.0, 1.0});
  const Skim skim = on_a_line({0.0, 1.0, 4.0});
  const Demand plain = gravity_demand(places, skim, {}, {}).demand;
  const Demand scaled = gravity_demand(places, skim, {.total = 500.0}, {}).demand;
  EXPECT_NEAR(scaled.total(), 500.0, 1e-10);
  EXPECT_NEAR(journeys(scaled, 0, 1) / journeys(scaled, 2, 1), journeys(plain, 0, 1) / journeys(plain, 2, 1),
              1e-12);
}

class ConstrainedGravity : public testing::TestWithParam<DemandConstraint> {};

TEST_P(ConstrainedGravity, MeetsItsMargins) {
  const std::vector<double> source = {2.0, 1.0, 1.5, 0.0, 3.0}, destination = {1.0, 0.0, 2.0, 4.0, 1.0};
  const EstimatedDemand result =
      gravity_demand(places_with(source, destination), on_a_line({0.0, 1.0, 3.0, 7.0, 8.0}),
                     {.constraint = GetParam(), .total = 750.0}, {});
  EXPECT_LE(result.margin_error, 1e-8);
  EXPECT_NEAR(result.demand.total(), 750.0, 1e-5);
  for (std::size_t place = 0; place < 5; ++place) {
    double leaving = 0.0, arriving = 0.0;
    for (std::size_t other = 0; other < 5; ++other) {
      leaving += journeys(result.demand, place, other);
      arriving += journeys(result.demand, other, place);
    }
    if (GetParam() != DemandConstraint::attraction) {
      EXPECT_NEAR(leaving, 100.0 * source[place], 1.0001e-6 * source[place]);
    }
    if (GetParam() != DemandConstraint::production) {
      EXPECT_NEAR(arriving, 93.75 * destination[place], 1.0001e-6 * destination[place]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Constraints, ConstrainedGravity,
                         testing::Values(DemandConstraint::production, DemandConstraint::attraction,
                                         DemandConstraint::both));

TEST(Gravity, CountsPairsWithoutARouteAndPlacesOffTheNetwork) {
  Places places = places_with({1.0, 1.0, 1.0, 1.0}, {1.0, 1.0, 1.0, 0.0});
  places.node[3] = NodeId::none();
  std::vector<std::optional<double>> costs(16, 2.0);
  costs[4 * 1 + 0] = std::nullopt;
  for (std::size_t i = 0; i < 4; ++i) costs[4 * i + 3] = costs[4 * 3 + i] = std::nullopt;
  const EstimatedDemand result = gravity_demand(places, Skim(4, costs), {}, {});
  EXPECT_EQ(result.demand.size(), 5U);
  EXPECT_EQ(result.unreachable_pairs, 1U);
  EXPECT_EQ(result.unattached_places, 1U);
}

std::string reason_of(const Places& places, const Skim& skim, DemandConstraint constraint) {
  try {
    gravity_demand(places, skim, {.constraint = constraint}, {});
  } catch (const OptionError& error) {
    return error.reason();
  }
  return "no error";
}

TEST(Gravity, NamesAPlaceWithNowhereToGo) {
  std::vector<std::optional<double>> costs(9, 1.0);
  costs[3 * 0 + 2] = costs[3 * 1 + 2] = std::nullopt;
  const Places places = places_with({1.0, 1.0, 1.0}, {1.0, 1.0, 1.0});
  EXPECT_NE(reason_of(places, Skim(3, costs), DemandConstraint::production).find("'c'"), std::string::npos);
  EXPECT_EQ(reason_of(places, Skim(3, costs), DemandConstraint::none), "no error");
}

TEST(Gravity, NamesPlacesThatCannotFitTogether) {
  // More leaves a than the others can take, and nobody stays in place.
  const Places places = places_with({9.0, 1.0, 1.0}, {9.0, 1.0, 1.0});
  const std::string reason = reason_of(places, on_a_line({0.0, 1.0, 2.0}), DemandConstraint::both);
  EXPECT_NE(reason.find("what leaves 'a'"), std::string::npos) << reason;
  EXPECT_NE(reason.find("reach, 'b', 'c'"), std::string::npos) << reason;
}

TEST(Gravity, MarginsThatForbidPossiblePairsAreRefused) {
  // What leaves a and b fills c and d exactly, so a-b and b-a would have to be empty.
  const Places places = places_with({1.0, 1.0, 1.0, 1.0}, {1.0, 1.0, 1.0, 1.0});
  std::vector<std::optional<double>> costs(16, 1.0);
  for (const auto& [from, to] : {std::pair{0, 1}, {1, 0}})
    costs[static_cast<std::size_t>(4 * to + from)] = std::nullopt;
  const std::string reason = reason_of(places, Skim(4, costs), DemandConstraint::both);
  EXPECT_NE(reason.find("what leaves 'a', 'b' fills the places these reach, 'c', 'd'"), std::string::npos)
      << reason;
  EXPECT_NE(reason.find("relax a constraint"), std::string::npos);
}

TEST(Gravity, NamesTwoSourcesThatShareOneDestination) {
  // c takes 2 and is all that a and b reach, which send 2 each; everything else can be met.
  const Places places = places_with({2.0, 2.0, 2.0, 2.0}, {2.0, 2.0, 2.0, 2.0});
  std::vector<std::optional<double>> costs(16, 1.0);
  for (const auto& [from, to] : {std::pair{0, 1}, {1, 0}, {0, 3}, {1, 3}})
    costs[static_cast<std::size_t>(4 * to + from)] = std::nullopt;
  const std::string reason = reason_of(places, Skim(4, costs), DemandConstraint::both);
  EXPECT_NE(reason.find("what leaves 'a', 'b' is more than what may arrive"), std::string::npos) << reason;
  EXPECT_NE(reason.find("reach, 'c'"), std::string::npos) << reason;
}

TEST(Gravity, FarPlacesAreNotLostToUnderflow) {
  // From a the other places are 10,000 medians away: exp(-10,000) is 0, what a sends is not.
  const Places places = places_with({1e-9, 1.0, 1.0}, {0.0, 1.0, 1.0});
  const Skim skim = on_a_line({1e4, 0.0, 1.0});
  const Demand demand = gravity_demand(places, skim, {.constraint = DemandConstraint::production}, {}).demand;
  EXPECT_NEAR(small::leaving(demand, 0), 1e-9, 1e-17);
  EXPECT_NEAR(journeys(demand, 0, 1) / journeys(demand, 0, 2), std::exp(-1.0), 1e-9);
}

TEST(Gravity, RefusesWeightsThatAreAllZero) {
  const Skim skim = on_a_line({0.0, 1.0});
  EXPECT_THROW(gravity_demand(places_with({0.0, 0.0}, {1.0, 1.0}), skim, {.total = 10.0}, {}), OptionError);
  EXPECT_THROW(gravity_demand(places_with({1.0, 1.0}, {0.0, 0.0}), skim, {}, {}), OptionError);
}

TEST(Gravity, RefusesWhatMakesNoSense) {
  const Skim skim = on_a_line({0.0, 1.0});
  const Places places = places_with({1.0, 1.0}, {1.0, 1.0});
  EXPECT_THROW(gravity_demand(places, skim, {.decay = -1.0}, {}), OptionError);
  EXPECT_THROW(gravity_demand(places, skim, {.exponent = 1.0}, {}), OptionError);
  EXPECT_THROW(gravity_demand(places, skim, {.total = 0.0}, {}), OptionError);
  EXPECT_THROW(gravity_demand(places_with({-1.0, 1.0}, {1.0, 1.0}), skim, {}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
