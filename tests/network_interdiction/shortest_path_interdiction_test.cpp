#include "waywarden/network_interdiction/shortest_path_interdiction.h"

#include <gtest/gtest.h>

#include "network_interdiction/arc_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using arc_worlds::kInfinity;
using arc_worlds::World;

NodePairs one_pair(std::uint32_t from, std::uint32_t to) { return {{from}, {to}, {1.0}}; }

NodePairs random_pairs(const World& world, std::uint64_t seed) {
  RandomStream random(seed, 1, 4711);
  NodePairs pairs;
  for (std::uint32_t k = 0; k < 1 + seed % 4; ++k) {
    pairs.origin.push_back(random.below(world.nodes));
    pairs.destination.push_back(random.below(world.nodes));
    pairs.weight.push_back(arc_worlds::amount(random, seed, 4));
  }
  return pairs;
}

ShortestPathInterdiction attack(const World& world, const NodePairs& pairs,
                                ShortestPathInterdictionOptions options, unsigned threads = 1) {
  return shortest_path_interdiction(world.nodes, world.arcs(), {world.length, world.delay}, world.sites,
                                    pairs, options, {.threads = threads});
}

double value_of(const World& world, const NodePairs& pairs, double abandon_at,
                const std::vector<std::uint8_t>& flags) {
  double value = 0.0;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const double length = arc_worlds::delayed_distance(world, flags, pairs.origin[k], pairs.destination[k]);
    value += pairs.weight[k] * std::min(length, abandon_at);
  }
  return value;
}

double best_value(const World& world, const NodePairs& pairs, double abandon_at) {
  double best = 0.0;
  arc_worlds::for_all_placements(world.sites, world.budget, [&](const auto& flags) {
    best = std::max(best, value_of(world, pairs, abandon_at, flags));
  });
  return best;
}

void expect_honest(const World& world, const NodePairs& pairs, const ShortestPathInterdiction& found) {
  const std::vector<std::uint8_t> flags = flags_of(world.sites, found.site);
  const double tolerance = 1e-9 * std::max(1.0, found.value);
  EXPECT_NEAR(found.value, value_of(world, pairs, found.abandon_at, flags), tolerance);
  EXPECT_LE(cost_of(world.sites, found.site), world.budget + 1e-9);
  for (std::size_t i = 0; i < world.sites.size(); ++i) {
    EXPECT_FALSE(flags[i] != 0 ? world.sites.state[i] == SiteState::forbidden
                               : world.sites.state[i] == SiteState::required);
  }
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const double length = arc_worlds::delayed_distance(world, flags, pairs.origin[k], pairs.destination[k]);
    EXPECT_EQ(found.length[k].has_value(), length < kInfinity);
    if (found.length[k]) {
      EXPECT_NEAR(*found.length[k], length, tolerance);
    }
  }
}

class DelayedRoutes : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DelayedRoutes, ReachWhatTryingEveryPlacementReaches) {
  const World world = arc_worlds::random_world(GetParam());
  const NodePairs pairs = random_pairs(world, GetParam());
  const auto found = attack(world, pairs, {.budget = world.budget});
  const double best = best_value(world, pairs, found.abandon_at);
  EXPECT_EQ(found.status, Status::optimal);
  EXPECT_NEAR(found.value, best, 2e-9 * std::max(1.0, best));
  EXPECT_EQ(found.bound, found.value);
  expect_honest(world, pairs, found);
}

TEST_P(DelayedRoutes, OptimumLiesBetweenValueAndBoundWhenTheSearchIsCutShort) {
  const World world = arc_worlds::random_world(GetParam());
  const NodePairs pairs = random_pairs(world, GetParam());
  for (const std::size_t nodes : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    const auto found = attack(world, pairs, {.budget = world.budget, .limits = {.nodes = nodes}});
    const double best = best_value(world, pairs, found.abandon_at);
    EXPECT_LE(found.value, best * (1.0 + 1e-9));
    EXPECT_GE(found.bound * (1.0 + 1e-9) + 1e-9, best);
    if (found.status == Status::optimal) {
      EXPECT_NEAR(found.value, best, 2e-9 * std::max(1.0, best));
    }
    expect_honest(world, pairs, found);
  }
}

TEST_P(DelayedRoutes, JourneysThatAreTooLongAreAbandoned) {
  const World world = arc_worlds::random_world(GetParam());
  const NodePairs pairs = random_pairs(world, GetParam());
  const auto found = attack(world, pairs, {.budget = world.budget, .abandon_at = 7.0});
  EXPECT_NEAR(found.value, best_value(world, pairs, 7.0), 1e-7);
  expect_honest(world, pairs, found);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DelayedRoutes, testing::Range(std::uint64_t{0}, std::uint64_t{500}));

/// Gallery example: two roads from Start (0) over B (1) or C (2) and D (3) to End (4); attacks close arcs.
World gallery() {
  World world;
  world.nodes = 5;
  world.tail = {0, 0, 2, 1, 2, 3};
  world.head = {1, 2, 1, 4, 3, 4};
  world.length = {10, 2, 2, 1, 7, 8};
  world.delay.assign(6, kInfinity);
  world.sites = one_site_per_arc(6);
  return world;
}

TEST(ShortestPathInterdiction, PublishedValues) {
  const World world = gallery();
  for (const auto& [budget, length] : {std::pair{0.0, 5.0}, {1.0, 17.0}}) {
    const auto found = attack(world, one_pair(0, 4), {.budget = budget});
    EXPECT_EQ(found.length[0], length);
    EXPECT_EQ(found.bound, length);
    EXPECT_EQ(found.status, Status::optimal);
  }
  const auto cut = attack(world, one_pair(0, 4), {.budget = 2});
  EXPECT_FALSE(cut.length[0].has_value());
  EXPECT_EQ(cut.length_before[0], 5.0);
  EXPECT_EQ(cut.value, cut.abandon_at);
}

/// Five nodes, five arcs, two attacks: 16, by arcs 1 and 3 (here 0 and 2), or as well by 1 and 2.
TEST(ShortestPathInterdiction, FiveNodes) {
  World world;
  world.nodes = 5;
  world.tail = {0, 1, 2, 1, 3};
  world.head = {1, 2, 4, 3, 4};
  world.length = {3, 1, 8, 4, 6};
  world.delay = {3, 4, 5, 1, 3};
  world.sites = one_site_per_arc(5);
  const auto found = attack(world, one_pair(0, 4), {.budget = 2});
  EXPECT_EQ(found.value, 16.0);
  EXPECT_EQ(found.bound, 16.0);
  EXPECT_EQ(found.status, Status::optimal);
  EXPECT_EQ(value_of(world, one_pair(0, 4), found.abandon_at, {1, 0, 1, 0, 0}), 16.0);
}

TEST(ShortestPathInterdiction, NothingToDoIsNoError) {
  const World empty{
      .nodes = 1, .tail = {}, .head = {}, .length = {}, .delay = {}, .capacity = {}, .sites = {}};
  EXPECT_EQ(attack(empty, {}, {}).status, Status::optimal);
  EXPECT_EQ(attack(empty, one_pair(0, 0), {}).length[0], 0.0);
  World two = empty;
  two.nodes = 2;
  const auto apart = attack(two, one_pair(0, 1), {});
  EXPECT_FALSE(apart.length_before[0].has_value());
  EXPECT_TRUE(apart.site.empty());
}

World grid(std::uint32_t side) {
  World world;
  world.nodes = side * side;
  RandomStream random(side, 0, 4711);
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    world.tail.push_back(a);
    world.head.push_back(b);
    world.length.push_back(1.0 + random.below(9));
    world.delay.push_back(1.0 + random.below(9));
  };
  for (std::uint32_t n = 0; n < world.nodes; ++n) {
    if (n % side + 1 < side) join(n, n + 1), join(n + 1, n);
    if (n + side < world.nodes) join(n, n + side), join(n + side, n);
  }
  world.sites = one_site_per_arc(world.tail.size());
  return world;
}

TEST(ShortestPathInterdiction, SameBitsWithAnyNumberOfThreads) {
  const World world = grid(8);
  const NodePairs pairs{{0, 7, 56, 3}, {63, 56, 7, 60}, {1, 2.5, 1, 0.75}};
  const ShortestPathInterdictionOptions options{.budget = 4, .limits = {.nodes = 40, .seconds = 1e9}};
  const auto alone = attack(world, pairs, options, 1);
  for (const unsigned threads : {2U, 5U}) {
    const auto together = attack(world, pairs, options, threads);
    EXPECT_EQ(alone.site, together.site);
    EXPECT_EQ(alone.value, together.value);
    EXPECT_EQ(alone.bound, together.bound);
    EXPECT_EQ(alone.nodes, together.nodes);
    EXPECT_EQ(alone.routes, together.routes);
  }
}

TEST(ShortestPathInterdiction, RefusesWhatMakesNoSense) {
  World world = gallery();
  EXPECT_THROW(attack(world, one_pair(0, 5), {}), OptionError);
  EXPECT_THROW(attack(world, {{0}, {4}, {-1.0}}, {}), OptionError);
  EXPECT_THROW(attack(world, one_pair(0, 4), {.budget = -1.0}), OptionError);
  EXPECT_THROW(attack(world, one_pair(0, 4), {.abandon_at = kInfinity}), OptionError);
  world.length[2] = -1.0;
  EXPECT_THROW(attack(world, one_pair(0, 4), {}), OptionError);
  world.length.pop_back();
  EXPECT_THROW(attack(world, one_pair(0, 4), {}), OptionError);
}

TEST(ShortestPathInterdiction, StopsWhenAskedTo) {
  const World world = grid(6);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(
      shortest_path_interdiction(world.nodes, world.arcs(), {world.length, world.delay}, world.sites,
                                 one_pair(0, 35), {.budget = 3}, {.threads = 2, .progress = &progress}),
      Cancelled);
}

}  // namespace
}  // namespace waywarden
