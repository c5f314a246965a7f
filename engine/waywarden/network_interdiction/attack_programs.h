#pragma once

/// Attacks on graphs as integer programs, for solvers that have no oracle: to check this engine's own methods
/// against, or to extend with constraints of one's own. All minimise, so that where the attacker maximises
/// the value is that of the program with its sign changed. The first columns are the sites, in their order,
/// 1 where attacked or watched; the first row is the budget.
///
///  - Shortest paths (Israeli and Wood, "Shortest-path network interdiction", Networks 40, 2002, in the dual
///    form): per origin and node a potential, no larger than over each arc, length + delay * x more. One set
///    of rows per origin. Value: minus the weighted sum of min(length, abandon_at).
///  - Maximum flow (Wood, "Deterministic network interdiction", Mathematical and Computer Modelling 17,
///    1993): a cut, whose arcs count unless they are attacked; only the sites need be integers. Value: the
///    flow that is left.
///  - Evasive capture (evasive_capture.h): per pair and node on a route that is short enough a potential, and
///    a column that is 1 where that of the destination exceeds the limit. Rows grow with pairs x arcs on such
///    routes. Value: minus the journeys captured. A route counts as one that an evader takes up to
///    `kProgramMargin` of the limit beyond it (solvers cannot tell less apart), so the program never promises
///    more than there is, and is exact where no route is that long.

#include <cstdint>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/network_interdiction/attack_sites.h"
#include "waywarden/network_interdiction/evasive_capture.h"
#include "waywarden/network_interdiction/integer_program.h"
#include "waywarden/network_interdiction/max_flow_interdiction.h"
#include "waywarden/network_interdiction/shortest_path_interdiction.h"

namespace waywarden {

inline constexpr double kProgramMargin = 1e-5;

/// O(origins x (nodes + arcs)). Throws as `shortest_path_interdiction`. Limits of search say nothing here.
IntegerProgram shortest_path_program(std::size_t nodes, ArcColumns arcs, const DelayableArcs& lengths,
                                     const AttackSites& sites, const NodePairs& pairs,
                                     const ShortestPathInterdictionOptions& options = {});

/// O(nodes + arcs). Throws as `max_flow_interdiction`.
IntegerProgram max_flow_program(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity,
                                const AttackSites& sites, FlowEnds ends, double budget);

/// Two searches per pair. Throws as `evasive_capture`.
IntegerProgram evasive_capture_program(const EvasivePairs& evaders, const AttackSites& sites, double budget,
                                       const Execution& execution = {});

}  // namespace waywarden
