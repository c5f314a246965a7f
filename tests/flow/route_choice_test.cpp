#include "waywarden/flow/route_choice.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"
#include "waywarden/flow/recursive_logit.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr RouteChoice kModels[] = {RouteChoice::cheapest,           RouteChoice::most_evasive,
                                   RouteChoice::sampled_perception, RouteChoice::path_size_logit,
                                   RouteChoice::acyclic_logit,      RouteChoice::recursive_logit};

/// So large that recursive logit exists on small worlds.
constexpr double kTheta = 60.0;

Travel travel_of(const MadeMovement& made) {
  return {made.network, made.core, made.costs, made.demand, made.places, &made.perception};
}

void expect_conserved(const MadeMovement& made, const ChosenFlows& flows, std::uint64_t seed) {
  std::vector<double> in(made.network.node_count(), 0.0), out = in;
  for (std::size_t e = 0; e < made.network.edge_count(); ++e) {
    out[made.network.tail(EdgeId(e)).index()] += flows.exposure.edge.mean[e];
    in[made.network.head(EdgeId(e)).index()] += flows.exposure.edge.mean[e];
  }
  for (std::size_t pair = 0; pair < made.demand.size(); ++pair) {
    in[made.places.node[made.demand.origin[pair].index()].index()] += made.demand.journeys[pair];
    out[made.places.node[made.demand.destination[pair].index()].index()] += made.demand.journeys[pair];
  }
  for (std::size_t n = 0; n < in.size(); ++n) {
    EXPECT_NEAR(in[n], out[n], 1e-8 * (1.0 + in[n])) << "seed " << seed;
    EXPECT_NEAR(flows.exposure.node.mean[n], in[n], 1e-8 * (1.0 + in[n])) << "seed " << seed;
  }
}

class RouteChoices : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RouteChoices, ConserveJourneysAtEveryNodeWhateverTheModel) {
  const MadeMovement made(GetParam());
  for (const RouteChoice model : kModels) {
    const ChosenFlows flows = choose_routes(travel_of(made), {.model = model, .theta = kTheta}, {});
    EXPECT_EQ(flows.model, model);
    EXPECT_NEAR(flows.journeys, made.demand.total(), 1e-9 * flows.journeys);
    expect_conserved(made, flows, GetParam());
  }
}

TEST_P(RouteChoices, CostsAndEvasionAddUpOverEdges) {
  const MadeMovement made(GetParam());
  for (const RouteChoice model : kModels) {
    const ChosenFlows flows = choose_routes(travel_of(made), {.model = model, .theta = kTheta}, {});
    double sum = 0.0, hazard = 0.0;
    for (std::size_t e = 0; e < made.network.edge_count(); ++e) {
      if (flows.exposure.edge.mean[e] == 0.0) continue;
      sum += flows.exposure.edge.mean[e] * made.costs.generalised[e];
      hazard += flows.exposure.edge.mean[e] * made.costs.hazard[e];
    }
    EXPECT_NEAR(flows.pairs.mean_cost.mean, sum / flows.journeys, 1e-7 * sum / flows.journeys);
    EXPECT_EQ(flows.pairs.mean_cost.standard_error > 0.0, model == RouteChoice::sampled_perception);
    // Jensen: the mean of exp(-hazard) is at least exp(-mean hazard).
    EXPECT_GE(flows.pairs.mean_evasion.mean, std::exp(-hazard / flows.journeys) - 1e-12);
    for (std::size_t pair = 0; pair < made.demand.size(); ++pair) {
      EXPECT_GE(flows.pairs.cost.mean[pair], flows.pairs.cheapest_cost[pair] * (1.0 - 1e-6));
      EXPECT_GE(flows.pairs.evasion.mean[pair], 0.0);
      EXPECT_LE(flows.pairs.evasion.mean[pair], 1.0 + 1e-12);
    }
  }
}

TEST_P(RouteChoices, CheapestCostsLeastAndMostEvasiveIsSeenLeast) {
  const MadeMovement made(GetParam());
  std::vector<ChosenFlows> all;
  for (const RouteChoice model : kModels)
    all.push_back(choose_routes(travel_of(made), {.model = model, .theta = kTheta}, {}));
  EXPECT_NEAR(all[0].pairs.spread.mean, 1.0, 1e-9);
  for (const ChosenFlows& flows : all) {
    EXPECT_GE(flows.pairs.spread.mean, 1.0 - 1e-6);
    for (std::size_t pair = 0; pair < made.demand.size(); ++pair)
      EXPECT_LE(flows.pairs.evasion.mean[pair], all[1].pairs.evasion.mean[pair] + 1e-6)
          << "seed " << GetParam();
  }
}

TEST_P(RouteChoices, SampledPerceptionIsTheLoading) {
  const MadeMovement made(GetParam());
  const ChosenFlows flows = choose_routes(travel_of(made), {}, {});
  const Loading loading = load_flows(made.movement(), {}, {});
  EXPECT_EQ(flows.exposure.edge.mean, loading.exposure.edge.mean);
  EXPECT_EQ(flows.exposure.node.standard_error, loading.exposure.node.standard_error);
  EXPECT_NEAR(flows.pairs.mean_cost.mean, loading.cost.mean, 1e-9 * loading.cost.mean);
  EXPECT_NEAR(flows.pairs.mean_cost.standard_error, loading.cost.standard_error, 1e-9);
  EXPECT_NEAR(flows.pairs.spread.mean, loading.spread.mean, 1e-9);
  EXPECT_NEAR(flows.pairs.spread.standard_error, loading.spread.standard_error, 1e-9);
  const ChosenFlows again = flows_on(travel_of(made), RouteChoice::sampled_perception, loading.forest, {});
  EXPECT_EQ(again.exposure.edge.mean, loading.exposure.edge.mean);
  EXPECT_EQ(again.pairs.cost.mean, flows.pairs.cost.mean);
  EXPECT_EQ(again.pairs.evasion.standard_error, flows.pairs.evasion.standard_error);
}

TEST_P(RouteChoices, SameBitsOnAnyNumberOfThreads) {
  const MadeMovement made(GetParam());
  for (const RouteChoice model : kModels) {
    const ChosenFlows one = choose_routes(travel_of(made), {.model = model, .theta = kTheta}, {.threads = 1});
    const ChosenFlows many =
        choose_routes(travel_of(made), {.model = model, .theta = kTheta}, {.threads = 4});
    EXPECT_EQ(one.exposure.edge.mean, many.exposure.edge.mean);
    EXPECT_EQ(one.pairs.evasion.mean, many.pairs.evasion.mean);
    EXPECT_EQ(one.pairs.spread.mean, many.pairs.spread.mean);
  }
}

TEST_P(RouteChoices, LogitsTendToTheCheapestAsThetaGrows) {
  const MadeMovement made(GetParam());
  for (const RouteChoice model :
       {RouteChoice::path_size_logit, RouteChoice::acyclic_logit, RouteChoice::recursive_logit}) {
    const ChosenFlows flows = choose_routes(travel_of(made), {.model = model, .theta = 1e6}, {});
    EXPECT_NEAR(flows.pairs.spread.mean, 1.0, 1e-4) << "seed " << GetParam();
  }
}

/// Every road and railway cut in two by a node of its own; nodes that were there keep their numbers.
worlds::Plan cut_in_two(const worlds::Plan& plan) {
  worlds::Plan cut = plan;
  cut.links.clear();
  for (const worlds::Link& link : plan.links) {
    if (link.kind != EdgeKind::link) {
      cut.links.push_back(link);
      continue;
    }
    const Point a = plan.node[link.from], b = plan.node[link.to];
    const Point middle = link.via.empty() ? Point{(a.x + b.x) / 2.0, (a.y + b.y) / 2.0} : link.via.front();
    worlds::Link first = link;
    first.via.clear();
    first.detection = 1.0 - std::sqrt(1.0 - link.detection);
    worlds::Link second = first;
    first.to = second.from = cut.add_node(middle, link.mode, plan.country[link.from]);
    cut.links.insert(cut.links.end(), {first, second});
  }
  return cut;
}

TEST_P(RouteChoices, CuttingEveryRoadInTwoChangesNothing) {
  const MadeMovement made(GetParam());
  const Network network = worlds::build(cut_in_two(worlds::random_plan(GetParam())));
  ASSERT_GT(network.edge_count(), made.network.edge_count() * 3 / 2);
  const Core core(network, made.places.node);
  const EdgeCosts costs = edge_costs(network, {});
  const Travel cut{network, core, costs, made.demand, made.places};
  for (const RouteChoice model : kModels) {
    if (model == RouteChoice::sampled_perception) continue;  // the same in distribution, not draw by draw
    const ChoiceOptions options{.model = model, .theta = kTheta};
    const ChosenFlows before = choose_routes(travel_of(made), options, {});
    const ChosenFlows after = choose_routes(cut, options, {});
    for (std::size_t n = 0; n < made.network.node_count(); ++n) {
      EXPECT_NEAR(after.exposure.node.mean[n], before.exposure.node.mean[n],
                  1e-3 * (1.0 + before.exposure.node.mean[n]))
          << "seed " << GetParam() << ", model " << static_cast<int>(model);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RouteChoices, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(RouteChoice, ClosuresCutJourneysOffWhateverTheModel) {
  const MadeMovement made(3);
  Scenario closed;
  closed.closed_crossings = made.network.crossings().id;
  const EdgeCosts costs = edge_costs(made.network, {}, closed);
  const Travel cut{made.network, made.core, costs, made.demand, made.places, &made.perception};
  for (const RouteChoice model : kModels) {
    const ChosenFlows flows = choose_routes(cut, {.model = model, .theta = kTheta}, {});
    EXPECT_GT(flows.unrouted_pairs, 0U);
    EXPECT_GT(flows.unrouted_journeys, 0.0);
    EXPECT_NEAR(flows.journeys + flows.unrouted_journeys, made.demand.total(), 1e-9 * made.demand.total());
    for (const double crossing : flows.exposure.crossing.mean) EXPECT_EQ(crossing, 0.0);
    EXPECT_TRUE(std::isfinite(flows.pairs.mean_cost.mean));
    for (std::size_t pair = 0; pair < made.demand.size(); ++pair) {
      EXPECT_EQ(flows.pairs.joined[pair] == 0, flows.pairs.evasion.mean[pair] == 0.0);
    }
  }
}

TEST(RouteChoice, NoDemandIsNoError) {
  const MadeMovement made(3);
  const Demand nobody;
  const Travel idle{made.network, made.core, made.costs, nobody, made.places, &made.perception};
  for (const RouteChoice model : kModels) {
    const ChosenFlows flows = choose_routes(idle, {.model = model}, {});
    EXPECT_EQ(flows.journeys, 0.0);
    EXPECT_EQ(flows.pairs.spread.mean, 1.0);
    EXPECT_EQ(flows.exposure.edge.mean, std::vector<double>(made.network.edge_count(), 0.0));
  }
}

TEST(RouteChoice, RefusesWhatMakesNoSense) {
  const MadeMovement made(3), other(4);
  const Travel without{made.network, made.core, made.costs, made.demand, made.places};
  EXPECT_THROW(choose_routes(without, {}, {}), OptionError);
  EXPECT_EQ(choose_routes(without, {.model = RouteChoice::cheapest}, {}).unrouted_pairs, 0U);
  const Travel mixed{made.network, made.core, other.costs, made.demand, made.places, &made.perception};
  EXPECT_THROW(choose_routes(mixed, {.model = RouteChoice::cheapest}, {}), OptionError);
  for (const double theta : {0.0, -1.0, HUGE_VAL, std::nan("")}) {
    EXPECT_THROW(choose_routes(travel_of(made), {.model = RouteChoice::acyclic_logit, .theta = theta}, {}),
                 OptionError);
  }
}

TEST(RouteChoice, SaysWhichDestinationHasNoValueFunction) {
  const MadeMovement made(3);
  const ChoiceOptions flat{.model = RouteChoice::recursive_logit, .theta = 1e-3};
  try {
    choose_routes(travel_of(made), flat, {});
    FAIL() << "no error";
  } catch (const NoValueFunction& error) {
    EXPECT_EQ(error.destination(), by_destination(made.demand, made.places, made.core).front().destination);
    EXPECT_EQ(error.where().feature, made.places.id[error.destination().index()]);
    EXPECT_LT(error.node().index(), made.network.node_count());
  }
}

}  // namespace
}  // namespace waywarden
