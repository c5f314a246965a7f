#include "waywarden/flow/intervening.h"

#include <gtest/gtest.h>

#include <numeric>

#include "small_places.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using small::journeys;
using small::leaving;

/// By the formula, pair by pair; costs must not tie.
double by_definition(const Places& places, const Skim& skim, double acceptance, std::size_t i,
                     std::size_t j) {
  const double all = std::accumulate(places.destination_weight.begin(), places.destination_weight.end(), 0.0);
  const auto cost = skim.cost(PlaceId(i), PlaceId(j));
  if (i == j || !cost || places.source_weight[i] == 0.0) return 0.0;
  double before = 0.0, reach = 0.0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const auto other = skim.cost(PlaceId(i), PlaceId(k));
    if (k == i || !other) continue;
    reach += places.destination_weight[k] / all;
    if (*other < *cost) before += places.destination_weight[k] / all;
  }
  const double there = places.destination_weight[j] / all;
  const auto passed = [&](double share) { return std::exp(-acceptance * share); };
  return places.source_weight[i] * (passed(before) - passed(before + there)) / (1.0 - passed(reach));
}

class RandomIntervening : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomIntervening, EqualsTheDefinitionAndEveryoneLeaves) {
  RandomStream random(GetParam(), 0);
  const std::size_t n = 8;
  const Places places =
      small::places_with(small::random_weights(random, n), small::random_weights(random, n));
  small::Costs costs;
  for (std::size_t k = 0; k < n * n; ++k) {
    const double cost = random.uniform();
    costs.push_back(random.uniform() < 0.2 ? std::nullopt : std::optional(cost));
  }
  const Skim skim(n, costs);
  for (const double acceptance : {0.1, 2.0, 20.0}) {
    const Demand demand = intervening_demand(places, skim, {.acceptance = acceptance}, {}).demand;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        EXPECT_NEAR(journeys(demand, i, j), by_definition(places, skim, acceptance, i, j), 1e-13);
      if (leaving(demand, i) > 0.0) {
        EXPECT_NEAR(leaving(demand, i), places.source_weight[i], 1e-13);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomIntervening, testing::Range(std::uint64_t{1}, std::uint64_t{21}));

TEST(Intervening, TiesAreSharedInProportion) {
  const Places places = small::places_with({1.0, 0.0, 0.0}, {0.0, 1.0, 3.0});
  const Demand demand = intervening_demand(places, small::on_a_line({0.0, 1.0, 1.0}), {}, {}).demand;
  EXPECT_NEAR(journeys(demand, 0, 1), 0.25, 1e-15);
  EXPECT_NEAR(journeys(demand, 0, 2), 0.75, 1e-15);
}

TEST(Intervening, ExtremesAreAllAlikeAndTheNearestAlone) {
  const Places places = small::places_with({1.0, 0.0, 0.0}, {0.0, 1.0, 3.0});
  const Skim skim = small::on_a_line({0.0, 1.0, 2.0});
  EXPECT_NEAR(journeys(intervening_demand(places, skim, {.acceptance = 1e-12}, {}).demand, 0, 1), 0.25, 1e-9);
  const Demand nearest = intervening_demand(places, skim, {.acceptance = 1e9}, {}).demand;
  EXPECT_NEAR(journeys(nearest, 0, 1), 1.0, 1e-15);
  EXPECT_EQ(nearest.size(), 1U);
}

TEST(Intervening, IsFittedToMargins) {
  const Places places = small::places_with({1.0, 2.0, 3.0}, {2.0, 2.0, 2.0});
  const EstimatedDemand found = intervening_demand(places, small::on_a_line({0.0, 1.0, 3.0}),
                                                   {.constraint = DemandConstraint::attraction}, {});
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(small::arriving(found.demand, j), 2.0, 2e-8);
}

TEST(Intervening, RefusesWhatMakesNoSense) {
  const Places places = small::places_with({1.0, 1.0}, {1.0, 1.0});
  const Skim skim = small::on_a_line({0.0, 1.0});
  for (const double acceptance : {0.0, -1.0, std::nan(""), HUGE_VAL})
    EXPECT_THROW(intervening_demand(places, skim, {.acceptance = acceptance}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
