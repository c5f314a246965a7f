#include "waywarden/flow/gravity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

Places places_with(const std::vector<double>& source, const std::vector<double>& destination) {
  Places places;
  for (std::size_t i = 0; i < source.size(); ++i) {
    places.id.push_back(std::string(1, static_cast<char>('a' + i)));
    places.node.push_back(NodeId(i));
  }
  places.name = places.country = places.id;
  places.point.resize(source.size());
  places.access_m.assign(source.size(), 0.0);
  places.population.assign(source.size(), 1.0);
  places.source_weight = source;
  places.destination_weight = destination;
  return places;
}

/// cost(i, j) = |x_i - x_j|
Skim on_a_line(const std::vector<double>& x) {
  std::vector<std::optional<double>> costs;
  for (const double to : x) {
    for (const double from : x) costs.push_back(std::abs(to - from));
  }
  return Skim(x.size(), costs);
}

double journeys(const Demand& demand, std::size_t origin, std::size_t destination) {
  for (std::size_t k = 0; k < demand.size(); ++k) {
    if (demand.origin[k] == PlaceId(origin) && demand.destination[k] == PlaceId(destination))
      return demand.journeys[k];
  }
  return 0.0;
}

TEST(Gravity, UnconstrainedByHand) {
  const Places places = places_with({1.0, 0.0, 1.0}, {0.0, 3.0, 1.0});
  const Skim skim = on_a_line({0.0, 1.0, 4.0});
  // Pairs: a-b cost 1 weight 3, a-c cost 4 weight 1, c-b cost 3 weight 3; the weighted median cost is 3.
  const GravityDemand exponential = gravity_demand(places, skim, {.decay = 1.5}, {});
  EXPECT_DOUBLE_EQ(exponential.median_cost, 3.0);
  EXPECT_EQ(exponential.demand.size(), 3U);
  EXPECT_NEAR(journeys(exponential.demand, 0, 1), 3.0 * std::exp(-1.5 / 3.0), 1e-14);
  EXPECT_NEAR(journeys(exponential.demand, 0, 2), 1.0 * std::exp(-1.5 * 4.0 / 3.0), 1e-14);
  EXPECT_NEAR(journeys(exponential.demand, 2, 1), 3.0 * std::exp(-1.5), 1e-14);
  const GravityDemand power = gravity_demand(places, skim, {.function = Decay::power, .decay = 2.0}, {});
  EXPECT_NEAR(journeys(power.demand, 0, 1), 3.0 * 9.0, 1e-12);
  EXPECT_NEAR(journeys(power.demand, 0, 2), 9.0 / 16.0, 1e-13);
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
  const GravityDemand result =
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
  const GravityDemand result = gravity_demand(places, Skim(4, costs), {}, {});
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
  EXPECT_NE(reason_of(places, Skim(4, costs), DemandConstraint::both).find("relax a constraint"),
            std::string::npos);
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
  EXPECT_THROW(gravity_demand(places, skim, {.total = 0.0}, {}), OptionError);
  EXPECT_THROW(gravity_demand(places_with({-1.0, 1.0}, {1.0, 1.0}), skim, {}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
