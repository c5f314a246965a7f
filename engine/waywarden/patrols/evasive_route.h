#pragma once

/// The route that a mixed patrol detects least: what an evader does who knows how often each site is watched,
/// and together with which others, but not where teams stand today.
///
/// On one day a route with sites V is detected with 1 - product over the teams at sites of V of (1 - p): each
/// team sees a journey once, detections are independent, two teams at one site are two chances. Over the mix
/// this is a mean of products, which is no sum over arcs, so the search keeps labels: chances to be unseen
/// under each stand of the patrol, one label dominating another at a node when it is unseen as often under
/// each. Labels are taken in order of a bound: what is known plus an additive lower bound of the rest (the
/// teams' joint chance shared out by their hazards, a base of the submodular polyhedron; Edmonds 1970). With
/// one team the bound is exact and the search is Dijkstra's.
///
/// Guarantee: no route is detected less than `bound`; `detection` is exact for the route returned, and within
/// 1e-6 + slack of the bound unless the limit on labels was met (the problem is hard in general).
/// Probabilities of 1 are lowered to 1 - 1e-12. Ties go to routes past fewer and weaker sites.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/patrols/watched_graph.h"

namespace waywarden {

/// Where all teams stand during one shift: a site per team, ascending, repeated where several stand together.
using Stand = std::vector<SiteId>;

/// How a patrol mixes its stands in one shift. Probabilities sum to 1.
struct StandMix {
  std::vector<Stand> stand;
  std::vector<double> probability;
};

/// Chance that teams standing so detect a journey past `route`.
double detection_of(std::span<const SiteId> route, const Stand& stand, std::span<const double> detection);
double detection_of(std::span<const SiteId> route, const StandMix& mix, std::span<const double> detection);

struct EvasiveRoute {
  /// The sites passed, in order, each once.
  std::vector<SiteId> sites;
  double detection = 0.0;
  double bound = 0.0;
};

struct EvasionLimits {
  /// The search may stop when nothing can be better by more.
  double slack = 0.0;
  std::size_t labels = 200000;
};

/// Answers for one mix. Keeps references to graph and detection.
class EvasiveRoutes {
 public:
  /// `detection` has an entry per site. Throws `OptionError` when a stand names an unknown site or lengths
  /// differ.
  EvasiveRoutes(const SiteGraph& graph, std::span<const double> detection, StandMix mix);

  /// Between parts of the graph. Nothing where no route joins them.
  std::optional<EvasiveRoute> find(std::uint32_t origin, std::uint32_t destination,
                                   const EvasionLimits& limits = {}, const Execution& execution = {}) const;

 private:
  class Search;

  void add_stand(std::size_t stand);

  const SiteGraph& graph_;
  std::span<const double> detection_;
  StandMix mix_;
  /// Per site and stand: chance to pass unseen.
  std::vector<double> miss_;
  /// Per stand: sum of its teams' hazards, and detection by all of them per unit of that.
  std::vector<double> hazard_;
  std::vector<double> slope_;
  /// Per site: its part in the additive lower bound, and what breaks ties.
  std::vector<double> share_;
  std::vector<double> tie_;
  /// Arcs that enter a part are in_arcs_[first_in_[v] .. first_in_[v + 1]).
  std::vector<std::uint32_t> first_in_;
  std::vector<std::uint32_t> in_arcs_;
};

}  // namespace waywarden
