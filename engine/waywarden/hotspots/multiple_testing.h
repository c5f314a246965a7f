#pragma once

/// Probabilities adjusted for the number of tests. Undefined ones stay undefined and are not counted as
/// tests. O(n log n).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace waywarden {

enum class Adjustment : std::uint8_t {
  /// As they are.
  none,
  /// False discovery rate, for independent or positively dependent tests (Benjamini and Hochberg 1995): the
  /// default for
  /// neighbouring cells, which share neighbours.
  benjamini_hochberg,
  /// False discovery rate under any dependence (Benjamini and Yekutieli 2001); stricter by about ln(n).
  benjamini_yekutieli,
  /// The chance of even one false discovery.
  bonferroni,
};

std::string name(Adjustment adjustment);

/// q such that rejecting where q <= a controls the rate at a; at most 1, never below p. Throws `InputError`
/// for a p that is not in [0, 1].
std::vector<std::optional<double>> adjusted(std::span<const std::optional<double>> p, Adjustment adjustment);

}  // namespace waywarden
