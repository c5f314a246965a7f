#include "waywarden/network_interdiction/evasive_capture.h"

#include <gtest/gtest.h>

#include <array>

#include "network_interdiction/arc_worlds.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using arc_worlds::kInfinity;
using arc_worlds::World;

NodePairs random_pairs(const World& world, std::uint64_t seed) {
  RandomStream random(seed, 2, 4711);
  NodePairs pairs;
  for (std::uint32_t k = 0; k < 1 + seed % 9; ++k) {
    pairs.origin.push_back(random.below(world.nodes));
    pairs.destination.push_back(random.below(world.nodes));
    pairs.weight.push_back(arc_worlds::amount(random, seed, 6));
  }
  return pairs;
}

double detour_of(std::uint64_t seed) { return std::array{1.0, 1.25, 1.5, 3.0}[seed / 7 % 4]; }

EvasivePairs evaders_of(const World& world, std::uint64_t seed) {
  return {world.nodes,     world.arcs(),  world.length, random_pairs(world, seed),
          detour_of(seed), {.threads = 1}};
}

/// By definition, pair by pair.
std::vector<std::uint8_t> captured(const World& world, const NodePairs& pairs, double detour,
                                   const std::vector<std::uint8_t>& flags) {
  std::vector<double> watched = world.length;
  for (std::size_t a = 0; a < watched.size(); ++a) {
    if (arc_worlds::attacked(world, a, flags)) watched[a] = kInfinity;
  }
  std::vector<std::uint8_t> captured;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const double cheapest = arc_worlds::distances(world, world.length, pairs.origin[k])[pairs.destination[k]];
    const double unseen = arc_worlds::distances(world, watched, pairs.origin[k])[pairs.destination[k]];
    captured.push_back(cheapest < kInfinity && unseen > detour * cheapest * (1.0 + 1e-9) ? 1 : 0);
  }
  return captured;
}

double journeys(const NodePairs& pairs, const std::vector<std::uint8_t>& captured) {
  double sum = 0.0;
  for (std::size_t k = 0; k < pairs.size(); ++k) sum += captured[k] != 0 ? pairs.weight[k] : 0.0;
  return sum;
}

double best_of_all(const World& world, const NodePairs& pairs, double detour) {
  double best = 0.0;
  arc_worlds::for_all_placements(world.sites, world.budget, [&](const auto& flags) {
    best = std::max(best, journeys(pairs, captured(world, pairs, detour, flags)));
  });
  return best;
}

class EvasiveWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(EvasiveWorlds, CaptureIsWhatTheDefinitionSays) {
  World world = arc_worlds::random_world(GetParam());
  const EvasivePairs evaders = evaders_of(world, GetParam());
  world.budget = kInfinity;
  arc_worlds::for_all_placements(world.sites, world.budget, [&](const auto& flags) {
    const EvasiveOutcome outcome = evasive_outcome(evaders, world.sites, placement_of(flags), {.threads = 1});
    ASSERT_EQ(outcome.captured, captured(world, evaders.pairs(), detour_of(GetParam()), flags));
    ASSERT_NEAR(outcome.captured_journeys, journeys(evaders.pairs(), outcome.captured), 1e-12);
  });
}

TEST_P(EvasiveWorlds, PlacementCapturesWhatTryingEveryPlacementDoes) {
  const World world = arc_worlds::random_world(GetParam());
  const EvasivePairs evaders = evaders_of(world, GetParam());
  const EvasiveCapture found =
      evasive_capture(evaders, world.sites, {.budget = world.budget}, {.threads = 1});
  const double best = best_of_all(world, evaders.pairs(), detour_of(GetParam()));
  EXPECT_EQ(found.status, Status::optimal);
  EXPECT_NEAR(found.outcome.captured_journeys, best, 1e-9 * std::max(1.0, best));
  EXPECT_NEAR(found.bound, best, 2e-9 * std::max(1.0, best));
  EXPECT_EQ(found.outcome.captured,
            captured(world, evaders.pairs(), detour_of(GetParam()), flags_of(world.sites, found.site)));
  EXPECT_LE(found.cost, world.budget + 1e-9);
  for (std::size_t i = 0; i < world.sites.size(); ++i) {
    const bool placed = flags_of(world.sites, found.site)[i] != 0;
    EXPECT_FALSE(placed ? world.sites.state[i] == SiteState::forbidden
                        : world.sites.state[i] == SiteState::required);
  }
}

TEST_P(EvasiveWorlds, OptimumLiesBetweenValueAndBoundWhenTheSearchIsCutShort) {
  const World world = arc_worlds::random_world(GetParam());
  const EvasivePairs evaders = evaders_of(world, GetParam());
  const double best = best_of_all(world, evaders.pairs(), detour_of(GetParam()));
  for (const std::size_t nodes : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
    const EvasiveCapture found = evasive_capture(
        evaders, world.sites, {.budget = world.budget, .limits = {.nodes = nodes}}, {.threads = 1});
    EXPECT_LE(found.outcome.captured_journeys, best + 1e-9);
    EXPECT_GE(found.bound, best - 1e-9 * std::max(1.0, best));
    EXPECT_LE(found.bound, found.journeys + 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EvasiveWorlds, testing::Range(std::uint64_t{0}, std::uint64_t{500}));

/// Two roads of 10 and 12 from 0 to 3, over 1 and over 2.
World two_roads() {
  World world;
  world.nodes = 4;
  world.tail = {0, 1, 0, 2};
  world.head = {1, 3, 2, 3};
  world.length = {5, 5, 6, 6};
  world.sites = one_site_per_arc(4);
  return world;
}

EvasivePairs on(const World& world, double detour) {
  return {world.nodes, world.arcs(), world.length, {{0}, {3}, {7.0}}, detour};
}

TEST(EvasiveCapture, TheSecondRoadMustBeWatchedOnlyIfItIsNotTooLong) {
  const World world = two_roads();
  for (const auto& [detour, teams] : {std::pair{1.19, 1.0}, {1.2, 2.0}, {1.25, 2.0}}) {
    const EvasivePairs evaders = on(world, detour);
    const EvasiveCapture enough = evasive_capture(evaders, world.sites, {.budget = teams});
    EXPECT_EQ(enough.outcome.captured_journeys, 7.0);
    EXPECT_EQ(enough.site.size(), static_cast<std::size_t>(teams));
    EXPECT_EQ(evasive_capture(evaders, world.sites, {.budget = teams - 1.0}).bound, 0.0);
  }
}

TEST(EvasiveCapture, EscapesInTravelOrder) {
  const World world = two_roads();
  const EvasivePairs evaders = on(world, 1.25);
  const std::vector<std::uint8_t> first_road = {1, 0, 0, 0};
  EXPECT_EQ(evaders.escapes(first_road).at(0), (std::vector<std::uint32_t>{2, 3}));
  EXPECT_EQ(evaders.cheapest()[0], 10.0);
  EXPECT_EQ(evaders.journeys(), 7.0);
}

TEST(EvasiveCapture, NobodyToCaptureIsNoError) {
  const World world = two_roads();
  const EvasivePairs nobody(world.nodes, world.arcs(), world.length, {});
  EXPECT_EQ(evasive_capture(nobody, world.sites).status, Status::optimal);
  const EvasivePairs backwards(world.nodes, world.arcs(), world.length, {{3}, {0}, {2.0}});
  const EvasiveCapture found = evasive_capture(backwards, world.sites, {.budget = 4});
  EXPECT_EQ(found.journeys, 0.0);
  EXPECT_EQ(found.bound, 0.0);
  EXPECT_TRUE(found.site.empty());
}

TEST(EvasiveCapture, SameBitsWithAnyNumberOfThreads) {
  World world = arc_worlds::random_world(7);
  RandomStream random(3, 3, 4711);
  world.nodes = 60;
  for (int a = 0; a < 240; ++a) arc_worlds::add_arc(world, random, 1);
  world.sites = one_site_per_arc(world.tail.size());
  NodePairs pairs;
  for (int k = 0; k < 40; ++k) {
    pairs.origin.push_back(random.below(60));
    pairs.destination.push_back(random.below(60));
    pairs.weight.push_back(random.uniform());
  }
  const EvasivePairs evaders(world.nodes, world.arcs(), world.length, pairs);
  const EvasiveCaptureOptions options{.budget = 5, .limits = {.nodes = 30, .seconds = 1e9}};
  const EvasiveCapture alone = evasive_capture(evaders, world.sites, options, {.threads = 1});
  for (const unsigned threads : {2U, 5U}) {
    const EvasiveCapture together = evasive_capture(evaders, world.sites, options, {.threads = threads});
    EXPECT_EQ(alone.site, together.site);
    EXPECT_EQ(alone.bound, together.bound);
    EXPECT_EQ(alone.nodes, together.nodes);
    EXPECT_EQ(alone.routes, together.routes);
    EXPECT_EQ(alone.outcome.captured, together.outcome.captured);
  }
}

TEST(EvasiveCapture, RefusesWhatMakesNoSense) {
  const World world = two_roads();
  EXPECT_THROW(on(world, 0.99), OptionError);
  EXPECT_THROW(on(world, kInfinity), OptionError);
  EXPECT_THROW(EvasivePairs(3, world.arcs(), world.length, {}), OptionError);
  EXPECT_THROW(EvasivePairs(4, world.arcs(), world.length, {{0}, {4}, {1.0}}), OptionError);
  EXPECT_THROW(evasive_outcome(on(world, 1.25), world.sites, std::vector{SiteId(9)}), OptionError);
  EXPECT_THROW(evasive_capture(on(world, 1.25), one_site_per_arc(3)), OptionError);
  EXPECT_THROW(on(world, 1.25).escapes(std::vector<std::uint8_t>{1}), OptionError);
}

TEST(EvasiveCapture, StopsWhenAskedTo) {
  const World world = two_roads();
  Progress progress;
  progress.cancel();
  EXPECT_THROW(evasive_capture(on(world, 1.25), world.sites, {}, {.threads = 2, .progress = &progress}),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
