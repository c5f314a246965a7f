#include "waywarden/routing/nearest.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "waywarden/routing/many_to_many.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

class RandomNearest : public testing::TestWithParam<std::uint64_t> {};

/// Against sorting whole rows of the table.
TEST_P(RandomNearest, AreTheFirstOfEachSortedRow) {
  const World world(GetParam());
  const Metric metric(world.hierarchy, world.weights(GetParam(), 0, 6));
  std::vector<std::uint32_t> sources, targets;
  for (std::uint32_t n = 0; n < world.graph.nodes; n += 2) sources.push_back(n);
  for (std::uint32_t n = 0; n < world.graph.nodes; n += 3) targets.push_back(n);
  const std::size_t count = GetParam() % 6;
  const NearestTargets found = nearest_targets(metric, sources, targets, count);
  const CostTable table = ManyToMany(metric, targets).from(sources);
  ASSERT_EQ(found.first.size(), sources.size() + 1);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    std::vector<std::pair<Cost, std::uint32_t>> row, nearest;
    for (std::uint32_t j = 0; j < targets.size(); ++j) {
      if (table.cost(i, j) != kNoWay) row.push_back({table.cost(i, j), j});
    }
    std::sort(row.begin(), row.end());
    row.resize(std::min(row.size(), count));
    for (std::size_t k = found.first[i]; k < found.first[i + 1]; ++k) {
      nearest.push_back({found.cost[k], found.target[k]});
    }
    EXPECT_EQ(nearest, row) << "seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomNearest, testing::Range(std::uint64_t{1}, std::uint64_t{101}));

}  // namespace
}  // namespace waywarden
