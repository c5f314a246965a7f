#pragma once

/// Evaders who know where teams stand and take another way as long as it is not too long: a pair of nodes is
/// captured only if every route that costs at most `detour` times the cheapest passes a watched site. Where
/// is a given number of teams to stand, so that most journeys are captured?
///
/// The evasive flow capturing problem (Markovic, Ryzhov and Schonfeld, "Evasive flow capture: optimal
/// location of weigh-in-motion systems, tollbooths, and security checkpoints", Networks 65, 2015), in its cut
/// formulation: each route that is short enough must be hit (Arslan, Jabali and Laporte, "Exact solution of
/// the evasive flow capturing problem", Operations Research 66, 2018). NP-hard; exact by route generation and
/// branch and bound (detail/route_cover.h), with value and bound whenever it stops.
///
/// Costs are added as doubles; a route within 1e-9 of the limit counts as one that an evader would take. A
/// pair that no route joins has no journeys. A pair whose nodes coincide travels nowhere and is never
/// captured.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/interdiction/placement.h"
#include "waywarden/network_interdiction/attack_sites.h"
#include "waywarden/network_interdiction/shortest_path_interdiction.h"

namespace waywarden {

/// The evaders: routes of pairs on arcs of given costs, and what they do not mind. Any placement can be put
/// before them.
class EvasivePairs {
 public:
  /// Costs are at least 0, infinite where an arc is closed. Weights are journeys. Keeps no reference. Throws
  /// `OptionError` as the checks of attack_sites.h do, for pairs that do not fit, and for a `detour` below 1.
  /// One Dijkstra search per origin.
  EvasivePairs(std::size_t nodes, ArcColumns arcs, std::span<const double> cost, NodePairs pairs,
               double detour = 1.25, const Execution& execution = {});
  ~EvasivePairs();
  EvasivePairs(EvasivePairs&&) noexcept;
  EvasivePairs& operator=(EvasivePairs&&) noexcept;

  std::size_t node_count() const;
  std::size_t arc_count() const;
  ArcColumns arcs() const;
  std::span<const double> cost() const;
  const NodePairs& pairs() const;
  /// Per pair: the cheapest route with nothing watched; nothing where there is none.
  std::span<const std::optional<double>> cheapest() const;
  /// Per pair: the longest route it takes; below 0 where it has none.
  std::span<const double> limits() const;
  /// Of all pairs that a route joins.
  double journeys() const;

  /// Per pair: the route it escapes by when these arcs are watched, in travel order; nothing where it is
  /// captured or has no route at all. At most one search per origin, side by side.
  std::vector<std::optional<std::vector<std::uint32_t>>> escapes(std::span<const std::uint8_t> watched_arcs,
                                                                 const Execution& execution = {}) const;

 private:
  struct Prepared;
  std::unique_ptr<const Prepared> prepared_;
};

struct EvasiveOutcome {
  /// Per pair.
  std::vector<std::uint8_t> captured;
  double captured_journeys = 0.0;
};

/// Who is captured by a placement. Throws `OptionError` where the sites do not fit the arcs.
EvasiveOutcome evasive_outcome(const EvasivePairs& evaders, const AttackSites& sites,
                               std::span<const SiteId> placement, const Execution& execution = {});

struct EvasiveCaptureOptions {
  double budget = 1.0;
  SearchLimits limits = {};
};

struct EvasiveCapture {
  /// Watched, ascending: the required sites, and no other without which as much would be captured.
  std::vector<SiteId> site;
  double cost = 0.0;
  EvasiveOutcome outcome;
  double journeys = 0.0;
  /// No placement within the budget captures more.
  double bound = 0.0;
  Status status = Status::limit;
  /// Of the search: nodes, and routes generated.
  std::size_t nodes = 0;
  std::size_t routes = 0;
};

/// Throws `OptionError` where the sites do not fit the arcs, or the required ones exceed the budget.
EvasiveCapture evasive_capture(const EvasivePairs& evaders, const AttackSites& sites,
                               const EvasiveCaptureOptions& options = {}, const Execution& execution = {});

}  // namespace waywarden
