#include "waywarden/flow/count_regression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

const std::vector<double> kCost = {.2,  1.9, .1,  1.1, 2.3, .9,  .15, .6, 1.7, .5,
                                   1.4, 2.8, .05, .8,  1.2, 3.1, .3,  .7, 1.6, .02};
const std::vector<double> kMass = {1.2, .4, .9,  1.5, .3, .8, 2.1, 1.1, .6,  1.3,
                                   .2,  .7, 1.6, .5,  .1, .9, 1.0, 1.4, 1.8, 2.2};
const std::vector<double> kCalm = {3, 0, 7, 1, 0, 2, 19, 4, 0, 5, 1, 0, 11, 2, 0, 0, 6, 3, 1, 24};
const std::vector<double> kWild = {9, 0, 2, 1, 0, 8, 7, 0, 0, 14, 1, 3, 4, 2, 0, 0, 1, 12, 1, 31};

CountSample sample_of(const std::vector<double>& counts) {
  CountSample sample;
  sample.count = counts;
  sample.covariate = {std::vector<double>(20, 1.0), kMass, kCost};
  return sample;
}

void expect_near(const std::vector<double>& found, const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t c = 0; c < found.size(); ++c) EXPECT_NEAR(found[c], expected[c], tolerance);
}

/// Expected values: statsmodels 0.15.0, GLM with families Poisson and NegativeBinomial, cov_type nonrobust
/// and HC0.
TEST(CountRegression, PoissonGivesThePublishedImplementationsFigures) {
  const CountFit fit = count_regression(sample_of(kCalm), CountDistribution::poisson, {});
  ASSERT_EQ(fit.status, CountFitStatus::converged);
  expect_near(fit.estimate, {1.1795532349543538, 0.9159778261362781, -1.7728019167451399}, 1e-10);
  expect_near(fit.standard_error, {0.45688083073817887, 0.23682327091101554, 0.3660907792570806}, 1e-10);
  expect_near(fit.robust_error, {0.2997376589511497, 0.13859958769132233, 0.18160436115217424}, 1e-10);
  EXPECT_NEAR(fit.log_likelihood, -26.751108565227845, 1e-10);
  EXPECT_NEAR(fit.deviance, 8.01490708241959, 1e-10);
  EXPECT_NEAR(fit.dispersion, 0.4117956306754428, 1e-10);
}

/// alpha and the likelihood by discrete.NegativeBinomial (to 1e-6, as far as it converges), the rest by GLM
/// at that alpha.
TEST(CountRegression, NegativeBinomialGivesThePublishedImplementationsFigures) {
  const CountFit fit = count_regression(sample_of(kWild), CountDistribution::negative_binomial, {});
  ASSERT_EQ(fit.status, CountFitStatus::converged);
  EXPECT_NEAR(fit.overdispersion.alpha, 0.8724557600781234, 1e-6);
  EXPECT_NEAR(fit.overdispersion.standard_error, 0.4302666222150704, 1e-5);
  expect_near(fit.estimate, {0.5050277806901055, 1.149351845052658, -0.6142246075875747}, 1e-6);
  expect_near(fit.standard_error, {0.8341846656727793, 0.5020400279312729, 0.37037096333345954}, 1e-6);
  expect_near(fit.robust_error, {0.8524566412556317, 0.46916057630595, 0.4694279567864259}, 1e-6);
  EXPECT_NEAR(fit.log_likelihood, -45.116393438878745, 1e-9);
  EXPECT_NEAR(fit.deviance, 21.534825638087465, 1e-5);
  EXPECT_NEAR(fit.dispersion, 1.1656730225550371, 1e-6);
}

/// The same by dummy variables.
TEST(CountRegression, EffectsGiveThePublishedImplementationsFigures) {
  CountSample sample = sample_of(kCalm);
  sample.covariate = {kCost};
  sample.effects = 8;
  for (std::uint32_t i = 0; i < 20; ++i) {
    sample.effect[0].push_back(i % 4);
    sample.effect[1].push_back(i / 4 == 0 ? CountSample::kNoEffect : 3 + i / 4);
  }
  const CountFit fit = count_regression(sample, CountDistribution::poisson, {});
  ASSERT_EQ(fit.status, CountFitStatus::converged);
  EXPECT_NEAR(fit.estimate[0], -2.6723825388702984, 1e-9);
  EXPECT_NEAR(fit.standard_error[0], 0.4240560779761347, 1e-9);
  EXPECT_NEAR(fit.robust_error[0], 0.2751017161782013, 1e-9);
  EXPECT_NEAR(fit.log_likelihood, -24.732931792478432, 1e-9);
  EXPECT_NEAR(fit.deviance, 3.978553536920782, 1e-9);
  EXPECT_NEAR(fit.dispersion, 0.2964224454322841, 1e-9);
}

class RandomCounts : public testing::TestWithParam<std::uint64_t> {
 protected:
  void SetUp() override {
    RandomStream random(GetParam(), 0);
    sample_.covariate = {std::vector<double>(60, 1.0), {}, {}};
    for (int i = 0; i < 60; ++i) {
      sample_.covariate[1].push_back(random.normal());
      sample_.covariate[2].push_back(3.0 * random.uniform());
      sample_.offset.push_back(random.uniform());
      const double mean = std::exp(sample_.offset.back() + 1.0 + 0.5 * sample_.covariate[1].back() -
                                   0.8 * sample_.covariate[2].back());
      sample_.count.push_back(std::floor(mean * 2.0 * random.gamma(0.5)));
    }
  }

  double log_likelihood(const CountFit& fit, const std::vector<double>& estimate) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < sample_.count.size(); ++i) {
      double eta = sample_.offset[i];
      for (std::size_t c = 0; c < estimate.size(); ++c) eta += estimate[c] * sample_.covariate[c][i];
      sum += CountFamily{fit.overdispersion.alpha}.log_likelihood(sample_.count[i], std::exp(eta));
    }
    return sum;
  }

  CountSample sample_;
};

TEST_P(RandomCounts, NoNeighbourIsLikelier) {
  for (const CountDistribution kind : {CountDistribution::poisson, CountDistribution::negative_binomial}) {
    const CountFit fit = count_regression(sample_, kind, {});
    ASSERT_EQ(fit.status, CountFitStatus::converged) << "seed " << GetParam();
    EXPECT_NEAR(log_likelihood(fit, fit.estimate), fit.log_likelihood, 1e-9);
    for (std::size_t c = 0; c < 3; ++c) {
      for (const double step : {-0.3, -1e-2, 1e-2, 0.3}) {
        std::vector<double> other = fit.estimate;
        other[c] += step;
        EXPECT_LT(log_likelihood(fit, other), fit.log_likelihood) << "seed " << GetParam();
      }
      std::vector<double> up = fit.estimate, down = fit.estimate;
      up[c] += 1e-5, down[c] -= 1e-5;
      EXPECT_NEAR((log_likelihood(fit, up) - log_likelihood(fit, down)) / 2e-5, 0.0, 1e-4);
    }
    if (kind == CountDistribution::negative_binomial && fit.overdispersion.alpha > 0.0) {
      CountFit other = fit;
      for (const double factor : {0.9, 1.1}) {
        other.overdispersion.alpha = factor * fit.overdispersion.alpha;
        EXPECT_LT(log_likelihood(other, fit.estimate), fit.log_likelihood);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCounts, testing::Range(std::uint64_t{1}, std::uint64_t{31}));

TEST(CountRegression, NamesADependentCovariate) {
  CountSample sample = sample_of(kCalm);
  sample.covariate.push_back(kCost);
  for (std::size_t i = 0; i < 20; ++i) sample.covariate[3][i] += 3.0 * kMass[i] - 1.0;
  const CountFit fit = count_regression(sample, CountDistribution::poisson, {});
  EXPECT_EQ(fit.status, CountFitStatus::dependent);
  EXPECT_EQ(fit.dependent_column, 3U);
}

TEST(CountRegression, NamesSeparatedCounts) {
  // Nothing was counted beyond a cost of 1: a jump there can fall without end.
  CountSample sample = sample_of(kCalm);
  sample.covariate[1].clear();
  std::vector<std::size_t> beyond;
  for (std::size_t i = 0; i < 20; ++i) {
    sample.covariate[1].push_back(kCost[i] > 1.8 ? 1.0 : 0.0);
    if (kCost[i] > 1.8) beyond.push_back(i);
  }
  for (const CountDistribution kind : {CountDistribution::poisson, CountDistribution::negative_binomial}) {
    const CountFit fit = count_regression(sample, kind, {});
    EXPECT_EQ(fit.status, CountFitStatus::separated);
    EXPECT_EQ(fit.separated, beyond);
  }
}

TEST(CountRegression, CountsThatScatterLittleArePoissons) {
  const CountFit poisson = count_regression(sample_of(kCalm), CountDistribution::poisson, {});
  const CountFit negative = count_regression(sample_of(kCalm), CountDistribution::negative_binomial, {});
  EXPECT_EQ(negative.overdispersion.alpha, 0.0);
  EXPECT_NEAR(negative.log_likelihood, poisson.log_likelihood, 1e-9);
  expect_near(negative.estimate, poisson.estimate, 1e-9);
}

}  // namespace
}  // namespace waywarden
