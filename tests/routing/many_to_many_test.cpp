#include "waywarden/routing/many_to_many.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"
#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/sweep.h"
#include "worlds/random_hierarchy.h"

namespace waywarden {
namespace {

using worlds::World;

std::vector<std::uint32_t> some_nodes(const World& world, std::uint64_t seed, std::size_t count) {
  RandomStream random(seed, 10, 78);
  std::vector<std::uint32_t> nodes(count);
  for (std::uint32_t& node : nodes) node = random.below(static_cast<std::uint32_t>(world.graph.nodes));
  return nodes;
}

void expect_same_as_others(const Metric& metric, std::span<const std::uint32_t> sources,
                           std::span<const std::uint32_t> targets) {
  const CostTable table = ManyToMany(metric, targets).from(sources);
  PointToPoint query(metric);
  ASSERT_EQ(table.cells.size(), sources.size() * targets.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Sweep sweep(metric, sources[i], Direction::from_roots);
    for (std::size_t j = 0; j < targets.size(); ++j) {
      ASSERT_EQ(table.cost(i, j), sweep.cost(targets[j])) << sources[i] << " to " << targets[j];
      ASSERT_EQ(table.cost(i, j), query.cost(sources[i], targets[j]));
    }
  }
}

class RandomTables : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomTables, EqualSweepsAndPointToPoint) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  const World world(GetParam());
  const Metric metric(world.hierarchy, world.weights(GetParam(), 0, GetParam() % 3 == 0 ? 3 : 100'000));
  expect_same_as_others(metric, some_nodes(world, GetParam(), GetParam() % 40),
                        some_nodes(world, GetParam() + 1, GetParam() % 23));
}

TEST_P(RandomTables, AreThoseOfEachLane) {
  const worlds::World world(GetParam());
  const auto n = static_cast<std::uint32_t>(world.graph.nodes);
  std::vector<std::vector<Weight>> vectors;
  for (std::uint64_t lane = 0; lane < 1 + GetParam() % 16; ++lane) {
    vectors.push_back(world.weights(100 * GetParam() + lane, 0, 30));
  }
  const std::vector<std::span<const Weight>> lanes(vectors.begin(), vectors.end());
  const std::vector<std::uint32_t> sources = {0, n / 2, n - 1, 0}, targets = {n - 1, n / 3};
  const std::vector<CostTable> tables = many_to_many(MetricBatch(world.hierarchy, lanes), sources, targets);
  ASSERT_EQ(tables.size(), vectors.size());
  for (std::size_t lane = 0; lane < tables.size(); ++lane) {
    const Metric metric(world.hierarchy, vectors[lane]);
    EXPECT_EQ(tables[lane].cells, ManyToMany(metric, targets).from(sources).cells);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomTables, testing::Range(std::uint64_t{1}, std::uint64_t{1001}));

TEST(ManyToMany, OnALargeGridAndForAnyNumberOfThreads) {
  const World world = worlds::large_world();
  const Metric metric(world.hierarchy, world.weights(1, 0, 60));
  const std::vector<std::uint32_t> sources = some_nodes(world, 1, 100), targets = some_nodes(world, 2, 50);
  expect_same_as_others(metric, sources, targets);
  const ManyToMany sweep(metric, targets);
  EXPECT_EQ(sweep.from(sources, {.threads = 1}).cells, sweep.from(sources, {.threads = 2}).cells);
}

TEST(ManyToMany, RefusesNodesThatDoNotExist) {
  const World world(4);
  const Metric metric(world.hierarchy, world.weights(1, 0, 9));
  const std::vector<std::uint32_t> bad = {1000}, good = {0};
  EXPECT_THROW(ManyToMany(metric, bad), OptionError);
  EXPECT_THROW(ManyToMany(metric, good).from(bad), OptionError);
}

}  // namespace
}  // namespace waywarden
