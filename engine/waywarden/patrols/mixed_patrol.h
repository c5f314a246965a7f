#pragma once

/// Patrols that cannot be foreseen: how often to use which schedule, so that evaders who have learnt how
/// often, but not where teams stand today, are detected as much as can be. A zero-sum game between the
/// patrol, which draws a schedule, and the evaders of each pair, who draw a route; its value is the share of
/// journeys that is detected, and no schedule that repeats itself has a better guarantee.
///
/// Double oracle (McMahan, Gordon and Blum 2003): the game over the schedules and routes known so far is
/// solved as a linear program (matrix_game.h); to its mixed strategies the evaders answer with the routes
/// detected least (evasive_route.h), the patrol with the schedule that detects most (best_schedule.h); both
/// join, until neither answer is worth more. With one team that watches one arc the value is 1 / (max-flow
/// with capacities 1 / p) (Washburn and Wood 1995).
///
/// Assumptions: evaders mind detection alone, not the length of the way (routes are as in watched_graph.h);
/// each team sees a journey that passes its site once, with the site's probability, independently of others:
/// m teams at a site detect 1 - (1 - p)^m. A day has one or several shifts with a share of the journeys each;
/// schedules are drawn anew every day, and moves between the last shift of a day and the first of the next
/// are not restricted.
///
/// Guarantee: `lower` is what the patrol detects at least whatever the evaders do, `upper` what it can detect
/// at most while they keep to their routes: both from the bounds of the answers, so they hold when a limit
/// ended the search. The same bits for any number of threads.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/patrols/best_schedule.h"
#include "waywarden/patrols/watched_graph.h"

namespace waywarden {

/// Who moves, one entry per pair: nodes of the graph, and journeys >= 0.
struct JourneyPairs {
  std::vector<std::uint32_t> origin;
  std::vector<std::uint32_t> destination;
  std::vector<double> journeys;

  std::size_t size() const { return journeys.size(); }
};

enum class ShiftChoice : std::uint8_t {
  given,   ///< journeys are spread over the shifts by their shares; evaders choose the route for theirs
  chosen,  ///< evaders choose the shift as well
};

struct PatrolOptions {
  std::size_t teams = 1;
  /// Share of the journeys in each shift; they are scaled to sum 1. Only their number counts where evaders
  /// choose.
  std::vector<double> shift_share = {1.0};
  ShiftChoice shift_choice = ShiftChoice::given;
  /// Teams that each site has room for; empty: one each.
  std::vector<std::uint32_t> room = {};
  /// Travel times between sites, [from * sites + to], any unit, and the longest that fits between two shifts.
  /// Empty: any move can be made. Infinite times are allowed.
  std::vector<double> travel_time = {};
  double longest_move = std::numeric_limits<double>::infinity();
  /// The search ends when `upper - lower` is at most this share of the journeys.
  double tolerance = 1e-4;
  std::size_t rounds = 1000;
  /// Of each answer; see evasive_route.h and best_schedule.h.
  std::size_t labels = 200000;
  std::size_t branches = 20000;
  /// After so long it ends with the bounds it has; infinite: never. Answers then depend on the machine.
  double seconds = 60.0;
};

struct PatrolledRoute {
  std::size_t pair;
  std::size_t shift;
  /// Of the pair's journeys (in that shift, where shifts are given).
  double probability;
  /// Sites passed, in order.
  std::vector<SiteId> sites;
};

struct MixedPatrol {
  /// Schedules in use and how often; they sum to 1.
  std::vector<Schedule> schedule;
  std::vector<double> probability;
  /// The evaders' answer that proves `upper`.
  std::vector<PatrolledRoute> routes;
  /// Expected teams, [shift * sites + site].
  std::vector<double> coverage;
  /// Per pair: chance of detection at least, against this patrol; 0 where there is no route.
  std::vector<double> detection;
  /// Per pair, 1 where a route joins it.
  std::vector<std::uint8_t> routed;

  /// Journeys with a route, and bounds on the share of them that is detected.
  double journeys = 0.0;
  double lower = 0.0;
  double upper = 1.0;
  /// `optimal` within the tolerance, `gap` where the answers' own limits kept the bounds apart, `limit` after
  /// the last round or when the time was up.
  Status status = Status::limit;
  std::size_t rounds = 0;

  /// What patrol and evaders could gain by better answers to each other, together, as a share of journeys.
  double exploitability() const { return upper - lower; }
};

/// `detection` has an entry per site, in [0, 1]. Throws `OptionError` for options out of their domain, and
/// when no schedule meets the rules for room and moves.
MixedPatrol mixed_patrol(const WatchedGraph& graph, std::span<const double> detection,
                         const JourneyPairs& pairs, const PatrolOptions& options = {},
                         const Execution& execution = {});

}  // namespace waywarden
