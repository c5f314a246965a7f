#include "waywarden/flow/forest.h"

#include <gtest/gtest.h>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

void expect_same(const FlowTree& a, const FlowTree& b) {
  EXPECT_EQ(a.node, b.node);
  EXPECT_EQ(a.arc, b.arc);
  EXPECT_EQ(a.parent, b.parent);
  EXPECT_EQ(a.journeys, b.journeys);
  EXPECT_EQ(a.origin, b.origin);
}

TEST(Forest, IsTheTreesOfEveryDrawOnAnyNumberOfThreads) {
  const MadeMovement made(3);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const Ground ground{made.core, made.perception, made.costs.generalised, {}};
  for (const unsigned threads : {1U, 2U, 8U}) {
    const Forest forest = grow_forest(ground, demand, 8, {.threads = threads});
    TreeGrower grower(made.core);
    for (std::uint32_t draw = 0; draw < 8; ++draw) {
      const CoreMetric metric(made.core, made.perception.weights(draw, made.costs.generalised));
      for (std::size_t d = 0; d < demand.size(); ++d) {
        expect_same(forest.tree(draw, d), grower.grow(demand[d], metric));
      }
    }
  }
}

TEST(Forest, KnownCostsAreAddedAfterPerception) {
  const MadeMovement made(4);
  const auto demand = by_destination(made.demand, made.places, made.core);
  std::vector<double> known(made.network.edge_count(), 0.0);
  RandomStream random(4, 6, 77);
  for (double& cost : known) cost = random.uniform() < 0.3 ? 3.0 * random.uniform() : 0.0;
  const Forest forest =
      grow_forest({made.core, made.perception, made.costs.generalised, known}, demand, 2, {});
  std::vector<Weight> weights = made.perception.weights(1, made.costs.generalised);
  for (std::size_t e = 0; e < known.size(); ++e) {
    weights[e] += known[e] > 0.0 ? to_weight(known[e], made.perception.unit()) : 0;
  }
  TreeGrower grower(made.core);
  for (std::size_t d = 0; d < demand.size(); ++d) {
    expect_same(forest.tree(1, d), grower.grow(demand[d], CoreMetric(made.core, weights)));
  }
}

TEST(Forest, RegrowsOnlyWhatIsAskedFor) {
  const MadeMovement made(5);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const Ground ground{made.core, made.perception, made.costs.generalised, {}};
  const Forest forest = grow_forest(ground, demand, 4, {});
  std::vector<std::uint8_t> which(forest.trees.size(), 0);
  which[3] = which.back() = 1;
  const Forest again = regrow_forest(forest, ground, demand, which, {});
  for (std::size_t i = 0; i < which.size(); ++i) {
    EXPECT_EQ(again.trees[i] == forest.trees[i], which[i] == 0);
    expect_same(*again.trees[i], *forest.trees[i]);
  }
}

TEST(Forest, StopsWhenAskedTo) {
  const MadeMovement made(3);
  const auto demand = by_destination(made.demand, made.places, made.core);
  Progress progress;
  progress.cancel();
  const Ground ground{made.core, made.perception, made.costs.generalised, {}};
  EXPECT_THROW(grow_forest(ground, demand, 8, {.threads = 1, .progress = &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
