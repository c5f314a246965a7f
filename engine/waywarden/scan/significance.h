#pragma once

/// How often chance alone does as well. Monte Carlo: p = (1 + g) / (1 + n) when g of n random studies reach
/// the observed statistic, ties counted. Sequential (Besag and Clifford, Biometrika 78, 1991): stops at the
/// h-th study that reaches the best cluster's, whose p is then h / n. Gumbel (Abrams, Kleinman and Kulldorff,
/// International Journal of Health Geographics 9, 2010): an extreme value distribution fitted by its first
/// two moments, which gives small p without as many studies.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/scan/maxima.h"

namespace waywarden {

struct MonteCarloOptions {
  std::size_t simulations = 999;
  std::uint64_t seed = 0;
  /// Studies that reach the best cluster's statistic before the test stops; 0 = never stop early.
  std::size_t stop_after = 0;
};

struct NullDistribution {
  /// Greatest statistic of each random study, in their order.
  std::vector<double> maxima;
  bool stopped_early = false;
};

/// Whether a study's maximum is as great as the statistic: sums in another order may differ in the last bits.
bool reaches(double maximum, double statistic);

/// `best` is the statistic of the best cluster.
NullDistribution null_distribution(const ScanTask& task, double best, const MonteCarloOptions& options,
                                   const Execution& execution = {});

/// Of the cluster of this statistic; nothing where there were no studies. `best` as above.
std::optional<double> monte_carlo_p(const NullDistribution& null, double statistic, double best);
/// Nothing where the maxima do not vary.
std::optional<double> gumbel_p(std::span<const double> maxima, double statistic);

}  // namespace waywarden
