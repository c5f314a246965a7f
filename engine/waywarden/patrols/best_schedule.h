#pragma once

/// The schedule that detects most of what is known to move: the patrol's best answer to evaders whose mixed
/// routes it has learnt. Detection is monotone and submodular in the set of (shift, site) watched, so what a
/// set of teams adds is at most the sum of what each adds alone: a flow of teams (team_ways.h) bounds every
/// branch from above and gives a schedule that meets all rules at the same time. Branch and bound: the team
/// that adds most stands there or does not (Nemhauser and Wolsey 1981, with the flow for their linear
/// program).
///
/// Guarantee: no schedule detects more than `bound`; `detected` is exact for the schedule returned and within
/// the slack of the bound unless a limit was met. One team: exact without branching. Where any
/// move can be made, shifts are separate problems.

#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/patrols/team_ways.h"

namespace waywarden {

/// Journeys (any unit) past these sites, each once, during a shift.
struct ShiftRoute {
  std::size_t shift = 0;
  double journeys = 0.0;
  std::vector<SiteId> sites;
};

struct ScheduleLimits {
  /// The search may stop when nothing can be better by more.
  double slack = 0.0;
  std::size_t branches = 20000;
  /// When to stop whatever is open; the answer then depends on the machine.
  std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
};

struct BestSchedule {
  Schedule schedule;
  double detected = 0.0;
  double bound = 0.0;
};

/// `detection` has an entry per site. Throws `OptionError` when no schedule meets the rules, or a route names
/// an unknown site or shift.
BestSchedule best_schedule(const TeamRules& rules, std::span<const double> detection,
                           std::span<const ShiftRoute> routes, const ScheduleLimits& limits = {},
                           const Execution& execution = {});

}  // namespace waywarden
