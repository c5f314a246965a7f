#pragma once

/// What all local statistics have in common: how p is found and corrected for the number of tests, and what
/// is said where a cell has none.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/hotspots/conditional_test.h"
#include "waywarden/hotspots/local_moments.h"
#include "waywarden/hotspots/multiple_testing.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden {

enum class ProbabilityMethod : std::uint8_t {
  automatic,     ///< exact where it applies and costs less
  exact,         ///< the exact conditional permutation distribution
  permutations,  ///< counter-based permutations with sequential stopping
};

enum class LocalState : std::uint8_t {
  defined,
  island,          ///< no neighbours but itself
  constant,        ///< the values that are compared do not vary
  all_neighbours,  ///< everything is a neighbour, so nothing is left to compare with
  absent,          ///< the cell does not hold what is counted (join counts)
};

std::string name(LocalState state);
LocalState state_of(Standardised::Why why);
std::string name(ProbabilityMethod method);

struct LocalTestOptions {
  /// Throws `OptionError` if `exact` is asked for where it does not apply or its tables would not fit.
  ProbabilityMethod method = ProbabilityMethod::automatic;
  Alternative alternative = Alternative::two_sided;
  PermutationOptions permutations = {};
  Adjustment adjustment = Adjustment::benjamini_hochberg;
};

/// One row per cell; nothing where the state is not `defined`.
struct LocalTests {
  std::vector<LocalState> state;
  /// (statistic - mean) / deviation over the conditional permutations, in closed form: what PySAL's z_sim
  /// estimates from some of them.
  std::vector<std::optional<double>> z_sim;
  std::vector<std::optional<double>> p;
  /// Monte Carlo error of p; 0 where exact.
  std::vector<std::optional<double>> p_error;
  /// p adjusted for the number of defined tests.
  std::vector<std::optional<double>> q;
  /// Neighbours other than the cell itself.
  std::vector<std::uint32_t> neighbours;
  /// How p was found, for all cells: `exact` or `permutations`.
  ProbabilityMethod method = ProbabilityMethod::exact;
  Alternative alternative = Alternative::two_sided;
  Adjustment adjustment = Adjustment::benjamini_hochberg;

  /// "p_exact" or, by permutations, PySAL's "p_sim".
  std::string p_name() const;
  std::size_t count(LocalState which) const;
};

/// How the statistic of a cell moves with the sum of what its neighbours add.
enum class SumDirection : std::uint8_t { rises, falls, absent };

/// The tails of all cells' sums, and how they were found. `others` as for `permuted_tails`.
struct FoundTails {
  std::vector<std::optional<Tails>> tails;
  ProbabilityMethod method = ProbabilityMethod::exact;
};
FoundTails find_tails(std::span<const double> values, const Weights& others, Summand summand,
                      const LocalTestOptions& options, const Execution& execution);

/// Throws `InputError` unless the weights are valid and there is one row per value.
void require_fitting(std::span<const double> values, const Weights& weights);

/// Tests of statistics that rise or fall with the sum of what the other cells' values add. Where the
/// direction is `absent`, the state is `when_absent`.
LocalTests local_tests(std::span<const double> values, const Weights& others, Summand summand,
                       const std::function<SumDirection(std::size_t)>& direction, LocalState when_absent,
                       const LocalTestOptions& options, const Execution& execution);

}  // namespace waywarden
