#include "waywarden/flow/forest.h"

#include <algorithm>
#include <cmath>

namespace waywarden {
namespace {

/// Adds without passing what marks an edge as closed.
Weight saturating_sum(Weight a, Weight b) {
  if (a == kClosed) return kClosed;
  return static_cast<Weight>(std::min<std::uint64_t>(std::uint64_t{a} + b, kClosed - 1));
}

CoreMetric metric_of(const Ground& ground, std::uint32_t draw) {
  std::vector<Weight> weights = ground.perception.weights(draw, ground.costs);
  for (std::size_t e = 0; e < ground.known_costs.size(); ++e) {
    if (ground.known_costs[e] == 0.0) continue;
    weights[e] = saturating_sum(weights[e], to_weight(ground.known_costs[e], ground.perception.unit()));
  }
  return CoreMetric(ground.core, weights);
}

}  // namespace

Forest grow_forest(const Ground& ground, std::span<const DestinationDemand> demand, std::uint32_t draws,
                   const Execution& execution) {
  const std::size_t trees = draws * demand.size();
  const Forest bare{draws, demand.size(), std::vector<std::shared_ptr<const FlowTree>>(trees)};
  return regrow_forest(bare, ground, demand, std::vector<std::uint8_t>(trees, 1), execution);
}

Forest regrow_forest(const Forest& forest, const Ground& ground, std::span<const DestinationDemand> demand,
                     std::span<const std::uint8_t> which, const Execution& execution) {
  Forest grown = forest;
  std::vector<TreeGrower> growers(workspaces(execution), TreeGrower(ground.core));
  parallel_for_with_workspace(forest.draws, execution, [&](std::size_t workspace, std::size_t draw) {
    const std::span<const std::uint8_t> mine = which.subspan(draw * demand.size(), demand.size());
    if (std::none_of(mine.begin(), mine.end(), [](std::uint8_t flag) { return flag != 0; })) return;
    const CoreMetric metric = metric_of(ground, static_cast<std::uint32_t>(draw));
    for (std::size_t d = 0; d < demand.size(); ++d) {
      if (mine[d] == 0) continue;
      execution.check();
      grown.trees[draw * demand.size() + d] =
          std::make_shared<const FlowTree>(growers[workspace].grow(demand[d], metric));
    }
    execution.advance();
  });
  return grown;
}

}  // namespace waywarden
