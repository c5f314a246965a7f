#include "waywarden/flow/forest.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "waywarden/flow/tree_growers.h"

namespace waywarden {
namespace {

/// Adds without passing what marks an edge as closed.
Weight saturating_sum(Weight a, Weight b) {
  if (a == kClosed) return kClosed;
  return static_cast<Weight>(std::min<std::uint64_t>(std::uint64_t{a} + b, kClosed - 1));
}

CoreMetric metric_of(const Ground& ground, std::uint32_t draw, const Execution& execution) {
  std::vector<Weight> weights = ground.perception.weights(draw, ground.costs);
  for (std::size_t e = 0; e < ground.known_costs.size(); ++e) {
    if (ground.known_costs[e] == 0.0) continue;
    weights[e] = saturating_sum(weights[e], to_weight(ground.known_costs[e], ground.perception.unit()));
  }
  return CoreMetric(ground.core, weights, execution);
}

/// Grows trees of a few draws at a time, as many as there are threads: their metrics side by side, then all
/// their trees.
class Growing {
 public:
  Growing(Forest& forest, const Ground& ground, std::span<const DestinationDemand> demand,
          const Execution& execution)
      : forest_(forest),
        ground_(ground),
        demand_(demand),
        execution_(execution),
        growers_(ground.core, execution) {}

  void grow(std::span<const std::size_t> draws, std::span<const std::uint8_t> which) {
    const std::vector<CoreMetric> metrics = metrics_of(draws);
    std::vector<TreeTask> tasks;
    std::vector<std::size_t> trees;
    for (std::size_t i = 0; i < draws.size(); ++i) {
      for (std::size_t d = 0; d < demand_.size(); ++d) {
        if (which[draws[i] * demand_.size() + d] == 0) continue;
        tasks.push_back({&demand_[d], &metrics[i]});
        trees.push_back(draws[i] * demand_.size() + d);
      }
    }
    growers_.grow(tasks, [&](std::size_t task, FlowTree tree) {
      forest_.trees[trees[task]] = std::make_shared<const FlowTree>(std::move(tree));
    });
    execution_.advance(draws.size());
  }

 private:
  /// One draw alone is customized by all threads.
  std::vector<CoreMetric> metrics_of(std::span<const std::size_t> draws) const {
    std::vector<std::optional<CoreMetric>> found(draws.size());
    const Execution inner = draws.size() == 1 ? execution_ : Execution{1, execution_.progress};
    const Execution outer = draws.size() == 1 ? Execution{1, execution_.progress} : execution_;
    parallel_for(draws.size(), outer, [&](std::size_t i) {
      found[i] = metric_of(ground_, static_cast<std::uint32_t>(draws[i]), inner);
    });
    std::vector<CoreMetric> metrics;
    for (auto& one : found) metrics.push_back(std::move(*one));
    return metrics;
  }

  Forest& forest_;
  const Ground& ground_;
  std::span<const DestinationDemand> demand_;
  const Execution& execution_;
  TreeGrowers growers_;
};

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
  std::vector<std::size_t> draws;
  for (std::size_t draw = 0; draw < forest.draws; ++draw) {
    const auto mine = which.subspan(draw * demand.size(), demand.size());
    if (std::any_of(mine.begin(), mine.end(), [](std::uint8_t flag) { return flag != 0; }))
      draws.push_back(draw);
  }
  Growing growing(grown, ground, demand, execution);
  for (std::size_t first = 0; first < draws.size(); first += workspaces(execution)) {
    const std::size_t count = std::min(workspaces(execution), draws.size() - first);
    growing.grow(std::span(draws).subspan(first, count), which);
  }
  return grown;
}

}  // namespace waywarden
