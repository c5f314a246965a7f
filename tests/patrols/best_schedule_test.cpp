#include "waywarden/patrols/best_schedule.h"

#include <gtest/gtest.h>

#include "patrols/patrol_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

struct Moving {
  std::vector<double> detection;
  std::vector<ShiftRoute> routes;
};

Moving random_routes(std::uint64_t seed, std::size_t sites, std::size_t shifts) {
  RandomStream random(seed, 4, 91);
  Moving moving;
  for (std::size_t x = 0; x < sites; ++x) moving.detection.push_back(random.uniform());
  for (std::uint32_t count = random.below(9); count-- > 0;) {
    ShiftRoute route{random.below(static_cast<std::uint32_t>(shifts)), random.uniform(), {}};
    for (std::size_t x = 0; x < sites; ++x)
      if (random.below(2) == 0) route.sites.emplace_back(x);
    moving.routes.push_back(route);
  }
  return moving;
}

double detected(const Schedule& schedule, const Moving& moving) {
  double sum = 0.0;
  for (const ShiftRoute& route : moving.routes) {
    Stand stand = schedule[route.shift];
    sum += route.journeys * detection_of(route.sites, stand, moving.detection);
  }
  return sum;
}

class BestSchedules : public testing::TestWithParam<std::uint64_t> {};

TEST_P(BestSchedules, DetectMostOfAllSchedules) {
  for (std::size_t teams = 1; teams <= 3; ++teams)
    for (std::size_t shifts = 1; shifts <= 3; ++shifts) {
      const TeamRules rules = patrols::random_rules(GetParam(), teams == 3 ? 4 : 5, teams, shifts);
      if (shifts == 3 && teams == 3) continue;
      const Moving moving = random_routes(GetParam(), rules.sites(), shifts);
      double best = 0.0;
      for (const Schedule& schedule : patrols::all_schedules(rules))
        best = std::max(best, detected(schedule, moving));
      const BestSchedule found = best_schedule(rules, moving.detection, moving.routes);
      EXPECT_NEAR(found.detected, best, 1e-11);
      EXPECT_NEAR(found.bound, best, 1e-11);
      EXPECT_NEAR(detected(found.schedule, moving), found.detected, 1e-12);
      for (const ScheduleLimits limits : {ScheduleLimits{0.0, 1}, ScheduleLimits{0.1}}) {
        const BestSchedule quick = best_schedule(rules, moving.detection, moving.routes, limits);
        EXPECT_GE(quick.bound, best - 1e-12);
        EXPECT_LE(quick.detected, best + 1e-12);
        const double reach = limits.slack > 0.0 ? limits.slack : 100.0;
        EXPECT_LE(quick.bound, quick.detected + reach + 1e-12);
      }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, BestSchedules, testing::Range(std::uint64_t{1}, std::uint64_t{61}));

TEST(BestSchedule, RulesThatCannotBeMetAreErrors) {
  const std::vector<double> detection = {0.5};
  EXPECT_THROW(best_schedule({2, 1, {1}, {}}, detection, {}), OptionError);
  EXPECT_THROW(best_schedule({1, 1, {1}, {}}, {}, {}), OptionError);
  const std::vector<ShiftRoute> late = {{1, 1.0, {}}};
  EXPECT_THROW(best_schedule({1, 1, {1}, {}}, detection, late), OptionError);
  const std::vector<ShiftRoute> stray = {{0, 1.0, {SiteId(1)}}};
  EXPECT_THROW(best_schedule({1, 1, {1}, {}}, detection, stray), OptionError);
}

TEST(BestSchedule, NobodyMovesIsNoError) {
  const std::vector<double> detection = {0.5, 0.5};
  const BestSchedule idle = best_schedule({1, 2, {1, 1}, {}}, detection, {});
  EXPECT_EQ(idle.detected, 0.0);
  EXPECT_EQ(idle.bound, 0.0);
  EXPECT_EQ(idle.schedule.size(), 2U);
}

}  // namespace
}  // namespace waywarden
