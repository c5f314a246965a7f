#pragma once

/// Sets of routes and of edges under many scenarios: alternatives, corridors and isochrones, each as
/// explained in the header it is from. Answers come in the order of the scenarios and are the same for any
/// number of threads.
///
/// `arcs` are those of the hierarchy; nodes its numbers. `OptionError` for those that do not exist.

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/alternatives.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/cost_vectors.h"
#include "waywarden/routing/isochrone.h"
#include "waywarden/routing/scenarios.h"

namespace waywarden {

/// Routes of all pairs of the first scenario, then of the second ...: those of question i, scenario * pairs +
/// pair, are first_route[i] .. first_route[i + 1] - 1.
struct AlternativeSets {
  std::vector<std::size_t> first_route{0};
  /// Per route, costs in the unit of the costs that were given.
  std::vector<double> cost;
  std::vector<double> stretch;
  std::vector<double> sharing;
  std::vector<double> path_size;
  /// Edges of route r in travel order: edges[first_edge[r]] .. edges[first_edge[r + 1] - 1].
  std::vector<std::size_t> first_edge{0};
  std::vector<std::uint32_t> edges;
};

/// How alternatives are looked for.
using AlternativeOptions = std::variant<ViaNodeOptions, PenaltyOptions>;

/// Pairs on threads.
AlternativeSets alternatives_between(ArcColumns arcs, const Hierarchy& hierarchy,
                                     const CostVectors& scenarios, std::span<const NodePair> pairs,
                                     const AlternativeOptions& options, const Execution& execution = {});

/// One union of all pairs' corridors per scenario.
std::vector<CorridorUnion> corridors(ArcColumns arcs, const Hierarchy& hierarchy,
                                     const CostVectors& scenarios, std::span<const std::uint32_t> sources,
                                     std::span<const std::uint32_t> targets, double excess,
                                     const Execution& execution = {});

/// Limits in the unit of the costs, cut to whole units of `scenarios`, where the largest stand for all that
/// are larger. Throws `OptionError` for a negative limit or NaN.
std::vector<Isochrones> isochrones(ArcColumns arcs, const Hierarchy& hierarchy, const CostVectors& scenarios,
                                   std::span<const std::uint32_t> sources, std::span<const double> limits,
                                   Direction direction, const Execution& execution = {});

}  // namespace waywarden
