#include "waywarden/flow/spread.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "flow/made_movement.h"

namespace waywarden {
namespace {

using worlds::ExplicitRoute;
using worlds::MadeMovement;

struct Measured {
  explicit Measured(const MadeMovement& made)
      : demand(by_destination(made.demand, made.places, made.core)),
        forest(grow_forest({made.core, made.perception, made.costs.generalised, {}}, demand,
                           made.perception.draws(), {})),
        cheapest(cheapest_routes(made.network, made.core, made.costs.generalised, made.perception.unit(),
                                 demand, {})),
        cost_per_arc(arc_sums(made.core, made.costs.generalised)) {}

  std::vector<DestinationDemand> demand;
  Forest forest;
  CheapestRoutes cheapest;
  std::vector<double> cost_per_arc;
};

double cost_of(const std::vector<EdgeId>& edges, const EdgeCosts& costs) {
  double sum = 0.0;
  for (const EdgeId e : edges) sum += costs.generalised[e.index()];
  return sum;
}

TEST(Spread, IsTheMeanRatioOverExplicitRoutes) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const MadeMovement made(seed);
    const Measured measured(made);
    std::vector<double> sum(8, 0.0), weight(8, 0.0);
    for (const ExplicitRoute& route : worlds::explicit_routes(made.movement())) {
      sum[route.draw] +=
          route.journeys * cost_of(route.edges, made.costs) / measured.cheapest.cost[route.pair];
      weight[route.draw] += route.journeys;
    }
    const std::vector<double> spread =
        spread_by_draw(measured.forest, measured.demand, measured.cheapest, measured.cost_per_arc, {});
    for (std::size_t draw = 0; draw < 8; ++draw) {
      EXPECT_NEAR(spread[draw], sum[draw] / weight[draw], 1e-9) << "seed " << seed;
      EXPECT_GE(spread[draw], 1.0 - 1e-6);
    }
  }
}

TEST(Spread, OverlapIsTheMeanJaccardOverExplicitRoutes) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const MadeMovement made(seed);
    const Measured measured(made);
    std::map<std::pair<std::size_t, std::uint32_t>, std::vector<EdgeId>> routes;
    for (const ExplicitRoute& route : worlds::explicit_routes(made.movement())) {
      routes[{route.pair, route.draw}] = route.edges;
      std::sort(routes[{route.pair, route.draw}].begin(), routes[{route.pair, route.draw}].end());
    }
    double sum = 0.0, weight = 0.0;
    for (const auto& [key, edges] : routes) {
      if (key.second == 0) continue;
      const std::vector<EdgeId>& other = routes.at({key.first, key.second - 1});
      std::vector<EdgeId> both, either;
      std::set_intersection(edges.begin(), edges.end(), other.begin(), other.end(), std::back_inserter(both));
      std::set_union(edges.begin(), edges.end(), other.begin(), other.end(), std::back_inserter(either));
      sum += made.demand.journeys[key.first] * cost_of(both, made.costs) / cost_of(either, made.costs);
      weight += made.demand.journeys[key.first];
    }
    // Ten thousand steps over some forty pairs: the sample is the demand, to a few parts in ten thousand.
    const double overlap = route_overlap(measured.forest, measured.demand, measured.cost_per_arc, 10'000, {});
    EXPECT_NEAR(overlap, sum / weight, 2e-3) << "seed " << seed;
  }
}

TEST(Spread, WithoutPerceptionThereIsNone) {
  const MadeMovement made(2, {.deviation = 0.0});
  const auto demand = by_destination(made.demand, made.places, made.core);
  const Perception blind(made.network, made.costs, made.perception.scale(), {.draws = 4, .link_noise = 0.0},
                         {});
  const Forest forest = grow_forest({made.core, blind, made.costs.generalised, {}}, demand, 4, {});
  const Measured measured(made);
  for (const double spread : spread_by_draw(forest, demand, measured.cheapest, measured.cost_per_arc, {})) {
    EXPECT_DOUBLE_EQ(spread, 1.0);
  }
  EXPECT_DOUBLE_EQ(route_overlap(forest, demand, measured.cost_per_arc, 100, {}), 1.0);
}

}  // namespace
}  // namespace waywarden
