#include "waywarden/flow/recursive_logit.h"

#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/flow/walk_sums.h"

namespace waywarden {
namespace {

/// One destination: where journeys can be, and what arcs weigh there.
class Walks {
 public:
  Walks(const Core& core, const DestinationDemand& demand, const CoreMetric& scale, const LogitCosts& costs)
      : core_(core),
        demand_(demand),
        scale_(scale),
        costs_(costs),
        query_(core),
        position_(core.node_count(), kNone) {
    query_.search_to(demand.root, scale);
    reach();
    weigh();
  }

  /// Exponentials of the value function, relative to distances; 1 at the root.
  std::vector<double> values(const WalkSums& sums) const {
    std::vector<double> arrival(core_.node_count(), 0.0);
    arrival[demand_.root.index()] = 1.0;
    return sums.from(arrival);
  }

  /// Per node, journeys that begin at or come to it.
  std::vector<double> visits(const WalkSums& sums, const std::vector<double>& values) const {
    std::vector<double> begin(core_.node_count(), 0.0);
    for (std::size_t i = 0; i < demand_.origin.size(); ++i) {
      const std::size_t n = demand_.origin[i].index();
      if (is_inside(demand_.origin[i])) begin[n] += demand_.journeys[i] / values[n];
    }
    std::vector<double> visits = sums.into(begin);
    for (std::size_t n = 0; n < visits.size(); ++n) visits[n] *= values[n];
    return visits;
  }

  FlowNet net(const std::vector<double>& values, const std::vector<double>& visits) const {
    FlowNet net;
    net.node = nodes_;
    for (const CoreNode n : nodes_) {
      net.visits.push_back(visits[n.index()]);
      add_branches(n, values, net);
    }
    for (const CoreNode origin : demand_.origin) {
      net.origin.push_back(origin == demand_.root ? root_position() : position_[origin.index()]);
    }
    return net;
  }

  const std::vector<double>& weights() const { return weights_; }
  const std::vector<CoreNode>& nodes() const { return nodes_; }

 private:
  static constexpr std::uint32_t kNone = FlowNet::kNoRoute;

  std::uint32_t root_position() const { return static_cast<std::uint32_t>(nodes_.size()); }
  bool is_inside(CoreNode n) const { return position_[n.index()] != kNone; }
  bool is_open(std::uint32_t a) const {
    return scale_.arcs()[a] < CoreMetric::kNoWay && std::isfinite(costs_.per_arc[a]);
  }

  /// Nodes that the origins lead to and that lead to the root.
  void reach() {
    for (const CoreNode origin : demand_.origin) see(origin);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const std::size_t n = nodes_[i].index();
      for (std::uint32_t a = core_.first_out()[n]; a < core_.first_out()[n + 1]; ++a) {
        if (is_open(a)) see(core_.head(CoreArc(a)));
      }
    }
  }

  void see(CoreNode n) {
    if (n == demand_.root || is_inside(n) || query_.distance(n) == kUnreachable) return;
    position_[n.index()] = root_position();
    nodes_.push_back(n);
  }

  void weigh() {
    weights_.assign(core_.arc_count(), 0.0);
    for (const CoreNode n : nodes_) {
      for (std::uint32_t a = core_.first_out()[n.index()]; a < core_.first_out()[n.index() + 1]; ++a) {
        const CoreNode head = core_.head(CoreArc(a));
        if (is_open(a) && (head == demand_.root || is_inside(head))) weights_[a] = weight(n, head, a);
      }
    }
  }

  double weight(CoreNode tail, CoreNode head, std::uint32_t a) {
    const double nearer =
        (static_cast<double>(query_.distance(tail)) - static_cast<double>(query_.distance(head))) *
        costs_.unit;
    return std::exp(-costs_.theta * (costs_.per_arc[a] - nearer));
  }

  void add_branches(CoreNode n, const std::vector<double>& values, FlowNet& net) const {
    for (std::uint32_t a = core_.first_out()[n.index()]; a < core_.first_out()[n.index() + 1]; ++a) {
      const CoreNode head = core_.head(CoreArc(a));
      const double share = weights_[a] * values[head.index()] / values[n.index()];
      if (share == 0.0) continue;
      net.arc.push_back(CoreArc(a));
      net.head.push_back(head == demand_.root ? root_position() : position_[head.index()]);
      net.share.push_back(share);
    }
    net.first.push_back(static_cast<std::uint32_t>(net.arc.size()));
  }

  const Core& core_;
  const DestinationDemand& demand_;
  const CoreMetric& scale_;
  const LogitCosts& costs_;
  CoreQuery query_;
  std::vector<CoreNode> nodes_;
  std::vector<std::uint32_t> position_;
  std::vector<double> weights_;
};

std::string at_node(const std::string& why, PlaceId destination, NodeId node) {
  return "recursive logit has no value function towards place " + std::to_string(destination.index()) + ": " +
         why + " node " + std::to_string(node.index()) +
         "; a larger theta makes circles weigh less, acyclic logit has none";
}

WalkSums sums_of(const Core& core, const DestinationDemand& demand, const std::vector<double>& weights,
                 const Execution& execution) {
  try {
    return WalkSums(core, weights, execution);
  } catch (const DivergentWalks& divergent) {
    throw NoValueFunction(demand.destination, core.node(divergent.node()),
                          "walks in circles weigh too much at");
  }
}

}  // namespace

NoValueFunction::NoValueFunction(PlaceId destination, NodeId node, const std::string& why)
    : OptionError(at_node(why, destination, node)), destination_(destination), node_(node) {}

NoValueFunction::NoValueFunction(const NoValueFunction& error, const std::string& place_id)
    : OptionError({"", "places", place_id}, error.reason()),
      destination_(error.destination_),
      node_(error.node_) {}

FlowNet recursive_logit(const Core& core, const DestinationDemand& demand, const CoreMetric& scale,
                        const LogitCosts& costs, const Execution& execution) {
  check_logit(core, costs);
  const Walks walks(core, demand, scale, costs);
  const WalkSums sums = sums_of(core, demand, walks.weights(), execution);
  const std::vector<double> values = walks.values(sums);
  for (const CoreNode n : walks.nodes()) {
    if (!std::isfinite(values[n.index()]) || values[n.index()] <= 0.0)
      throw NoValueFunction(demand.destination, core.node(n), "values are out of the range of numbers at");
  }
  return walks.net(values, walks.visits(sums, values));
}

}  // namespace waywarden
