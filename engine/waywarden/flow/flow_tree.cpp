#include "waywarden/flow/flow_tree.h"

#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

CoreNode node_of(PlaceId place, const std::vector<CoreNode>& nodes, const Places& places) {
  if (place.index() >= nodes.size()) throw OptionError("demand names a place that is not there");
  const CoreNode node = nodes[place.index()];
  if (!node.exists())
    throw OptionError("place '" + places.id[place.index()] + "' has demand but is not attached");
  return node;
}

}  // namespace

std::vector<DestinationDemand> by_destination(const Demand& demand, const Places& places, const Core& core) {
  const std::vector<CoreNode> nodes = core_nodes(core, places);
  std::vector<DestinationDemand> result;
  for (const DemandGroup& group : groups(demand)) {
    DestinationDemand one{group.destination, node_of(group.destination, nodes, places), group.first, {}, {}};
    for (std::size_t pair = group.first; pair < group.last; ++pair) {
      one.origin.push_back(node_of(demand.origin[pair], nodes, places));
      one.journeys.push_back(demand.journeys[pair]);
    }
    result.push_back(std::move(one));
  }
  return result;
}

TreeGrower::TreeGrower(const Core& core) : core_(core), sweep_(core), slots_(core.node_count()) {}

FlowTree TreeGrower::grow(const DestinationDemand& demand, const CoreMetric& metric) {
  const DestinationDemand* const one = &demand;
  return std::move(grow(std::span(&one, 1), metric).front());
}

std::vector<FlowTree> TreeGrower::grow(std::span<const DestinationDemand* const> demand,
                                       const CoreMetric& metric) {
  std::vector<CoreNode> roots;
  for (const DestinationDemand* one : demand) roots.push_back(one->root);
  sweep_.search_to(roots, metric);
  std::vector<FlowTree> trees;
  for (lane_ = 0; lane_ < demand.size(); ++lane_) trees.push_back(grow_found(*demand[lane_]));
  return trees;
}

FlowTree TreeGrower::grow_found(const DestinationDemand& demand) {
  inject(demand);
  FlowTree tree;
  for (const CoreNode origin : demand.origin) emit(origin, demand.root, tree);
  link(demand, tree);
  for (const CoreNode n : tree.node) slots_[n.index()] = {};
  slots_[demand.root.index()] = {};
  return tree;
}

/// Marks the nodes on the origins' routes, counting children, and puts the journeys down at the origins. All
/// routes are followed side by side, an arc at a time: while one waits for memory the next goes on.
void TreeGrower::inject(const DestinationDemand& demand) {
  for (std::size_t i = 0; i < demand.origin.size(); ++i) {
    if (!reached(demand.origin[i])) continue;
    slots_[demand.origin[i].index()].journeys += demand.journeys[i];
    walkers_.push_back(demand.origin[i]);
  }
  while (!walkers_.empty()) {
    std::size_t left = 0;
    for (CoreNode n : walkers_) {
      if (step(n, demand.root)) walkers_[left++] = n;
    }
    walkers_.resize(left);
  }
}

/// One arc further; false at the root, and where somebody has come by before.
bool TreeGrower::step(CoreNode& n, CoreNode root) {
  Slot& slot = slots_[n.index()];
  if (n == root || slot.arc.exists()) return false;
  slot.arc = sweep_.arc(lane_, n);
  n = core_.head(slot.arc);
  ++slots_[n.index()].children;
  return true;
}

/// Takes a node and those after it into the tree, as far as all their children are in it.
void TreeGrower::emit(CoreNode origin, CoreNode root, FlowTree& tree) {
  CoreNode n = origin;
  if (!reached(n)) return;
  while (n != root && slots_[n.index()].children == 0 && slots_[n.index()].position == FlowTree::kNoRoute) {
    Slot& slot = slots_[n.index()];
    slot.position = static_cast<std::uint32_t>(tree.size());
    tree.node.push_back(n);
    tree.arc.push_back(slot.arc);
    tree.journeys.push_back(slot.journeys);
    n = core_.head(slot.arc);
    slots_[n.index()].journeys += slot.journeys;
    --slots_[n.index()].children;
  }
}

void TreeGrower::link(const DestinationDemand& demand, FlowTree& tree) {
  slots_[demand.root.index()].position = static_cast<std::uint32_t>(tree.size());
  for (const CoreArc arc : tree.arc) tree.parent.push_back(slots_[core_.head(arc).index()].position);
  for (const CoreNode n : demand.origin) {
    tree.origin.push_back(reached(n) ? slots_[n.index()].position : FlowTree::kNoRoute);
  }
}

std::vector<double> sums_to_root(const FlowTree& tree, std::span<const double> per_arc) {
  std::vector<double> sum(tree.size() + 1, 0.0);
  for (std::size_t i = tree.size(); i-- > 0;) sum[i] = per_arc[tree.arc[i].index()] + sum[tree.parent[i]];
  return sum;
}

std::vector<double> arc_sums(const Core& core, std::span<const double> per_edge) {
  std::vector<double> sums(core.arc_count(), 0.0);
  for (std::size_t a = 0; a < sums.size(); ++a) {
    for (const EdgeId e : core.edges(CoreArc(a))) sums[a] += per_edge[e.index()];
  }
  return sums;
}

}  // namespace waywarden
