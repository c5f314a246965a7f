#pragma once

/// Step (mixing) inequalities: what the levels of a pair say about its evasion where teams are placed by
/// halves. With w_j the sum of x over the sites of level j, evasion is at least
///
///     floor + integral over v from the floor to the first level's value of
///             max(0, 1 - least w_j among the levels with value >= v)
///
/// which is convex in x, and equals `LevelledPair::evasion` wherever x is 0 or 1. Its supporting planes are
/// the inequalities: (value of the first) - sum of (step down to the next) * w_j, over a subsequence of the
/// levels along which w falls (Günlük and Pochet 2001, "Mixing mixed-integer inequalities"; for this problem
/// Towle and Luedtke 2018, "New solution approaches for the maximum-reliability stochastic network
/// interdiction problem"). The deepest one at a point takes one pass: O(levels).

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "waywarden/network_interdiction/detail/evasion_levels.h"

namespace waywarden::detail {

/// evasion >= constant - sum of weight * x.
struct StepCut {
  double constant = 0.0;
  std::vector<std::pair<std::uint32_t, double>> terms;

  double at(std::span<const double> x) const;
};

/// The inequality that is deepest at `x` (per site), and among those the deepest at `core`: of the many that
/// meet at a corner, the one that tells most about other points (Magnanti and Wong 1981). Without terms where
/// `x` covers all levels.
StepCut deepest_step_cut(const LevelledPair& pair, std::span<const double> x, std::span<const double> core);

}  // namespace waywarden::detail
