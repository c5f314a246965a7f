#pragma once

/// The same questions under many scenarios: what-ifs. For matrices sixteen scenarios are
/// customized together, for the rest one after the other, in the memory of the one before. Answers are the
/// same either way, in the order of the scenarios, for any number of threads.
///
/// Nodes are numbers of the hierarchy's nodes; `OptionError` for those that do not exist.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/cost_vectors.h"
#include "waywarden/routing/metric.h"
#include "waywarden/routing/nearest.h"
#include "waywarden/routing/router.h"

namespace waywarden {

/// Calls `ask` once per scenario, in their order, on the calling thread. The metric lives for the call only.
void for_each_metric(const Hierarchy& hierarchy, const CostVectors& scenarios, const Execution& execution,
                     const std::function<void(std::size_t scenario, const Metric& metric)>& ask);

/// Costs from each source to each target into the caller's memory, [scenario][source][target], in the unit of
/// the costs that were given; infinite where there is no way. Throws `OptionError` where `out` is not of that
/// size; then, and when cancelled, `out` may be filled in part. Memory beside `out`: a few rows.
void fill_matrix(const Hierarchy& hierarchy, const CostVectors& scenarios,
                 std::span<const std::uint32_t> sources, std::span<const std::uint32_t> targets,
                 std::span<double> out, const Execution& execution = {});

/// Costs from each root to every node, or from every node to it, [scenario][root][node].
void fill_one_to_all(const Hierarchy& hierarchy, const CostVectors& scenarios,
                     std::span<const std::uint32_t> roots, Direction direction, std::span<double> out,
                     const Execution& execution = {});

/// The nearest few targets of each source, per scenario: see `nearest_targets`.
std::vector<NearestTargets> nearest_targets(const Hierarchy& hierarchy, const CostVectors& scenarios,
                                            std::span<const std::uint32_t> sources,
                                            std::span<const std::uint32_t> targets, std::size_t count,
                                            const Execution& execution = {});

/// Cheapest routes of pairs: route i is edges[first[i]] .. edges[first[i + 1] - 1], in travel order.
struct Routes {
  /// Infinite where there is no way.
  std::vector<double> cost;
  std::vector<std::size_t> first = {0};
  std::vector<std::uint32_t> edges;
};

struct NodePair {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// All pairs of the first scenario, then all of the second ...
Routes routes_between(const Hierarchy& hierarchy, const CostVectors& scenarios,
                      std::span<const NodePair> pairs, const Execution& execution = {});

}  // namespace waywarden
