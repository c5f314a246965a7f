#include "waywarden/flow/path_size_logit.h"

#include <gtest/gtest.h>

#include <map>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

class PathSizeLogits : public testing::TestWithParam<std::uint64_t> {};

/// Journeys per arc from the definition: costs and path sizes counted anew from the routes alone.
std::vector<double> by_definition(const std::vector<DestinationDemand>& demand, const RouteSets& routes,
                                  const std::vector<double>& cost, const std::vector<double>& theta,
                                  double weight) {
  std::vector<double> journeys(cost.size(), 0.0);
  const AlternativeSets& sets = routes.sets;
  for (std::size_t d = 0; d < demand.size(); ++d) {
    for (std::size_t i = 0; i < demand[d].origin.size(); ++i) {
      const std::size_t pair = demand[d].first_pair + i;
      std::map<std::uint32_t, int> used;
      const std::size_t begin = sets.first_edge[sets.first_route[pair]];
      const std::size_t end = sets.first_edge[sets.first_route[pair + 1]];
      for (std::size_t k = begin; k < end; ++k) ++used[sets.edges[k]];
      double sum = 0.0;
      std::vector<double> worth;
      for (std::size_t r = sets.first_route[pair]; r < sets.first_route[pair + 1]; ++r) {
        double total = 0.0, own = 0.0;
        for (std::size_t k = sets.first_edge[r]; k < sets.first_edge[r + 1]; ++k) {
          total += cost[sets.edges[k]];
          own += cost[sets.edges[k]] / used[sets.edges[k]];
        }
        worth.push_back(std::exp(-theta[d] * total) * std::pow(own / total, weight));
        sum += worth.back();
      }
      for (std::size_t r = sets.first_route[pair]; r < sets.first_route[pair + 1]; ++r) {
        for (std::size_t k = sets.first_edge[r]; k < sets.first_edge[r + 1]; ++k)
          journeys[sets.edges[k]] += demand[d].journeys[i] * worth[r - sets.first_route[pair]] / sum;
      }
    }
  }
  return journeys;
}

TEST_P(PathSizeLogits, AreTheDefinitionOnTheirRoutes) {
  const MadeMovement made(GetParam());
  const auto demand = by_destination(made.demand, made.places, made.core);
  const std::vector<double> cost = arc_sums(made.core, made.costs.generalised);
  std::vector<double> theta(demand.size());
  for (std::size_t d = 0; d < theta.size(); ++d) theta[d] = 0.2 + 0.1 * static_cast<double>(d);
  for (const double weight : {0.0, 1.0, 2.5}) {
    const PathSizeOptions options{weight, PenaltyOptions{.count = 5, .excess = 1.0}};
    const RouteSets routes = path_size_logit(made.core, demand, cost, theta, options, {});
    const std::vector<double> found = journeys_on_arcs(made.core, demand, routes);
    const std::vector<double> expected = by_definition(demand, routes, cost, theta, weight);
    EXPECT_GT(routes.sets.cost.size(), made.demand.size()) << "seed " << GetParam();
    for (std::size_t a = 0; a < cost.size(); ++a)
      EXPECT_NEAR(found[a], expected[a], 1e-6 * (1.0 + expected[a])) << "seed " << GetParam();
  }
}

TEST_P(PathSizeLogits, LeadEveryPairFromEndToEnd) {
  const MadeMovement made(GetParam());
  const auto demand = by_destination(made.demand, made.places, made.core);
  const std::vector<double> cost = arc_sums(made.core, made.costs.generalised);
  const std::vector<double> theta(demand.size(), 1.0);
  const RouteSets routes = path_size_logit(made.core, demand, cost, theta, {}, {});
  for (const DestinationDemand& one : demand) {
    for (std::size_t i = 0; i < one.origin.size(); ++i) {
      double sum = 0.0;
      for (std::size_t r = routes.sets.first_route[one.first_pair + i];
           r < routes.sets.first_route[one.first_pair + i + 1]; ++r) {
        CoreNode at = one.origin[i];
        for (std::size_t k = routes.sets.first_edge[r]; k < routes.sets.first_edge[r + 1]; ++k) {
          ASSERT_EQ(made.core.tail(CoreArc(routes.sets.edges[k])), at);
          at = made.core.head(CoreArc(routes.sets.edges[k]));
        }
        EXPECT_EQ(at, one.root);
        sum += routes.share[r];
      }
      EXPECT_NEAR(sum, 1.0, 1e-12) << "seed " << GetParam();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PathSizeLogits, testing::Range(std::uint64_t{1}, std::uint64_t{11}));

/// Red bus, blue bus: three routes of one cost, two of which share nearly all, count as two.
TEST(PathSizeLogit, RoutesThatShareAllButALittleCountOnce) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  for (const Point point : {Point{84.0, 27.0}, Point{84.5, 27.0}, Point{84.6, 27.0}})
    plan.add_node(point, Mode::road, 0);
  plan.links = {{.from = 0, .to = 2, .one_way = true},
                {.from = 0, .to = 1, .one_way = true},
                {.from = 1, .to = 2, .one_way = true},
                {.from = 1, .to = 2, .one_way = true}};
  const Network network = worlds::build(plan);
  const Core core(network, std::vector{NodeId(0), NodeId(1), NodeId(2)});
  std::vector<double> cost;
  for (std::size_t a = 0; a < core.arc_count(); ++a) {
    const bool whole = core.tail(CoreArc(a)) == CoreNode(0) && core.head(CoreArc(a)) == CoreNode(2);
    cost.push_back(whole ? 100.0 : core.tail(CoreArc(a)) == CoreNode(0) ? 99.0 : 1.0);
  }
  const std::vector<DestinationDemand> demand = {{PlaceId(0), CoreNode(2), 0, {CoreNode(0)}, {1.0}}};
  const PathSizeOptions options{1.0, PenaltyOptions{.count = 3, .sharing = 1.0}};
  const RouteSets routes = path_size_logit(core, demand, cost, std::vector{0.5}, options, {});
  ASSERT_EQ(routes.share.size(), 3U);
  // Path sizes 1, 0.505, 0.505.
  for (std::size_t r = 0; r < 3; ++r) {
    const bool whole = routes.sets.first_edge[r + 1] - routes.sets.first_edge[r] == 1;
    EXPECT_NEAR(routes.share[r], (whole ? 1.0 : 0.505) / 2.01, 1e-9);
  }
}

TEST(PathSizeLogit, RefusesWhatMakesNoSense) {
  const MadeMovement made(1);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const std::vector<double> cost = arc_sums(made.core, made.costs.generalised);
  const std::vector<double> theta(demand.size(), 1.0), none(demand.size(), 0.0);
  EXPECT_THROW(path_size_logit(made.core, demand, cost, none, {}, {}), OptionError);
  EXPECT_THROW(path_size_logit(made.core, demand, cost, theta, {.weight = -1.0}, {}), OptionError);
  EXPECT_THROW(path_size_logit(made.core, demand, cost, theta, {.weight = HUGE_VAL}, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
