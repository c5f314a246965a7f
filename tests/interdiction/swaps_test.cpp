#include "waywarden/interdiction/swaps.h"

#include <gtest/gtest.h>

#include "interdiction/limited_forest.h"
#include "interdiction/net_world.h"

namespace waywarden {
namespace {

using forests::flags;
using forests::keeps;
using forests::kSites;
using forests::placement_of;
using forests::some_limits;

class Swaps : public forests::LimitedForest {};

TEST_P(Swaps, EndAtALocalOptimumThatKeepsTheLimits) {
  for (const Limits& limits : some_limits(forest, GetParam())) {
    const Swapped found = swap_sites(ways, limits, flags({}), flags({}), 100, {});
    const std::vector<SiteId> placement = placement_of(found.chosen);
    EXPECT_TRUE(keeps(limits, placement));
    EXPECT_NEAR(found.caught, forests::caught_with_groups(forest, placement), 1e-12);
    for (std::size_t out = 0; out < placement.size(); ++out) {
      for (std::size_t in = 0; in < kSites; ++in) {
        if (found.chosen[in] != 0) continue;
        std::vector<SiteId> other = placement;
        other[out] = SiteId(in);
        if (keeps(limits, other)) {
          EXPECT_LE(forests::caught_with_groups(forest, other), found.caught * (1.0 + 2e-9));
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Swaps, testing::Range(std::uint64_t{0}, std::uint64_t{25}));

class SwapsOnNets : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SwapsOnNets, AreThoseOnTheirWays) {
  const worlds::NetWorld made(GetParam());
  const std::vector<SiteNet> nets = {made.usable()};
  const auto ways = ways_of(nets, made.sites, 1000000);
  const std::vector<std::uint8_t> none(made.sites.size(), 0), all(made.sites.size(), 1);
  std::vector<std::uint8_t> worst = none;
  worst[7] = worst[6] = worst[5] = 1;
  for (const Limits& limits : {Limits{team_limit(made.sites, 3)}, Limits{team_limit(made.sites, 4)}}) {
    const Swapped on_ways = swap_sites(*ways, limits, worst, none, 100, {});
    const WatchedNets watched(nets, made.sites.detection, {}, made.sites.group);
    const Swapped on_nets = swap_sites(watched, limits, worst, none, all, 100, {.threads = 2});
    EXPECT_EQ(on_nets.chosen, on_ways.chosen);
    EXPECT_NEAR(on_nets.caught, on_ways.caught, 1e-9);
    EXPECT_NEAR(on_nets.caught,
                worlds::caught_on(worlds::walks(made), made.sites, placement_of(on_nets.chosen)), 1e-9);
  }
}

TEST_P(SwapsOnNets, LeaveFixedSitesAndTakeOpenOnesOnly) {
  const worlds::NetWorld made(GetParam());
  const std::vector<SiteNet> nets = {made.usable()};
  std::vector<std::uint8_t> fixed(made.sites.size(), 0), open(made.sites.size(), 1);
  fixed[2] = 1;
  open[0] = open[2] = 0;
  const WatchedNets watched(nets, made.sites.detection, {}, made.sites.group);
  const Swapped found = swap_sites(watched, {team_limit(made.sites, 3)}, fixed, fixed, open, 100, {});
  EXPECT_EQ(found.chosen[2], 1);
  EXPECT_EQ(found.chosen[0], 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SwapsOnNets, testing::Range(std::uint64_t{0}, std::uint64_t{60}));

}  // namespace
}  // namespace waywarden
