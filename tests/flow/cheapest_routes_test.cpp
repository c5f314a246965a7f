#include "waywarden/flow/cheapest_routes.h"

#include <gtest/gtest.h>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(CheapestRoutes, AddUpAlongExplicitRoutes) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const worlds::MadeMovement made(seed);
    const double unit = made.perception.unit();
    const CheapestRoutes routes =
        cheapest_routes(made.network, made.core, made.costs.generalised, unit,
                        by_destination(made.demand, made.places, made.core), {.threads = 2});
    const std::vector<Weight> weights = agreed_weights(made.costs.generalised, unit);
    for (std::size_t pair = 0; pair < made.demand.size(); ++pair) {
      const worlds::PlainRoutes plain(made.network, weights,
                                      made.places.node[made.demand.destination[pair].index()]);
      const auto edges = plain.from(made.places.node[made.demand.origin[pair].index()]);
      ASSERT_EQ(routes.joined[pair] != 0, edges.has_value());
      double cost = 0.0, length = 0.0;
      for (const EdgeId e : *edges) {
        cost += made.costs.generalised[e.index()];
        length += made.network.columns().length_m[e.index()];
      }
      EXPECT_NEAR(routes.cost[pair], cost, 1e-9 * cost) << "seed " << seed;
      EXPECT_NEAR(routes.length_m[pair], length, 1e-9 * length);
    }
  }
}

TEST(TripScale, IsTheDemandWeightedMedianOfJoinedPairs) {
  CheapestRoutes routes{{1, 1, 1, 0}, {5.0, 1.0, 3.0, 0.0}, {50.0, 10.0, 30.0, 0.0}};
  Demand demand;
  demand.journeys = {1.0, 3.0, 3.0, 100.0};
  demand.origin.resize(4);
  demand.destination.resize(4);
  EXPECT_DOUBLE_EQ(trip_scale(routes, demand).cost, 3.0);
  EXPECT_DOUBLE_EQ(trip_scale(routes, demand).length.value, 30.0);
  demand.journeys = {10.0, 3.0, 3.0, 100.0};
  EXPECT_DOUBLE_EQ(trip_scale(routes, demand).cost, 5.0);
  routes.joined = {0, 0, 0, 0};
  EXPECT_THROW(trip_scale(routes, demand), OptionError);
}

TEST(MedianCosts, AreThoseOfEachDestination) {
  const CheapestRoutes routes{{1, 1, 1, 0, 0}, {5.0, 1.0, 3.0, 9.0, 9.0}, std::vector<double>(5, 1.0)};
  const std::vector<DestinationDemand> demand = {
      {PlaceId(0), CoreNode(0), 0, std::vector(3, CoreNode(1)), {1.0, 3.0, 3.0}},
      {PlaceId(1), CoreNode(1), 3, std::vector(2, CoreNode(0)), {4.0, 4.0}}};
  EXPECT_EQ(median_costs(routes, demand), (std::vector{3.0, 0.0}));
}

}  // namespace
}  // namespace waywarden
