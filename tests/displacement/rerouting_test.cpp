#include "waywarden/displacement/rerouting.h"

#include <gtest/gtest.h>

#include "interdiction/made_sites.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/interception.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

void expect_same(const std::vector<SiteTree>& some, const std::vector<SiteTree>& loaded) {
  std::vector<SiteTree> with_sites;
  for (const SiteTree& tree : some) {
    if (!tree.site.empty()) with_sites.push_back(tree);
  }
  ASSERT_EQ(with_sites.size(), loaded.size());
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    EXPECT_EQ(with_sites[i].draw, loaded[i].draw);
    EXPECT_EQ(with_sites[i].destination, loaded[i].destination);
    EXPECT_EQ(with_sites[i].site, loaded[i].site);
    EXPECT_EQ(with_sites[i].parent, loaded[i].parent);
    EXPECT_EQ(with_sites[i].injected, loaded[i].injected);
    EXPECT_EQ(with_sites[i].unseen, loaded[i].unseen);
  }
}

TEST(Rerouting, TeamAfterTeamEqualsAFullLoading) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    const MadeMovement made(seed);
    const Sites sites = worlds::sites_of(made, seed, 9);
    const Rerouting rerouting(made.movement(), sites, {.share = 0.5, .risk_aversion = 5.0});
    KnownRoutes routes = rerouting.unaware(load_flows(made.movement(), {}, {}), {});
    std::vector<SiteId> teams;
    for (const std::size_t site : {seed % 9, (seed + 4) % 9, (seed + 2) % 9}) {
      teams.push_back(SiteId(site));
      routes = rerouting.with(routes, std::vector{SiteId(site)}, {});
      EXPECT_EQ(routes.teams, teams);
      const LoadingOptions options{.site_cost = team_costs(sites, teams, 5.0)};
      expect_same(routes.site_trees, load_flows(made.movement(), options, {}).site_trees);
    }
    const KnownRoutes at_once = rerouting.with(rerouting.unaware(8, {}), teams, {});
    expect_same(at_once.site_trees,
                load_flows(made.movement(), {.site_cost = team_costs(sites, teams, 5.0)}, {}).site_trees);
  }
}

TEST(Rerouting, FirstDrawsAreThoseOfAShorterLoading) {
  const MadeMovement made(3);
  const Sites sites = worlds::sites_of(made, 3, 9);
  const Rerouting rerouting(made.movement(), sites, {});
  const KnownRoutes all = rerouting.unaware(8, {}), some = rerouting.unaware(3, {}),
                    first = first_draws(all, 3);
  EXPECT_EQ(first.draws(), 3U);
  ASSERT_EQ(first.site_trees.size(), some.site_trees.size());
  for (std::size_t i = 0; i < some.site_trees.size(); ++i) {
    EXPECT_EQ(first.site_trees[i].site, some.site_trees[i].site);
    EXPECT_EQ(first.site_trees[i].injected, some.site_trees[i].injected);
  }
  EXPECT_NEAR(journeys_on(all), made.demand.total(), 1e-9);
  EXPECT_EQ(first_draws(all, 99).draws(), 8U);
}

TEST(Rerouting, NobodyIsCaughtMoreOftenThanBefore) {
  for (std::uint64_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE(seed);
    MadeMovement made(seed, worlds::single_edges());
    const std::size_t count = worlds::keep_one_edge_each(made.site_of_edge);
    const Sites sites = worlds::sites_of(made, seed, count);
    std::vector<SiteId> teams;
    for (std::size_t site = seed % 3; site < count; site += 3) teams.push_back(SiteId(site));
    for (const double risk_aversion : {0.5, 3.0, 50.0}) {
      const auto before = worlds::explicit_routes(made.movement());
      const auto after = worlds::explicit_routes(made.movement(), team_costs(sites, teams, risk_aversion));
      ASSERT_EQ(before.size(), after.size());
      for (std::size_t i = 0; i < before.size(); ++i) {
        // A unit of weight per edge is what rounding may give away.
        const double slack = 100.0 * made.perception.unit() / risk_aversion;
        EXPECT_LE(worlds::stopped(after[i], sites, teams), worlds::stopped(before[i], sites, teams) + slack);
      }
    }
  }
}

TEST(Rerouting, SameBitsWithAnyNumberOfThreads) {
  const MadeMovement made(5);
  const Sites sites = worlds::sites_of(made, 5, 9);
  const Rerouting rerouting(made.movement(), sites, {});
  const auto trees = [&](unsigned threads) {
    const Execution execution{.threads = threads};
    return rerouting.with(rerouting.unaware(8, execution), std::vector{SiteId(1), SiteId(4)}, execution)
        .site_trees;
  };
  const auto alone = trees(1);
  for (const unsigned threads : {2U, 8U}) {
    const auto together = trees(threads);
    for (std::size_t i = 0; i < alone.size(); ++i) {
      EXPECT_EQ(alone[i].site, together[i].site);
      EXPECT_EQ(alone[i].injected, together[i].injected);
    }
  }
}

TEST(Rerouting, RefusesWhatDoesNotFit) {
  const MadeMovement made(2);
  Sites sites = worlds::sites_of(made, 2, 9);
  EXPECT_THROW(Rerouting(made.movement(), sites, {.share = 1.5}), OptionError);
  EXPECT_THROW(Rerouting(made.movement(), sites, {.risk_aversion = -1.0}), OptionError);
  sites.site_of_edge = EdgeSites(made.network.edge_count(), {});
  EXPECT_THROW(require_fit(made.movement(), sites, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
