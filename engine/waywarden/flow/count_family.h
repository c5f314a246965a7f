#pragma once

/// Distributions of counts around their means mu: Poisson, with variance mu, and negative binomial (NB2),
/// with variance mu + alpha * mu^2. Poisson is alpha = 0. Counts need not be whole numbers.

#include <span>

namespace waywarden {

struct CountFamily {
  /// >= 0.
  double alpha = 0.0;

  double variance(double mu) const { return mu + alpha * mu * mu; }
  /// The derivative of the log-likelihood by ln(mu), and what Fisher expects of minus the second one.
  double score(double count, double mu) const { return (count - mu) / (1.0 + alpha * mu); }
  double weight(double mu) const { return mu / (1.0 + alpha * mu); }
  /// Minus the second one itself.
  double curvature(double count, double mu) const {
    return mu * (1.0 + alpha * count) / ((1.0 + alpha * mu) * (1.0 + alpha * mu));
  }
  double log_likelihood(double count, double mu) const;
  /// Twice what the log-likelihood is below that of mu = count.
  double deviance(double count, double mu) const;
};

/// The alpha that makes these counts likeliest, with its standard error from the observed information.
struct Overdispersion {
  double alpha = 0.0;
  double standard_error = 0.0;
};

/// Means > 0. 0 when counts scatter no more than Poisson's; the standard error is then 0 too. Throws
/// `InputError` when the likelihood rises beyond alpha = 1e6.
Overdispersion likeliest_overdispersion(std::span<const double> counts, std::span<const double> means);

}  // namespace waywarden
