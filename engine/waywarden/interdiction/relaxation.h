#pragma once

/// How many journeys teams can stop at most, by relaxation: sites may be taken in part.
///
/// On one way, what a set of teams stops depends on the sum H of their hazards alone, 1 - exp(-H), which is
/// concave. H takes few values (sums of some of the way's hazards), so the curve may be replaced by the
/// chords between them: still above or equal wherever teams are whole, and much tighter between (a way with
/// one site becomes linear). Of a group only one counts, so H ends at the sum of the groups' largest hazards.
/// Every choice of a chord per way makes one linear function above the journeys stopped, a majorant; its
/// largest value within the limits is a bound. The least bound over all majorants is the relaxation's.
///
/// It is approached by conditional gradients (Frank and Wolfe 1956) on a smoothed maximum (Nesterov 2005):
/// sites are taken in part near the margin, the chords there give a new majorant, and the old one is mixed
/// with it as the bound falls most. Each majorant on the way is valid, so stopping early costs tightness,
/// never truth. O(passages + sites log sites) per round.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/ways.h"

namespace waywarden {

/// Journeys stopped by y <= constant + sum of slope * y, for every set of teams within the limits.
struct Majorant {
  double constant = 0.0;
  std::vector<double> slope;
};

/// SiteWays and what is left of the limits for their sites; uses are columns of `SiteWays::sites`.
struct Subproblem {
  SiteWays ways;
  Limits limits;
};

/// The largest value of a majorant within the limits.
struct MajorantBound {
  double bound = 0.0;
  /// Per site what taking it is worth above its price; below 0 for those left out. A placement without a
  /// site that has r > 0, or with one that has r < 0, stops at most bound - |r|.
  std::vector<double> reduced;
};
MajorantBound bound_of(const Majorant& majorant, const Limits& limits);

struct RelaxationOptions {
  int rounds = 400;
  /// Ends when the bound is not above this: nothing better is there.
  double target = 0.0;
  /// Ends when the last quarter of the rounds closed less than this share of the bound's distance to the
  /// target.
  double least_progress = 0.02;
};

struct Relaxation {
  Majorant majorant;
  MajorantBound at;
  /// Share of each site taken, averaged as the majorant is.
  std::vector<double> share;
  int rounds = 0;
};

/// From a majorant of the same subproblem, e.g. that of the problem it is a part of; or from none (no
/// slopes).
Relaxation relax(const Subproblem& problem, const Majorant& start, const RelaxationOptions& options,
                 const Execution& execution);

}  // namespace waywarden
