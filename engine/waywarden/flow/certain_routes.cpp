#include "waywarden/flow/certain_routes.h"

#include <cmath>

#include "waywarden/flow/tree_growers.h"

namespace waywarden {
namespace {

std::vector<Weight> hazard_weights(const EdgeCosts& costs) {
  const double unit = weight_unit(costs.hazard, 1.0);
  std::vector<Weight> weights;
  for (std::size_t e = 0; e < costs.hazard.size(); ++e) {
    weights.push_back(std::isinf(costs.generalised[e]) ? kClosed : to_weight(costs.hazard[e], unit));
  }
  return weights;
}

/// Grows one destination after the other; one per thread.
class EvasiveGrower {
 public:
  explicit EvasiveGrower(const Core& core) : core_(core), query_(core), grower_(core) {}

  FlowTree grow(const DestinationDemand& demand, const CoreMetric& hazards, std::vector<Weight> weights) {
    query_.search_to(demand.root, hazards);
    for (std::size_t a = 0; a < core_.arc_count(); ++a) {
      if (!is_tight(CoreArc(a), hazards)) weights[core_.edges(CoreArc(a)).front().index()] = kClosed;
    }
    return grower_.grow(demand, CoreMetric(core_, weights));
  }

 private:
  bool is_tight(CoreArc a, const CoreMetric& hazards) {
    const Distance rest = query_.distance(core_.head(a));
    return rest != kUnreachable && hazards.arcs()[a.index()] + rest == query_.distance(core_.tail(a));
  }

  const Core& core_;
  CoreQuery query_;
  TreeGrower grower_;
};

Forest one_draw(std::size_t destinations) {
  return {1, destinations, std::vector<std::shared_ptr<const FlowTree>>(destinations)};
}

}  // namespace

Forest cheapest_forest(const Core& core, std::span<const double> costs, double unit,
                       std::span<const DestinationDemand> demand, const Execution& execution) {
  const CoreMetric metric(core, agreed_weights(costs, unit));
  std::vector<TreeTask> tasks;
  for (const DestinationDemand& one : demand) tasks.push_back({&one, &metric});
  Forest forest = one_draw(demand.size());
  TreeGrowers(core, execution).grow(tasks, [&](std::size_t d, FlowTree tree) {
    forest.trees[d] = std::make_shared<const FlowTree>(std::move(tree));
    execution.advance();
  });
  return forest;
}

Forest most_evasive_forest(const Core& core, const EdgeCosts& costs, double unit,
                           std::span<const DestinationDemand> demand, const Execution& execution) {
  const CoreMetric hazards(core, hazard_weights(costs));
  const std::vector<Weight> weights = agreed_weights(costs.generalised, unit);
  std::vector<EvasiveGrower> growers(workspaces(execution), EvasiveGrower(core));
  Forest forest = one_draw(demand.size());
  parallel_for_with_workspace(demand.size(), execution, [&](std::size_t workspace, std::size_t d) {
    forest.trees[d] = std::make_shared<const FlowTree>(growers[workspace].grow(demand[d], hazards, weights));
    execution.advance();
  });
  return forest;
}

}  // namespace waywarden
