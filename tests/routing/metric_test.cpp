#include "waywarden/routing/metric.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

/// Costs between ranks, by taking nodes out one by one in a matrix: what is left in a rank's row when its
/// turn comes is what its links must say.
class Matrix {
 public:
  Matrix(const World& world, std::span<const Weight> weights)
      : size_(world.graph.nodes), cost_(size_ * size_, kNoWay) {
    for (std::size_t a = 0; a < weights.size(); ++a) {
      Cost& cost = at(world.hierarchy.rank(world.graph.tail[a]), world.hierarchy.rank(world.graph.head[a]));
      if (weights[a] != kClosed) cost = std::min(cost, weights[a]);
    }
  }

  Cost& at(std::size_t from, std::size_t to) { return cost_[from * size_ + to]; }

  void take_out(std::size_t rank) {
    for (std::size_t a = rank + 1; a < size_; ++a) {
      for (std::size_t b = rank + 1; b < size_; ++b) {
        at(a, b) = std::min(at(a, b), at(a, rank) + at(rank, b));
      }
    }
  }

 private:
  std::size_t size_;
  std::vector<Cost> cost_;
};

class RandomMetrics : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomMetrics, LinksCostTheCheapestWayOverLowerRanks) {
  const World world(GetParam());
  const Hierarchy& h = world.hierarchy;
  for (const Weight bound : {2U, 4U, 1000U, 40'000'000U}) {
    const std::vector<Weight> weights = world.weights(GetParam(), 0, bound);
    const Metric metric(h, weights);
    Matrix matrix(world, weights);
    for (std::uint32_t r = 0; r < h.node_count(); matrix.take_out(r++)) {
      for (std::uint32_t link = h.first_up()[r]; link < h.first_up()[r + 1]; ++link) {
        ASSERT_EQ(metric.up()[link], matrix.at(r, h.up()[link])) << "seed " << GetParam();
        ASSERT_EQ(metric.down()[link], matrix.at(h.up()[link], r)) << "seed " << GetParam();
      }
    }
  }
}

TEST_P(RandomMetrics, MemoryMayBeHandedBack) {
  const World world(GetParam()), other(GetParam() + 1);
  const std::vector<Weight> weights = world.weights(1, 0, 9);
  const Metric fresh(world.hierarchy, weights);
  Metric reused(world.hierarchy, weights, {}, Metric(other.hierarchy, other.weights(2, 0, 9)));
  EXPECT_TRUE(std::ranges::equal(fresh.up(), reused.up()));
  EXPECT_TRUE(std::ranges::equal(fresh.down(), reused.down()));
  EXPECT_TRUE(std::ranges::equal(fresh.weights(), reused.weights()));
}

/// Sum over nodes of the dearest open arc that leaves, on a graph or the graph turned round.
std::uint64_t sum_of_dearest(const worlds::Graph& graph, std::span<const Weight> weights, bool is_turned) {
  std::vector<std::uint64_t> dearest(graph.nodes, 0);
  for (std::size_t a = 0; a < weights.size(); ++a) {
    if (graph.tail[a] == graph.head[a] || weights[a] == kClosed) continue;
    std::uint64_t& at = dearest[is_turned ? graph.head[a] : graph.tail[a]];
    at = std::max<std::uint64_t>(at, weights[a]);
  }
  return std::accumulate(dearest.begin(), dearest.end(), std::uint64_t{0});
}

bool is_refused(const Hierarchy& hierarchy, std::span<const Weight> weights) {
  try {
    Metric(hierarchy, weights);
    return false;
  } catch (const OptionError&) {
    return true;
  }
}

/// About as many as fit and do not.
TEST_P(RandomMetrics, AreRefusedWhereWaysMayNotFitAndOnlyThere) {
  const World world(GetParam());
  const auto nodes = static_cast<Weight>(world.graph.nodes);
  for (const Weight bound : {kNoWay / nodes, 2 * (kNoWay / nodes), 4 * (kNoWay / nodes / 2)}) {
    const std::vector<Weight> weights = world.weights(GetParam(), 0, std::max(bound, 1U));
    const std::uint64_t most =
        std::min(sum_of_dearest(world.graph, weights, false), sum_of_dearest(world.graph, weights, true));
    EXPECT_EQ(way_cost_bound(world.hierarchy, weights), most) << "seed " << GetParam();
    EXPECT_EQ(is_refused(world.hierarchy, weights), most >= kNoWay) << "seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomMetrics, testing::Range(std::uint64_t{1}, std::uint64_t{301}));

TEST(Metric, SameForAnyNumberOfThreads) {
  const World world = worlds::large_world();
  const std::vector<Weight> weights = world.weights(1, 0, 1000);
  const Metric one(world.hierarchy, weights, {.threads = 1}), two(world.hierarchy, weights, {.threads = 2});
  EXPECT_TRUE(std::ranges::equal(one.up(), two.up()));
  EXPECT_TRUE(std::ranges::equal(one.down(), two.down()));
}

TEST(Metric, RefusesWaysThatDoNotFitAndSaysWhatWould) {
  const World path({3, {0, 1, 2}, {1, 2, 2}}, {0, 1, 2});
  const Hierarchy& h = path.hierarchy;
  EXPECT_NO_THROW(Metric(h, std::vector<Weight>{kNoWay - 2, 1, kClosed - 1}));
  EXPECT_NO_THROW(Metric(h, std::vector<Weight>{kNoWay - 1, kClosed, 5}));
  EXPECT_EQ(way_cost_bound(h, std::vector<Weight>{kClosed - 1, 7, 5}), std::uint64_t{kClosed - 1} + 7);
  try {
    Metric(h, std::vector<Weight>{kClosed - 1, kClosed - 1, 0});
    FAIL();
  } catch (const OptionError& error) {
    EXPECT_NE(error.reason().find("a unit 5 times as large"), std::string::npos) << error.reason();
  }
  EXPECT_THROW(Metric(h, std::vector<Weight>(2)), OptionError);
}

TEST(Metric, WeightsAddUpAlongChains) {
  const World chain = worlds::chain_world(9);
  std::vector<Weight> weights(9, 0);
  std::fill_n(weights.begin(), 3, 1U << 29);
  EXPECT_FALSE(is_refused(chain.hierarchy, weights));
  std::fill_n(weights.begin(), 4, 1U << 29);
  EXPECT_TRUE(is_refused(chain.hierarchy, weights));
  // Sums that wrap round in 32 bits too.
  std::fill(weights.begin(), weights.end(), 1U << 29);
  EXPECT_TRUE(is_refused(chain.hierarchy, weights));
}

TEST(Metric, BoundIsTheSmallerSumOverNodes) {
  // Both arcs enter node 2: together they are not on one way.
  const World fan({3, {0, 1}, {2, 2}}, {0, 1, 2});
  EXPECT_EQ(way_cost_bound(fan.hierarchy, std::vector<Weight>{5, 7}), 7U);
}

TEST(Metric, StopsWhenAsked) {
  Progress progress;
  progress.cancel();
  const World world(3);
  EXPECT_THROW(Metric(world.hierarchy, world.weights(1, 0, 9), {.progress = &progress}), Cancelled);
}

TEST(WayWeightUnit, IsAPowerOfTwoThatFitsAndHardlyLargerThanNeeded) {
  const World world = worlds::large_world();
  std::vector<double> costs;
  for (const Weight w : world.weights(3, 0, 100'000)) {
    costs.push_back(w == kClosed ? std::numeric_limits<double>::infinity() : w / 7.0);
  }
  const auto bound = [&](double unit) {
    std::vector<Weight> weights;
    for (const double cost : costs) weights.push_back(to_weight(cost, unit));
    return way_cost_bound(world.hierarchy, weights);
  };
  for (const double headroom : {1.0, 2.0, 8.0}) {
    const double unit = way_weight_unit(world.hierarchy, costs, headroom);
    EXPECT_EQ(std::exp2(std::round(std::log2(unit))), unit);
    EXPECT_LT(static_cast<double>(bound(unit)) * headroom, kNoWay);
    EXPECT_GE(static_cast<double>(bound(unit / 2)) * headroom, 0.4 * kNoWay);
  }
  EXPECT_EQ(way_weight_unit(world.hierarchy, std::vector<double>(costs.size(), 0.0)), 1.0);
  EXPECT_THROW(way_weight_unit(world.hierarchy, std::vector<double>(costs.size(), -1.0)), OptionError);
  EXPECT_THROW(way_weight_unit(world.hierarchy, {}), OptionError);
  EXPECT_THROW(way_weight_unit(world.hierarchy, costs, 1e9), OptionError);
}

}  // namespace
}  // namespace waywarden
