#include "waywarden/patrols/team_ways.h"

#include <gtest/gtest.h>

#include "patrols/patrol_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TeamGains random_gains(std::uint64_t seed, const TeamRules& rules) {
  RandomStream random(seed, 3, 91);
  TeamGains gains;
  for (std::size_t i = 0; i < rules.sites() * rules.shifts; ++i) {
    std::vector<double>& own = gains.emplace_back();
    // Whole numbers make ties.
    double gain = seed % 2 == 0 ? random.uniform() : random.below(3);
    for (std::uint32_t m = 0; m < rules.room[i % rules.sites()]; ++m, gain *= 0.5) own.push_back(gain);
  }
  return gains;
}

double gain_of(const Schedule& schedule, const TeamRules& rules, const TeamGains& gains) {
  double sum = 0.0;
  for (std::size_t t = 0; t < rules.shifts; ++t)
    for (std::size_t x = 0; x < rules.sites(); ++x) {
      const auto teams = static_cast<std::size_t>(std::ranges::count(schedule[t], SiteId(x)));
      for (std::size_t m = 0; m < teams; ++m) sum += gains[t * rules.sites() + x].at(m);
    }
  return sum;
}

class TeamWays : public testing::TestWithParam<std::uint64_t> {};

TEST_P(TeamWays, GainMostOfAllSchedules) {
  for (std::size_t teams = 1; teams <= 3; ++teams)
    for (std::size_t shifts = 1; shifts <= 3; ++shifts) {
      const TeamRules rules = patrols::random_rules(GetParam(), teams == 3 ? 3 : 4, teams, shifts);
      const TeamGains gains = random_gains(GetParam(), rules);
      const std::vector<Schedule> all = patrols::all_schedules(rules);
      const auto found = richest_ways(rules, gains);
      ASSERT_EQ(found.has_value(), !all.empty());
      if (!found) continue;
      EXPECT_NE(std::ranges::find(all, *found), all.end());
      double best = 0.0;
      for (const Schedule& schedule : all) best = std::max(best, gain_of(schedule, rules, gains));
      EXPECT_NEAR(gain_of(*found, rules, gains), best, 1e-12);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TeamWays, testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(TeamWaysRules, NoRoomIsNoSchedule) {
  EXPECT_FALSE(richest_ways({3, 1, {1, 1}, {}}, {{1.0}, {1.0}}).has_value());
  // A way that ends: from site 0 nowhere, and site 1 has no room.
  EXPECT_FALSE(richest_ways({1, 2, {1, 0}, {{}, {}}}, {{1.0}, {}, {1.0}, {}}).has_value());
}

TEST(TeamWaysRules, MalformedRulesAreErrors) {
  EXPECT_THROW(richest_ways({1, 1, {1}, {}}, {}), OptionError);
  EXPECT_THROW(richest_ways({1, 1, {1}, {{SiteId(1)}}}, {{1.0}}), OptionError);
  EXPECT_THROW(richest_ways({1, 1, {1, 1}, {{}}}, {{1.0}, {1.0}}), OptionError);
}

}  // namespace
}  // namespace waywarden
