#include "waywarden/flow/loading.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::ExplicitRoute;
using worlds::MadeMovement;

/// Journeys per edge, row per draw, from explicit routes.
std::vector<std::vector<double>> explicit_journeys(const Movement& movement,
                                                   const std::vector<double>& site_cost = {}) {
  std::vector<std::vector<double>> journeys(movement.perception.draws(),
                                            std::vector<double>(movement.network.edge_count(), 0.0));
  for (const ExplicitRoute& route : worlds::explicit_routes(movement, site_cost)) {
    for (const EdgeId e : route.edges) journeys[route.draw][e.index()] += route.journeys;
  }
  return journeys;
}

std::vector<double> column(const std::vector<std::vector<double>>& rows, std::size_t i) {
  std::vector<double> values;
  for (const std::vector<double>& row : rows) values.push_back(row[i]);
  return values;
}

void expect_explicit(const Movement& movement, const Loading& loading, const std::vector<double>& site_cost,
                     std::uint64_t seed) {
  const auto journeys = explicit_journeys(movement, site_cost);
  for (std::size_t e = 0; e < movement.network.edge_count(); ++e) {
    const Estimate expected = estimate(column(journeys, e));
    EXPECT_NEAR(loading.exposure.edge.mean[e], expected.mean, 1e-9 * (1.0 + expected.mean))
        << "seed " << seed;
    EXPECT_NEAR(loading.exposure.edge.standard_error[e], expected.standard_error, 1e-8) << "seed " << seed;
  }
}

std::vector<double> random_site_cost(std::uint64_t seed) {
  RandomStream random(seed, 7, 77);
  std::vector<double> cost(9, 0.0);
  for (double& c : cost) c = random.uniform() < 0.5 ? 5.0 * random.uniform() : 0.0;
  return cost;
}

/// Not one bit differs.
void expect_same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0);
}

void expect_same_bits(const Loading& a, const Loading& b) {
  for (const auto column_of :
       {&Exposure::edge, &Exposure::node, &Exposure::crossing, &Exposure::mode_km, &Exposure::country_km}) {
    expect_same_bits((a.exposure.*column_of).mean, (b.exposure.*column_of).mean);
    expect_same_bits((a.exposure.*column_of).standard_error, (b.exposure.*column_of).standard_error);
  }
  expect_same_bits(
      {a.cost.mean, a.cost.standard_error, a.spread.mean, a.spread.standard_error, a.overlap, a.journeys},
      {b.cost.mean, b.cost.standard_error, b.spread.mean, b.spread.standard_error, b.overlap, b.journeys});
  expect_same_bits(a.unseen, b.unseen);
  ASSERT_EQ(a.site_trees.size(), b.site_trees.size());
  for (std::size_t i = 0; i < a.site_trees.size(); ++i) {
    EXPECT_EQ(a.site_trees[i].site, b.site_trees[i].site);
    EXPECT_EQ(a.site_trees[i].parent, b.site_trees[i].parent);
    expect_same_bits(a.site_trees[i].injected, b.site_trees[i].injected);
  }
}

class RandomLoading : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomLoading, EqualsExplicitRoutes) {
  const MadeMovement made(GetParam());
  expect_explicit(made.movement(), load_flows(made.movement(), {}, {}), {}, GetParam());
}

TEST_P(RandomLoading, EqualsExplicitRoutesWithTeamsKnown) {
  const MadeMovement made(GetParam());
  const std::vector<double> cost = random_site_cost(GetParam());
  expect_explicit(made.movement(), load_flows(made.movement(), {.site_cost = cost}, {}), cost, GetParam());
}

TEST_P(RandomLoading, ConservesJourneysAtEveryNode) {
  const MadeMovement made(GetParam());
  const Loading loading = load_flows(made.movement(), {}, {});
  const std::size_t n = made.network.node_count();
  std::vector<double> leaving(n, 0.0), entering(n, 0.0), begin(n, 0.0), end(n, 0.0);
  for (std::size_t e = 0; e < made.network.edge_count(); ++e) {
    leaving[made.network.tail(EdgeId(e)).index()] += loading.exposure.edge.mean[e];
    entering[made.network.head(EdgeId(e)).index()] += loading.exposure.edge.mean[e];
  }
  for (std::size_t pair = 0; pair < made.demand.size(); ++pair) {
    begin[made.places.node[made.demand.origin[pair].index()].index()] += made.demand.journeys[pair];
    end[made.places.node[made.demand.destination[pair].index()].index()] += made.demand.journeys[pair];
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double in = begin[i] + entering[i], out = leaving[i] + end[i];
    EXPECT_NEAR(in, out, 1e-9 * std::max(in, out)) << "seed " << GetParam() << ", node " << i;
    EXPECT_NEAR(loading.exposure.node.mean[i], in, 1e-9 * (1.0 + in));
  }
}

TEST_P(RandomLoading, CostIsThatOfExplicitRoutes) {
  const MadeMovement made(GetParam());
  const Loading loading = load_flows(made.movement(), {}, {});
  std::vector<double> sum(8, 0.0);
  double journeys = 0.0;
  for (const ExplicitRoute& route : worlds::explicit_routes(made.movement())) {
    for (const EdgeId e : route.edges) sum[route.draw] += route.journeys * made.costs.generalised[e.index()];
    journeys += route.journeys / 8.0;
  }
  for (double& s : sum) s /= journeys;
  EXPECT_NEAR(loading.journeys, journeys, 1e-9 * journeys);
  EXPECT_NEAR(loading.cost.mean, estimate(sum).mean, 1e-9 * loading.cost.mean);
  EXPECT_NEAR(loading.cost.standard_error, estimate(sum).standard_error, 1e-9);
}

TEST_P(RandomLoading, ReloadEqualsAFullLoadToTheBit) {
  const MadeMovement made(GetParam());
  const Loading before = load_flows(made.movement(), {}, {});
  std::vector<double> cost = random_site_cost(GetParam());
  const Loading first = reload(made.movement(), before, {.site_cost = cost}, {});
  expect_same_bits(first, load_flows(made.movement(), {.site_cost = cost}, {}));
  cost[2] += 3.0;
  const Loading second = reload(made.movement(), first, {.site_cost = cost}, {});
  expect_same_bits(second, load_flows(made.movement(), {.site_cost = cost}, {}));
  cost[2] = 0.0;
  expect_same_bits(reload(made.movement(), second, {.site_cost = cost}, {}),
                   load_flows(made.movement(), {.site_cost = cost}, {}));
}

TEST_P(RandomLoading, ReloadKeepsTreesThatPassNoDearerSite) {
  const MadeMovement made(GetParam(), {.site_share = 0.01, .sites = 2});
  const Loading before = load_flows(made.movement(), {}, {});
  const Loading after = reload(made.movement(), before, {.site_cost = {4.0}}, {});
  std::size_t kept = 0;
  for (std::size_t i = 0; i < before.forest.trees.size(); ++i)
    kept += before.forest.trees[i] == after.forest.trees[i];
  std::size_t passing = 0;
  for (const SiteTree& tree : before.site_trees) {
    passing += std::count(tree.site.begin(), tree.site.end(), SiteId(0)) > 0;
  }
  EXPECT_EQ(kept + passing, before.forest.trees.size());
}

TEST_P(RandomLoading, SameBitsOnAnyNumberOfThreads) {
  const MadeMovement made(GetParam());
  const Loading one = load_flows(made.movement(), {}, {.threads = 1});
  expect_same_bits(one, load_flows(made.movement(), {}, {.threads = 2}));
  expect_same_bits(one, load_flows(made.movement(), {}, {.threads = 8}));
}

TEST_P(RandomLoading, ChangeIsTheDifferenceDrawByDraw) {
  const MadeMovement made(GetParam());
  const std::vector<double> cost = random_site_cost(GetParam());
  const Loading before = load_flows(made.movement(), {}, {});
  const Loading after = reload(made.movement(), before, {.site_cost = cost}, {});
  const Exposure found = change(made.movement(), before, after, {});
  auto journeys = explicit_journeys(made.movement(), cost);
  const auto earlier = explicit_journeys(made.movement());
  for (std::size_t e = 0; e < made.network.edge_count(); ++e) {
    for (std::size_t draw = 0; draw < journeys.size(); ++draw) journeys[draw][e] -= earlier[draw][e];
    const Estimate expected = estimate(column(journeys, e));
    EXPECT_NEAR(found.edge.mean[e], expected.mean, 1e-9) << "seed " << GetParam();
    EXPECT_NEAR(found.edge.standard_error[e], expected.standard_error, 1e-8);
  }
  for (std::size_t n = 0; n < made.network.node_count(); ++n) {
    EXPECT_NEAR(found.node.mean[n], after.exposure.node.mean[n] - before.exposure.node.mean[n], 1e-9);
  }
}

TEST_P(RandomLoading, AReroutedJourneyIsCaughtAtMostAsOften) {
  const MadeMovement made(GetParam());
  const std::vector<double> cost = random_site_cost(GetParam());
  const auto hazard_of = [&](const ExplicitRoute& route) {
    double sum = 0.0;
    for (const EdgeId e : route.edges) {
      for (const SiteId site : made.site_of_edge.on(e)) sum += cost[site.index()];
    }
    return sum;
  };
  const auto unaware = worlds::explicit_routes(made.movement()),
             aware = worlds::explicit_routes(made.movement(), cost);
  ASSERT_EQ(unaware.size(), aware.size());
  for (std::size_t i = 0; i < aware.size(); ++i) {
    EXPECT_LE(hazard_of(aware[i]), hazard_of(unaware[i]) + 100.0 * made.perception.unit())
        << "seed " << GetParam();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomLoading, testing::Range(std::uint64_t{1}, std::uint64_t{13}));

TEST(Loading, ClosuresCutJourneysOff) {
  const MadeMovement made(3);
  Scenario closed;
  closed.closed_crossings = made.network.crossings().id;
  const EdgeCosts costs = edge_costs(made.network, {}, closed);
  const Movement movement{made.network, made.core,       made.costs,       made.demand,
                          made.places,  made.perception, made.site_of_edge};
  const Movement cut{made.network,    made.core,        costs, made.demand, made.places,
                     made.perception, made.site_of_edge};
  const Loading open = load_flows(movement, {}, {}), shut = load_flows(cut, {}, {});
  EXPECT_EQ(open.unrouted_pairs, 0U);
  EXPECT_GT(shut.unrouted_pairs, 0U);
  EXPECT_NEAR(shut.journeys + shut.unrouted_journeys, made.demand.total(), 1e-9 * made.demand.total());
  for (const double crossing : shut.exposure.crossing.mean) EXPECT_EQ(crossing, 0.0);
  EXPECT_TRUE(std::isfinite(shut.cost.mean));
  EXPECT_TRUE(std::isfinite(shut.overlap));
  expect_explicit(cut, shut, {}, 3);
}

TEST(Loading, NoSitesIsNoError) {
  const MadeMovement made(3);
  const Movement movement{made.network, made.core, made.costs, made.demand, made.places, made.perception, {}};
  const Loading loading = load_flows(movement, {}, {});
  EXPECT_TRUE(loading.site_trees.empty());
  for (const double unseen : loading.unseen)
    EXPECT_NEAR(unseen, made.demand.total(), 1e-9 * made.demand.total());
}

TEST(Loading, NoDemandIsNoError) {
  const MadeMovement made(3);
  const Demand nobody;
  const Movement movement{made.network, made.core,       made.costs,       nobody,
                          made.places,  made.perception, made.site_of_edge};
  const Loading loading = load_flows(movement, {}, {});
  EXPECT_EQ(loading.journeys, 0.0);
  EXPECT_EQ(loading.cost.mean, 0.0);
  EXPECT_EQ(loading.spread.mean, 1.0);
}

TEST(Loading, RefusesWhatDoesNotFit) {
  const MadeMovement made(3), other(4);
  const Movement mixed{made.network, made.core, other.costs, made.demand, made.places, made.perception, {}};
  EXPECT_THROW(load_flows(mixed, {}, {}), OptionError);
  const EdgeSites few(3, {});
  const Movement short_sites{made.network, made.core,       made.costs, made.demand,
                             made.places,  made.perception, few};
  EXPECT_THROW(load_flows(short_sites, {}, {}), OptionError);
  EXPECT_THROW(load_flows(made.movement(), {.site_cost = {-1.0}}, {}), OptionError);
  EXPECT_THROW(load_flows(made.movement(), {.site_cost = {HUGE_VAL}}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
