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

/// More sources than rows are held at a time.
TEST(Nearest, OfManySourcesAreThoseOfEach) {
  const World world = worlds::large_world();
  const Metric metric(world.hierarchy, world.weights(1, 0, 6));
  const std::vector<std::uint32_t> targets = {3, 700, 4000};
  std::vector<std::uint32_t> sources;
  for (std::uint32_t i = 0; i < 2500; ++i) sources.push_back((i * 1013) % 4900);
  const NearestTargets all = nearest_targets(metric, sources, targets, 2);
  ASSERT_EQ(all.first.size(), sources.size() + 1);
  for (std::size_t i = 0; i < sources.size(); i += 61) {
    const NearestTargets alone = nearest_targets(metric, std::span(sources).subspan(i, 1), targets, 2);
    const auto length = static_cast<std::ptrdiff_t>(alone.cost.size());
    ASSERT_EQ(all.first[i + 1] - all.first[i], alone.cost.size());
    const auto first = static_cast<std::ptrdiff_t>(all.first[i]);
    EXPECT_TRUE(std::equal(alone.cost.begin(), alone.cost.end(), all.cost.begin() + first));
    EXPECT_TRUE(std::equal(alone.target.begin(), alone.target.begin() + length, all.target.begin() + first));
  }
}

}  // namespace
}  // namespace waywarden
