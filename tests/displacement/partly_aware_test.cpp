#include "waywarden/displacement/partly_aware.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "interdiction/made_sites.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/greedy.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr double kRiskAversion = 4.0;

struct World {
  explicit World(std::uint64_t seed, double share = 0.6, std::uint32_t site_count = 7)
      : made(seed, {.draws = 6, .sites = site_count}),
        sites(worlds::sites_of(made, seed, site_count)),
        rerouting(made.movement(), sites, {share, kRiskAversion}),
        unaware(rerouting.unaware(6, {})) {}

  Placement place(std::size_t teams, PartlyAwareOptions options = {}) const {
    options.limits = {team_limit(sites, teams)};
    return partly_aware_placement(rerouting, unaware, sites, options, {});
  }
  /// By explicit routes.
  double caught(const std::vector<SiteId>& teams) const {
    const double share = rerouting.awareness().share;
    return (1.0 - share) *
               worlds::stopped_on_explicit_routes(made.movement(), sites, teams, {}, kRiskAversion) +
           share * worlds::stopped_on_explicit_routes(made.movement(), sites, teams, teams, kRiskAversion);
  }

  MadeMovement made;
  Sites sites;
  Rerouting rerouting;
  KnownRoutes unaware;
};

TEST(PartlyAware, GainsAreThoseOfExplicitRoutes) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    const World world(seed);
    const Placement placement = world.place(3);
    ASSERT_FALSE(placement.site.empty());
    EXPECT_NEAR(placement.journeys, world.made.demand.total(), 1e-9);
    std::vector<SiteId> teams;
    double before = 0.0;
    for (std::size_t i = 0; i < placement.site.size(); ++i) {
      teams.push_back(placement.site[i]);
      const double after = world.caught(teams);
      EXPECT_NEAR(placement.gain[i], after - before, 1e-9 * placement.journeys);
      EXPECT_NEAR(placement.caught[i], after, 1e-9 * placement.journeys);
      before = after;
    }
  }
}

TEST(PartlyAware, WithAllCandidatesEvaluatedItIsTheExactGreedy) {
  for (std::uint64_t seed = 20; seed <= 24; ++seed) {
    SCOPED_TRACE(seed);
    const World world(seed);
    const Placement placement = world.place(3, {.evaluated = 7, .selection_draws = 6});
    std::vector<SiteId> teams;
    for (const SiteId site : placement.site) {
      double best = 0.0;
      for (const SiteId other : open_sites(world.sites, teams)) {
        std::vector<SiteId> more = teams;
        more.push_back(other);
        best = std::max(best, world.caught(more));
      }
      teams.push_back(site);
      EXPECT_NEAR(world.caught(teams), best, 1e-9 * placement.journeys);
    }
  }
}

TEST(PartlyAware, NoPlacementPassesTheBound) {
  for (std::uint64_t seed = 30; seed <= 36; ++seed) {
    SCOPED_TRACE(seed);
    const World world(seed, 0.7, 6);
    for (std::size_t teams = 1; teams <= 3; ++teams) {
      const Placement placement = world.place(teams);
      double best = 0.0;
      for (const auto& other : forests::all_placements(6, teams)) best = std::max(best, world.caught(other));
      EXPECT_LE(best, placement.bound * (1.0 + 1e-9));
      EXPECT_LE(placement.total_caught(), best * (1.0 + 1e-9));
      if (placement.status == Status::optimal) {
        EXPECT_NEAR(placement.total_caught(), best, 1e-9 * best);
      }
    }
  }
}

TEST(PartlyAware, WithGroupsGainsAreExactAndTheBoundHolds) {
  for (std::uint64_t seed = 30; seed <= 35; ++seed) {
    SCOPED_TRACE(seed);
    World world(seed, 0.7, 6);
    world.sites.group = {SiteId(0), SiteId(0), SiteId(2), SiteId(0), SiteId(2), SiteId(5)};
    for (std::size_t teams = 1; teams <= 3; ++teams) {
      const Placement placement = world.place(teams);
      EXPECT_NEAR(placement.total_caught(), world.caught(placement.site), 1e-9 * placement.journeys);
      double best = 0.0;
      for (const auto& other : forests::all_placements(6, teams)) best = std::max(best, world.caught(other));
      EXPECT_LE(best, placement.bound * (1.0 + 1e-9));
    }
  }
}

TEST(PartlyAware, WhereNobodyMindsItIsTheGreedyForTheUnaware) {
  const World world(4, 0.0);
  const PartlyAwareOptions options{.limits = {team_limit(world.sites, 5)}, .evaluated = 4};
  const Placement placement = world.place(5, {.evaluated = 4});
  const Placement greedy = greedy_placement(world.unaware.site_trees, 6, placement.journeys, world.sites, 5);
  EXPECT_EQ(placement.site, greedy.site);
  EXPECT_NEAR(placement.total_caught(), greedy.total_caught(), 1e-9);
  EXPECT_NEAR(placement.bound, greedy.bound, 1e-9);

  const Rerouting fearless(world.made.movement(), world.sites, {.share = 1.0, .risk_aversion = 0.0});
  EXPECT_EQ(partly_aware_placement(fearless, world.unaware, world.sites, options, {}).site, greedy.site);
}

TEST(PartlyAware, RequiredComeFirstAndForbiddenNever) {
  World world(6);
  const SiteId favourite = world.place(1).site.at(0);
  const SiteId imposed((favourite.index() + 1) % 7);
  world.sites.state[favourite.index()] = SiteState::forbidden;
  world.sites.state[imposed.index()] = SiteState::required;
  const Placement placement = world.place(3);
  EXPECT_EQ(placement.site.at(0), imposed);
  EXPECT_EQ(std::count(placement.site.begin(), placement.site.end(), favourite), 0);
}

TEST(PartlyAware, KeepsABudgetAndItsBoundHolds) {
  for (std::uint64_t seed = 40; seed <= 47; ++seed) {
    SCOPED_TRACE(seed);
    World world(seed, 0.7, 6);
    for (std::size_t site = 0; site < 6; ++site)
      world.sites.cost[site] = 1.0 + static_cast<double>((seed + site) % 3);
    const Limits limits = {budget_limit(world.sites, 4.0), team_limit(world.sites, 2)};
    const Placement placement = partly_aware_placement(world.rerouting, world.unaware, world.sites,
                                                       {.limits = limits, .evaluated = 6}, {});
    const std::vector<double> used = used_by(limits, placement.site);
    EXPECT_LE(used[0], 4.0);
    EXPECT_LE(used[1], 2.0);
    EXPECT_NEAR(placement.total_caught(), world.caught(placement.site), 1e-9 * placement.journeys);
    double best = 0.0, best_single = 0.0;
    for (std::size_t teams = 1; teams <= 2; ++teams) {
      for (const auto& other : forests::all_placements(6, teams)) {
        if (used_by(limits, other)[0] > 4.0) continue;
        best = std::max(best, world.caught(other));
        if (teams == 1) best_single = std::max(best_single, world.caught(other));
      }
    }
    EXPECT_LE(best, placement.bound * (1.0 + 1e-9));
    EXPECT_LE(placement.total_caught(), best * (1.0 + 1e-9));
    EXPECT_GE(placement.total_caught(), best_single * (1.0 - 1e-9));
  }
}

TEST(PartlyAware, SameBitsWithAnyNumberOfThreads) {
  const World world(9);
  const auto place = [&](unsigned threads) {
    return partly_aware_placement(world.rerouting, world.unaware, world.sites,
                                  {.limits = {team_limit(world.sites, 4)}}, {.threads = threads});
  };
  const Placement alone = place(1);
  for (const unsigned threads : {2U, 8U}) {
    const Placement together = place(threads);
    EXPECT_EQ(alone.site, together.site);
    EXPECT_EQ(alone.gain, together.gain);
    EXPECT_EQ(alone.gain_error, together.gain_error);
    EXPECT_EQ(alone.bound, together.bound);
  }
}

TEST(PartlyAware, RefusesEmptyChoices) {
  const World world(2);
  EXPECT_THROW(partly_aware_placement(world.rerouting, world.unaware, world.sites, {}, {}), OptionError);
  EXPECT_THROW(world.place(2, {.evaluated = 0}), OptionError);
  EXPECT_THROW(world.place(2, {.selection_draws = 0}), OptionError);
}

}  // namespace
}  // namespace waywarden
