#include "waywarden/flow/select_link.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"
#include "waywarden/flow/route_choice.h"

namespace waywarden {
namespace {

using worlds::ExplicitRoute;
using worlds::MadeMovement;

Travel travel_of(const MadeMovement& made) {
  return {made.network, made.core, made.costs, made.demand, made.places, &made.perception};
}

std::vector<EdgeId> random_edges(std::uint64_t seed, const Network& network) {
  RandomStream random(seed, 13, 77);
  std::vector<EdgeId> edges;
  for (std::size_t i = 0; i < 4; ++i)
    edges.push_back(EdgeId(random.below(static_cast<std::uint32_t>(network.edge_count()))));
  return edges;
}

bool passes(const std::vector<EdgeId>& route, const std::vector<EdgeId>& edges) {
  return std::any_of(route.begin(), route.end(),
                     [&](EdgeId e) { return std::find(edges.begin(), edges.end(), e) != edges.end(); });
}

class SelectLinks : public testing::TestWithParam<std::uint64_t> {};

TEST_P(SelectLinks, CountExplicitRoutes) {
  const MadeMovement made(GetParam());
  const ChosenFlows flows = choose_routes(travel_of(made), {}, {});
  const std::vector<EdgeId> edges = random_edges(GetParam(), made.network);
  const LinkUse use = select_link(made.core, flows.routes, flows.demand, edges, {.threads = 2});
  std::vector<double> passing(made.demand.size(), 0.0);
  const double rounds = made.perception.draws();
  for (const ExplicitRoute& route : worlds::explicit_routes(made.movement())) {
    if (passes(route.edges, edges)) passing[route.pair] += 1.0 / rounds;
  }
  double total = 0.0;
  for (std::size_t pair = 0; pair < passing.size(); ++pair)
    total += passing[pair] * made.demand.journeys[pair];
  EXPECT_NEAR(use.total.mean, total, 1e-9 * (1.0 + total)) << "seed " << GetParam();
  EXPECT_EQ(static_cast<std::ptrdiff_t>(use.pair.size()),
            std::count_if(passing.begin(), passing.end(), [](double share) { return share > 0.0; }));
  for (std::size_t k = 0; k < use.pair.size(); ++k) {
    const double share = passing[use.pair[k]];
    EXPECT_NEAR(use.share_of_pair[k], share, 1e-12);
    EXPECT_NEAR(use.journeys.mean[k], share * made.demand.journeys[use.pair[k]], 1e-9);
    EXPECT_NEAR(use.share_of_link[k], use.journeys.mean[k] / total, 1e-12);
  }
}

TEST_P(SelectLinks, TopRoutesAreTheMostFrequentExplicitOnes) {
  const MadeMovement made(GetParam());
  const ChosenFlows flows = choose_routes(travel_of(made), {}, {});
  const std::vector<EdgeId> edges = random_edges(GetParam(), made.network);
  const RouteUse use = top_routes(made.core, flows.routes, flows.demand, edges, 10, {});
  std::map<std::pair<std::size_t, std::vector<EdgeId>>, double> expected;
  for (const ExplicitRoute& route : worlds::explicit_routes(made.movement())) {
    if (passes(route.edges, edges))
      expected[{route.pair, route.edges}] += route.journeys / made.perception.draws();
  }
  std::vector<double> sizes;
  for (const auto& [route, journeys] : expected) sizes.push_back(journeys);
  std::sort(sizes.rbegin(), sizes.rend());
  ASSERT_EQ(use.pair.size(), std::min<std::size_t>(10, sizes.size()));
  for (std::size_t k = 0; k < use.pair.size(); ++k) {
    std::vector<EdgeId> route;
    for (std::size_t i = use.first[k]; i < use.first[k + 1]; ++i) route.push_back(EdgeId(use.edges[i]));
    EXPECT_NEAR(use.journeys[k], sizes[k], 1e-9) << "seed " << GetParam();
    const auto found = expected.find({use.pair[k], route});
    ASSERT_NE(found, expected.end()) << "seed " << GetParam();
    EXPECT_NEAR(use.journeys[k], found->second, 1e-9);
    EXPECT_NEAR(use.share_of_pair[k], found->second / made.demand.journeys[use.pair[k]], 1e-12);
  }
}

TEST_P(SelectLinks, OneEdgeHasItsExposureWhateverTheModel) {
  const MadeMovement made(GetParam());
  for (const RouteChoice model :
       {RouteChoice::cheapest, RouteChoice::most_evasive, RouteChoice::acyclic_logit,
        RouteChoice::path_size_logit, RouteChoice::sampled_perception}) {
    const ChosenFlows flows = choose_routes(travel_of(made), {.model = model}, {});
    for (const EdgeId e : random_edges(GetParam(), made.network)) {
      const LinkUse use = select_link(made.core, flows.routes, flows.demand, std::vector{e}, {});
      const double exposed = flows.exposure.edge.mean[e.index()];
      EXPECT_NEAR(use.total.mean, exposed, 1e-9 * (1.0 + exposed)) << "seed " << GetParam();
      EXPECT_NEAR(use.total.standard_error, flows.exposure.edge.standard_error[e.index()], 1e-8);
      EXPECT_NEAR(std::accumulate(use.journeys.mean.begin(), use.journeys.mean.end(), 0.0), exposed,
                  1e-9 * (1.0 + exposed));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, SelectLinks, testing::Range(std::uint64_t{1}, std::uint64_t{11}));

TEST(SelectLink, NoEdgesHaveNobody) {
  const MadeMovement made(2);
  const ChosenFlows flows = choose_routes(travel_of(made), {.model = RouteChoice::cheapest}, {});
  EXPECT_TRUE(select_link(made.core, flows.routes, flows.demand, {}, {}).pair.empty());
  EXPECT_TRUE(top_routes(made.core, flows.routes, flows.demand, {}, 5, {}).pair.empty());
}

TEST(SelectLink, RefusesEdgesThatAreNotThereAndRoutesOfNets) {
  const MadeMovement made(2);
  const ChosenFlows flows = choose_routes(travel_of(made), {.model = RouteChoice::acyclic_logit}, {});
  const std::vector<EdgeId> beyond = {EdgeId(made.network.edge_count())}, none = {EdgeId::none()},
                            first = {EdgeId(0)};
  EXPECT_THROW(select_link(made.core, flows.routes, flows.demand, beyond, {}), OptionError);
  EXPECT_THROW(select_link(made.core, flows.routes, flows.demand, none, {}), OptionError);
  EXPECT_THROW(top_routes(made.core, flows.routes, flows.demand, first, 5, {}), OptionError);
}

}  // namespace
}  // namespace waywarden
