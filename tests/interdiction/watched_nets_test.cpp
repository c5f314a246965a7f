#include "waywarden/interdiction/watched_nets.h"

#include <gtest/gtest.h>

#include <limits>

#include "interdiction/net_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::NetWorld;

class WatchedNet : public testing::TestWithParam<std::uint64_t> {
 protected:
  WatchedNets watched(const Execution& execution = {}) const {
    return WatchedNets(nets, made.sites.detection, execution, made.sites.group);
  }

  NetWorld made{GetParam()};
  std::vector<SiteNet> nets{made.usable()};
  std::vector<worlds::SiteWalk> walks = worlds::walks(made);
};

TEST_P(WatchedNet, StopsWhatEveryRouteByItselfWould) {
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::vector<SiteId> placed = worlds::some_sites(made.sites, GetParam() * 10 + i);
    WatchedNets teams = watched();
    for (const SiteId site : placed) teams.watch(site);
    EXPECT_NEAR(teams.caught(), worlds::caught_on(walks, made.sites, placed), 1e-12);
  }
}

TEST_P(WatchedNet, GainsAreThoseOfEverySiteTriedByItself) {
  std::vector<SiteId> placed = worlds::some_sites(made.sites, GetParam());
  WatchedNets teams = watched();
  for (const SiteId site : placed) teams.watch(site);
  const std::vector<double> gains = teams.gains();
  const double before = worlds::caught_on(walks, made.sites, placed);
  for (std::size_t site = 0; site < made.sites.size(); ++site) {
    placed.emplace_back(site);
    EXPECT_NEAR(gains[site], worlds::caught_on(walks, made.sites, placed) - before, 1e-9);
    WatchedNets more = teams;
    more.watch(SiteId(site));
    EXPECT_NEAR(gains[site], more.caught() - teams.caught(), 1e-9);
    placed.pop_back();
  }
}

TEST_P(WatchedNet, ATeamThatLeavesLeavesNoTrace) {
  WatchedNets teams = watched();
  teams.watch(SiteId(1));
  teams.watch(SiteId(4));
  const double caught = teams.caught();
  const std::vector<double> gains = teams.gains();
  teams.watch(SiteId(2));
  teams.leave(SiteId(2));
  teams.leave(SiteId(3));
  EXPECT_EQ(teams.caught(), caught);
  EXPECT_EQ(teams.gains(), gains);
}

TEST_P(WatchedNet, CountsThoseWhoPass) {
  WatchedNets teams = watched();
  teams.watch(SiteId(1));
  const std::vector<double> passing = teams.passing();
  for (std::size_t site = 0; site < passing.size(); ++site)
    EXPECT_NEAR(passing[site], worlds::passing(walks, SiteId(site)), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Seeds, WatchedNet, testing::Range(std::uint64_t{0}, std::uint64_t{200}));

TEST(WatchedNets, SameBitsWithAnyNumberOfThreads) {
  std::vector<SiteNet> nets;
  for (std::uint64_t seed = 0; seed < 60; ++seed) nets.push_back(NetWorld(seed).usable());
  const Sites sites = NetWorld(0).sites;
  std::vector<std::vector<double>> gains;
  for (const unsigned threads : {1U, 2U, 8U}) {
    WatchedNets teams(nets, sites.detection, {.threads = threads}, {});
    for (const std::size_t site : {3U, 5U}) teams.watch(SiteId(site), {.threads = threads});
    gains.push_back(teams.gains());
    gains.back().push_back(teams.caught());
  }
  EXPECT_EQ(gains[0], gains[1]);
  EXPECT_EQ(gains[0], gains[2]);
}

TEST(WatchedNets, NoNetsAndEmptyNetsStopNothing) {
  WatchedNets none({}, std::vector{0.5, 0.3});
  none.watch(SiteId(1));
  EXPECT_EQ(none.caught(), 0.0);
  EXPECT_EQ(none.gains(), std::vector<double>(2, 0.0));
  EXPECT_EQ(WatchedNets(std::vector<SiteNet>(2), std::vector{0.5}).passing(), std::vector{0.0});
}

TEST(WatchedNets, RefuseNetsThatMakeNoSense) {
  SiteNet back;
  back.add_branch(0, 1.0, SiteId(0));
  back.add_node(1.0);
  EXPECT_THROW(WatchedNets(std::span(&back, 1), std::vector{0.5}), OptionError);
  SiteNet unknown;
  unknown.add_branch(1, 1.0, SiteId(7));
  unknown.add_node(1.0);
  unknown.add_node(0.0);
  EXPECT_THROW(WatchedNets(std::span(&unknown, 1), std::vector{0.5}), OptionError);
  EXPECT_THROW(WatchedNets({}, std::vector{0.5}).watch(SiteId(1)), OptionError);
  const std::vector<SiteId> group(3, SiteId(0));
  EXPECT_THROW(WatchedNets({}, std::vector{0.5}, {}, group), OptionError);
}

}  // namespace
}  // namespace waywarden
