#include "waywarden/flow/path_size_logit.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<NodePair> pairs_of(std::span<const DestinationDemand> demand) {
  std::vector<NodePair> pairs;
  for (const DestinationDemand& one : demand) {
    for (const CoreNode origin : one.origin) {
      pairs.push_back(
          {static_cast<std::uint32_t>(origin.index()), static_cast<std::uint32_t>(one.root.index())});
    }
  }
  return pairs;
}

AlternativeSets alternatives(const Core& core, std::span<const DestinationDemand> demand,
                             std::span<const double> cost_per_arc, const AlternativeOptions& options,
                             const Execution& execution) {
  std::vector<std::uint32_t> tail, head;
  for (std::size_t a = 0; a < core.arc_count(); ++a) {
    tail.push_back(static_cast<std::uint32_t>(core.tail(CoreArc(a)).index()));
    head.push_back(static_cast<std::uint32_t>(core.head(CoreArc(a)).index()));
  }
  const CostVectors costs = cost_vectors(core.hierarchy(), std::span(&cost_per_arc, 1), execution);
  return alternatives_between({tail, head}, core.hierarchy(), costs, pairs_of(demand), options, execution);
}

/// Of the routes [first, last): exponentials of what each is worth above the best.
void append_shares(const AlternativeSets& sets, std::size_t pair, double theta, double weight,
                   std::vector<double>& share) {
  const std::size_t first = sets.first_route[pair], last = sets.first_route[pair + 1];
  double best = -HUGE_VAL, sum = 0.0;
  for (std::size_t r = first; r < last; ++r) {
    share.push_back(-theta * sets.cost[r] + weight * std::log(sets.path_size[r]));
    best = std::max(best, share[r]);
  }
  for (std::size_t r = first; r < last; ++r) sum += share[r] = std::exp(share[r] - best);
  for (std::size_t r = first; r < last; ++r) share[r] /= sum;
}

void check(std::span<const double> theta, double weight) {
  if (!std::isfinite(weight) || weight < 0.0)
    throw OptionError("the weight of path sizes must be finite and >= 0");
  for (const double one : theta) {
    if (!std::isfinite(one) || one <= 0.0) throw OptionError("theta must be above 0 and finite");
  }
}

}  // namespace

RouteSets path_size_logit(const Core& core, std::span<const DestinationDemand> demand,
                          std::span<const double> cost_per_arc, std::span<const double> theta,
                          const PathSizeOptions& options, const Execution& execution) {
  check(theta, options.weight);
  RouteSets routes{alternatives(core, demand, cost_per_arc, options.alternatives, execution), {}};
  std::size_t pair = 0;
  for (std::size_t d = 0; d < demand.size(); ++d) {
    for (std::size_t i = 0; i < demand[d].origin.size(); ++i)
      append_shares(routes.sets, pair++, theta[d], options.weight, routes.share);
  }
  return routes;
}

std::vector<double> journeys_on_arcs(const Core& core, std::span<const DestinationDemand> demand,
                                     const RouteSets& routes) {
  std::vector<double> journeys(core.arc_count(), 0.0);
  std::size_t pair = 0;
  for (const DestinationDemand& one : demand) {
    for (const double going : one.journeys) {
      for (std::size_t r = routes.sets.first_route[pair]; r < routes.sets.first_route[pair + 1]; ++r) {
        for (std::size_t k = routes.sets.first_edge[r]; k < routes.sets.first_edge[r + 1]; ++k)
          journeys[routes.sets.edges[k]] += going * routes.share[r];
      }
      ++pair;
    }
  }
  return journeys;
}

}  // namespace waywarden
