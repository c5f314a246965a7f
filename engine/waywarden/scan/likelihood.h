#pragma once

/// Log-likelihood ratios of a window against what nothing-clusters expects there (Kulldorff, "A spatial scan
/// statistic", Communications in Statistics 26, 1997): the rate inside differs from the one outside, against
/// one rate everywhere. The space-time permutation model uses the Poisson form (Kulldorff et al., PLoS
/// Medicine 2, 2005). At a given measure each grows with the distance of the cases from their expectation.

#include <cstdint>
#include <string>

#include "waywarden/scan/scan_counts.h"

namespace waywarden {

/// Which windows count as clusters.
enum class ScanRates : std::uint8_t { high, low, both };
std::string name(ScanRates rates);

class Likelihood {
 public:
  explicit Likelihood(const ScanTable& table);

  /// Of a window that holds `cases` and `measure`, whichever side of the expectation; at least 0.
  double ratio(double cases, double measure) const;
  double expected(double measure) const { return total_cases_ * measure / total_measure_; }
  bool is_high(double cases, double measure) const { return cases * total_measure_ > total_cases_ * measure; }
  double total_cases() const { return total_cases_; }
  double total_measure() const { return total_measure_; }
  /// Whether a window holds at most as many cases as its measure.
  bool is_bernoulli() const { return bernoulli_; }

 private:
  bool bernoulli_ = false;
  double total_cases_ = 0.0;
  double total_measure_ = 0.0;
};

}  // namespace waywarden
