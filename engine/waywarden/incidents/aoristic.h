#pragma once

/// Aoristic weights: an incident that is known to lie between two times counts in every step of time it may
/// lie in, by the share of its span that falls there (Ratcliffe and McCullagh, International Journal of
/// Geographical Information Science 12, 1998; Ratcliffe, same journal 14, 2000).
///
/// Every weight is a multiple of 2^-52, within 2.3e-16 of the share, and the weights of an incident, what
/// falls outside all steps included, add up to exactly 1, in any order. Totals are sums of whole
/// numbers of units: the same bits in whatever order the incidents come.
///
/// The method takes every moment of the span for equally likely; it does not know when people sleep.
///
/// O(log steps + steps met) per incident.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/incidents/time_span.h"

namespace waywarden {

/// In compressed rows, one per incident.
struct AoristicWeights {
  std::size_t steps = 0;
  /// Row i is [first[i], first[i + 1]) of `step` and `weight`; steps ascend, weights are above 0.
  std::vector<std::size_t> first{0};
  std::vector<std::uint32_t> step;
  std::vector<double> weight;
  /// Per incident: its share before the first step or after the last.
  std::vector<double> outside;
  /// Incidents without a date: they have no weights, and nothing outside.
  std::size_t undated = 0;

  std::size_t size() const { return first.size() - 1; }
};

/// Step k is from boundaries[k] up to boundaries[k + 1]. Throws `OptionError` unless there are two boundaries
/// or more and they ascend; `InputError`, naming the row, for a span that ends before it begins, or lies
/// 2^52 seconds or more from 1970.
AoristicWeights aoristic_weights(std::span<const std::optional<TimeSpan>> spans,
                                 std::span<const std::int64_t> boundaries);

enum class Cycle : std::uint8_t {
  hour_of_day,   ///< 24 steps
  day_of_week,   ///< 7 steps, Monday first
  hour_of_week,  ///< 168 steps from Monday 00:00
};

std::string name(Cycle cycle);

/// Over the steps of a cycle that comes again and again; nothing is outside.
AoristicWeights aoristic_cycle(std::span<const std::optional<TimeSpan>> spans, Cycle cycle);

/// Per step, the sum of weight x size over the incidents (size 1 where `sizes` is empty). Throws `InputError`
/// for a negative size, for another number of them than there are incidents, or if they add up to more than
/// 2^36.
std::vector<double> step_totals(const AoristicWeights& weights, std::span<const std::int64_t> sizes = {});

}  // namespace waywarden
