#include "waywarden/interdiction/ways.h"

#include <gtest/gtest.h>

#include <set>

#include "interdiction/net_world.h"
#include "interdiction/site_forest.h"

namespace waywarden {
namespace {

using forests::SiteForest;

std::vector<std::uint8_t> flags(std::size_t sites, const std::vector<SiteId>& placement) {
  std::vector<std::uint8_t> set(sites, 0);
  for (const SiteId site : placement) set[site.index()] = 1;
  return set;
}

class WaySeeds : public testing::TestWithParam<std::uint64_t> {
 protected:
  SiteForest forest = forests::grouped_forest(GetParam(), 8, 3, 4, 14);
  SiteWays ways = ways_of(forest.trees, forest.draws, forest.sites);
};

TEST_P(WaySeeds, CaughtEqualsWalkingEveryWay) {
  for (std::size_t count = 0; count <= 8; ++count) {
    for (const auto& placement : forests::all_placements(8, count)) {
      EXPECT_NEAR(caught_on(ways, flags(8, placement)), forests::caught_with_groups(forest, placement),
                  1e-12);
    }
  }
}

TEST_P(WaySeeds, GainsEqualReevaluationOneByOne) {
  for (const auto& placement : forests::all_placements(8, 3)) {
    const std::vector<double> gains = gains_on(ways, flags(8, placement));
    const double before = forests::caught_with_groups(forest, placement);
    for (std::size_t site = 0; site < 8; ++site) {
      std::vector<SiteId> more = placement;
      more.push_back(SiteId(site));
      EXPECT_NEAR(gains[site], forests::caught_with_groups(forest, more) - before, 1e-12);
    }
  }
}

TEST_P(WaySeeds, DecidedSitesLeaveTheRestAsItWas) {
  RandomStream random(GetParam(), 4);
  std::vector<Choice> choices(8, Choice::open);
  std::vector<SiteId> taken;
  for (std::size_t site = 0; site < 8; ++site) {
    choices[site] = static_cast<Choice>(random.below(3));
    if (choices[site] == Choice::taken) taken.push_back(SiteId(site));
  }
  const Decided decided = decide(ways, choices);
  for (std::uint32_t set = 0; set < (1U << decided.open.size()); ++set) {
    std::vector<SiteId> placement = taken;
    std::vector<std::uint8_t> chosen(decided.open.size(), 0);
    for (std::size_t i = 0; i < decided.open.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      chosen[i] = 1;
      placement.push_back(decided.open[i]);
    }
    EXPECT_NEAR(decided.caught + caught_on(decided.ways, chosen),
                forests::caught_with_groups(forest, placement), 1e-12);
  }
}

TEST_P(WaySeeds, NoTwoAreTheSame) {
  std::set<std::vector<std::uint32_t>> seen;
  for (std::size_t way = 0; way < ways.size(); ++way) {
    std::vector<std::uint32_t> sites;
    for (const Passage& p : ways.passages(way)) sites.push_back(p.site);
    EXPECT_FALSE(sites.empty());
    std::ranges::sort(sites);
    EXPECT_TRUE(seen.insert(sites).second);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, WaySeeds, testing::Range(std::uint64_t{0}, std::uint64_t{40}));

class WaysOfNets : public testing::TestWithParam<std::uint64_t> {};

TEST_P(WaysOfNets, StopWhatTheirRoutesStop) {
  worlds::NetWorld made(GetParam());
  made.sites.state[3] = SiteState::forbidden;
  made.sites.detection[4] = 0.0;
  const std::vector<SiteNet> nets = {made.usable(), made.usable()};
  const auto ways = ways_of(nets, made.sites, 1000000);
  ASSERT_TRUE(ways);
  for (const Passage& p : ways->passage) EXPECT_TRUE(p.site != 3 && p.site != 4 && p.detection > 0.0);
  for (std::uint64_t i = 0; i < 4; ++i) {
    std::vector<SiteId> placed = worlds::some_sites(made.sites, GetParam() * 10 + i);
    std::erase(placed, SiteId(3));
    std::vector<std::uint8_t> flags(made.sites.size(), 0);
    for (const SiteId site : placed) flags[site.index()] = 1;
    EXPECT_NEAR(caught_on(*ways, flags), 2.0 * worlds::caught_on(worlds::walks(made), made.sites, placed),
                1e-12);
  }
}

TEST_P(WaysOfNets, AreNotListedBeyondTheLimit) {
  const worlds::NetWorld made(GetParam());
  const std::vector<SiteNet> nets = {made.usable(), made.usable()};
  const bool any_site =
      std::ranges::any_of(worlds::walks(made), [](const auto& walk) { return !walk.sites.empty(); });
  EXPECT_EQ(ways_of(nets, made.sites, 0).has_value(), !any_site);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WaysOfNets, testing::Range(std::uint64_t{0}, std::uint64_t{60}));

TEST(SiteWays, LeaveOutWhatCannotStopAnybody) {
  SiteForest forest = forests::random_forest(1, 4, 2, 2, 8);
  forest.sites.state[1] = SiteState::forbidden;
  forest.sites.detection[2] = 0.0;
  const SiteWays ways = ways_of(forest.trees, forest.draws, forest.sites);
  for (const Passage& p : ways.passage) EXPECT_TRUE(p.site == 0 || p.site == 3);
  EXPECT_EQ(ways_of({}, 2, forest.sites).size(), 0U);
}

}  // namespace
}  // namespace waywarden
