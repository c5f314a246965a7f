#pragma once

/// Every kind of evader on one loaded network, ready to be put before any placement of teams:
///
///  - unaware and partly aware ones move as loaded (interception.h, rerouting.h);
///  - evasive ones take any route that costs at most `detour` times the cheapest: what is counted is journeys
///    that have no such route past the teams, whatever these detect (evasive_capture.h);
///  - in the worst case each takes the route on which the teams that stand detect it least. Of existing
///    surveillance and of costs it knows nothing, so what is counted is teams alone (evasive_route.h).
///
/// The same journeys are counted by all: those that have a route. The first two see a journey once per site
/// and group; those of the worst case mind every team, of a group too, as evaders who reroute do.
///
/// O(pairs) searches for the cheapest routes when made. `faced` costs growing the trees through the placed
/// sites again, a search per origin, and one in the graph between sites (watched_graph.h) per pair of its
/// parts; the same bits with any number of threads.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "waywarden/judgement/evader_models.h"
#include "waywarden/network_interdiction/evasion_network.h"
#include "waywarden/network_interdiction/evasive_capture.h"
#include "waywarden/patrols/mixed_patrol.h"
#include "waywarden/patrols/watched_graph.h"

namespace waywarden {

/// Refers to the movement's parts and to the sites.
struct AllEvaders {
  const Sites& sites;
  Rerouting rerouting;
  KnownRoutes unaware;
  /// That have a route.
  double journeys = 0.0;
  /// Where evaders move who look for routes themselves, and who moves.
  WatchedGraph graph;
  JourneyPairs pairs;
  EvasivePairs evasive;
  /// The same without what cannot matter to who minds teams alone: pairs between different parts, all
  /// journeys between two of them in one row.
  SiteGraph parts;
  EvaderPairs part_pairs;
};

/// `loading`: of the same movement, nobody knowing of teams; throws `OptionError` otherwise, and as
/// `Rerouting` and `EvasivePairs` do.
AllEvaders all_evaders(const Movement& movement, const Loading& loading, const Sites& sites,
                       const Awareness& awareness, double detour, const Execution& execution);

/// Journeys caught of each kind, in the order of `kEvaderModels`; of mixed patrols, for which this is one
/// schedule that never changes, as in the worst case.
using Faced = std::array<Estimate, kEvaderModels.size()>;
Faced faced(const AllEvaders& evaders, std::span<const SiteId> placement, const Execution& execution);

/// The sites as sets of arcs of `graph`, each with what it uses of a limit.
AttackSites watched_sites(const AllEvaders& evaders, std::span<const double> use);

/// The worst case within one limit, on `parts`.
WorstCaseProblem worst_case_of(const AllEvaders& evaders, std::span<const double> use, double capacity);

}  // namespace waywarden
