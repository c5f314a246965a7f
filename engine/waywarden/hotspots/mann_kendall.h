#pragma once

/// Is there a trend? The rank test of Mann (1945) and Kendall (1975) on values in the order of time, with
/// ties: S counts the pairs that rise less those that fall; its variance under exchangeability is
/// (n (n - 1)(2n + 5) - sum over groups of t equal values of t (t - 1)(2t + 5)) / 18; z is S moved by 1
/// towards 0, over the deviation; p is two-sided from the normal distribution. The test knows of no
/// autocorrelation: where values hang together from step to step, p is too small.
///
/// `mann_kendall_exact_p` needs no normal distribution: it is the share of all orders of the same values
/// whose S is as extreme, both tails including the observed S. Only positive terms are added, so that small
/// probabilities are as exact as large ones.
///
/// O(n log n); the exact p O(n^4), milliseconds at its limit of 100 values. No order of values but that of
/// time matters. Values that are not finite are an `InputError`.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace waywarden {

struct MannKendall {
  std::size_t n = 0;
  std::int64_t s = 0;
  double variance = 0.0;
  /// Nothing where no two values differ.
  std::optional<double> z = std::nullopt;
  std::optional<double> p = std::nullopt;
};

MannKendall mann_kendall(std::span<const double> values);

inline constexpr std::size_t kMostValuesOfExactTrend = 100;

/// Two-sided; nothing where no two values differ. Throws `OptionError` for more values than the limit.
std::optional<double> mann_kendall_exact_p(std::span<const double> values);

}  // namespace waywarden
