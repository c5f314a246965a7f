#include "waywarden/flow/radiation.h"

#include <gtest/gtest.h>

#include <numeric>

#include "small_places.h"

namespace waywarden {
namespace {

using small::journeys;
using small::leaving;

/// By the definition, pair by pair; costs must not tie.
double by_definition(const Places& places, const Skim& skim, std::size_t i, std::size_t j) {
  const auto sum = [](const std::vector<double>& w) { return std::accumulate(w.begin(), w.end(), 0.0); };
  const double home = places.source_weight[i] * sum(places.destination_weight) / sum(places.source_weight);
  const auto cost = skim.cost(PlaceId(i), PlaceId(j));
  if (i == j || !cost || places.source_weight[i] == 0.0) return 0.0;
  double closer = 0.0, reach = 0.0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const auto other = skim.cost(PlaceId(i), PlaceId(k));
    if (k == i || !other) continue;
    reach += places.destination_weight[k];
    if (*other < *cost) closer += places.destination_weight[k];
  }
  const double there = places.destination_weight[j];
  return places.source_weight[i] * (home + reach) / reach * home * there /
         ((home + closer) * (home + closer + there));
}

class RandomRadiation : public testing::TestWithParam<std::uint64_t> {
 protected:
  static constexpr std::size_t kPlaces = 8;
  RandomStream random_{GetParam(), 0};
  Places places_ =
      small::places_with(small::random_weights(random_, kPlaces), small::random_weights(random_, kPlaces));
};

TEST_P(RandomRadiation, EqualsTheDefinition) {
  small::Costs costs;
  for (std::size_t k = 0; k < kPlaces * kPlaces; ++k) {
    const double cost = random_.uniform();
    costs.push_back(random_.uniform() < 0.2 ? std::nullopt : std::optional(cost));
  }
  const Skim skim(kPlaces, costs);
  const Demand demand = radiation_demand(places_, skim, {}, {}).demand;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    for (std::size_t j = 0; j < kPlaces; ++j)
      EXPECT_NEAR(journeys(demand, i, j), by_definition(places_, skim, i, j), 1e-13) << "seed " << GetParam();
  }
}

TEST_P(RandomRadiation, EveryoneWhoReachesAnythingLeaves) {
  const Skim skim(kPlaces, small::random_costs(random_, kPlaces, 0.3));
  const Demand demand = radiation_demand(places_, skim, {}, {}).demand;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    if (leaving(demand, i) > 0.0) {
      EXPECT_NEAR(leaving(demand, i), places_.source_weight[i], 1e-13) << "seed " << GetParam();
    }
  }
}

TEST_P(RandomRadiation, MeetsMargins) {
  small::Costs costs = small::random_costs(random_, kPlaces, 0.0);
  for (double& w : places_.source_weight) w += 1.0;
  for (double& w : places_.destination_weight) w += 1.0;
  const Skim skim(kPlaces, costs);
  const double total = 50.0;
  for (const DemandConstraint constraint :
       {DemandConstraint::production, DemandConstraint::attraction, DemandConstraint::both}) {
    const Demand demand = radiation_demand(places_, skim, {constraint, total}, {}).demand;
    const auto sum = [](const std::vector<double>& w) { return std::accumulate(w.begin(), w.end(), 0.0); };
    for (std::size_t i = 0; i < kPlaces; ++i) {
      const double out = total * places_.source_weight[i] / sum(places_.source_weight),
                   in = total * places_.destination_weight[i] / sum(places_.destination_weight);
      if (constraint != DemandConstraint::attraction) {
        EXPECT_NEAR(leaving(demand, i), out, 1.0001e-8 * out);
      }
      if (constraint != DemandConstraint::production) {
        EXPECT_NEAR(small::arriving(demand, i), in, 1.0001e-8 * in);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRadiation, testing::Range(std::uint64_t{1}, std::uint64_t{21}));

TEST(Radiation, TiesAreSharedInProportion) {
  // b and c cost the same from a: together they get what one place with 4 opportunities would.
  const Places apart = small::places_with({1.0, 0.0, 0.0, 0.0}, {0.0, 1.0, 3.0, 4.0});
  const Demand two = radiation_demand(apart, small::on_a_line({0.0, 1.0, 1.0, 2.0}), {}, {}).demand;
  const Places together = small::places_with({1.0, 0.0, 0.0}, {0.0, 4.0, 4.0});
  const Demand one = radiation_demand(together, small::on_a_line({0.0, 1.0, 2.0}), {}, {}).demand;
  EXPECT_NEAR(journeys(two, 0, 1) + journeys(two, 0, 2), journeys(one, 0, 1), 1e-15);
  EXPECT_NEAR(journeys(two, 0, 2), 3.0 * journeys(two, 0, 1), 1e-15);
  EXPECT_NEAR(journeys(two, 0, 3), journeys(one, 0, 2), 1e-15);
}

TEST(Radiation, OfAllPopulationsAsWeightsByHand) {
  // m = n = populations 2, 3, 5: from a, b first. Simini's formula with the correction (2 + 8) / 8.
  const Places places = small::places_with({2.0, 3.0, 5.0}, {2.0, 3.0, 5.0});
  const Demand demand = radiation_demand(places, small::on_a_line({0.0, 1.0, 3.0}), {}, {}).demand;
  EXPECT_NEAR(journeys(demand, 0, 1), 2.0 * (2.0 * 3.0 / (2.0 * 5.0)) * 10.0 / 8.0, 1e-14);
  EXPECT_NEAR(journeys(demand, 0, 2), 2.0 * (2.0 * 5.0 / (5.0 * 10.0)) * 10.0 / 8.0, 1e-14);
}

TEST(Radiation, WeightsCountRelativeToEachOther) {
  const Skim skim = small::on_a_line({0.0, 1.0, 3.0});
  const Demand one =
      radiation_demand(small::places_with({1.0, 2.0, 0.5}, {2.0, 1.0, 4.0}), skim, {.total = 10.0}, {})
          .demand;
  const Demand other =
      radiation_demand(small::places_with({1e3, 2e3, 5e2}, {2e-3, 1e-3, 4e-3}), skim, {.total = 10.0}, {})
          .demand;
  for (std::size_t k = 0; k < one.size(); ++k) EXPECT_NEAR(one.journeys[k], other.journeys[k], 1e-13);
}

}  // namespace
}  // namespace waywarden
