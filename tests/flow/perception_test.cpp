#include "waywarden/flow/perception.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/flow/belief_grid.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

constexpr TripScale kTrip{{60'000.0}, 20.0};

/// Kolmogorov and Smirnov's distance between a sample and a distribution.
double distance_to(std::vector<double> sample, const std::function<double(double)>& cdf) {
  std::sort(sample.begin(), sample.end());
  double largest = 0.0;
  const auto n = static_cast<double>(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = cdf(sample[i]);
    largest = std::max(
        {largest, std::abs(p - static_cast<double>(i) / n), std::abs(p - static_cast<double>(i + 1) / n)});
  }
  return largest;
}

/// Passed by all but one in a million samples of this size.
double critical_distance(std::size_t n) { return 2.69 / std::sqrt(static_cast<double>(n)); }

std::vector<double> draws_of(const Perception& perception, std::size_t edge) {
  std::vector<double> values;
  for (std::uint32_t draw = 0; draw < perception.draws(); ++draw)
    values.push_back(perception.factors(draw)[edge]);
  return values;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance(const std::vector<double>& values) {
  const double m = mean(values);
  double sum = 0.0;
  for (const double v : values) sum += (v - m) * (v - m);
  return sum / static_cast<double>(values.size() - 1);
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double ma = mean(a), mb = mean(b);
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - ma) * (b[i] - mb);
  return sum / static_cast<double>(a.size() - 1) / std::sqrt(variance(a) * variance(b));
}

std::vector<double> logarithms(std::vector<double> values) {
  for (double& v : values) v = std::log(v);
  return values;
}

const PerceptionOptions kFieldOnly{
    .seed = 11, .draws = 3000, .link_noise = 0.0, .mode_effect = 0.0, .country_effect = 0.0};

/// Short parallel roads, so that each lies in one cell, `steps` fine cells apart.
Network short_roads(const std::vector<double>& east_m) {
  worlds::Plan plan;
  plan.countries = {"AA"};
  for (const double east : east_m) {
    const double x = 90.0 + east / (111'320.0 * std::cos(0.49));
    const std::size_t a = plan.add_node({x, 28.0}, Mode::road, 0);
    plan.links.push_back({.from = a, .to = plan.add_node({x, 28.0005}, Mode::road, 0)});
  }
  return worlds::build(plan);
}

TEST(Perception, FieldIsLognormalWithMeanOne) {
  const Network network = worlds::random_network(1);
  const EdgeCosts costs = edge_costs(network, {});
  const Perception perception = Perception(network, costs, kTrip, kFieldOnly, {}).with_deviation(0.6);
  std::size_t tested = 0;
  const BeliefGrid grid = belief_grid(network, grid_centre(network), perception.finest_cell(), {});
  for (std::size_t e = 0; e < network.edge_count() && tested < 5; ++e) {
    if (grid.of_shape(network.columns().shape[e]).size() != 1) continue;
    ++tested;
    const boost::math::normal theory(-0.6 * 0.6 / 2.0, 0.6);
    EXPECT_LT(distance_to(logarithms(draws_of(perception, e)), [&](double x) { return cdf(theory, x); }),
              critical_distance(3000))
        << "edge " << e;
  }
  EXPECT_EQ(tested, 5U);
}

TEST(Perception, LinkNoiseIsGammaWithVarianceInProportionToCost) {
  const Network network = worlds::random_network(1);
  const EdgeCosts costs = edge_costs(network, {});
  const Perception perception(network, costs, kTrip, {.seed = 5, .draws = 3000, .link_noise = 0.05}, {});
  const double b = 0.05 * 0.05 * kTrip.cost;
  for (const std::size_t e : {std::size_t{0}, network.edge_count() / 2, network.edge_count() - 1}) {
    const double c = costs.generalised[e];
    std::vector<double> noisy = draws_of(perception, e);
    for (double& value : noisy) value *= c;
    EXPECT_NEAR(mean(noisy), c, 5.0 * std::sqrt(b * c / 3000.0)) << "edge " << e;
    EXPECT_NEAR(variance(noisy) / (b * c), 1.0, 0.25) << "edge " << e;
    const boost::math::gamma_distribution<> theory(c / b, b);
    EXPECT_LT(distance_to(noisy, [&](double x) { return cdf(theory, std::max(x, 0.0)); }),
              critical_distance(3000));
  }
}

TEST(Perception, EveryFactorHasMeanOne) {
  const Network network = worlds::random_network(3, {.rows = 4, .columns = 4});
  const EdgeCosts costs = edge_costs(network, {});
  const Perception perception =
      Perception(network, costs, kTrip, {.seed = 2, .draws = 3000}, {}).with_deviation(0.4);
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const std::vector<double> values = draws_of(perception, e);
    EXPECT_NEAR(mean(values), 1.0, 5.5 * std::sqrt(variance(values) / 3000.0)) << "edge " << e;
  }
}

TEST(Perception, EffectsOfModeAndCountryAddTheirVariance) {
  const Network network = short_roads({0.0});
  PerceptionOptions options = kFieldOnly;
  options.mode_effect = 0.5;
  options.country_effect = 0.25;
  const Perception perception =
      Perception(network, edge_costs(network, {}), kTrip, options, {}).with_deviation(0.8);
  const double expected = 0.8 * 0.8 * (1.0 + 0.25 + 0.0625);
  const std::vector<double> logs = logarithms(draws_of(perception, 0));
  EXPECT_NEAR(variance(logs), expected, 5.0 * expected * std::sqrt(2.0 / 3000.0));
  EXPECT_NEAR(mean(logs), -expected / 2.0, 5.0 * std::sqrt(expected / 3000.0));
}

TEST(Perception, NearRoadsAreBelievedAlike) {
  // Finest cells are 1 km wide: the roads are some metres, 2 km and 200 km apart.
  const Network network = short_roads({0.0, 2.0, 2'000.0, 200'000.0});
  const Perception perception =
      Perception(network, edge_costs(network, {}), kTrip, kFieldOnly, {}).with_deviation(0.5);
  EXPECT_EQ(perception.finest_cell().value, 1024.0);
  std::vector<std::vector<double>> logs;
  for (const std::size_t e : {0U, 2U, 4U, 6U}) logs.push_back(logarithms(draws_of(perception, e)));
  EXPECT_GT(correlation(logs[0], logs[1]), 0.3);
  const double near = correlation(logs[0], logs[2]), far = correlation(logs[0], logs[3]);
  EXPECT_NEAR(far, 0.0, 5.0 / std::sqrt(3000.0));
  const double thirds = std::round(near * 3.0) / 3.0;
  EXPECT_NEAR(near, thirds, 5.0 / std::sqrt(3000.0));
  EXPECT_LT(near, 0.9);
}

/// One road of some 50 km, whole or cut into two parts of one and two thirds.
struct CutRoad {
  CutRoad() {
    worlds::Plan plan;
    plan.countries = {"AA"};
    plan.add_node({84.0, 27.0}, Mode::road, 0);
    plan.add_node({84.45, 27.15}, Mode::road, 0);
    plan.links.push_back({.from = 0, .to = 1});
    whole = std::make_unique<Network>(worlds::build(plan));
    const std::size_t at = plan.add_node({84.15, 27.05}, Mode::road, 0);
    plan.links = {{.from = 0, .to = at}, {.from = at, .to = 1}};
    cut = std::make_unique<Network>(worlds::build(plan));
  }

  /// Perceived cost from node 0 to node 1, per draw.
  static std::vector<double> perceived(const Network& network, const PerceptionOptions& options,
                                       double deviation) {
    const EdgeCosts costs = edge_costs(network, {});
    const Perception perception = Perception(network, costs, kTrip, options, {}).with_deviation(deviation);
    std::vector<double> sums;
    for (std::uint32_t draw = 0; draw < options.draws; ++draw) {
      const std::vector<double> factor = perception.factors(draw);
      double sum = 0.0;
      for (std::size_t e = 0; e < factor.size(); ++e) {
        const bool forward =
            network.point(network.tail(EdgeId(e))).x < network.point(network.head(EdgeId(e))).x;
        if (forward) sum += factor[e] * costs.generalised[e];
      }
      sums.push_back(sum);
    }
    return sums;
  }

  std::unique_ptr<Network> whole;
  std::unique_ptr<Network> cut;
};

TEST(Perception, CuttingARoadLeavesItsField) {
  const CutRoad road;
  PerceptionOptions options = kFieldOnly;
  options.draws = 200;
  options.mode_effect = options.country_effect = 0.5;
  const std::vector<double> whole = CutRoad::perceived(*road.whole, options, 0.8);
  const std::vector<double> cut = CutRoad::perceived(*road.cut, options, 0.8);
  for (std::size_t draw = 0; draw < whole.size(); ++draw) EXPECT_NEAR(cut[draw] / whole[draw], 1.0, 0.01);
}

TEST(Perception, CuttingARoadLeavesTheDistributionOfItsLinkNoise) {
  const CutRoad road;
  const PerceptionOptions options{.seed = 8, .draws = 4000, .link_noise = 0.2};
  const double b = 0.2 * 0.2 * kTrip.cost;
  for (const Network* network : {road.whole.get(), road.cut.get()}) {
    const std::vector<double> sums = CutRoad::perceived(*network, options, 0.0);
    const double c = edge_costs(*road.whole, {}).generalised[0];
    const boost::math::gamma_distribution<> theory(c / b, b);
    EXPECT_LT(distance_to(sums, [&](double x) { return cdf(theory, std::max(x, 0.0)); }),
              critical_distance(4000));
  }
}

TEST(Perception, BothDirectionsShareTheField) {
  const Network network = worlds::random_network(6);
  PerceptionOptions options = kFieldOnly;
  options.draws = 4;
  options.mode_effect = options.country_effect = 0.5;
  const Perception perception =
      Perception(network, edge_costs(network, {}), kTrip, options, {}).with_deviation(0.5);
  const std::vector<double> factor = perception.factors(2);
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const EdgeId twin = network.columns().twin[e];
    if (twin.exists()) {
      EXPECT_EQ(factor[e], factor[twin.index()]);
    }
  }
}

TEST(Perception, RoadsAndCountriesElsewhereChangeNoField) {
  worlds::Plan plan = worlds::random_plan(6);
  const Network before = worlds::build(plan);
  plan.countries.push_back("CC");
  const std::size_t a = plan.add_node({84.31, 26.87}, Mode::road, 2);
  plan.links.push_back({.from = a, .to = plan.add_node({84.35, 26.85}, Mode::road, 2)});
  const Network after = worlds::build(plan);
  PerceptionOptions options = kFieldOnly;
  options.draws = 3;
  options.mode_effect = options.country_effect = 0.5;
  const auto factors = [&](const Network& network) {
    return Perception(network, edge_costs(network, {}), kTrip, options, {}).with_deviation(0.5).factors(1);
  };
  const std::vector<double> old_factors = factors(before), new_factors = factors(after);
  ASSERT_EQ(new_factors.size(), old_factors.size() + 2);
  EXPECT_TRUE(std::equal(old_factors.begin(), old_factors.end(), new_factors.begin()));
}

TEST(Perception, DrawsDependOnSeedAndNumberAlone) {
  const Network network = worlds::random_network(6);
  const EdgeCosts costs = edge_costs(network, {});
  const auto perceive = [&](std::uint64_t seed, std::uint32_t draws, unsigned threads) {
    return Perception(network, costs, kTrip, {.seed = seed, .draws = draws}, {.threads = threads})
        .with_deviation(0.5);
  };
  const std::vector<double> reference = perceive(1, 8, 1).factors(3);
  EXPECT_EQ(perceive(1, 8, 2).factors(3), reference);
  EXPECT_EQ(perceive(1, 8, 8).factors(3), reference);
  EXPECT_EQ(perceive(1, 20, 2).factors(3), reference);
  EXPECT_NE(perceive(1, 8, 1).factors(4), reference);
  EXPECT_NE(perceive(2, 8, 1).factors(3), reference);
}

TEST(Perception, WeightsArePerceivedCostsAndNeverFree) {
  const Network network = worlds::random_network(6);
  std::vector<double> costs = edge_costs(network, {}).generalised;
  const Perception perception =
      Perception(network, edge_costs(network, {}), kTrip, {.draws = 4}, {}).with_deviation(0.5);
  costs[0] = 0.0;
  costs[1] = HUGE_VAL;
  const std::vector<Weight> weights = perception.weights(1, costs);
  const std::vector<double> factor = perception.factors(1);
  EXPECT_EQ(weights[0], 1U);
  EXPECT_EQ(weights[1], kClosed);
  for (std::size_t e = 2; e < costs.size(); ++e) {
    EXPECT_NEAR(weights[e] * perception.unit(), std::max(perception.unit(), costs[e] * factor[e]),
                0.51 * perception.unit());
  }
  EXPECT_EQ(agreed_weights(std::vector{0.0, HUGE_VAL}, 1.0), (std::vector<Weight>{1, kClosed}));
}

TEST(Perception, RefusesWhatMakesNoSense) {
  const Network network = worlds::random_network(6);
  const EdgeCosts costs = edge_costs(network, {});
  const auto perceive = [&](const TripScale& scale, const PerceptionOptions& options) {
    return Perception(network, costs, scale, options, {});
  };
  EXPECT_THROW(perceive(kTrip, {.draws = 1}), OptionError);
  EXPECT_THROW(perceive(kTrip, {.link_noise = -0.1}), OptionError);
  EXPECT_THROW(perceive({{0.0}, 1.0}, {}), OptionError);
  EXPECT_THROW(perceive(kTrip, {.draws = 2}).factors(2), OptionError);
  EXPECT_THROW(perceive(kTrip, {.draws = 2}).with_deviation(-1.0), OptionError);
  EXPECT_THROW(perceive(kTrip, {.draws = 2}).weights(0, std::vector<double>(3)), OptionError);
}

}  // namespace
}  // namespace waywarden
