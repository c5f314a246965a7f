#include "waywarden/interdiction/site_routes.h"

#include <gtest/gtest.h>

#include "interdiction/net_world.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/capture.h"
#include "waywarden/interdiction/collateral.h"
#include "waywarden/interdiction/greedy.h"

namespace waywarden {
namespace {

using worlds::NetWorld;

class RoutesWithSites : public testing::TestWithParam<std::uint64_t> {
 protected:
  SiteRoutes routes(const ChosenRoutes& chosen) const {
    return site_routes(made.world.core, chosen, std::span(&made.world.demand, 1), made.sites, {});
  }
  SiteRoutes nets() const { return routes(std::vector{made.net}); }

  double best_of_all(std::size_t teams) const {
    double best = 0.0;
    for (const auto& placement : forests::all_placements(made.sites.size(), teams))
      best = std::max(best, worlds::caught_on(walks, made.sites, placement));
    return best;
  }

  NetWorld made{GetParam()};
  std::vector<worlds::SiteWalk> walks = worlds::walks(made);
  double journeys = 10.0;
};

TEST_P(RoutesWithSites, GreedyTakesWhatGainsMostByBruteForce) {
  const Placement placement = greedy_placement(nets(), journeys, made.sites, {team_limit(made.sites, 4)});
  std::vector<SiteId> placed;
  for (std::size_t i = 0; i < placement.site.size(); ++i) {
    const double before = worlds::caught_on(walks, made.sites, placed);
    double best = 0.0;
    for (std::size_t site = 0; site < made.sites.size(); ++site) {
      std::vector<SiteId> more = placed;
      more.emplace_back(site);
      best = std::max(best, worlds::caught_on(walks, made.sites, more) - before);
    }
    placed.push_back(placement.site[i]);
    EXPECT_NEAR(placement.gain[i], best, 1e-9);
    EXPECT_NEAR(placement.caught[i], worlds::caught_on(walks, made.sites, placed), 1e-9);
    EXPECT_EQ(placement.gain_error[i], 0.0);
  }
}

TEST_P(RoutesWithSites, CaptureIsTheBestOfAllPlacements) {
  for (std::size_t teams = 1; teams <= 4; ++teams) {
    const Placement found =
        capture_placement(nets(), journeys, made.sites, {team_limit(made.sites, teams)}, {}, {});
    const double best = best_of_all(teams);
    EXPECT_EQ(found.status, Status::optimal);
    EXPECT_NEAR(found.total_caught(), best, 1e-9);
    EXPECT_NEAR(found.bound, best, 1e-7);
  }
}

TEST_P(RoutesWithSites, WithoutAListTheOptimumLiesBetweenValueAndBound) {
  made.sites.state[GetParam() % 8] = SiteState::forbidden;
  const Limits limits = {team_limit(made.sites, 3)};
  const Placement greedy = greedy_placement(nets(), journeys, made.sites, limits);
  const Placement found = capture_placement(nets(), journeys, made.sites, limits, {.listed = 0}, {});
  double best = 0.0;
  for (const auto& placement : forests::all_placements(8, 3)) {
    if (std::ranges::find(placement, SiteId(GetParam() % 8)) == placement.end())
      best = std::max(best, worlds::caught_on(walks, made.sites, placement));
  }
  EXPECT_NE(found.status, Status::limit);
  EXPECT_GE(found.total_caught(), greedy.total_caught() * (1.0 - 1e-12));
  EXPECT_LE(found.total_caught(), best * (1.0 + 1e-9));
  EXPECT_GE(found.bound * (1.0 + 1e-9), best);
  EXPECT_EQ(std::ranges::count(found.site, SiteId(GetParam() % 8)), 0);
}

TEST_P(RoutesWithSites, ListedRoutesAreJudgedAlike) {
  const std::vector<SiteNet> list = {
      *listed(made.usable(), std::vector<std::uint8_t>(made.sites.size(), 1), 1000000)};
  const Limits limits = {team_limit(made.sites, 3)};
  const Placement on_nets = greedy_placement(nets(), journeys, made.sites, limits);
  const Placement on_list = greedy_placement(SiteRoutes(list), journeys, made.sites, limits);
  EXPECT_NEAR(on_nets.total_caught(), on_list.total_caught(), 1e-9);
  EXPECT_NEAR(on_nets.bound, on_list.bound, 1e-9);
}

TEST_P(RoutesWithSites, CountsThoseWhoPass) {
  const std::vector<double> found = journeys_passing(nets(), made.sites, {});
  for (std::size_t site = 0; site < found.size(); ++site)
    EXPECT_NEAR(found[site], worlds::passing(walks, SiteId(site)), 1e-12);
}

TEST_P(RoutesWithSites, TheFrontierOfStopsBoundsAllPlacements) {
  std::vector<double> stops;
  for (std::size_t site = 0; site < made.sites.size(); ++site)
    stops.push_back(1.0 + static_cast<double>(site % 3));
  const Limits limits = {team_limit(made.sites, 3)};
  const CollateralFrontier frontier = collateral_frontier(nets(), made.sites, limits, stops, 6, {});
  for (const auto& placement : forests::all_placements(8, 3)) {
    double used = 0.0;
    for (const SiteId site : placement) used += stops[site.index()];
    for (std::size_t i = 0; i < frontier.stops.size(); ++i) {
      if (used > frontier.stops[i]) continue;
      EXPECT_LE(worlds::caught_on(walks, made.sites, placement), frontier.bound[i] + 1e-9);
    }
  }
}

/// Every node's first branch: a tree, as a forest and as a net.
TEST_P(RoutesWithSites, TreesAndNetsOfTheSameRoutesAreOne) {
  FlowTree tree;
  FlowNet net;
  for (std::size_t i = 0; i < made.net.size(); ++i) {
    const std::uint32_t b = made.net.first[i];
    tree.node.push_back(made.net.node[i]);
    tree.arc.push_back(made.net.arc[b]);
    tree.parent.push_back(made.net.head[b]);
    net.arc.push_back(made.net.arc[b]);
    net.head.push_back(made.net.head[b]);
    net.share.push_back(1.0);
    net.first.push_back(static_cast<std::uint32_t>(i + 1));
  }
  net.node = tree.node;
  net.origin = tree.origin = made.net.origin;
  net.visits.assign(net.size(), 0.0);
  for (std::size_t i = 0; i < net.origin.size(); ++i) {
    if (net.origin[i] == FlowNet::kNoRoute) continue;
    for (std::uint32_t at = net.origin[i]; at < net.size(); at = net.head[at])
      net.visits[at] += made.world.demand.journeys[i];
  }
  tree.journeys = net.visits;
  const Forest forest{1, 1, {std::make_shared<const FlowTree>(tree)}};
  const Limits limits = {team_limit(made.sites, 3)};
  const Placement as_tree = greedy_placement(routes(forest), journeys, made.sites, limits);
  const Placement as_net = greedy_placement(routes(std::vector{net}), journeys, made.sites, limits);
  EXPECT_NEAR(as_tree.total_caught(), as_net.total_caught(), 1e-9);
  EXPECT_NEAR(as_tree.bound, as_net.bound, 1e-9);
  EXPECT_EQ(as_tree.gain_error, as_net.gain_error);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RoutesWithSites, testing::Range(std::uint64_t{0}, std::uint64_t{100}));

TEST(SiteRoutes, SameBitsWithAnyNumberOfThreads) {
  const NetWorld made(11, 12, 4);
  const std::vector<DestinationDemand> demand(20, made.world.demand);
  const std::vector<FlowNet> nets(20, made.net);
  std::vector<Placement> found;
  for (const unsigned threads : {1U, 2U, 8U}) {
    const Execution execution{.threads = threads};
    const SiteRoutes routes = site_routes(made.world.core, nets, demand, made.sites, execution);
    found.push_back(capture_placement(routes, 100.0, made.sites, {team_limit(made.sites, 4)},
                                      {.search = {.nodes = 50}}, execution));
  }
  for (const Placement& other : found) {
    EXPECT_EQ(other.site, found[0].site);
    EXPECT_EQ(other.gain, found[0].gain);
    EXPECT_EQ(other.bound, found[0].bound);
  }
}

TEST(SiteRoutes, RefusesCirclesAndSitesOfAnotherNetwork) {
  NetWorld made(3);
  const std::span<const DestinationDemand> demand(&made.world.demand, 1);
  FlowNet circle = made.net;
  circle.head.back() = 0;
  EXPECT_THROW(site_routes(made.world.core, std::vector{circle}, demand, made.sites, {}), OptionError);
  made.sites.site_of_edge = EdgeSites(1, std::vector<SiteEdge>{});
  EXPECT_THROW(site_routes(made.world.core, std::vector{made.net}, demand, made.sites, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
