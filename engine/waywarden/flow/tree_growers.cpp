#include "waywarden/flow/tree_growers.h"

#include <utility>

#include "waywarden/routing/sweep_batches.h"

namespace waywarden {
namespace {

/// Those of one metric follow each other.
SweepBatches batches_of(const Core& core, std::span<const TreeTask> tasks, std::size_t workers) {
  std::vector<CoreNode> roots;
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (i == 0 || tasks[i].metric != tasks[i - 1].metric) sizes.push_back(0);
    ++sizes.back();
    roots.push_back(tasks[i].demand->root);
  }
  return SweepBatches(core, roots, sizes, workers);
}

}  // namespace

TreeGrowers::TreeGrowers(const Core& core, const Execution& execution)
    : core_(core), execution_(execution), growers_(workspaces(execution), TreeGrower(core)) {}

void TreeGrowers::grow(std::span<const TreeTask> tasks,
                       const std::function<void(std::size_t task, FlowTree)>& keep) {
  const SweepBatches batches = batches_of(core_, tasks, growers_.size());
  parallel_for_with_workspace(batches.size(), execution_, [&](std::size_t workspace, std::size_t i) {
    std::vector<const DestinationDemand*> demand;
    for (const std::size_t task : batches[i]) demand.push_back(tasks[task].demand);
    std::vector<FlowTree> trees = growers_[workspace].grow(demand, *tasks[batches[i].front()].metric);
    for (std::size_t t = 0; t < trees.size(); ++t) keep(batches[i][t], std::move(trees[t]));
  });
}

}  // namespace waywarden
