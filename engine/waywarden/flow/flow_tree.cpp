#include "waywarden/flow/flow_tree.h"

#include <algorithm>
#include <iterator>
#include <numeric>
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

TreeGrower::TreeGrower(const Core& core) : core_(core), sweep_(core), stops_(core.node_count()) {}

FlowTree TreeGrower::grow(const DestinationDemand& demand, const CoreMetric& metric) {
  const DestinationDemand* const one = &demand;
  return std::move(grow(std::span(&one, 1), metric).front());
}

/// Routes of all trees are followed side by side, an arc at a time: while one waits for memory the next goes
/// on.
std::vector<FlowTree> TreeGrower::grow(std::span<const DestinationDemand* const> demand,
                                       const CoreMetric& metric) {
  start(demand, metric);
  std::vector<std::size_t> growing(demand.size());
  std::iota(growing.begin(), growing.end(), std::size_t{0});
  while (!growing.empty()) std::erase_if(growing, [&](std::size_t lane) { return !follow(lane); });
  std::vector<FlowTree> trees;
  for (std::size_t lane = 0; lane < lanes_; ++lane) trees.push_back(tree_of(lane));
  return trees;
}

void TreeGrower::start(std::span<const DestinationDemand* const> demand, const CoreMetric& metric) {
  std::vector<CoreNode> roots;
  for (const DestinationDemand* one : demand) roots.push_back(one->root);
  sweep_.search_to(roots, metric);
  if (++batch_ == 0) {
    std::fill(stops_.begin(), stops_.end(), Stop{});
    ++batch_;
  }
  lanes_ = demand.size();
  positions_.resize(core_.node_count() * lanes_);
  growths_.resize(lanes_);
  for (std::size_t lane = 0; lane < lanes_; ++lane) {
    Growth& growth = growths_[lane];
    growth.demand = demand[lane];
    growth.next_origin = 0;
    growth.at = CoreNode::none();
    growth.sent_for = 0;
    growth.node.clear();
    growth.arc.clear();
    growth.branches.clear();
  }
}

/// One arc further, or to the next origin; false when there is none left.
bool TreeGrower::follow(std::size_t lane) {
  Growth& growth = growths_[lane];
  if (!growth.at.exists()) return set_out(lane);
  const CoreNode n = growth.at;
  if (stops_[n.index()].batch != batch_ && growth.sent_for < CoreSweep::kSteps) {
    sweep_.send_for_arcs(n, growth.sent_for++);
    return true;
  }
  growth.sent_for = 0;
  const std::uint32_t mine = std::uint32_t{1} << lane;
  Stop& here = stop(n);
  if (n == growth.demand->root || (here.lanes & mine) != 0) {
    end_branch(growth);
    return true;
  }
  here.lanes = static_cast<std::uint16_t>(here.lanes | mine);
  positions_[n.index() * lanes_ + lane] = static_cast<std::uint32_t>(growth.node.size());
  const CoreArc way = arc(lane, n);
  const std::size_t number = way.index() - here.first_arc;
  growth.node.push_back(n);
  growth.arc.push_back(way);
  growth.at = number < Stop::kHeads ? CoreNode(here.head[number]) : core_.head(way);
  __builtin_prefetch(&stops_[growth.at.index()]);
  return true;
}

/// From the next origin, if a route leads from it.
bool TreeGrower::set_out(std::size_t lane) {
  Growth& growth = growths_[lane];
  if (growth.next_origin == growth.demand->origin.size()) return false;
  const CoreNode origin = growth.demand->origin[growth.next_origin++];
  if (!arc(lane, origin).exists()) return true;
  growth.at = origin;
  growth.branches.push_back({static_cast<std::uint32_t>(growth.node.size()), CoreNode::none()});
  return true;
}

TreeGrower::Stop& TreeGrower::stop(CoreNode n) {
  Stop& here = stops_[n.index()];
  if (here.batch != batch_) here = stop_at(n);
  return here;
}

/// Somebody is likely to pass the neighbours next.
TreeGrower::Stop TreeGrower::stop_at(CoreNode n) {
  const std::uint32_t first = core_.first_out()[n.index()], last = core_.first_out()[n.index() + 1];
  Stop here{batch_, 0, sweep_.arc_numbers(n), first, {}};
  for (std::uint32_t a = first; a < std::min<std::uint32_t>(last, first + Stop::kHeads); ++a) {
    const std::size_t head = core_.head(CoreArc(a)).index();
    here.head[a - first] = static_cast<std::uint32_t>(head);
    __builtin_prefetch(&core_.first_out()[head]);
  }
  return here;
}

/// Towards the root; none there, and where no route is.
CoreArc TreeGrower::arc(std::size_t lane, CoreNode n) {
  const Stop& here = stop(n);
  const std::uint8_t number = here.arcs[lane];
  if (number == CoreSweep::kCountedNoFurther) return sweep_.arc(lane, n);
  return number == 0 ? CoreArc::none() : CoreArc(here.first_arc + number - 1);
}

void TreeGrower::end_branch(Growth& growth) {
  growth.branches.back().end = growth.at;
  growth.at = CoreNode::none();
  if (growth.branches.back().first == growth.node.size()) growth.branches.pop_back();
}

FlowTree TreeGrower::tree_of(std::size_t lane) {
  const DestinationDemand& demand = *growths_[lane].demand;
  FlowTree tree = routes_of(lane);
  for (const CoreNode origin : demand.origin) tree.origin.push_back(place_of(lane, origin));
  tree.journeys.assign(tree.size(), 0.0);
  for (std::size_t i = 0; i < tree.origin.size(); ++i) {
    if (tree.origin[i] < tree.size()) tree.journeys[tree.origin[i]] += demand.journeys[i];
  }
  for (std::size_t i = 0; i < tree.size(); ++i) {
    if (tree.parent[i] < tree.size()) tree.journeys[tree.parent[i]] += tree.journeys[i];
  }
  return tree;
}

/// Branches end on those that were followed before them, so the last goes first.
FlowTree TreeGrower::routes_of(std::size_t lane) const {
  const Growth& growth = growths_[lane];
  FlowTree tree;
  tree.node.reserve(growth.node.size());
  tree.arc.reserve(growth.node.size());
  tree.parent.reserve(growth.node.size());
  std::size_t last = growth.node.size();
  for (std::size_t b = growth.branches.size(); b-- > 0; last = growth.branches[b].first) {
    const std::size_t first = growth.branches[b].first;
    for (std::size_t i = first; i < last; ++i) {
      tree.node.push_back(growth.node[i]);
      tree.arc.push_back(growth.arc[i]);
      tree.parent.push_back(static_cast<std::uint32_t>(tree.node.size()));
    }
    tree.parent.back() = place_of(lane, growth.branches[b].end);
  }
  return tree;
}

/// In the finished tree.
std::uint32_t TreeGrower::place_of(std::size_t lane, CoreNode n) const {
  const Growth& growth = growths_[lane];
  const auto size = static_cast<std::uint32_t>(growth.node.size());
  if (n == growth.demand->root) return size;
  const Stop& here = stops_[n.index()];
  if (here.batch != batch_ || (here.lanes >> lane & 1U) == 0) return FlowTree::kNoRoute;
  const std::uint32_t position = positions_[n.index() * lanes_ + lane];
  const auto next = std::upper_bound(growth.branches.begin(), growth.branches.end(), position,
                                     [](std::uint32_t p, const Branch& branch) { return p < branch.first; });
  const std::uint32_t end = next == growth.branches.end() ? size : next->first;
  return position + size - end - std::prev(next)->first;
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
