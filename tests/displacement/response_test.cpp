#include "waywarden/displacement/response.h"

#include <gtest/gtest.h>

#include "interdiction/made_sites.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr Awareness kAwareness{.share = 0.4, .risk_aversion = 8.0};
const GravityOptions kGravity{.total = std::nullopt};

class Response : public testing::TestWithParam<std::uint64_t> {
 protected:
  MadeMovement made{GetParam()};
  Sites sites = worlds::sites_of(made, GetParam(), 9);
  std::vector<SiteId> teams = {SiteId(1), SiteId(5)};
  Loading before = load_flows(made.movement(), {}, {});
};

TEST_P(Response, DemandThatCameFromGravityIsGravityAtTheNewCosts) {
  EdgeCosts dearer = made.costs;
  const std::vector<double> of_site = team_costs(sites, teams, 8.0);
  for (std::size_t e = 0; e < made.network.edge_count(); ++e) {
    for (const SiteId site : made.site_of_edge.on(EdgeId(e))) dearer.generalised[e] += of_site[site.index()];
  }
  // As the world's own demand was made.
  const GravityOptions options{.total = 1000.0};
  const Demand expected =
      gravity_demand(made.places, skim(made.core, dearer, made.places, {}), options, {}).demand;
  const Demand found = responding_demand(made.movement(), sites, teams, 8.0, options, {});
  ASSERT_EQ(found.origin, expected.origin);
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_NEAR(found.journeys[i], expected.journeys[i], 1e-9 * expected.journeys[i]);
}

TEST_P(Response, WithoutTeamsNothingChanges) {
  const Demand found = responding_demand(made.movement(), sites, {}, 8.0, kGravity, {});
  EXPECT_EQ(found.journeys, made.demand.journeys);
  const auto moved =
      responding_displacement(made.movement(), before, sites, {}, kAwareness, kGravity, {}).displacement;
  for (const double change : moved.edge.change) EXPECT_EQ(change, 0.0);
  for (const auto flag : moved.country_inflow.increased) EXPECT_EQ(flag, 0);
}

TEST_P(Response, ChangesAreThoseOfExplicitRoutesOfTheNewDemand) {
  const RespondingDisplacement found =
      responding_displacement(made.movement(), before, sites, teams, kAwareness, kGravity, {});
  const Movement responding{made.network, made.core,       made.costs,       found.demand,
                            made.places,  made.perception, made.site_of_edge};
  std::vector<double> edge(made.network.edge_count(), 0.0);
  std::vector<double> inflow(made.network.columns().countries.size() + 1, 0.0);
  const auto add = [&](const std::vector<worlds::ExplicitRoute>& routes, double sign) {
    for (const worlds::ExplicitRoute& route : routes) {
      const double journeys = sign * kAwareness.share * route.journeys / made.perception.draws();
      for (const EdgeId e : route.edges) {
        edge[e.index()] += journeys;
        const auto& country = made.network.columns().node_country;
        const std::size_t from = country[made.network.tail(e).index()],
                          to = country[made.network.head(e).index()];
        if (from != to) inflow[std::min(to, inflow.size() - 1)] += journeys;
      }
    }
  };
  add(worlds::explicit_routes(made.movement()), -1.0);
  add(worlds::explicit_routes(responding, team_costs(sites, teams, kAwareness.risk_aversion)), 1.0);
  for (std::size_t e = 0; e < edge.size(); ++e) EXPECT_NEAR(found.displacement.edge.change[e], edge[e], 1e-6);
  for (std::size_t c = 0; c < inflow.size(); ++c)
    EXPECT_NEAR(found.displacement.country_inflow.change[c], inflow[c], 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Response, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(RespondingDisplacement, RefusesSitesThatDoNotExist) {
  const MadeMovement made(1);
  const Sites sites = worlds::sites_of(made, 1, 9);
  EXPECT_THROW(responding_demand(made.movement(), sites, std::vector{SiteId(9)}, 8.0, kGravity, {}),
               OptionError);
}

}  // namespace
}  // namespace waywarden
