#pragma once

/// Where to place teams against evaders who know every one of them: each pair takes the path of greatest
/// evasion there is, and teams are placed so that the weighted sum of these is least. This is
/// maximum-reliability path interdiction (SNIP: Pan and Morton 2008), NP-hard, solved exactly by branch and
/// cut over one variable per site. Paths do not enter the linear program: levels (detail/evasion_levels.h)
/// say what each set of unwatched sites leaves to a pair, step cuts (detail/step_cut.h) tell the program, and
/// every placement that is reported is evaluated once more by shortest paths on the true network.
///
/// Guarantees: `value` is the exact weighted evasion of the placement (products of doubles), `bound` holds
/// for every placement within the budget, also where a limit ended the search; they differ by at most the gap
/// asked for (relative) unless a limit came first. The same bits on each run and for any number of threads,
/// as long as no time limit strikes. No guarantee on time: exponential in the worst case.

#include <cstddef>
#include <limits>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/network_interdiction/evasion_network.h"

namespace waywarden {

struct WorstCaseOptions {
  /// Proved when (value - bound) <= gap * value. 0 asks for as much as linear programs in doubles can prove,
  /// 1e-9 as a rule, 1e-6 at worst.
  double gap = 1e-4;
  /// Of wall time; looked at between linear programs.
  double seconds = std::numeric_limits<double>::infinity();
  /// Of the branch and bound tree.
  std::size_t nodes = std::numeric_limits<std::size_t>::max();
};

struct WorstCasePlacement {
  /// Ascending: required sites, sites that cost nothing, and those that pay.
  std::vector<SiteId> site;
  double cost = 0.0;
  /// Per row of the problem's pairs.
  std::vector<double> evasion;
  /// Sum of weight * evasion.
  double value = 0.0;
  double bound = 0.0;
  /// `optimal` where value and bound agree to 1e-9, `gap` where they do to the gap asked for, `limit` where
  /// the time or the nodes allowed were not enough.
  Status status = Status::limit;

  std::size_t nodes = 0;
  std::size_t cuts = 0;
  double seconds = 0.0;
};

/// Throws as `check` does, and `OptionError` for a gap outside [0, 1) or a limit of time that is negative or
/// NaN.
WorstCasePlacement worst_case_placement(const WorstCaseProblem& problem, const WorstCaseOptions& options = {},
                                        const Execution& execution = {});

}  // namespace waywarden
