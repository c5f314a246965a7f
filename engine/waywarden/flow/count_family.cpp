#include "waywarden/flow/count_family.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kLeastAlpha = 1e-8;
constexpr double kLargestAlpha = 1e6;
/// 1 / alpha from which differences of Stirling's series lose less than differences of the functions do.
constexpr double kLarge = 1e3;

double log_gamma(double x) { return boost::math::lgamma(x); }

/// ln(gamma(y + r) / gamma(r)) - y * ln(r).
double log_rising(double y, double r) {
  if (r < kLarge) return log_gamma(y + r) - log_gamma(r) - y * std::log(r);
  return (y + r - 0.5) * std::log1p(y / r) - y - y / (12.0 * r * (y + r));
}

/// u - ln(1 + u).
double above_logarithm(double u) {
  if (std::abs(u) > 1e-3) return u - std::log1p(u);
  return u * u * (0.5 - u * (1.0 / 3.0 - u * (0.25 - u * 0.2)));
}

/// Derivative of one log-likelihood by alpha.
double alpha_score(double y, double mu, double alpha) {
  const double r = 1.0 / alpha;
  if (r < kLarge) {
    const double g =
        (y == 0.0 ? 0.0 : boost::math::digamma(y + r) - boost::math::digamma(r)) - std::log1p(mu / r);
    return r * r * ((y - mu) / (r + mu) - g);
  }
  const double series = y / (2.0 * r * (y + r)) + y * (y + 2.0 * r) / (12.0 * r * r * (y + r) * (y + r));
  return r * r * (above_logarithm((y - mu) / (r + mu)) - series);
}

double alpha_score(std::span<const double> counts, std::span<const double> means, double alpha) {
  double sum = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) sum += alpha_score(counts[i], means[i], alpha);
  return sum;
}

/// y * ln(y / mu), 0 at y = 0.
double relative_information(double y, double mu) { return y == 0.0 ? 0.0 : y * std::log(y / mu); }

}  // namespace

double CountFamily::log_likelihood(double count, double mu) const {
  if (count == 0.0) return alpha == 0.0 ? -mu : -std::log1p(alpha * mu) / alpha;
  const double constant = log_gamma(count + 1.0), at_mean = count * std::log(mu);
  if (alpha == 0.0) return at_mean - mu - constant;
  return log_rising(count, 1.0 / alpha) + at_mean - (count + 1.0 / alpha) * std::log1p(alpha * mu) - constant;
}

double CountFamily::deviance(double count, double mu) const {
  const double information = relative_information(count, mu);
  if (alpha == 0.0) return 2.0 * (information - (count - mu));
  const double spread = std::log1p(alpha * (count - mu) / (1.0 + alpha * mu));
  return 2.0 * (information - (count + 1.0 / alpha) * spread);
}

Overdispersion likeliest_overdispersion(std::span<const double> counts, std::span<const double> means) {
  const auto score = [&](double log_alpha) { return alpha_score(counts, means, std::exp(log_alpha)); };
  const double low = std::log(kLeastAlpha), high = std::log(kLargestAlpha);
  if (score(low) <= 0.0) return {};
  if (score(high) >= 0.0)
    throw InputError("counts scatter without bounds: they have no negative binomial fit");
  std::uintmax_t steps = 200;
  const auto [left, right] = boost::math::tools::toms748_solve(
      score, low, high, boost::math::tools::eps_tolerance<double>(50), steps);
  const double alpha = std::exp(0.5 * (left + right)), h = 1e-4 * alpha;
  const double information =
      (alpha_score(counts, means, alpha - h) - alpha_score(counts, means, alpha + h)) / (2.0 * h);
  return {alpha, information > 0.0 ? 1.0 / std::sqrt(information) : 0.0};
}

}  // namespace waywarden
