#include "waywarden/flow/tree_growers.h"

#include <gtest/gtest.h>

#include "flow/made_movement.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

class ManyTrees : public testing::TestWithParam<std::uint64_t> {};

/// Several metrics, mixed, on several numbers of threads, beside trees grown alone.
TEST_P(ManyTrees, AreTheTreesGrownOneByOne) {
  const MadeMovement made(GetParam());
  const auto demand = by_destination(made.demand, made.places, made.core);
  std::vector<CoreMetric> metrics;
  for (std::uint32_t draw = 0; draw < 3; ++draw)
    metrics.emplace_back(made.core, made.perception.weights(draw, made.costs.generalised));
  RandomStream random(GetParam(), 1, 79);
  std::vector<TreeTask> tasks;
  for (int i = 0; i < 50; ++i) {
    tasks.push_back({&demand[random.below(static_cast<std::uint32_t>(demand.size()))],
                     &metrics[i < 20 ? 0 : random.below(3)]});
  }
  TreeGrower alone(made.core);
  for (const unsigned threads : {1U, 4U}) {
    std::vector<FlowTree> trees(tasks.size());
    std::vector<int> kept(tasks.size(), 0);
    TreeGrowers(made.core, {.threads = threads}).grow(tasks, [&](std::size_t task, FlowTree tree) {
      trees[task] = std::move(tree);
      ++kept[task];
    });
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      const FlowTree expected = alone.grow(*tasks[i].demand, *tasks[i].metric);
      EXPECT_EQ(kept[i], 1);
      EXPECT_EQ(trees[i].node, expected.node) << "seed " << GetParam();
      EXPECT_EQ(trees[i].arc, expected.arc);
      EXPECT_EQ(trees[i].parent, expected.parent);
      EXPECT_EQ(trees[i].journeys, expected.journeys);
      EXPECT_EQ(trees[i].origin, expected.origin);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManyTrees, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(TreeGrowers, NothingIsGrownOfNothing) {
  const MadeMovement made(1);
  TreeGrowers(made.core, {}).grow({}, [](std::size_t, const FlowTree&) { FAIL(); });
}

}  // namespace
}  // namespace waywarden
