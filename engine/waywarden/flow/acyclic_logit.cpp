#include "waywarden/flow/acyclic_logit.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Nodes between two looks at whether to stop.
constexpr std::size_t kPiece = 4096;
constexpr double kNothing = -std::numeric_limits<double>::infinity();

bool is_positive(double value) { return std::isfinite(value) && value > 0.0; }

}  // namespace

void check_logit(const Core& core, const LogitCosts& costs) {
  if (costs.per_arc.size() != core.arc_count()) throw OptionError("costs must have one entry per arc");
  if (!is_positive(costs.theta) || !is_positive(costs.unit))
    throw OptionError("theta and the unit of costs must be above 0 and finite");
}

AcyclicLogit::AcyclicLogit(const Core& core) : core_(core), query_(core), slots_(core.node_count()) {}

FlowNet AcyclicLogit::load(const DestinationDemand& demand, const CoreMetric& order, const LogitCosts& costs,
                           const Execution& execution) {
  check_logit(core_, costs);
  if (order.has_free_arcs()) throw OptionError("the order of nodes needs weights above 0");
  clear();
  root_ = demand.root;
  order_ = &order;
  costs_ = costs;
  query_.search_to(root_, order);
  const std::vector<CoreNode> nodes = downstream(demand, execution);
  weigh(nodes, execution);
  FlowNet net;
  for (const CoreNode n : nodes) {
    if (slots_[n.index()].log_weight == kNothing) continue;
    slots_[n.index()].position = static_cast<std::uint32_t>(net.size());
    net.node.push_back(n);
  }
  slots_[root_.index()].position = static_cast<std::uint32_t>(net.size());
  for (const CoreNode n : net.node) emit(n, net);
  send(demand, net);
  return net;
}

/// What the last destination left, also where it was cancelled.
void AcyclicLogit::clear() {
  for (const CoreNode n : touched_) slots_[n.index()] = {};
  if (root_.exists()) slots_[root_.index()] = {};
  touched_.clear();
}

/// Calls body(branch) for the open arcs of a node that come closer.
template <class Body>
void AcyclicLogit::for_branches(CoreNode n, const Body& body) {
  for (std::uint32_t a = core_.first_out()[n.index()]; a < core_.first_out()[n.index() + 1]; ++a) {
    const Branch branch{CoreArc(a), core_.head(CoreArc(a))};
    if (order_->arcs()[a] >= CoreMetric::kNoWay || std::isinf(costs_.per_arc[a])) continue;
    if (comes_closer(n, branch.head)) body(branch);
  }
}

/// All nodes that efficient arcs lead to, the farthest from the root first; the root left out.
std::vector<CoreNode> AcyclicLogit::downstream(const DestinationDemand& demand, const Execution& execution) {
  std::vector<CoreNode> nodes;
  const auto see = [&](CoreNode n) {
    if (n == root_ || slots_[n.index()].seen || query_.distance(n) == kUnreachable) return;
    slots_[n.index()].seen = true;
    touched_.push_back(n);
    nodes.push_back(n);
  };
  for (const CoreNode origin : demand.origin) see(origin);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i % kPiece == 0) execution.check();
    for_branches(nodes[i], [&](const Branch& branch) { see(branch.head); });
  }
  std::sort(nodes.begin(), nodes.end(), [&](CoreNode a, CoreNode b) { return comes_closer(a, b); });
  return nodes;
}

bool AcyclicLogit::comes_closer(CoreNode tail, CoreNode head) {
  const Distance from = query_.distance(tail), to = query_.distance(head);
  if (from != to) return to < from;
  if (tail == head || to == kUnreachable) return false;
  return std::tuple(arcs_left(head), head) < std::tuple(arcs_left(tail), tail);
}

/// Needed where distances tie only; what it finds on the way is kept.
std::uint32_t AcyclicLogit::arcs_left(CoreNode n) {
  std::vector<CoreNode> waiting = {n};
  while (!waiting.empty()) {
    if (settle_arcs_left(waiting.back(), waiting)) waiting.pop_back();
  }
  return slots_[n.index()].arcs_left;
}

/// Whether it could be settled; if not, what it depends on now waits on top.
bool AcyclicLogit::settle_arcs_left(CoreNode n, std::vector<CoreNode>& waiting) {
  Slot& slot = slots_[n.index()];
  if (slot.arcs_left != FlowNet::kNoRoute) return true;
  std::uint32_t least = n == root_ ? 0 : FlowNet::kNoRoute;
  const std::size_t before = waiting.size();
  const std::uint32_t last = n == root_ ? 0 : core_.first_out()[n.index() + 1];
  for (std::uint32_t a = core_.first_out()[n.index()]; a < last; ++a) {
    const CoreNode head = core_.head(CoreArc(a));
    const Distance rest = query_.distance(head);
    if (rest == kUnreachable || order_->arcs()[a] + rest != query_.distance(n)) continue;
    const std::uint32_t beyond = slots_[head.index()].arcs_left;
    if (beyond == FlowNet::kNoRoute) waiting.push_back(head);
    least = std::min(least, beyond == FlowNet::kNoRoute ? beyond : beyond + 1);
  }
  if (waiting.size() > before) return false;
  slot.arcs_left = least;
  touched_.push_back(n);
  return true;
}

/// Logarithm of what a branch adds to the weight of its tail.
double AcyclicLogit::term(CoreNode tail, const Branch& branch) {
  const auto nearer = static_cast<double>(query_.distance(tail) - query_.distance(branch.head));
  const double reduced = costs_.per_arc[branch.arc.index()] - nearer * costs_.unit;
  return slots_[branch.head.index()].log_weight - costs_.theta * reduced;
}

double AcyclicLogit::log_weight(CoreNode n) {
  double largest = kNothing, sum = 0.0;
  for_branches(n, [&](const Branch& branch) { largest = std::max(largest, term(n, branch)); });
  if (largest == kNothing) return kNothing;
  for_branches(n, [&](const Branch& branch) { sum += std::exp(term(n, branch) - largest); });
  return largest + std::log(sum);
}

/// From the root up, so that what a node leads to is known before it; the root's weight is 1.
void AcyclicLogit::weigh(const std::vector<CoreNode>& nodes, const Execution& execution) {
  for (std::size_t i = nodes.size(); i-- > 0;) {
    if (i % kPiece == 0) execution.check();
    slots_[nodes[i].index()].log_weight = log_weight(nodes[i]);
  }
}

void AcyclicLogit::emit(CoreNode n, FlowNet& net) {
  const double whole = slots_[n.index()].log_weight;
  for_branches(n, [&](const Branch& branch) {
    const double share = std::exp(term(n, branch) - whole);
    if (share == 0.0) return;
    net.arc.push_back(branch.arc);
    net.head.push_back(slots_[branch.head.index()].position);
    net.share.push_back(share);
  });
  net.first.push_back(static_cast<std::uint32_t>(net.arc.size()));
}

void AcyclicLogit::send(const DestinationDemand& demand, FlowNet& net) const {
  net.visits.assign(net.size(), 0.0);
  for (std::size_t i = 0; i < demand.origin.size(); ++i) {
    net.origin.push_back(slots_[demand.origin[i].index()].position);
    if (net.origin.back() < net.size()) net.visits[net.origin.back()] += demand.journeys[i];
  }
  for (std::size_t i = 0; i < net.size(); ++i) {
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      if (net.head[b] < net.size()) net.visits[net.head[b]] += net.visits[i] * net.share[b];
    }
  }
}

}  // namespace waywarden
