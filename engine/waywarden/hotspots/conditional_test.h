#pragma once

/// Is the sum of a cell's neighbours unusual, given the cell? The conditional permutation test of local
/// statistics (Anselin 1995; Sokal, Oden and Thomson 1998): cell i keeps its value, the other n - 1 values
/// are dealt at random over the other cells, so that its neighbours hold a simple random sample of them. Both
/// tails include sums equal to the observed one. What a neighbour adds to the sum is its value (Getis and
/// Ord, Moran, join counts) or the square of its difference from the cell's (Geary).
///
/// Two ways to the same probabilities. *Exact*: where values are whole numbers and the weights of a row (but
/// for the cell itself) are equal, from `SampleSums`, one table per distinct value left out.
/// *Permutations*: dealt until both tails have been met `stop_after` times or the limit is reached (Besag and
/// Clifford 1991, whose estimate stays a valid p), from a random stream keyed by the content of the cell's
/// neighbourhood: cells in the same situation share a stream and get the same answer, and neither row order
/// nor threads change one.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "waywarden/base/alternative.h"
#include "waywarden/base/execution.h"
#include "waywarden/hotspots/local_moments.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden {
namespace detail {
struct NeighbourSums;
}

struct Tails {
  /// P(sum <= observed) and P(sum >= observed).
  double lower = 1.0;
  double upper = 1.0;
  /// Permutations that they are shares of; 0 where they are exact.
  std::uint64_t dealt = 0;

  /// Two-sided: twice the smaller tail, at most 1.
  double p() const { return std::min(1.0, 2.0 * std::min(lower, upper)); }
  double p(Alternative alternative) const;
  /// Monte Carlo error of p: 0 where exact.
  double standard_error(Alternative alternative) const;
  /// Of a statistic that falls as the sum grows.
  Tails reversed() const { return {upper, lower, dealt}; }
};

struct PermutationOptions {
  std::uint64_t seed = 0;
  /// At most max(least_permutations, permutations_per_cell x n) per cell: fewer could not pass a correction
  /// for n tests.
  std::uint64_t least_permutations = 9'999;
  std::uint64_t permutations_per_cell = 20;
  /// Count in the smaller tail at which a cell stops early.
  std::uint32_t stop_after = 30;
};

/// Whether the exact distribution applies: weights equal within each row, whole numbers within 2^40 of 0, and
/// for squared differences within 2^20 of each other.
bool exact_applies(std::span<const double> values, const Weights& others, Summand summand = Summand::value);

/// The exact test of all cells, with what it needs counted once.
class ExactTest {
 public:
  /// Nothing where the exact distribution does not apply. Refers to `others`, which must outlive it.
  static std::optional<ExactTest> of(std::span<const double> values, const Weights& others,
                                     Summand summand = Summand::value);

  /// Predicted effort in elementary steps, comparable with `permutation_work`; infinite where the tables
  /// would not fit into half a gigabyte.
  double work() const;
  /// Per cell; nothing for a cell without neighbours.
  std::vector<std::optional<Tails>> tails(const Execution& execution = {}) const;

 private:
  ExactTest(std::shared_ptr<const detail::NeighbourSums> sums, Summand summand)
      : sums_(std::move(sums)), summand_(summand) {}

  std::shared_ptr<const detail::NeighbourSums> sums_;
  Summand summand_;
};

double permutation_work(const Weights& others, const PermutationOptions& options);

/// Per cell; nothing for a cell without neighbours. `others` holds no self-weights and no zeros
/// (`without_self`).
std::vector<std::optional<Tails>> permuted_tails(std::span<const double> values, const Weights& others,
                                                 const PermutationOptions& options = {},
                                                 const Execution& execution = {},
                                                 Summand summand = Summand::value);

}  // namespace waywarden
