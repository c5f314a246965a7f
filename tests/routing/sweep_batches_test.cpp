#include "waywarden/routing/sweep_batches.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/routing/core_sweep.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

struct World {
  Network network = worlds::random_network(3, {.rows = 9, .columns = 9});
  Core core{network, std::vector<NodeId>{NodeId(0), NodeId(40), NodeId(80)}};
  std::vector<CoreNode> roots;

  explicit World(std::size_t searches) {
    RandomStream random(5, 1, 79);
    for (std::size_t i = 0; i < searches; ++i)
      roots.push_back(CoreNode(random.below(static_cast<std::uint32_t>(core.node_count()))));
  }
  std::uint32_t rank(std::size_t search) const { return core.hierarchy().rank(roots[search].index()); }
};

std::vector<std::size_t> sizes_of(const World& world, std::vector<std::size_t> groups, std::size_t workers) {
  const SweepBatches batches(world.core, world.roots, groups, workers);
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < batches.size(); ++i) sizes.push_back(batches[i].size());
  return sizes;
}

TEST(SweepBatches, HaveEverySearchOnceNeighboursTogetherAndNeverMixGroups) {
  const World world(66);
  const std::vector<std::size_t> groups = {16, 0, 17, 33};
  const SweepBatches batches(world.core, world.roots, groups, 3);
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < batches.size(); ++i) {
    EXPECT_LE(batches[i].size(), CoreSweep::kMostRoots);
    all.insert(all.end(), batches[i].begin(), batches[i].end());
  }
  std::size_t first = 0;
  for (const std::size_t size : groups) {
    const auto mine = std::span(all).subspan(first, size);
    EXPECT_TRUE(std::ranges::is_sorted(mine, {}, [&](std::size_t search) { return world.rank(search); }));
    for (const std::size_t search : mine) EXPECT_TRUE(first <= search && search < first + size);
    first += size;
  }
  std::ranges::sort(all);
  for (std::size_t i = 0; i < 66; ++i) EXPECT_EQ(all[i], i);
}

TEST(SweepBatches, AreOfTheSameSizeAndShareOutEvenly) {
  EXPECT_EQ(sizes_of(World(0), {}, 2), std::vector<std::size_t>{});
  EXPECT_EQ(sizes_of(World(0), {0}, 2), std::vector<std::size_t>{});
  EXPECT_EQ(sizes_of(World(1), {1}, 2), std::vector<std::size_t>{1});
  EXPECT_EQ(sizes_of(World(17), {17}, 1), (std::vector<std::size_t>{8, 9}));
  EXPECT_EQ(sizes_of(World(33), {33}, 2), (std::vector<std::size_t>{8, 8, 8, 9}));
  EXPECT_EQ(sizes_of(World(34), {17, 17}, 4), (std::vector<std::size_t>{8, 9, 8, 9}));
}

TEST(SweepBatches, RefusesGroupsThatAreNotTheRoots) {
  const World world(4);
  EXPECT_THROW(sizes_of(world, {3}, 1), OptionError);
  EXPECT_THROW(sizes_of(world, {4}, 0), OptionError);
}

}  // namespace
}  // namespace waywarden
