#include "waywarden/flow/site_tree.h"

#include <gtest/gtest.h>

#include <set>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::ExplicitRoute;
using worlds::MadeMovement;

/// Journeys stopped by the watched sites, summed over draws, as the header defines it.
double stopped(const Loading& loading, const std::vector<double>& detection) {
  double sum = 0.0;
  for (const SiteTree& tree : loading.site_trees) {
    for (std::size_t i = 0; i < tree.site.size(); ++i) {
      double evasion = 1.0;
      for (std::size_t at = i;; at = tree.parent[at]) {
        evasion *= 1.0 - detection[tree.site[at].index()];
        if (tree.parent[at] == at) break;
      }
      sum += tree.injected[i] * (1.0 - evasion);
    }
  }
  return sum;
}

std::set<SiteId> sites_on(const ExplicitRoute& route, const EdgeSites& site_of_edge) {
  std::set<SiteId> sites;
  for (const EdgeId e : route.edges) {
    sites.insert(site_of_edge.on(e).begin(), site_of_edge.on(e).end());
  }
  return sites;
}

double stopped_by_enumeration(const std::vector<ExplicitRoute>& routes, const EdgeSites& site_of_edge,
                              const std::vector<double>& detection) {
  double sum = 0.0;
  for (const ExplicitRoute& route : routes) {
    double evasion = 1.0;
    for (const SiteId site : sites_on(route, site_of_edge)) evasion *= 1.0 - detection[site.index()];
    sum += route.journeys * (1.0 - evasion);
  }
  return sum;
}

class SiteTrees : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SiteTrees, InterceptionEqualsEnumerationOfRoutes) {
  const MadeMovement made(GetParam());
  const Loading loading = load_flows(made.movement(), {}, {});
  const std::vector<ExplicitRoute> routes = worlds::explicit_routes(made.movement());
  RandomStream random(GetParam(), 5, 77);
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<double> detection(9, 0.0);
    for (double& p : detection) p = random.uniform() < 0.4 ? random.uniform() : 0.0;
    const double expected = stopped_by_enumeration(routes, made.site_of_edge, detection);
    EXPECT_NEAR(stopped(loading, detection), expected, 1e-9 * std::max(1.0, expected))
        << "seed " << GetParam();
  }
}

TEST_P(SiteTrees, InterceptionEqualsEnumerationWithSeveralSitesOnAnEdge) {
  const MadeMovement made(GetParam(), {.second_site_share = 0.3});
  const Loading loading = load_flows(made.movement(), {}, {});
  const std::vector<ExplicitRoute> routes = worlds::explicit_routes(made.movement());
  RandomStream random(GetParam(), 6, 77);
  for (int trial = 0; trial < 10; ++trial) {
    std::vector<double> detection(9, 0.0);
    for (double& p : detection) p = random.uniform() < 0.4 ? random.uniform() : 0.0;
    const double expected = stopped_by_enumeration(routes, made.site_of_edge, detection);
    EXPECT_NEAR(stopped(loading, detection), expected, 1e-9 * std::max(1.0, expected))
        << "seed " << GetParam();
  }
}

TEST_P(SiteTrees, EveryJourneyIsInjectedOnceOrUnseen) {
  const MadeMovement made(GetParam());
  const Loading loading = load_flows(made.movement(), {}, {});
  std::vector<double> unseen(made.perception.draws(), 0.0), seen(made.perception.draws(), 0.0);
  for (const ExplicitRoute& route : worlds::explicit_routes(made.movement())) {
    (sites_on(route, made.site_of_edge).empty() ? unseen : seen)[route.draw] += route.journeys;
  }
  std::vector<double> injected(made.perception.draws(), 0.0);
  for (const SiteTree& tree : loading.site_trees) {
    for (const double journeys : tree.injected) injected[tree.draw] += journeys;
  }
  for (std::size_t draw = 0; draw < unseen.size(); ++draw) {
    EXPECT_NEAR(loading.unseen[draw], unseen[draw], 1e-9);
    EXPECT_NEAR(injected[draw], seen[draw], 1e-9);
  }
}

TEST_P(SiteTrees, AreWhatTheyPromise) {
  const MadeMovement made(GetParam());
  const Loading loading = load_flows(made.movement(), {}, {});
  std::pair<std::uint32_t, PlaceId> last{0, PlaceId(0)};
  for (const SiteTree& tree : loading.site_trees) {
    EXPECT_LE(last, std::pair(tree.draw, tree.destination));
    last = {tree.draw, tree.destination};
    EXPECT_FALSE(tree.site.empty());
    std::vector<double> through = tree.injected;
    for (std::size_t i = 0; i < tree.site.size(); ++i) {
      EXPECT_GE(tree.parent[i], i);
      EXPECT_GT(through[i], 0.0);
      if (tree.parent[i] != i) through[tree.parent[i]] += through[i];
      std::set<SiteId> met;
      for (std::size_t at = i;; at = tree.parent[at]) {
        EXPECT_TRUE(met.insert(tree.site[at]).second);
        if (tree.parent[at] == at) break;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SiteTrees, testing::Range(std::uint64_t{1}, std::uint64_t{16}));

TEST(SiteTree, NamesASiteOnceOnAnArcOfSeveralEdges) {
  const MadeMovement made(1);
  std::vector<SiteEdge> everywhere;
  for (std::size_t e = 0; e < made.network.edge_count(); ++e) everywhere.push_back({EdgeId(e), SiteId(0)});
  std::size_t longest = 0;
  const ArcSites sites(made.core, EdgeSites(made.network.edge_count(), everywhere));
  for (std::size_t a = 0; a < made.core.arc_count(); ++a) {
    EXPECT_EQ(sites.on(CoreArc(a)).size(), 1U);
    longest = std::max(longest, made.core.edges(CoreArc(a)).size());
  }
  EXPECT_GT(longest, 1U);
}

TEST(SiteTree, RefusesSitesOfAnotherNetwork) {
  const MadeMovement made(1);
  EXPECT_THROW(ArcSites(made.core, EdgeSites(3, {})), OptionError);
}

}  // namespace
}  // namespace waywarden
