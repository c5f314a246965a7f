#include "waywarden/flow/spread.h"

#include <algorithm>
#include <numeric>

namespace waywarden {
namespace {

/// A sum of journeys times something, and of the journeys.
struct WeightedSum {
  double value = 0.0;
  double weight = 0.0;

  void add(double what, double journeys) {
    value += what * journeys;
    weight += journeys;
  }
  double mean_or(double otherwise) const { return weight > 0.0 ? value / weight : otherwise; }
};

void add_detours(const FlowTree& tree, const DestinationDemand& demand, const CheapestRoutes& cheapest,
                 std::span<const double> cost_per_arc, WeightedSum& sum) {
  const std::vector<double> cost = sums_to_root(tree, cost_per_arc);
  for (std::size_t i = 0; i < tree.origin.size(); ++i) {
    const double least = cheapest.cost[demand.first_pair + i];
    if (tree.origin[i] != FlowTree::kNoRoute && least > 0.0)
      sum.add(cost[tree.origin[i]] / least, demand.journeys[i]);
  }
}

/// One journey of the sample: an origin of a destination, and how many of the even steps fall on it.
struct Sampled {
  std::size_t destination;
  std::size_t origin;
  double steps;
};

std::vector<Sampled> sample(std::span<const DestinationDemand> demand, std::size_t pairs) {
  double total = 0.0;
  for (const DestinationDemand& one : demand)
    total = std::accumulate(one.journeys.begin(), one.journeys.end(), total);
  const double step = total / static_cast<double>(pairs);
  std::vector<Sampled> found;
  double sum = 0.0, next = step / 2.0;
  for (std::size_t d = 0; d < demand.size(); ++d) {
    for (std::size_t i = 0; i < demand[d].journeys.size(); ++i) {
      sum += demand[d].journeys[i];
      Sampled one{d, i, 0.0};
      for (; next <= sum; next += step) one.steps += 1.0;
      if (one.steps > 0.0) found.push_back(one);
    }
  }
  return found;
}

std::vector<CoreArc> arcs_from(const FlowTree& tree, std::size_t origin) {
  std::vector<CoreArc> arcs;
  if (tree.origin[origin] == FlowTree::kNoRoute) return arcs;
  for (std::uint32_t at = tree.origin[origin]; at < tree.size(); at = tree.parent[at])
    arcs.push_back(tree.arc[at]);
  std::sort(arcs.begin(), arcs.end());
  return arcs;
}

double cost_of(const std::vector<CoreArc>& arcs, std::span<const double> cost_per_arc) {
  double cost = 0.0;
  for (const CoreArc arc : arcs) cost += cost_per_arc[arc.index()];
  return cost;
}

void add_overlap(const std::vector<CoreArc>& a, const std::vector<CoreArc>& b,
                 std::span<const double> cost_per_arc, double weight, WeightedSum& sum) {
  std::vector<CoreArc> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  const double shared = cost_of(both, cost_per_arc);
  const double either = cost_of(a, cost_per_arc) + cost_of(b, cost_per_arc) - shared;
  if (either > 0.0) sum.add(shared / either, weight);
}

}  // namespace

std::vector<double> spread_by_draw(const Forest& forest, std::span<const DestinationDemand> demand,
                                   const CheapestRoutes& cheapest, std::span<const double> cost_per_arc,
                                   const Execution& execution) {
  std::vector<double> spread(forest.draws, 1.0);
  parallel_for(forest.draws, execution, [&](std::size_t draw) {
    WeightedSum sum;
    for (std::size_t d = 0; d < demand.size(); ++d) {
      add_detours(forest.tree(draw, d), demand[d], cheapest, cost_per_arc, sum);
    }
    spread[draw] = sum.mean_or(1.0);
  });
  return spread;
}

double route_overlap(const Forest& forest, std::span<const DestinationDemand> demand,
                     std::span<const double> cost_per_arc, std::size_t pairs, const Execution& execution) {
  const std::vector<Sampled> journeys = sample(demand, pairs);
  std::vector<WeightedSum> sums(journeys.size());
  parallel_for(journeys.size(), execution, [&](std::size_t k) {
    const Sampled& one = journeys[k];
    std::vector<CoreArc> last = arcs_from(forest.tree(0, one.destination), one.origin);
    for (std::size_t draw = 1; draw < forest.draws; ++draw) {
      std::vector<CoreArc> arcs = arcs_from(forest.tree(draw, one.destination), one.origin);
      add_overlap(last, arcs, cost_per_arc, one.steps, sums[k]);
      last = std::move(arcs);
    }
  });
  WeightedSum all;
  for (const WeightedSum& one : sums) {
    all.value += one.value;
    all.weight += one.weight;
  }
  return all.mean_or(1.0);
}

}  // namespace waywarden
