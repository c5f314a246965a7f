#include "waywarden/flow/skim.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/routing/core_sweep.h"
#include "waywarden/routing/sweep_batches.h"

namespace waywarden {
namespace {

constexpr std::size_t kBits = 64;

void check(const SkimOptions& options) {
  if (options.cutoff && !(std::isfinite(*options.cutoff) && *options.cutoff >= 0.0)) {
    throw OptionError("the cutoff must be a finite cost >= 0");
  }
}

/// Origins must come in ascending order.
void add(Skim::Arrivals& arrivals, std::size_t origin, double cost, std::size_t places,
         const SkimOptions& options) {
  if (options.cutoff && cost > *options.cutoff) {
    if (arrivals.beyond.empty()) arrivals.beyond.resize((places + kBits - 1) / kBits);
    arrivals.beyond[origin / kBits] |= std::uint64_t{1} << (origin % kBits);
  } else {
    arrivals.origin.push_back(PlaceId(origin));
    arrivals.cost.push_back(cost);
  }
}

SweepBatches batches_of(const Core& core, const std::vector<CoreNode>& nodes,
                        const std::vector<std::size_t>& attached, std::size_t workers) {
  std::vector<CoreNode> roots;
  for (const std::size_t place : attached) roots.push_back(nodes[place]);
  return SweepBatches(core, roots, std::array{attached.size()}, workers);
}

}  // namespace

Skim::Skim(std::size_t places, std::span<const std::optional<double>> costs, const SkimOptions& options)
    : arrivals_(places), cutoff_(options.cutoff) {
  check(options);
  if (costs.size() != places * places)
    throw OptionError("a table of costs needs one row and column per place");
  for (std::size_t k = 0; k < costs.size(); ++k) {
    if (costs[k]) add(arrivals_[k / places], k % places, *costs[k], places, options);
  }
}

Skim::Skim(std::vector<Arrivals> arrivals, const SkimOptions& options)
    : arrivals_(std::move(arrivals)), cutoff_(options.cutoff) {
  check(options);
}

const Skim::Arrivals& Skim::to(PlaceId destination) const {
  if (destination.index() >= arrivals_.size()) throw OptionError("there is no such place");
  return arrivals_[destination.index()];
}

std::optional<double> Skim::cost(PlaceId origin, PlaceId destination) const {
  const Arrivals& arrivals = to(destination);
  if (origin.index() >= arrivals_.size()) throw OptionError("there is no such place");
  const auto found = std::lower_bound(arrivals.origin.begin(), arrivals.origin.end(), origin);
  if (found == arrivals.origin.end() || *found != origin) return std::nullopt;
  return arrivals.cost[static_cast<std::size_t>(found - arrivals.origin.begin())];
}

bool Skim::beyond_cutoff(PlaceId origin, PlaceId destination) const {
  const std::vector<std::uint64_t>& beyond = to(destination).beyond;
  const std::size_t word = origin.index() / kBits;
  return word < beyond.size() && (beyond[word] >> (origin.index() % kBits) & 1U) != 0;
}

bool Skim::joins(PlaceId origin, PlaceId destination) const {
  return cost(origin, destination).has_value() || beyond_cutoff(origin, destination);
}

std::vector<CoreNode> core_nodes(const Core& core, const Places& places) {
  std::vector<CoreNode> nodes;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places.node[i].exists() && places.node[i].index() >= core.network_node_count()) {
      throw OptionError("place '" + places.id[i] + "' is attached to another network");
    }
    nodes.push_back(places.node[i].exists() ? core.core_node(places.node[i]) : CoreNode::none());
    if (places.node[i].exists() && !nodes.back().exists()) {
      throw OptionError("place '" + places.id[i] + "' is not a terminal of the core");
    }
  }
  return nodes;
}

Skim skim(const Core& core, const EdgeCosts& costs, const Places& places, const Execution& execution,
          const SkimOptions& options) {
  check(options);
  const EdgeWeights weights = to_weights(costs.generalised);
  const CoreMetric metric(core, weights.per_edge, execution);
  const std::vector<CoreNode> nodes = core_nodes(core, places);
  std::vector<std::size_t> attached;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].exists()) attached.push_back(i);
  }
  std::vector<Skim::Arrivals> table(places.size());
  const SweepBatches batches = batches_of(core, nodes, attached, workspaces(execution));
  std::vector<CoreSweep> sweeps(workspaces(execution), CoreSweep(core));
  execution.start("costs between places", attached.size());
  parallel_for_with_workspace(batches.size(), execution, [&](std::size_t workspace, std::size_t i) {
    std::vector<std::size_t> destinations;
    std::vector<CoreNode> roots;
    for (const std::size_t one : batches[i]) {
      destinations.push_back(attached[one]);
      roots.push_back(nodes[attached[one]]);
    }
    sweeps[workspace].search_to(roots, metric);
    for (const std::size_t origin : attached) {
      const CoreSweep::Distances found = sweeps[workspace].distances(nodes[origin]);
      for (std::size_t d = 0; d < destinations.size(); ++d) {
        if (found[d] >= CoreSweep::kNoWay) continue;
        add(table[destinations[d]], origin, found[d] * weights.unit, places.size(), options);
      }
    }
    for (const std::size_t destination : destinations) {
      table[destination].origin.shrink_to_fit();
      table[destination].cost.shrink_to_fit();
    }
    execution.advance(destinations.size());
  });
  return Skim(std::move(table), options);
}

}  // namespace waywarden
