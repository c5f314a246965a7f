#include "waywarden/flow/chosen_routes.h"

#include <gtest/gtest.h>

#include <numeric>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"
#include "waywarden/flow/acyclic_logit.h"

namespace waywarden {
namespace {

using worlds::ExplicitRoute;
using worlds::MadeMovement;

Forest perceived(const MadeMovement& made, const std::vector<DestinationDemand>& demand) {
  return grow_forest({made.core, made.perception, made.costs.generalised, {}}, demand,
                     made.perception.draws(), {});
}

class ChosenRoutesOfDraws : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ChosenRoutesOfDraws, HaveTheValuesOfExplicitRoutes) {
  const MadeMovement made(GetParam());
  const auto demand = by_destination(made.demand, made.places, made.core);
  const ChosenRoutes routes = perceived(made, demand);
  const WalkTerms terms = unseen_by(arc_sums(made.core, made.costs.hazard));
  const PairValues found =
      pair_values(made.core, routes, demand, made.demand.journeys, terms, {.threads = 2});
  const std::size_t pairs = made.demand.size(), rounds = made.perception.draws();
  std::vector<std::vector<double>> expected(pairs, std::vector<double>(rounds, 0.0));
  std::vector<double> total(rounds, 0.0);
  for (const ExplicitRoute& route : worlds::explicit_routes(made.movement())) {
    double unseen = 1.0;
    for (const EdgeId e : route.edges) unseen *= std::exp(-made.costs.hazard[e.index()]);
    expected[route.pair][route.draw] = unseen;
    total[route.draw] += route.journeys * unseen;
  }
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    EXPECT_NEAR(found.pair.mean[pair], estimate(expected[pair]).mean, 1e-12) << "seed " << GetParam();
    EXPECT_NEAR(found.pair.standard_error[pair], estimate(expected[pair]).standard_error, 1e-9);
  }
  EXPECT_NEAR(found.total.mean, estimate(total).mean, 1e-9 * estimate(total).mean);
  EXPECT_NEAR(found.total.standard_error, estimate(total).standard_error, 1e-8);
}

TEST_P(ChosenRoutesOfDraws, SameBitsOnAnyNumberOfThreads) {
  const MadeMovement made(GetParam());
  const auto demand = by_destination(made.demand, made.places, made.core);
  const ChosenRoutes routes = perceived(made, demand);
  const WalkTerms terms = total_of(arc_sums(made.core, made.costs.generalised));
  const PairValues one = pair_values(made.core, routes, demand, made.demand.journeys, terms, {.threads = 1});
  const PairValues many = pair_values(made.core, routes, demand, made.demand.journeys, terms, {.threads = 4});
  EXPECT_EQ(one.pair.mean, many.pair.mean);
  EXPECT_EQ(one.pair.standard_error, many.pair.standard_error);
  EXPECT_EQ(one.total.mean, many.total.mean);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ChosenRoutesOfDraws, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(ChosenRoutes, SumsPerArcAgreeWithExpectedCostsForEveryForm) {
  const MadeMovement made(5);
  const auto demand = by_destination(made.demand, made.places, made.core);
  const std::vector<double> cost = arc_sums(made.core, made.costs.generalised);
  const std::vector<double> theta(demand.size(), 0.5);
  const double unit = weight_unit(made.costs.generalised);
  const CoreMetric order(made.core, agreed_weights(made.costs.generalised, unit));
  std::vector<FlowNet> nets;
  AcyclicLogit logit(made.core);
  for (const DestinationDemand& one : demand) nets.push_back(logit.load(one, order, {cost, unit, 0.5}));
  const std::vector<ChosenRoutes> all = {perceived(made, demand), nets,
                                         path_size_logit(made.core, demand, cost, theta, {}, {})};
  for (const ChosenRoutes& routes : all) {
    double sum = 0.0;
    const ArcJourneys journeys = arc_journeys(made.core, routes, demand, {});
    ASSERT_EQ(journeys.size(), draws(routes));
    for (const std::vector<double>& draw : journeys)
      sum += std::inner_product(draw.begin(), draw.end(), cost.begin(), 0.0);
    const PairValues found = pair_values(made.core, routes, demand, made.demand.journeys, total_of(cost), {});
    EXPECT_NEAR(found.total.mean, sum / static_cast<double>(draws(routes)), 1e-9 * sum);
    EXPECT_EQ(found.total.standard_error > 0.0, draws(routes) > 1);
  }
}

TEST(ChosenRoutes, NobodyHasNoValuesAndWeightsMustFit) {
  const MadeMovement made(5);
  const WalkTerms terms = total_of(arc_sums(made.core, made.costs.generalised));
  const ChosenRoutes nothing = std::vector<FlowNet>();
  const PairValues none = pair_values(made.core, nothing, {}, {}, terms, {});
  EXPECT_TRUE(none.pair.mean.empty());
  EXPECT_EQ(none.total.mean, 0.0);
  EXPECT_THROW(pair_values(made.core, nothing, {}, std::vector{1.0}, terms, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
