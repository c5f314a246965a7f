#include "waywarden/interdiction/untangled.h"

#include <gtest/gtest.h>

#include "interdiction/net_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::NetWorld;

class Untangling : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Untangling, ChangesNothingButWhereSitesAreMet) {
  const NetWorld made(GetParam());
  const auto before = worlds::walks(made), after = worlds::walks(made.usable());
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::vector<SiteId> placed = worlds::some_sites(made.sites, GetParam() * 10 + i);
    EXPECT_NEAR(worlds::caught_on(after, made.sites, placed), worlds::caught_on(before, made.sites, placed),
                1e-12);
  }
}

/// Of a walk on branches alone, no group stands there twice, or on a branch and at the end.
TEST_P(Untangling, LeavesNoGroupTwiceOnAWalk) {
  const NetWorld made(GetParam());
  SiteNet net = made.usable();
  std::vector<std::uint8_t> is_noted(made.sites.size(), 0);
  for (const SiteId site : net.met) is_noted[made.sites.group[site.index()].index()] = 1;
  for (const SiteId site : net.site) {
    EXPECT_TRUE(!site.exists() || is_noted[made.sites.group[site.index()].index()] == 0);
  }
  net.met.clear();
  net.first_met.assign(net.size() + 1, 0);
  for (const worlds::SiteWalk& walk : worlds::walks(net)) {
    std::set<SiteId> groups;
    for (const SiteId site : walk.sites) EXPECT_TRUE(groups.insert(made.sites.group[site.index()]).second);
  }
}

TEST_P(Untangling, SetsSitesAtEndsOnlyWhereAWalkMeetsTheirGroupTwice) {
  const NetWorld made(GetParam());
  std::set<SiteId> twice;
  for (const worlds::SiteWalk& walk : worlds::walks(made.contraction())) {
    std::map<SiteId, int> met;
    for (const SiteId site : walk.sites) {
      if (++met[made.sites.group[site.index()]] > 1) twice.insert(made.sites.group[site.index()]);
    }
  }
  const SiteNet net = made.usable();
  for (const SiteId site : net.met) EXPECT_TRUE(twice.contains(made.sites.group[site.index()]));
}

TEST_P(Untangling, ListsTheWaysThroughTheSitesNoted) {
  const NetWorld made(GetParam());
  std::vector<std::uint8_t> noted(made.sites.size(), 1);
  noted[2] = 0;
  const auto net = listed(made.usable(), noted, 1000000);
  ASSERT_TRUE(net);
  for (const SiteId site : net->site) EXPECT_FALSE(site.exists());
  std::map<std::set<SiteId>, double> expected, found;
  for (const auto& [list, to] : {std::pair{worlds::walks(made), &expected}, {worlds::walks(*net), &found}}) {
    for (const worlds::SiteWalk& walk : list) {
      std::set<SiteId> met(walk.sites.begin(), walk.sites.end());
      met.erase(SiteId(2));
      if (!met.empty()) (*to)[met] += walk.journeys;
    }
  }
  ASSERT_EQ(found.size(), expected.size());
  for (const auto& [met, journeys] : expected) EXPECT_NEAR(found[met], journeys, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Untangling, testing::Range(std::uint64_t{0}, std::uint64_t{150}));

/// A ladder: at each of `steps` nodes the journey passes one of two sites.
SiteNet ladder(std::uint32_t steps) {
  SiteNet net;
  for (std::uint32_t i = 0; i < steps; ++i) {
    for (std::uint32_t k = 0; k < 2; ++k) net.add_branch(i + 1, 0.5, SiteId(2 * i + k));
    net.add_node(i == 0 ? 1.0 : 0.0);
  }
  net.add_node(0.0);
  return net;
}

TEST(Untangled, SaysWhenThereAreTooManyWays) {
  const std::vector<SiteId> one_group(40, SiteId(0));
  EXPECT_THROW(untangled(ladder(20), one_group, 5000), OptionError);
  EXPECT_FALSE(listed(ladder(20), std::vector<std::uint8_t>(40, 1), 5000));
  EXPECT_EQ(untangled(ladder(20), {}).size(), 21U);
  EXPECT_TRUE(listed(ladder(8), std::vector<std::uint8_t>(40, 1), 5000));
}

TEST(Untangled, TakesAStreetOfSeveralEdgesForOneSite) {
  SiteNet net;
  for (std::uint32_t i = 0; i < 3; ++i) {
    net.add_branch(i + 1, 1.0, SiteId(0));
    net.add_node(i == 0 ? 2.0 : 0.0);
  }
  net.add_node(0.0);
  const SiteNet split = untangled(net, {});
  EXPECT_EQ(split.size(), 4U);
  EXPECT_EQ(split.met, std::vector{SiteId(0)});
}

}  // namespace
}  // namespace waywarden
