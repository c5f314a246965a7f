#include "waywarden/interdiction/site_net.h"

#include <gtest/gtest.h>

#include "interdiction/net_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::NetWorld;

class SiteNets : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SiteNets, StopTheSameJourneysAsTheRoutes) {
  const NetWorld made(GetParam());
  const auto routes = worlds::walks(made), contracted = worlds::walks(made.contraction());
  for (std::uint64_t i = 0; i < 6; ++i) {
    const std::vector<SiteId> placed = worlds::some_sites(made.sites, GetParam() * 10 + i);
    EXPECT_NEAR(worlds::caught_on(contracted, made.sites, placed),
                worlds::caught_on(routes, made.sites, placed), 1e-12);
  }
  for (std::size_t site = 0; site < made.sites.size(); ++site)
    EXPECT_NEAR(worlds::passing(contracted, SiteId(site)), worlds::passing(routes, SiteId(site)), 1e-12);
}

TEST_P(SiteNets, LeadOnWithSharesOfOneAndKeepNoJourneyWithoutASite) {
  const NetWorld made(GetParam());
  const SiteNet net = made.contraction();
  for (std::size_t i = 0; i < net.size(); ++i) {
    double sum = 0.0;
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      EXPECT_GT(net.head[b], i);
      EXPECT_LT(net.head[b], net.size());
      sum += net.share[b];
    }
    EXPECT_TRUE(net.is_end(i) || std::abs(sum - 1.0) < 1e-12);
    EXPECT_TRUE(net.met_at(i).empty());
  }
  double watched = 0.0;
  for (const worlds::SiteWalk& walk : worlds::walks(made))
    watched += walk.sites.empty() ? 0.0 : walk.journeys;
  double beginning = 0.0;
  for (const double journeys : net.journeys) beginning += journeys;
  EXPECT_GE(beginning, watched - 1e-12);
}

TEST_P(SiteNets, OfListedRoutesHaveAnEndPerSetOfSites) {
  const NetWorld made(GetParam());
  RandomStream random(GetParam(), 7, 501);
  RouteSets routes;
  std::vector<worlds::SiteWalk> expected;
  const ArcSites on_arcs = made.on_arcs();
  for (const double journeys : made.world.demand.journeys) {
    for (const double share : {0.5, 0.3, 0.2}) {
      worlds::SiteWalk walk{{}, journeys * share};
      for (int k = 0; k < 5; ++k) {
        const std::uint32_t a = random.below(static_cast<std::uint32_t>(made.world.core.arc_count()));
        routes.sets.edges.push_back(a);
        const auto on = on_arcs.on(CoreArc(a));
        walk.sites.insert(walk.sites.end(), on.begin(), on.end());
      }
      routes.share.push_back(share);
      routes.sets.first_edge.push_back(routes.sets.edges.size());
      expected.push_back(walk);
    }
    routes.sets.first_route.push_back(routes.share.size());
  }
  const std::vector<SiteNet> nets = contracted(routes, std::span(&made.world.demand, 1), on_arcs);
  ASSERT_EQ(nets.size(), 1U);
  std::set<std::vector<SiteId>> sets;
  for (std::size_t i = 0; i < nets[0].size(); ++i) {
    EXPECT_TRUE(nets[0].is_end(i));
    EXPECT_FALSE(nets[0].met_at(i).empty());
    EXPECT_TRUE(sets.insert({nets[0].met_at(i).begin(), nets[0].met_at(i).end()}).second);
  }
  for (std::uint64_t i = 0; i < 4; ++i) {
    const std::vector<SiteId> placed = worlds::some_sites(made.sites, GetParam() * 10 + i);
    EXPECT_NEAR(worlds::caught_on(worlds::walks(nets[0]), made.sites, placed),
                worlds::caught_on(expected, made.sites, placed), 1e-12);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SiteNets, testing::Range(std::uint64_t{0}, std::uint64_t{150}));

TEST(SiteNet, WithoutSitesIsAnEndAlone) {
  NetWorld made(3);
  made.sites.site_of_edge = EdgeSites(made.world.network.edge_count(), std::vector<SiteEdge>{});
  const SiteNet net = made.contraction();
  EXPECT_EQ(net.size(), 1U);
  EXPECT_TRUE(net.head.empty());
  EXPECT_EQ(net.journeys[0], 0.0);
}

TEST(SiteNet, RefusesCircles) {
  NetWorld made(3);
  made.net.head.back() = 0;
  EXPECT_THROW(made.contraction(), OptionError);
}

}  // namespace
}  // namespace waywarden
