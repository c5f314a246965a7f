#include "waywarden/patrols/mixed_patrol.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "patrols/patrol_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

JourneyPairs random_pairs(std::uint64_t seed, std::size_t nodes) {
  RandomStream random(seed, 5, 91);
  JourneyPairs pairs;
  for (std::uint32_t count = 1 + random.below(3); count-- > 0;) {
    pairs.origin.push_back(random.below(static_cast<std::uint32_t>(nodes)));
    pairs.destination.push_back(random.below(static_cast<std::uint32_t>(nodes)));
    pairs.journeys.push_back(random.below(6) == 0 ? 0.0 : random.uniform());
  }
  return pairs;
}

PatrolOptions options_for(const TeamRules& rules, ShiftChoice choice) {
  PatrolOptions options;
  options.teams = rules.teams;
  options.shift_share.clear();
  for (std::size_t t = 0; t < rules.shifts; ++t) options.shift_share.push_back(1.0 + static_cast<double>(t));
  options.shift_choice = choice;
  options.room = rules.room;
  if (rules.moves.empty()) return options;
  options.travel_time.assign(rules.sites() * rules.sites(), 9.0);
  for (std::size_t x = 0; x < rules.sites(); ++x)
    for (const SiteId to : rules.moves[x]) options.travel_time[x * rules.sites() + to.index()] = 1.0;
  options.longest_move = 1.0;
  return options;
}

/// What the patrol's mix detects of a route in a shift.
double against(const MixedPatrol& patrol, std::size_t shift, std::span<const SiteId> route,
               const std::vector<double>& detection) {
  double sum = 0.0;
  for (std::size_t s = 0; s < patrol.schedule.size(); ++s)
    sum += patrol.probability[s] * detection_of(route, patrol.schedule[s][shift], detection);
  return sum;
}

/// Share of journeys detected when every pair takes the best of all its routes (and shifts).
double guaranteed(const MixedPatrol& patrol, const patrols::World& world, const JourneyPairs& pairs,
                  const PatrolOptions& options) {
  const std::size_t shifts = options.shift_share.size();
  const double shares = std::accumulate(options.shift_share.begin(), options.shift_share.end(), 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto routes = patrols::all_routes(world.graph, pairs.origin[i], pairs.destination[i]);
    EXPECT_EQ(patrol.routed[i] != 0, !routes.empty());
    if (routes.empty()) continue;
    std::vector<double> least(shifts, 1.0);
    for (std::size_t t = 0; t < shifts; ++t)
      for (const auto& route : routes)
        least[t] = std::min(least[t], against(patrol, t, route, world.detection));
    if (options.shift_choice == ShiftChoice::chosen)
      sum += pairs.journeys[i] * *std::ranges::min_element(least);
    for (std::size_t t = 0; t < shifts && options.shift_choice == ShiftChoice::given; ++t)
      sum += pairs.journeys[i] * options.shift_share[t] / shares * least[t];
  }
  return patrol.journeys > 0.0 ? sum / patrol.journeys : 0.0;
}

/// Share of journeys that the best of all schedules detects while evaders keep to their routes.
double conceded(const MixedPatrol& patrol, const patrols::World& world, const JourneyPairs& pairs,
                const PatrolOptions& options, const TeamRules& rules) {
  const double shares = std::accumulate(options.shift_share.begin(), options.shift_share.end(), 0.0);
  double best = 0.0;
  for (const Schedule& schedule : patrols::all_schedules(rules)) {
    double sum = 0.0;
    for (const PatrolledRoute& route : patrol.routes) {
      const double share =
          options.shift_choice == ShiftChoice::given ? options.shift_share[route.shift] / shares : 1.0;
      sum += pairs.journeys[route.pair] * share * route.probability *
             detection_of(route.sites, schedule[route.shift], world.detection);
    }
    best = std::max(best, sum);
  }
  return patrol.journeys > 0.0 ? best / patrol.journeys : 0.0;
}

class MixedPatrols : public testing::TestWithParam<std::uint64_t> {};

/// The mixed strategies are checked against every route and every schedule there is: what both guarantee
/// proves the value.
TEST_P(MixedPatrols, NobodyHasABetterAnswer) {
  const patrols::World world = patrols::random_world(GetParam());
  const JourneyPairs pairs = random_pairs(GetParam(), world.graph.nodes);
  for (std::size_t teams = 1; teams <= 3; ++teams)
    for (std::size_t shifts = 1; shifts <= (teams == 3 ? 1U : 2U); ++shifts)
      for (const ShiftChoice choice : {ShiftChoice::given, ShiftChoice::chosen}) {
        const TeamRules rules = patrols::random_rules(GetParam(), world.detection.size(), teams, shifts);
        if (patrols::all_schedules(rules).empty()) continue;
        const PatrolOptions options = options_for(rules, choice);
        const MixedPatrol patrol = mixed_patrol(world.graph, world.detection, pairs, options);
        EXPECT_EQ(patrol.status, Status::optimal);
        EXPECT_LE(patrol.exploitability(), options.tolerance);
        const double guarantee = guaranteed(patrol, world, pairs, options);
        EXPECT_GE(guarantee, patrol.lower - 1e-9);
        EXPECT_LE(guarantee, patrol.upper + 1e-9);
        const double concession = conceded(patrol, world, pairs, options, rules);
        EXPECT_LE(concession, patrol.upper + 1e-9);
        EXPECT_GE(concession, patrol.lower - 1e-9);
      }
}

TEST_P(MixedPatrols, CoverageAddsUpToTheTeams) {
  const patrols::World world = patrols::random_world(GetParam());
  const JourneyPairs pairs = random_pairs(GetParam(), world.graph.nodes);
  const TeamRules rules = patrols::random_rules(GetParam(), world.detection.size(), 2, 2);
  const MixedPatrol patrol =
      mixed_patrol(world.graph, world.detection, pairs, options_for(rules, ShiftChoice::given));
  const auto half = static_cast<std::ptrdiff_t>(rules.sites());
  EXPECT_NEAR(std::accumulate(patrol.coverage.begin(), patrol.coverage.begin() + half, 0.0), 2.0, 1e-9);
  EXPECT_NEAR(std::accumulate(patrol.coverage.begin() + half, patrol.coverage.end(), 0.0), 2.0, 1e-9);
}

/// Of all sets of nodes with the origin and without the destination, the least sum of 1 / p over the arcs
/// that leave it.
double least_cut(const WatchedGraph& graph, const std::vector<double>& detection, std::uint32_t origin,
                 std::uint32_t destination) {
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t set = 0; set < (1U << graph.nodes); ++set) {
    if ((set >> origin & 1U) == 0 || (set >> destination & 1U) != 0) continue;
    double cut = 0.0;
    for (std::size_t a = 0; a < graph.tail.size(); ++a)
      if ((set >> graph.tail[a] & 1U) != 0 && (set >> graph.head[a] & 1U) == 0)
        cut += 1.0 / detection[graph.site[a].index()];
    least = std::min(least, cut);
  }
  return least;
}

TEST_P(MixedPatrols, OneInspectorIsWorthOneOverTheMaximumFlow) {
  patrols::World world = patrols::random_world(GetParam());
  RandomStream random(GetParam(), 6, 91);
  world.detection.clear();
  for (std::size_t a = 0; a < world.graph.site.size(); ++a) {
    world.graph.site[a] = SiteId(a);
    world.detection.push_back(0.05 + 0.95 * random.uniform());
  }
  const auto last = static_cast<std::uint32_t>(world.graph.nodes - 1);
  const MixedPatrol patrol = mixed_patrol(world.graph, world.detection, {{0}, {last}, {3.0}});
  const double flow = least_cut(world.graph, world.detection, 0, last);
  if (flow == 0.0) {
    EXPECT_EQ(patrol.routed, std::vector<std::uint8_t>{0});
    return;
  }
  EXPECT_LE(patrol.lower, 1.0 / flow + 1e-9);
  EXPECT_GE(patrol.upper, 1.0 / flow - 1e-9);
  EXPECT_LE(patrol.exploitability(), 1e-4);
  EXPECT_NEAR(patrol.detection[0], patrol.lower, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Seeds, MixedPatrols, testing::Range(std::uint64_t{1}, std::uint64_t{101}));

/// Two ways, one with p = 0.5 and one with p = 0.25.
const WatchedGraph kTwoWays{2, {0, 0}, {1, 1}, {SiteId(0), SiteId(1)}};
const std::vector<double> kTwoChances = {0.5, 0.25};

TEST(MixedPatrol, TwoWaysByHand) {
  const MixedPatrol patrol = mixed_patrol(kTwoWays, kTwoChances, {{0}, {1}, {10.0}});
  EXPECT_NEAR(patrol.lower, 1.0 / 6.0, 1e-8);
  EXPECT_NEAR(patrol.upper, 1.0 / 6.0, 1e-8);
  EXPECT_NEAR(patrol.coverage[0], 1.0 / 3.0, 1e-8);
  EXPECT_NEAR(patrol.coverage[1], 2.0 / 3.0, 1e-8);
  EXPECT_EQ(patrol.journeys, 10.0);
}

TEST(MixedPatrol, EvadersWhoChooseTheShiftHalveTheValue) {
  // A team that needs a rest at a base (site 2) between two shifts watches one of them.
  const std::vector<double> detection = {0.5, 0.25, 0.5};
  constexpr double far = std::numeric_limits<double>::infinity();
  PatrolOptions options;
  options.shift_share = {0.5, 0.5};
  options.travel_time = {far, far, 1, far, far, 1, 1, 1, 1};
  const JourneyPairs pairs{{0}, {1}, {1.0}};
  for (const ShiftChoice choice : {ShiftChoice::given, ShiftChoice::chosen}) {
    options.shift_choice = choice;
    options.longest_move = 1.0;
    const MixedPatrol patrol = mixed_patrol(kTwoWays, detection, pairs, options);
    EXPECT_NEAR(patrol.lower, 1.0 / 12.0, 1e-4);
    EXPECT_NEAR(patrol.upper, 1.0 / 12.0, 1e-4);
  }
  options.longest_move = far;
  EXPECT_NEAR(mixed_patrol(kTwoWays, detection, pairs, options).lower, 1.0 / 6.0, 1e-4);
}

TEST(MixedPatrol, NobodyMovesAndNobodyCan) {
  const MixedPatrol none = mixed_patrol(kTwoWays, kTwoChances, {});
  EXPECT_EQ(none.status, Status::optimal);
  EXPECT_EQ(none.journeys, 0.0);
  EXPECT_EQ(none.upper, 0.0);
  const MixedPatrol stuck = mixed_patrol(kTwoWays, kTwoChances, {{1}, {0}, {5.0}});
  EXPECT_EQ(stuck.routed, std::vector<std::uint8_t>{0});
  EXPECT_EQ(stuck.journeys, 0.0);
  const MixedPatrol home = mixed_patrol(kTwoWays, kTwoChances, {{1}, {1}, {5.0}});
  EXPECT_EQ(home.lower, 0.0);
  EXPECT_NEAR(home.upper, 0.0, 1e-4);
}

TEST(MixedPatrol, ALimitLeavesBoundsThatHold) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    const patrols::World world = patrols::random_world(seed);
    const JourneyPairs pairs = random_pairs(seed, world.graph.nodes);
    PatrolOptions options;
    options.teams = 2;
    const MixedPatrol full = mixed_patrol(world.graph, world.detection, pairs, options);
    options.rounds = 2;
    options.labels = 3;
    options.branches = 1;
    const MixedPatrol cut = mixed_patrol(world.graph, world.detection, pairs, options);
    EXPECT_LE(cut.lower, full.upper + 1e-12);
    EXPECT_GE(cut.upper, full.lower - 1e-12);
    EXPECT_EQ(cut.status == Status::optimal, cut.exploitability() <= options.tolerance);
  }
}

TEST(MixedPatrol, WithoutTimeItEndsWithBoundsThatHold) {
  const patrols::World world = patrols::random_world(4);
  const JourneyPairs pairs = random_pairs(4, world.graph.nodes);
  const MixedPatrol cut = mixed_patrol(world.graph, world.detection, pairs, {.teams = 2, .seconds = 0.0});
  const MixedPatrol full = mixed_patrol(world.graph, world.detection, pairs, {.teams = 2});
  EXPECT_EQ(cut.rounds, 0U);
  EXPECT_EQ(cut.status, Status::limit);
  EXPECT_LE(cut.lower, full.upper + 1e-12);
  EXPECT_GE(cut.upper, full.lower - 1e-12);
}

TEST(MixedPatrol, SameBitsWithAnyNumberOfThreads) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const patrols::World world = patrols::random_world(seed);
    const JourneyPairs pairs = random_pairs(seed, world.graph.nodes);
    const PatrolOptions options{.teams = 2};
    const MixedPatrol alone = mixed_patrol(world.graph, world.detection, pairs, options, {.threads = 1});
    const MixedPatrol many = mixed_patrol(world.graph, world.detection, pairs, options, {.threads = 7});
    EXPECT_EQ(alone.lower, many.lower);
    EXPECT_EQ(alone.upper, many.upper);
    EXPECT_EQ(alone.probability, many.probability);
    EXPECT_EQ(alone.schedule, many.schedule);
    EXPECT_EQ(alone.coverage, many.coverage);
  }
}

TEST(MixedPatrol, EveryScheduleMeetsTheRules) {
  const patrols::World world = patrols::random_world(3);
  const TeamRules rules = patrols::random_rules(5, world.detection.size(), 2, 2);
  const MixedPatrol patrol = mixed_patrol(world.graph, world.detection, random_pairs(3, world.graph.nodes),
                                          options_for(rules, ShiftChoice::given));
  const std::vector<Schedule> all = patrols::all_schedules(rules);
  for (const Schedule& schedule : patrol.schedule) {
    Schedule turned = schedule;
    for (auto& shift : turned) std::reverse(shift.begin(), shift.end());
    EXPECT_TRUE(std::ranges::count(all, schedule) + std::ranges::count(all, turned) > 0);
  }
}

TEST(MixedPatrol, PairsBetweenTheSamePartsDecideAlike) {
  // 0 and 2 reach each other freely.
  WatchedGraph graph = kTwoWays;
  graph.nodes = 3;
  graph.tail.insert(graph.tail.end(), {0, 2});
  graph.head.insert(graph.head.end(), {2, 0});
  graph.site.insert(graph.site.end(), {SiteId(), SiteId()});
  const MixedPatrol patrol = mixed_patrol(graph, kTwoChances, {{0, 2, 2}, {1, 1, 0}, {3.0, 1.0, 0.0}});
  EXPECT_NEAR(patrol.lower, 1.0 / 6.0, 1e-8);
  EXPECT_EQ(patrol.detection[0], patrol.detection[1]);
  EXPECT_EQ(patrol.detection[2], 0.0);
  EXPECT_EQ(patrol.routed, (std::vector<std::uint8_t>{1, 1, 1}));
  EXPECT_EQ(patrol.routes.size(), 4U);
}

TEST(MixedPatrol, BadOptionsAreErrors) {
  const JourneyPairs pairs{{0}, {1}, {1.0}};
  const auto refuses = [&](PatrolOptions options) {
    EXPECT_THROW(mixed_patrol(kTwoWays, kTwoChances, pairs, options), OptionError);
  };
  refuses({.teams = 0});
  refuses({.teams = 3});
  refuses({.shift_share = {}});
  refuses({.shift_share = {0.0}});
  refuses({.shift_share = {1.0, -1.0}});
  refuses({.room = {1}});
  refuses({.travel_time = {1.0}});
  refuses({.travel_time = {0.0, std::nan(""), 0.0, 0.0}});
  refuses({.tolerance = 0.0});
  refuses({.seconds = -1.0});
  EXPECT_THROW(mixed_patrol(kTwoWays, std::vector{0.5, 1.5}, pairs), OptionError);
  EXPECT_THROW(mixed_patrol(kTwoWays, std::vector{0.5, std::nan("")}, pairs), OptionError);
  EXPECT_THROW(mixed_patrol(kTwoWays, kTwoChances, {{0}, {2}, {1.0}}), OptionError);
  EXPECT_THROW(mixed_patrol(kTwoWays, kTwoChances, {{0}, {1}, {-1.0}}), OptionError);
  EXPECT_THROW(mixed_patrol(kTwoWays, kTwoChances, {{0}, {1}, {}}), OptionError);
}

TEST(MixedPatrol, StopsWhenAskedTo) {
  Progress progress;
  progress.cancel();
  EXPECT_THROW(mixed_patrol(kTwoWays, kTwoChances, {{0}, {1}, {1.0}}, {}, {1, &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
