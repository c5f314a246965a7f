#include "waywarden/flow/observed_routes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "flow/made_movement.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::ExplicitRoute;
using worlds::MadeMovement;

constexpr double kBandwidth = 0.1;

double cost_of(const std::set<EdgeId>& edges, const EdgeCosts& costs) {
  double sum = 0.0;
  for (const EdgeId edge : edges) sum += costs.generalised[edge.index()];
  return sum;
}

/// Share of cost that two routes have in common.
double overlap(const std::vector<EdgeId>& a, const std::vector<EdgeId>& b, const EdgeCosts& costs) {
  const std::set<EdgeId> first(a.begin(), a.end()), second(b.begin(), b.end());
  std::set<EdgeId> both, either = first;
  for (const EdgeId edge : second) {
    if (first.contains(edge)) both.insert(edge);
    either.insert(edge);
  }
  return cost_of(both, costs) / cost_of(either, costs);
}

/// The first draw's routes as traces.
ObservedRoutes traced(const MadeMovement& made, const std::vector<ExplicitRoute>& routes) {
  ObservedRoutes observed;
  for (const ExplicitRoute& route : routes) {
    if (route.draw != 0) continue;
    observed.origin.push_back(made.demand.origin[route.pair]);
    observed.destination.push_back(made.demand.destination[route.pair]);
    observed.edges.push_back(route.edges);
  }
  return observed;
}

class ObservedRoutesSeeds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ObservedRoutesSeeds, TracesAgainstExplicitRoutes) {
  const MadeMovement made(GetParam());
  const std::vector<ExplicitRoute> routes = worlds::explicit_routes(made.movement());
  const ObservedRoutes observed = traced(made, routes);
  const TraceLikelihood likelihood(made.core, made.places, made.costs.generalised, observed, kBandwidth);
  const Forest forest =
      grow_forest({made.core, made.perception, made.costs.generalised, {}}, likelihood.demand(), 8, {});
  const std::vector<double> found = likelihood.log_likelihoods(forest, {});
  ASSERT_EQ(found.size(), observed.size());
  for (std::size_t i = 0; i < observed.size(); ++i) {
    double sum = 0.0;
    for (const ExplicitRoute& route : routes) {
      if (made.demand.origin[route.pair] != observed.origin[i] ||
          made.demand.destination[route.pair] != observed.destination[i])
        continue;
      sum += std::exp(-(1.0 - overlap(route.edges, observed.edges[i], made.costs)) / kBandwidth);
    }
    EXPECT_NEAR(found[i], std::log(sum / 8.0), 1e-9);
    const std::set<EdgeId> once(observed.edges[i].begin(), observed.edges[i].end());
    EXPECT_NEAR(likelihood.costs()[i], cost_of(once, made.costs), 1e-9);
  }
}

TEST_P(ObservedRoutesSeeds, CountsAgainstExplicitRoutes) {
  const MadeMovement made(GetParam());
  const auto groups = by_destination(made.demand, made.places, made.core);
  const Forest forest = grow_forest({made.core, made.perception, made.costs.generalised, {}}, groups, 8, {});
  std::vector<double> passing(made.network.edge_count(), 0.0);
  for (const ExplicitRoute& route : worlds::explicit_routes(made.movement()))
    for (const EdgeId edge : route.edges) passing[edge.index()] += route.journeys / 8.0;
  ObservedCounts counts;
  std::vector<double> expected;
  for (std::size_t e = 0; e < passing.size(); e += 7) {
    counts.edges.push_back({EdgeId(e)});
    counts.count.push_back(static_cast<double>((e * 5) % 13));
    const double pairs = static_cast<double>(made.demand.size());
    expected.push_back(std::max(passing[e], 0.5 * made.demand.total() / pairs / 8.0));
  }
  const CountLikelihood found =
      count_likelihood(made.core, forest, counts, made.demand.size(), made.demand.total(), {}, {});
  double counted = 0.0, means = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counted += counts.count[i];
    means += expected[i];
  }
  EXPECT_NEAR(found.scale, counted / means, 1e-9);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double mean = found.scale * expected[i];
    EXPECT_NEAR(found.mean[i], mean, 1e-9 * mean);
    EXPECT_NEAR(found.log_likelihood[i],
                counts.count[i] * std::log(mean) - mean - std::lgamma(counts.count[i] + 1.0), 1e-7);
  }
}

TEST_P(ObservedRoutesSeeds, TheLikeliestScaleAndOverdispersionAreWhatTheyAreCalled) {
  const MadeMovement made(GetParam());
  const auto groups = by_destination(made.demand, made.places, made.core);
  const Forest forest = grow_forest({made.core, made.perception, made.costs.generalised, {}}, groups, 8, {});
  ObservedCounts counts;
  RandomStream random(GetParam(), 9, 9);
  for (std::size_t e = 0; e < made.network.edge_count(); e += 5) {
    counts.edges.push_back({EdgeId(e)});
    counts.count.push_back(std::floor(60.0 * random.uniform() * random.uniform()));
  }
  const auto under = [&](const CountOptions& options) {
    return count_likelihood(made.core, forest, counts, made.demand.size(), made.demand.total(), options, {});
  };
  const auto sum = [](const CountLikelihood& one) {
    double total = 0.0;
    for (const double value : one.log_likelihood) total += value;
    return total;
  };
  for (const auto distribution : {CountDistribution::poisson, CountDistribution::negative_binomial}) {
    const CountLikelihood best = under({distribution, std::nullopt});
    for (const double factor : {0.9, 0.99, 1.01, 1.1})
      EXPECT_GE(sum(best) + 1e-6, sum(under({distribution, factor * best.scale}))) << factor;
  }
  EXPECT_GT(under({CountDistribution::negative_binomial, std::nullopt}).overdispersion, 0.0);
  EXPECT_EQ(under({CountDistribution::poisson, 2.0}).scale, 2.0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ObservedRoutesSeeds, testing::Range(std::uint64_t{1}, std::uint64_t{7}));

TEST(ObservedRoutes, RefuseWhatCannotBe) {
  const MadeMovement made(1);
  const auto likelihood = [&](const ObservedRoutes& observed, double bandwidth = 0.1) {
    return TraceLikelihood(made.core, made.places, made.costs.generalised, observed, bandwidth);
  };
  const PlaceId a = made.demand.origin[0], b = made.demand.destination[0];
  EXPECT_THROW(likelihood({{a}, {b}, {{}}}), InputError);
  EXPECT_THROW(likelihood({{a}, {a}, {{EdgeId(0)}}}), InputError);
  EXPECT_THROW(likelihood({{a}, {PlaceId(999)}, {{EdgeId(0)}}}), InputError);
  EXPECT_THROW(likelihood({{a}, {b}, {{EdgeId(made.network.edge_count())}}}), InputError);
  EXPECT_THROW(likelihood({{a}, {b, b}, {{EdgeId(0)}}}), OptionError);
  EXPECT_THROW(likelihood({{a}, {b}, {{EdgeId(0)}}}, 0.0), OptionError);
  const auto groups = by_destination(made.demand, made.places, made.core);
  const Forest forest = grow_forest({made.core, made.perception, made.costs.generalised, {}}, groups, 2, {});
  const auto counted = [&](const ObservedCounts& counts, const CountOptions& options = {}) {
    return count_likelihood(made.core, forest, counts, made.demand.size(), 1.0, options, {});
  };
  EXPECT_THROW(counted({{{EdgeId(0)}}, {-1.0}}), InputError);
  EXPECT_THROW(counted({{{EdgeId(0)}}, {0.0}}), InputError);
  EXPECT_THROW(counted({{{EdgeId(999999)}}, {1.0}}), InputError);
  EXPECT_THROW(counted({{{EdgeId(0)}}, {1.0, 2.0}}), OptionError);
  EXPECT_THROW(counted({{{EdgeId(0)}}, {1.0}}, {CountDistribution::poisson, 0.0}), OptionError);
}

}  // namespace
}  // namespace waywarden
