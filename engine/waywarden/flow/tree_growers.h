#pragma once

/// Many trees on all threads: those of one metric are found together, as many as a sweep has roots.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/flow_tree.h"

namespace waywarden {

/// One tree to be grown.
struct TreeTask {
  const DestinationDemand* demand = nullptr;
  const CoreMetric* metric = nullptr;
};

/// Keeps a reference to the core, and its buffers between calls: 260 bytes per node of the core and thread.
class TreeGrowers {
 public:
  TreeGrowers(const Core& core, const Execution& execution);

  /// Calls keep(i, the tree of task i) once for each task, in any order and from any thread. Trees are the
  /// same however tasks are put together; it is fast where those of one metric follow each other.
  void grow(std::span<const TreeTask> tasks, const std::function<void(std::size_t task, FlowTree)>& keep);

 private:
  const Core& core_;
  Execution execution_;
  std::vector<TreeGrower> growers_;
};

}  // namespace waywarden
