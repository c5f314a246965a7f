#include "waywarden/flow/skim.h"

#include "waywarden/base/errors.h"
#include "waywarden/routing/core_search.h"

namespace waywarden {

std::optional<double> Skim::cost(PlaceId origin, PlaceId destination) const {
  if (origin.index() >= places_ || destination.index() >= places_)
    throw OptionError("there is no such place");
  return costs_[destination.index() * places_ + origin.index()];
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

Skim skim(const Core& core, const EdgeCosts& costs, const Places& places, const Execution& execution) {
  const EdgeWeights weights = to_weights(costs.generalised);
  const CoreMetric metric(core, weights.per_edge);
  const std::vector<CoreNode> nodes = core_nodes(core, places);
  std::vector<std::optional<double>> table(places.size() * places.size());
  std::vector<CoreQuery> queries(workspaces(execution), CoreQuery(core));
  execution.start("costs between places", places.size());
  parallel_for_with_workspace(places.size(), execution, [&](std::size_t workspace, std::size_t destination) {
    execution.advance();
    if (!nodes[destination].exists()) return;
    CoreQuery& query = queries[workspace];
    query.search_to(nodes[destination], metric);
    for (std::size_t origin = 0; origin < places.size(); ++origin) {
      const Distance found = nodes[origin].exists() ? query.distance(nodes[origin]) : kUnreachable;
      if (found == kUnreachable) continue;
      table[destination * places.size() + origin] = static_cast<double>(found) * weights.unit;
    }
  });
  return Skim(places.size(), std::move(table));
}

}  // namespace waywarden
