#include "waywarden/flow/count_family.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

/// By the recurrence of the probabilities, from that of 0.
double log_probability(int count, double mu, double alpha) {
  double sum = alpha == 0.0 ? -mu : -std::log1p(alpha * mu) / alpha;
  for (int k = 0; k < count; ++k) sum += std::log((1.0 + alpha * k) * mu / ((1.0 + alpha * mu) * (k + 1.0)));
  return sum;
}

TEST(CountFamily, LogLikelihoodsAreThoseOfTheProbabilities) {
  for (const double alpha : {0.0, 1e-7, 1e-4, 0.0009, 0.0011, 0.3, 5.0, 1e4}) {
    const CountFamily family{alpha};
    for (const int count : {0, 1, 7, 150}) {
      for (const double mu : {1e-6, 0.4, 12.0, 140.0}) {
        const double expected = log_probability(count, mu, alpha);
        EXPECT_NEAR(family.log_likelihood(count, mu), expected, 1e-10 * (10.0 + std::abs(expected)))
            << alpha << " " << count << " " << mu;
      }
    }
  }
}

TEST(CountFamily, DevianceIsTwiceWhatTheLikelihoodLacks) {
  for (const double alpha : {0.0, 0.01, 2.0}) {
    const CountFamily family{alpha};
    for (const double count : {1.0, 3.5, 40.0}) {
      for (const double mu : {0.5, 3.5, 60.0}) {
        const double lack = family.log_likelihood(count, count) - family.log_likelihood(count, mu);
        EXPECT_NEAR(family.deviance(count, mu), 2.0 * lack, 1e-10 * (1.0 + lack));
      }
    }
    EXPECT_NEAR(family.deviance(0.0, 3.0), -2.0 * family.log_likelihood(0.0, 3.0), 1e-12);
  }
}

TEST(CountFamily, ScoreIsTheSlopeByTheLogarithmOfTheMean) {
  for (const double alpha : {0.0, 0.2, 3.0}) {
    const CountFamily family{alpha};
    const double h = 1e-6, mu = 4.0;
    const double slope =
        (family.log_likelihood(6.0, mu * std::exp(h)) - family.log_likelihood(6.0, mu * std::exp(-h))) /
        (2.0 * h);
    EXPECT_NEAR(family.score(6.0, mu), slope, 1e-7);
    EXPECT_NEAR(family.weight(mu), mu * mu / family.variance(mu), 1e-14);
    EXPECT_NEAR(family.curvature(6.0, mu),
                (family.score(6.0, mu * std::exp(-h)) - family.score(6.0, mu * std::exp(h))) / (2.0 * h),
                1e-7);
  }
}

double log_likelihood(const std::vector<double>& counts, const std::vector<double>& means, double alpha) {
  double sum = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    sum += CountFamily{alpha}.log_likelihood(counts[i], means[i]);
  return sum;
}

class Scatter : public testing::TestWithParam<std::uint64_t> {
 protected:
  void draw(double alpha) {
    RandomStream random(GetParam(), 0);
    for (int i = 0; i < 400; ++i) {
      means_.push_back(0.5 + 20.0 * random.uniform());
      // A Poisson count of a mean that is itself Gamma distributed, rounded: enough to scatter.
      const double mean = alpha == 0.0 ? means_.back() : means_.back() * alpha * random.gamma(1.0 / alpha);
      counts_.push_back(std::round(mean));
    }
  }

  std::vector<double> counts_;
  std::vector<double> means_;
};

TEST_P(Scatter, NoOtherOverdispersionIsLikelier) {
  draw(0.7);
  const Overdispersion found = likeliest_overdispersion(counts_, means_);
  EXPECT_GT(found.alpha, 0.3);
  EXPECT_GT(found.standard_error, 0.0);
  const double best = log_likelihood(counts_, means_, found.alpha);
  for (double alpha = 1e-3; alpha < 1e3; alpha *= 1.01)
    EXPECT_LE(log_likelihood(counts_, means_, alpha), best + 1e-9) << alpha;
  const double h = 1e-3 * found.alpha;
  const double curvature = (log_likelihood(counts_, means_, found.alpha + h) +
                            log_likelihood(counts_, means_, found.alpha - h) - 2.0 * best) /
                           (h * h);
  EXPECT_NEAR(found.standard_error, 1.0 / std::sqrt(-curvature), 1e-3 * found.standard_error);
}

TEST_P(Scatter, CountsCloserThanPoissonsHaveNone) {
  draw(0.0);
  const Overdispersion found = likeliest_overdispersion(counts_, means_);
  EXPECT_EQ(found.alpha, 0.0);
  EXPECT_EQ(found.standard_error, 0.0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Scatter, testing::Range(std::uint64_t{1}, std::uint64_t{11}));

}  // namespace
}  // namespace waywarden
