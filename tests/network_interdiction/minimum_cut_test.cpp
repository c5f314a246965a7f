#include "waywarden/network_interdiction/minimum_cut.h"

#include <gtest/gtest.h>

#include "network_interdiction/arc_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

class RandomCuts : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomCuts, NoSetOfNodesLetsLessOut) {
  const arc_worlds::World world = arc_worlds::random_world(GetParam());
  const MinimumCut cut = minimum_cut(world.nodes, world.arcs(), world.capacity, 0, 1);
  EXPECT_NEAR(cut.value, arc_worlds::least_cut(world, world.capacity, 0, 1),
              1e-12 * std::max(1.0, cut.value));
  EXPECT_EQ(cut.source_side[0], 1);
  EXPECT_EQ(cut.source_side[1], 0);
  double sum = 0.0;
  for (const std::uint32_t a : cut.arc) {
    sum += world.capacity[a];
    EXPECT_EQ(cut.source_side[world.tail[a]], 1);
    EXPECT_EQ(cut.source_side[world.head[a]], 0);
  }
  EXPECT_EQ(sum, cut.value);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCuts, testing::Range(std::uint64_t{0}, std::uint64_t{500}));

TEST(MinimumCut, NearestToTheSourceOfSeveral) {
  const std::vector<std::uint32_t> tail = {0, 1, 2}, head = {1, 2, 3};
  const MinimumCut cut = minimum_cut(4, {tail, head}, std::vector{2.0, 2.0, 2.0}, 0, 3);
  EXPECT_EQ(cut.arc, std::vector<std::uint32_t>{0});
  EXPECT_EQ(cut.value, 2.0);
}

TEST(MinimumCut, NoArcsNoFlow) {
  const MinimumCut cut = minimum_cut(2, {}, {}, 0, 1);
  EXPECT_EQ(cut.value, 0.0);
  EXPECT_TRUE(cut.arc.empty());
}

TEST(MinimumCut, RefusesWhatMakesNoSense) {
  const std::vector<std::uint32_t> tail = {0}, head = {1};
  const auto cut = [&](std::size_t nodes, double capacity, std::uint32_t sink) {
    return minimum_cut(nodes, {tail, head}, std::vector{capacity}, 0, sink);
  };
  EXPECT_EQ(cut(2, 3.0, 1).value, 3.0);
  EXPECT_THROW(cut(1, 3.0, 1), OptionError);
  EXPECT_THROW(cut(2, -3.0, 1), OptionError);
  EXPECT_THROW(cut(2, arc_worlds::kInfinity, 1), OptionError);
  EXPECT_THROW(cut(2, 3.0, 0), OptionError);
  EXPECT_THROW(cut(2, 3.0, 2), OptionError);
}

}  // namespace
}  // namespace waywarden
