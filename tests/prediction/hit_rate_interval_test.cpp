#include "waywarden/prediction/hit_rate_interval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Doubles = std::vector<double>;
using Counts = std::vector<std::int64_t>;

double binomial_at_least(std::int64_t hits, std::int64_t n, double p) {
  double sum = 0.0;
  for (std::int64_t k = hits; k <= n; ++k) {
    const auto x = static_cast<double>(k), all = static_cast<double>(n);
    sum += std::exp(std::lgamma(all + 1) - std::lgamma(x + 1) - std::lgamma(all - x + 1) + x * std::log(p) +
                    (all - x) * std::log1p(-p));
  }
  return sum;
}

/// At each end the binomial tail is exactly half of what the confidence leaves.
TEST(HitRateInterval, EndsWhereTheTailsSay) {
  for (const auto& [hits, n] : {std::pair<int, int>{5, 20}, {1, 7}, {19, 20}, {50, 200}, {400, 1500}}) {
    const auto interval = exact_binomial_interval(hits, n).value();
    EXPECT_NEAR(binomial_at_least(hits, n, interval.low), 0.025, 1e-9) << hits << " of " << n;
    EXPECT_NEAR(binomial_at_least(hits + 1, n, interval.high), 0.975, 1e-9) << hits << " of " << n;
  }
}

TEST(HitRateInterval, EdgesOfTheBinomial) {
  const auto none = exact_binomial_interval(0, 20).value(), all = exact_binomial_interval(20, 20).value();
  EXPECT_EQ(none.low, 0.0);
  EXPECT_NEAR(none.high, 1 - std::pow(0.025, 1.0 / 20), 1e-12);
  EXPECT_NEAR(all.low, std::pow(0.025, 1.0 / 20), 1e-12);
  EXPECT_EQ(all.high, 1.0);
  const auto cut = exact_binomial_interval(5.5, 20).value();
  EXPECT_EQ(cut.low, exact_binomial_interval(5, 20)->low);
  EXPECT_EQ(cut.high, exact_binomial_interval(6, 20)->high);
  EXPECT_FALSE(exact_binomial_interval(0, 0));
  EXPECT_THROW(exact_binomial_interval(3, 2), InputError);
  EXPECT_THROW(exact_binomial_interval(-1, 2), InputError);
  EXPECT_THROW(exact_binomial_interval(1, 2, 1.0), OptionError);
}

TEST(HitRateInterval, BootstrapIsTheBinomialsNormal) {
  const Counts later = {300, 700};
  const Doubles method = {1, 0}, benchmark = {0, 0};
  const auto found = bootstrap_hit_rates({later, method, benchmark}, {.seed = 4, .replicates = 4000}).value();
  const double half = 1.96 * std::sqrt(0.3 * 0.7 / 1000);
  EXPECT_NEAR(found.hit_rate.low, 0.3 - half, 0.003);
  EXPECT_NEAR(found.hit_rate.high, 0.3 + half, 0.003);
  EXPECT_EQ(found.difference.low, found.hit_rate.low);
  EXPECT_EQ(found.p_no_better, 1.0 / 4001);
}

/// Of three incidents in three kinds of cells, one hits both, one the method alone and one nothing: the
/// chance that the benchmark hits as much is that of never drawing the second, (2/3)^3.
TEST(HitRateInterval, ReplicatesAreDrawnAsTheMultinomialSays) {
  const Counts later = {1, 1, 1};
  const Doubles method = {1, 1, 0}, benchmark = {1, 0, 0};
  const auto found = bootstrap_hit_rates({later, method, benchmark}, {.replicates = 40'000}).value();
  const double expected = 8.0 / 27.0;
  EXPECT_NEAR(found.p_no_better, expected, 4 * std::sqrt(expected * (1 - expected) / 40'000));
  EXPECT_EQ(found.difference.low, 0.0);
  EXPECT_EQ(found.difference.high, 1.0);
}

TEST(HitRateInterval, WhatBothHitCancels) {
  const Counts later = {500, 10, 490};
  const Doubles method = {1, 1, 0}, benchmark = {1, 0, 0};
  const auto found = bootstrap_hit_rates({later, method, benchmark}).value();
  EXPECT_GT(found.difference.low, 0.0);
  EXPECT_LT(found.difference.high, 0.02);
  EXPECT_LT(found.hit_rate.low, 0.49);
  const auto same = bootstrap_hit_rates({later, method, method}).value();
  EXPECT_EQ(same.difference.high, 0.0);
  EXPECT_EQ(same.p_no_better, 1.0);
}

TEST(HitRateInterval, SameBitsOnAnyThreadsAndInAnyOrder) {
  Counts later;
  Doubles method, benchmark;
  for (int i = 0; i < 40; ++i) {
    later.push_back(i % 7);
    method.push_back(i % 3 == 0 ? 1.0 : i % 5 == 0 ? 0.25 : 0.0);
    benchmark.push_back(i % 4 == 0 ? 1.0 : 0.0);
  }
  const auto one = bootstrap_hit_rates({later, method, benchmark}, {}, {.threads = 1}).value();
  std::reverse(later.begin(), later.end());
  std::reverse(method.begin(), method.end());
  std::reverse(benchmark.begin(), benchmark.end());
  const auto two = bootstrap_hit_rates({later, method, benchmark}, {}, {.threads = 2}).value();
  EXPECT_EQ(one.hit_rate.low, two.hit_rate.low);
  EXPECT_EQ(one.difference.high, two.difference.high);
  EXPECT_EQ(one.p_no_better, two.p_no_better);
  const auto other = bootstrap_hit_rates({later, method, benchmark}, {.seed = 1}).value();
  EXPECT_NE(std::tuple(one.hit_rate.low, one.difference.low, one.p_no_better),
            std::tuple(other.hit_rate.low, other.difference.low, other.p_no_better));
}

TEST(HitRateInterval, RefusesWhatDoesNotFit) {
  const Counts later = {1, 2}, nothing = {0, 0}, negative = {-1, 2};
  const Doubles two = {0, 1}, bad = {0, 1.5}, one = {1};
  EXPECT_FALSE(bootstrap_hit_rates({nothing, two, two}));
  EXPECT_FALSE(bootstrap_hit_rates({}));
  EXPECT_THROW(bootstrap_hit_rates({later, one, two}), InputError);
  EXPECT_THROW(bootstrap_hit_rates({later, bad, two}), InputError);
  EXPECT_THROW(bootstrap_hit_rates({negative, two, two}), InputError);
  EXPECT_THROW(bootstrap_hit_rates({later, two, two}, {.replicates = 0}), OptionError);
  EXPECT_THROW(bootstrap_hit_rates({later, two, two}, {.confidence = 0.0}), OptionError);
}

}  // namespace
}  // namespace waywarden
