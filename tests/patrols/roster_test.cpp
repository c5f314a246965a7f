#include "waywarden/patrols/roster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace waywarden {
namespace {

/// Two ways, one with p = 0.5 and one with p = 0.25: the first is watched one day in three.
const WatchedGraph kTwoWays{2, {0, 0}, {1, 1}, {SiteId(0), SiteId(1)}};
const std::vector<double> kTwoChances = {0.5, 0.25};

TEST(Roster, FollowsTheMix) {
  const MixedPatrol patrol = mixed_patrol(kTwoWays, kTwoChances, {{0}, {1}, {1.0}});
  const Roster roster = sample_roster(patrol, 7, 20000);
  ASSERT_EQ(roster.site.size(), 20000U);
  const auto first = std::ranges::count(roster.site, SiteId(0));
  EXPECT_NEAR(static_cast<double>(first) / 20000.0, 1.0 / 3.0, 5.0 * std::sqrt(2.0 / 9.0 / 20000.0));
  const Roster week = sample_roster(patrol, 7, 7);
  EXPECT_TRUE(std::equal(week.site.begin(), week.site.end(), roster.site.begin()));
  EXPECT_NE(sample_roster(patrol, 8, 200).site, sample_roster(patrol, 7, 200).site);
  EXPECT_EQ(week.day.back(), 6U);
  EXPECT_TRUE(sample_roster(MixedPatrol{}, 1, 5).day.empty());
}

}  // namespace
}  // namespace waywarden
