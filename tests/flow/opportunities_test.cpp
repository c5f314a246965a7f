#include "waywarden/flow/opportunities.h"

#include <gtest/gtest.h>

#include "small_places.h"

namespace waywarden {
namespace {

class RandomOpportunities : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomOpportunities, AreThoseOfEveryOtherPlace) {
  RandomStream random(GetParam(), 0);
  const std::size_t n = 9;
  const Places places =
      small::places_with(small::random_weights(random, n), small::random_weights(random, n));
  const Skim skim(n, small::random_costs(random, n, 0.2));
  const PlacePairs pairs = place_pairs(places, skim);
  const Opportunities found = opportunities(pairs, places, {.threads = 2});
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const PlaceId from(pairs.table.row[k]);
    double before = 0.0, level = 0.0, reach = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      const auto cost = skim.cost(from, PlaceId(j));
      if (PlaceId(j) == from || !cost) continue;
      reach += places.destination_weight[j];
      if (*cost < pairs.cost[k]) before += places.destination_weight[j];
      if (*cost == pairs.cost[k]) level += places.destination_weight[j];
    }
    EXPECT_NEAR(found.before[k], before, 1e-13);
    EXPECT_NEAR(found.level[k], level, 1e-13);
    EXPECT_NEAR(found.reach[k], reach, 1e-13);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomOpportunities, testing::Range(std::uint64_t{1}, std::uint64_t{21}));

}  // namespace
}  // namespace waywarden
