#pragma once

/// The exact distribution of the sum of a simple random sample, drawn without replacement from a multiset of
/// whole numbers.
///
/// Groups of equal values are added one after the other, in any order. A sample of j from the values so far
/// that holds c copies of the new one has hypergeometric probability in c, so the distributions of samples
/// are mixtures of those of smaller samples before; one table serves every sample size. Only positive terms
/// are added: no cancellation and no overflow; relative error at most about (groups added x copies per
/// sample) x 2^-53, below 1e-13 in practice. Sums beyond `largest_sum` are kept as one lump, so that upper
/// tails are sums of small numbers, never 1 minus something.
///
/// Cost of adding a group: samples x copies x sums (`sample_sums_work`); memory: samples x sums doubles.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

struct ValueGroup {
  std::int64_t value = 0;
  std::size_t copies = 0;
};

class SampleSums {
 public:
  /// Of nothing yet: the empty sample has sum 0.
  SampleSums(std::size_t largest_sample, std::int64_t largest_sum);

  /// The value is not negative.
  void add(const ValueGroup& group, const Execution& execution = {});

 private:
  friend class SumTails;

  std::size_t reach(std::size_t sample) const;
  void mix(std::size_t sample, std::size_t copies, std::int64_t value, double probability);

  std::size_t largest_sample_;
  /// Sums 0 .. largest_sum, then the lump of all beyond.
  std::size_t width_;
  std::size_t values_added_ = 0;
  std::int64_t largest_value_ = 0;
  /// One row of sums per sample size.
  std::vector<double> probability_;
};

/// The tails of the same distribution. Ask only for samples that can be drawn and 0 <= s <= largest_sum.
class SumTails {
 public:
  explicit SumTails(SampleSums sums);

  /// P(sum <= s) and P(sum >= s).
  double at_most(std::size_t sample, std::int64_t s) const { return at_most_[entry(sample, s)]; }
  double at_least(std::size_t sample, std::int64_t s) const { return at_least_[entry(sample, s)]; }

 private:
  std::size_t entry(std::size_t sample, std::int64_t s) const {
    return sample * width_ + static_cast<std::size_t>(s);
  }

  std::size_t width_;
  std::vector<double> at_least_;
  std::vector<double> at_most_;
};

/// Predicted multiply-adds for adding all the groups once.
double sample_sums_work(std::span<const ValueGroup> groups, std::size_t largest_sample,
                        std::int64_t largest_sum);

}  // namespace waywarden
