#include "waywarden/displacement/displacement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "interdiction/made_sites.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr Awareness kAwareness{.share = 0.4, .risk_aversion = 8.0};

struct World {
  explicit World(std::uint64_t seed)
      : made(seed),
        sites(worlds::sites_of(made, seed, 9)),
        before(load_flows(made.movement(), {}, {})),
        moved(displacement(made.movement(), before, sites, teams, kAwareness, {})) {}

  std::vector<SiteId> teams = {SiteId(0), SiteId(3), SiteId(5)};
  MadeMovement made;
  Sites sites;
  Loading before;
  Displacement moved;
};

TEST(Displacement, ChangesAreTheDifferenceOfExplicitRoutes) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    const World world(seed);
    const Movement movement = world.made.movement();
    std::vector<double> edge(movement.network.edge_count(), 0.0), site(world.sites.size(), 0.0);
    const auto add = [&](const std::vector<worlds::ExplicitRoute>& routes, double sign) {
      for (const worlds::ExplicitRoute& route : routes) {
        std::set<SiteId> met;
        const double journeys = sign * 0.4 * route.journeys / movement.perception.draws();
        for (const EdgeId e : route.edges) {
          edge[e.index()] += journeys;
          for (const SiteId s : world.sites.site_of_edge.on(e)) met.insert(s);
        }
        for (const SiteId s : met) site[s.index()] += journeys;
      }
    };
    add(worlds::explicit_routes(movement), -1.0);
    add(worlds::explicit_routes(movement, team_costs(world.sites, world.teams, 8.0)), 1.0);
    double displaced = 0.0;
    for (std::size_t e = 0; e < edge.size(); ++e) {
      EXPECT_NEAR(world.moved.edge.change[e], edge[e], 1e-9 * 1000.0);
      EXPECT_NEAR(world.moved.edge.after[e], world.moved.edge.before[e] + edge[e], 1e-9 * 1000.0);
      displaced += std::abs(edge[e]);
    }
    EXPECT_GT(displaced, 0.0);
    for (std::size_t s = 0; s < site.size(); ++s)
      EXPECT_NEAR(world.moved.site.change[s], site[s], 1e-9 * 1000.0);
  }
}

TEST(Displacement, WhatComesIntoANodeLeavesIt) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const World world(seed);
    const Network& network = world.made.network;
    std::vector<double> balance(network.node_count(), 0.0);
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      balance[network.tail(EdgeId(e)).index()] -= world.moved.edge.change[e];
      balance[network.head(EdgeId(e)).index()] += world.moved.edge.change[e];
    }
    for (const double left : balance) EXPECT_NEAR(left, 0.0, 1e-9 * world.before.journeys);
  }
}

TEST(Displacement, ModesAndCountriesSumToTheEdges) {
  const World world(4);
  const Network& network = world.made.network;
  double edges = 0.0;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    edges += world.moved.edge.change[e] * network.columns().length_m[e] / 1000.0;
  }
  const auto sum = [](const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  EXPECT_NEAR(sum(world.moved.mode_km.change), edges, 1e-6);
  EXPECT_NEAR(sum(world.moved.country_km.change), edges, 1e-6);
  EXPECT_EQ(world.moved.mode_km.change.size(), kModeCount);
  EXPECT_EQ(world.moved.crossing.change.size(), network.crossings().size());
}

TEST(Displacement, IncreasesAreFlagged) {
  const World world(2);
  std::size_t flagged = 0;
  for (const Displaced* rows : {&world.moved.edge, &world.moved.site, &world.moved.mode_km}) {
    for (std::size_t i = 0; i < rows->change.size(); ++i) {
      EXPECT_EQ(rows->increased[i] != 0, rows->change[i] > 1e-6) << i;
      EXPECT_GE(rows->change_error[i], 0.0);
      flagged += rows->increased[i];
    }
  }
  EXPECT_GT(flagged, 0U);
}

TEST(Displacement, NothingMovesWhenNobodyKnows) {
  const MadeMovement made(3);
  const Sites sites = worlds::sites_of(made, 3, 9);
  const Loading before = load_flows(made.movement(), {}, {});
  const Displacement moved =
      displacement(made.movement(), before, sites, std::vector{SiteId(1)}, {.share = 0.0}, {});
  for (const double change : moved.edge.change) EXPECT_EQ(change, 0.0);
  EXPECT_EQ(moved.edge.before, moved.edge.after);
  EXPECT_EQ(std::accumulate(moved.site.increased.begin(), moved.site.increased.end(), 0), 0);
}

}  // namespace
}  // namespace waywarden
