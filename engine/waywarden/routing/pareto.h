#pragma once

/// The exact front of two costs for one pair of nodes: every trade-off between, say, time and detection for
/// which no route is better in one and at least as good in the other. A route per trade-off.
///
/// A label-setting search in the order of the first cost, towards the target by lower bounds from two sweeps,
/// in which one number per node decides on dominance (bi-objective A*: Hernandez Ulloa et al., "A simple and
/// fast bi-objective search algorithm", 2020). All of the front is found, not its convex part alone, in
/// ascending order of the first cost; where the limit on labels ends the search, what there is are the
/// cheapest points of the front, each of them exact.
///
/// Exact in the two weights' units. Of routes with the same two costs there is one, always the same for the
/// same arcs and weights; no route visits a node twice. The number of labels can grow exponentially with the
/// network and depends on how finely costs are measured: coarser units make fronts short. Time O(labels log
/// labels + nodes + arcs), memory 36 bytes per label and 12 per node and arc. One thread.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"

namespace waywarden {

struct ParetoOptions {
  /// Only routes of a first cost within (1 + excess) times the cheapest; without bound by default.
  double excess = std::numeric_limits<double>::infinity();
  /// Where the search gives up: some 200 MB by default.
  std::size_t most_labels = 5'000'000;
};

enum class ParetoStatus {
  complete,  ///< the whole front, or all of it within the excess
  limit,     ///< only points whose first cost is small: see `explored`
};

/// One entry per point, by ascending first and descending second cost.
struct ParetoFront {
  ParetoStatus status = ParetoStatus::complete;
  /// No point is missing whose first cost is below this; `kNoWay` where the front is complete.
  Cost explored = kNoWay;
  std::size_t labels = 0;
  std::vector<Cost> first_cost;
  std::vector<Cost> second_cost;
  /// Arcs of a point's route in travel order: arc[begin[i]] .. arc[begin[i + 1] - 1].
  std::vector<std::size_t> begin{0};
  std::vector<std::uint32_t> arc;

  std::size_t size() const { return first_cost.size(); }
  std::span<const std::uint32_t> arcs(std::size_t point) const {
    return std::span(arc).subspan(begin[point], begin[point + 1] - begin[point]);
  }
};

/// Arcs closed in either metric are closed. No points where there is no way; one of two zeros from a node to
/// itself. `arcs` are those of both metrics' hierarchies, which may be one. Throws `OptionError` for nodes
/// that do not exist, an excess below 0 and arcs of another graph.
ParetoFront pareto_front(ArcColumns arcs, const Metric& first, const Metric& second, std::uint32_t source,
                         std::uint32_t target, const ParetoOptions& options = {},
                         const Execution& execution = {});

}  // namespace waywarden
