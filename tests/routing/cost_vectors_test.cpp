#include "waywarden/routing/cost_vectors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(CostVectors, ShareOneUnitThatFitsAll) {
  const worlds::World world(worlds::grid(4), worlds::random_order(1, 16));
  const std::vector<double> cheap(world.graph.tail.size(), 0.5), dear(world.graph.tail.size(), 5e6);
  const CostVectors vectors =
      cost_vectors(world.hierarchy, std::vector<std::span<const double>>{cheap, dear});
  ASSERT_EQ(vectors.size(), 2U);
  EXPECT_EQ(std::exp2(std::round(std::log2(vectors.unit))), vectors.unit);
  EXPECT_NEAR(vectors.weights[1][0] * vectors.unit, 5e6, vectors.unit);
  EXPECT_NEAR(vectors.weights[0][0] * vectors.unit, 0.5, vectors.unit);
  EXPECT_LT(way_cost_bound(world.hierarchy, vectors.weights[1]), kNoWay);
}

TEST(CostVectors, KeepFreeAndClosedEdgesApart) {
  const worlds::World world(worlds::grid(2), worlds::random_order(1, 4));
  std::vector<double> costs(world.graph.tail.size(), 1.0);
  costs[0] = 0.0;
  costs[1] = kInfinite;
  costs[2] = 1e-300;
  const CostVectors vectors = cost_vectors(world.hierarchy, std::vector<std::span<const double>>{costs});
  EXPECT_EQ(vectors.weights[0][0], 0U);
  EXPECT_EQ(vectors.weights[0][1], kClosed);
  EXPECT_EQ(vectors.weights[0][2], 1U);
  EXPECT_EQ(vectors.cost(kNoWay), kInfinite);
  EXPECT_EQ(vectors.cost(3), 3 * vectors.unit);
}

TEST(CostVectors, RefuseWhatIsNoCost) {
  const worlds::World world(worlds::grid(2), worlds::random_order(1, 4));
  for (const double wrong : {-1.0, std::nan("")}) {
    std::vector<double> costs(world.graph.tail.size(), 1.0);
    costs[3] = wrong;
    EXPECT_THROW(cost_vectors(world.hierarchy, std::vector<std::span<const double>>{costs}), OptionError);
  }
  const std::vector<double> few(3, 1.0);
  EXPECT_THROW(cost_vectors(world.hierarchy, std::vector<std::span<const double>>{few}), OptionError);
}

TEST(CostVectors, ManyCostsAreThoseOfOneAtATime) {
  const CostVectors vectors{.weights = {}, .unit = 0.25};
  std::vector<Cost> units(37);
  for (std::uint32_t i = 0; i < units.size(); ++i) units[i] = i % 5 == 0 ? kNoWay : kNoWay - 1 - 1000 * i;
  std::vector<double> costs(units.size()), few(3);
  vectors.fill_costs(units, costs);
  vectors.fill_costs(units, few);
  for (std::size_t i = 0; i < units.size(); ++i) EXPECT_EQ(costs[i], vectors.cost(units[i]));
  EXPECT_EQ(few, std::vector<double>(costs.begin(), costs.begin() + 3));
}

}  // namespace
}  // namespace waywarden
