#pragma once

/// Regression of counts on covariates, with a logarithmic link: ln(mean) = offset + effects + covariates *
/// estimates (McCullagh and Nelder, "Generalized linear models", 1989). By Fisher scoring with halved steps
/// where the likelihood would fall; the overdispersion of the negative binomial alternates with the
/// estimates, whose information it does not share.
///
/// O(observations + columns^3) per round; columns^2 doubles of memory.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/count_family.h"

namespace waywarden {

enum class CountDistribution : std::uint8_t { poisson, negative_binomial };

/// Observations, one row each.
struct CountSample {
  static constexpr std::uint32_t kNoEffect = UINT32_MAX;

  std::vector<double> count;
  /// May be empty: none.
  std::vector<double> offset;
  /// Up to two effects per observation, numbered 0 .. effects - 1; may be empty.
  std::array<std::vector<std::uint32_t>, 2> effect;
  std::size_t effects = 0;
  /// A column each.
  std::vector<std::vector<double>> covariate;
};

enum class CountFitStatus : std::uint8_t {
  converged,
  /// A covariate is a combination of other columns.
  dependent,
  /// Means of some counts of 0 fall without end, the likelihood rising: no estimate is the likeliest (Santos
  /// Silva and Tenreyro 2010).
  separated,
  stalled,
};

struct CountFit {
  CountFitStatus status = CountFitStatus::converged;
  /// Per covariate. Standard errors as if the distribution were true, by the expected information (with the
  /// overdispersion as if known); and by the sandwich formula around the observed information, which only
  /// needs the means to be true (HC0, without correction for small samples).
  std::vector<double> estimate;
  std::vector<double> standard_error;
  std::vector<double> robust_error;
  /// Per observation.
  std::vector<double> mean;
  Overdispersion overdispersion;
  double log_likelihood = 0.0;
  double deviance = 0.0;
  /// Pearson's: squared deviations over variances, per degree of freedom; near 1 where the distribution is
  /// true. 0 where no degree of freedom is left.
  double dispersion = 0.0;
  std::size_t rounds = 0;
  /// The column, when dependent: effects come first, then covariates.
  std::size_t dependent_column = 0;
  /// Observations, when separated.
  std::vector<std::size_t> separated;
};

/// Counts must be finite and >= 0, not all 0. Only `status` and what it names count unless converged.
CountFit count_regression(const CountSample& sample, CountDistribution distribution,
                          const Execution& execution);

}  // namespace waywarden
