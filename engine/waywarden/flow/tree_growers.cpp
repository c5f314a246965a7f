#include "waywarden/flow/tree_growers.h"

#include <utility>

namespace waywarden {
namespace {

std::vector<RootRange> batches_of(std::span<const TreeTask> tasks) {
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (i == 0 || tasks[i].metric != tasks[i - 1].metric) sizes.push_back(0);
    ++sizes.back();
  }
  return sweep_batches(sizes);
}

}  // namespace

TreeGrowers::TreeGrowers(const Core& core, const Execution& execution)
    : execution_(execution), growers_(workspaces(execution), TreeGrower(core)) {}

void TreeGrowers::grow(std::span<const TreeTask> tasks,
                       const std::function<void(std::size_t task, FlowTree)>& keep) {
  const std::vector<RootRange> batches = batches_of(tasks);
  parallel_for_with_workspace(batches.size(), execution_, [&](std::size_t workspace, std::size_t i) {
    const auto [first, last] = batches[i];
    std::vector<const DestinationDemand*> demand;
    for (std::size_t task = first; task < last; ++task) demand.push_back(tasks[task].demand);
    std::vector<FlowTree> trees = growers_[workspace].grow(demand, *tasks[first].metric);
    for (std::size_t task = first; task < last; ++task) keep(task, std::move(trees[task - first]));
  });
}

}  // namespace waywarden
