#pragma once

/// How sure is a hit rate, and does one method really hit more than another?
///
/// *Exact binomial* (Clopper and Pearson 1934): were incidents independent, each inside with one chance, the
/// interval holds that chance at least as often as its confidence says. *Bootstrap*: the incidents of the
/// test period drawn anew from themselves, the flagged area as it is, percentiles over replicates; for two
/// methods from the same draws, so that what they share cancels. Both take incidents for independent; where
/// one record leads to the next (a raid finds twenty people) the truth is wider.
///
/// Random streams are keyed (seed, replicate), and incidents are drawn by what distinguishes their cells
/// alone: no thread and no order of rows changes a bit.

#include <cstdint>
#include <optional>
#include <span>

#include "waywarden/base/execution.h"

namespace waywarden {

struct ConfidenceInterval {
  double low = 0.0;
  double high = 0.0;
};

/// For the chance of a hit. Hits may be a fraction (a cell was cut): they are rounded down for the lower end
/// and up for the upper one. Nothing without incidents. Throws `OptionError` unless confidence is between 0
/// and 1, `InputError` unless 0 <= hits <= incidents.
std::optional<ConfidenceInterval> exact_binomial_interval(double hits, std::int64_t incidents,
                                                          double confidence = 0.95);

struct BootstrapOptions {
  std::uint64_t seed = 0;
  std::uint32_t replicates = 999;
  double confidence = 0.95;
};

/// What is drawn: per cell, how many incidents came, and which fraction of the cell the method and its
/// benchmark flag.
struct FlaggedIncidents {
  std::span<const std::int64_t> later;
  std::span<const double> method;
  std::span<const double> benchmark;
};

struct HitRateDifference {
  /// Of the method's hit rate, and of how much it is above its benchmark's.
  ConfidenceInterval hit_rate;
  ConfidenceInterval difference;
  /// Share of replicates in which the benchmark hits as much or more, the observed one counted:
  /// (1 + such replicates) / (1 + replicates).
  double p_no_better = 1.0;
};

/// Nothing without incidents. Throws `OptionError` for no replicates or a confidence not between 0 and 1,
/// `InputError` for lengths that differ, fractions outside [0, 1], negative counts, or 2^32 incidents.
/// O(cells log cells + replicates x kinds of cells that are flagged alike).
std::optional<HitRateDifference> bootstrap_hit_rates(const FlaggedIncidents& flagged,
                                                     const BootstrapOptions& options = {},
                                                     const Execution& execution = {});

}  // namespace waywarden
