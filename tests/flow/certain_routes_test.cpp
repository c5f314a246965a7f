#include "waywarden/flow/certain_routes.h"

#include <gtest/gtest.h>

#include "flow/made_movement.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

/// Hazard, then cost, as weights; none where no way is. By relaxing all edges until nothing changes.
std::vector<std::pair<Distance, Distance>> plain_pairs(const MadeMovement& made,
                                                       const std::vector<Weight>& hazard,
                                                       const std::vector<Weight>& cost, NodeId root) {
  std::vector<std::pair<Distance, Distance>> best(made.network.node_count(), {kUnreachable, kUnreachable});
  best[root.index()] = {0, 0};
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t e = 0; e < hazard.size(); ++e) {
      const auto [h, c] = best[made.network.head(EdgeId(e)).index()];
      if (h == kUnreachable || hazard[e] == kClosed) continue;
      auto& at = best[made.network.tail(EdgeId(e)).index()];
      if (std::pair(h + hazard[e], c + cost[e]) >= at) continue;
      at = {h + hazard[e], c + cost[e]};
      changed = true;
    }
  }
  return best;
}

std::vector<Weight> all_weights(const std::vector<double>& values, double unit) {
  std::vector<Weight> weights;
  for (const double value : values) weights.push_back(to_weight(value, unit));
  return weights;
}

std::vector<double> per_edge(const std::vector<Weight>& weights) { return {weights.begin(), weights.end()}; }

class CertainRoutes : public testing::TestWithParam<std::uint64_t> {};

TEST_P(CertainRoutes, TheMostEvasiveHaveLeastHazardThenLeastCost) {
  const MadeMovement made(GetParam());
  const double unit = weight_unit(made.costs.generalised), hazard_unit = weight_unit(made.costs.hazard, 1.0);
  const auto cost = agreed_weights(made.costs.generalised, unit);
  const auto hazard = all_weights(made.costs.hazard, hazard_unit);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const Forest forest = most_evasive_forest(made.core, made.costs, unit, demand, {});
  const auto hazards = arc_sums(made.core, per_edge(hazard)), costs = arc_sums(made.core, per_edge(cost));
  for (std::size_t d = 0; d < demand.size(); ++d) {
    const FlowTree& tree = forest.tree(0, d);
    const auto best = plain_pairs(made, hazard, cost, made.core.node(demand[d].root));
    const auto found_hazard = sums_to_root(tree, hazards), found_cost = sums_to_root(tree, costs);
    for (std::size_t i = 0; i < tree.origin.size(); ++i) {
      const auto [h, c] = best[made.core.node(demand[d].origin[i]).index()];
      ASSERT_NE(tree.origin[i], FlowTree::kNoRoute);
      EXPECT_EQ(found_hazard[tree.origin[i]], static_cast<double>(h)) << "seed " << GetParam();
      EXPECT_EQ(found_cost[tree.origin[i]], static_cast<double>(c)) << "seed " << GetParam();
    }
  }
}

TEST_P(CertainRoutes, TheCheapestCostAsMuchAsTheCheapestRoutes) {
  const MadeMovement made(GetParam());
  const double unit = weight_unit(made.costs.generalised);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const Forest forest = cheapest_forest(made.core, made.costs.generalised, unit, demand, {.threads = 2});
  const auto cost = arc_sums(made.core, made.costs.generalised);
  const CheapestRoutes routes =
      cheapest_routes(made.network, made.core, made.costs.generalised, unit, demand, {});
  for (std::size_t d = 0; d < demand.size(); ++d) {
    const std::vector<double> found = sums_to_root(forest.tree(0, d), cost);
    for (std::size_t i = 0; i < demand[d].origin.size(); ++i)
      EXPECT_DOUBLE_EQ(found[forest.tree(0, d).origin[i]], routes.cost[demand[d].first_pair + i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CertainRoutes, testing::Range(std::uint64_t{1}, std::uint64_t{21}));

TEST(CertainRoutes, WithoutAnyHazardTheMostEvasiveAreTheCheapest) {
  const MadeMovement made(2);
  EdgeCosts costs = made.costs;
  std::fill(costs.hazard.begin(), costs.hazard.end(), 0.0);
  const double unit = weight_unit(costs.generalised);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const Forest evasive = most_evasive_forest(made.core, costs, unit, demand, {});
  const Forest cheapest = cheapest_forest(made.core, costs.generalised, unit, demand, {});
  for (std::size_t d = 0; d < demand.size(); ++d) EXPECT_EQ(evasive.tree(0, d).arc, cheapest.tree(0, d).arc);
}

TEST(CertainRoutes, ClosedEdgesStayClosed) {
  const MadeMovement made(3);
  Scenario closed;
  closed.closed_crossings = made.network.crossings().id;
  const EdgeCosts costs = edge_costs(made.network, {}, closed);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const Forest evasive = most_evasive_forest(made.core, costs, weight_unit(costs.generalised), demand, {});
  std::size_t without = 0;
  for (std::size_t d = 0; d < demand.size(); ++d) {
    const FlowTree& tree = evasive.tree(0, d);
    without +=
        static_cast<std::size_t>(std::count(tree.origin.begin(), tree.origin.end(), FlowTree::kNoRoute));
    for (const CoreArc a : tree.arc) {
      for (const EdgeId e : made.core.edges(a)) EXPECT_TRUE(std::isfinite(costs.generalised[e.index()]));
    }
  }
  EXPECT_GT(without, 0U);
}

}  // namespace
}  // namespace waywarden
