#include "waywarden/flow/acyclic_logit.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Nodes between two looks at whether to stop.
constexpr std::size_t kPiece = 4096;
/// Positions while a net is made. `kRoot` stands for the root.
constexpr std::uint32_t kNew = FlowNet::kNoRoute, kDead = kNew - 1, kRoot = kNew - 2;
/// Of e: keeps sums of exponents finite.
constexpr double kLargestPower = 1e290;
constexpr double kLog2 = 0.693147180559945309417232121458;

/// 2^exponent, for whole numbers of 0 and below; 0 where that is next to nothing.
double power_of_two(double exponent) {
  if (exponent < -1022.0) return 0.0;
  return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + static_cast<std::int64_t>(exponent)) << 52U);
}

bool is_positive(double value) { return std::isfinite(value) && value > 0.0; }

}  // namespace

void check_logit(const Core& core, const LogitCosts& costs) {
  if (costs.per_arc.size() != core.arc_count()) throw OptionError("costs must have one entry per arc");
  if (!is_positive(costs.theta) || !is_positive(costs.unit))
    throw OptionError("theta and the unit of costs must be above 0 and finite");
}

AcyclicLogit::AcyclicLogit(const Core& core)
    : core_(core),
      sweep_(core),
      slots_(core.node_count()),
      arcs_left_(core.node_count(), FlowNet::kNoRoute) {}

FlowNet AcyclicLogit::load(const DestinationDemand& demand, const CoreMetric& order, const LogitCosts& costs,
                           const Execution& execution) {
  const LogitTask task{&demand, costs};
  return std::move(load(std::span(&task, 1), order, execution).front());
}

std::vector<FlowNet> AcyclicLogit::load(std::span<const LogitTask> tasks, const CoreMetric& order,
                                        const Execution& execution) {
  if (order.has_free_arcs()) throw OptionError("the order of nodes needs weights above 0");
  std::vector<CoreNode> roots;
  for (const LogitTask& task : tasks) {
    check_logit(core_, task.costs);
    roots.push_back(task.demand->root);
  }
  order_ = &order;
  sweep_.search_to(roots, order);
  std::vector<FlowNet> nets;
  for (lane_ = 0; lane_ < tasks.size(); ++lane_) nets.push_back(load_found(tasks[lane_], execution));
  return nets;
}

FlowNet AcyclicLogit::load_found(const LogitTask& task, const Execution& execution) {
  costs_ = task.costs;
  root_ = core_.hierarchy().rank(task.demand->root.index());
  if (++loading_ == 0) std::fill(slots_.begin(), slots_.end(), Slot{.loading = loading_++});
  for (const std::uint32_t rank : with_arcs_left_) arcs_left_[rank] = FlowNet::kNoRoute;
  with_arcs_left_.clear();
  visits_.clear();
  node_.clear();
  last_.clear();
  arc_.clear();
  head_.clear();
  share_.clear();
  Slot& root = slot(root_);
  root.position = kRoot;
  root.fraction = 1.0;
  for (const CoreNode origin : task.demand->origin) explore(origin, execution);
  return net_of(*task.demand);
}

AcyclicLogit::Slot& AcyclicLogit::slot(std::uint32_t rank) {
  Slot& found = slots_[rank];
  if (found.loading != loading_) found = {loading_, kNew, sweep_.distances_of_rank(rank)[lane_], 0.0, 0.0};
  return found;
}

/// Depth first along efficient arcs: a node is finished when all that it leads to are.
void AcyclicLogit::explore(CoreNode origin, const Execution& execution) {
  const std::uint32_t start = core_.hierarchy().rank(origin.index());
  if (slot(start).position != kNew || slot(start).distance >= CoreSweep::kNoWay) return;
  enter(start);
  while (!visits_.empty()) {
    Visit& visit = visits_.back();
    if (visit.next == visit.last) {
      if (node_.size() % kPiece == 0) execution.check();
      finish(visit);
      visits_.pop_back();
      continue;
    }
    const std::uint32_t arc = visit.next++;
    const std::uint32_t head = core_.head_rank()[arc];
    if (slot(head).position == kNew && is_branch(slots_[visit.rank], visit.rank, arc)) enter(head);
  }
}

void AcyclicLogit::enter(std::uint32_t rank) {
  const std::size_t n = core_.hierarchy().node(rank);
  visits_.push_back({rank, core_.first_out()[n], core_.first_out()[n + 1]});
}

/// Whether an arc is open and comes closer.
bool AcyclicLogit::is_branch(const Slot& tail, std::uint32_t tail_rank, std::uint32_t arc) {
  const std::uint32_t head_rank = core_.head_rank()[arc];
  const double to = slot(head_rank).distance;
  if (to > tail.distance) return false;
  if (order_->arcs()[arc] >= CoreMetric::kNoWay || std::isinf(costs_.per_arc[arc])) return false;
  return to < tail.distance || comes_closer_in_tie(tail_rank, head_rank);
}

/// Of two nodes equally far away.
bool AcyclicLogit::comes_closer_in_tie(std::uint32_t tail, std::uint32_t head) {
  const Hierarchy& order = core_.hierarchy();
  return std::tuple(arcs_left(head), order.node(head)) < std::tuple(arcs_left(tail), order.node(tail));
}

/// Needed where distances tie only; what it finds on the way is kept.
std::uint32_t AcyclicLogit::arcs_left(std::uint32_t rank) {
  std::vector<std::uint32_t> waiting = {rank};
  while (!waiting.empty()) {
    if (settle_arcs_left(waiting.back(), waiting)) waiting.pop_back();
  }
  return arcs_left_[rank];
}

/// Whether it could be settled; if not, what it depends on now waits on top.
bool AcyclicLogit::settle_arcs_left(std::uint32_t rank, std::vector<std::uint32_t>& waiting) {
  if (arcs_left_[rank] != FlowNet::kNoRoute) return true;
  std::uint32_t least = rank == root_ ? 0 : FlowNet::kNoRoute;
  const std::size_t before = waiting.size(), n = core_.hierarchy().node(rank);
  const std::uint32_t last = rank == root_ ? 0 : core_.first_out()[n + 1];
  for (std::uint32_t a = core_.first_out()[n]; a < last; ++a) {
    const std::uint32_t head = core_.head_rank()[a];
    const double rest = slot(head).distance;
    if (order_->arcs()[a] >= CoreMetric::kNoWay || rest >= CoreSweep::kNoWay) continue;
    if (static_cast<double>(order_->arcs()[a]) + rest != slot(rank).distance) continue;
    const std::uint32_t beyond = arcs_left_[head];
    if (beyond == FlowNet::kNoRoute) waiting.push_back(head);
    least = std::min(least, beyond == FlowNet::kNoRoute ? beyond : beyond + 1);
  }
  if (waiting.size() > before) return false;
  arcs_left_[rank] = least;
  with_arcs_left_.push_back(rank);
  return true;
}

AcyclicLogit::Term AcyclicLogit::term(const Slot& tail, const Slot& head, std::uint32_t arc) const {
  const double reduced = costs_.per_arc[arc] - (tail.distance - head.distance) * costs_.unit;
  const double power = std::clamp(-costs_.theta * reduced, -kLargestPower, kLargestPower);
  const double exponent = std::nearbyint(power / kLog2);
  const double rest = std::clamp(power - exponent * kLog2, -1.0, 1.0);
  return {std::exp(rest) * head.fraction, exponent + head.exponent};
}

/// All that its branches lead to has its weight.
void AcyclicLogit::finish(const Visit& visit) {
  Slot& tail = slots_[visit.rank];
  const std::size_t n = core_.hierarchy().node(visit.rank), first = arc_.size();
  exponent_.clear();
  for (std::uint32_t arc = core_.first_out()[n]; arc < visit.last; ++arc) {
    const Slot& head = slot(core_.head_rank()[arc]);
    if (head.position >= kDead || !is_branch(tail, visit.rank, arc)) continue;
    const Term branch = term(tail, head, arc);
    arc_.emplace_back(arc);
    head_.push_back(head.position);
    share_.push_back(branch.fraction);
    exponent_.push_back(branch.exponent);
  }
  tail.position = kDead;
  if (arc_.size() == first) return;
  tail.position = static_cast<std::uint32_t>(node_.size());
  node_.emplace_back(n);
  last_.push_back(static_cast<std::uint32_t>(arc_.size()));
  weigh(tail, first);
}

/// Makes shares of the terms of the last branches, from `first` on.
void AcyclicLogit::weigh(Slot& tail, std::size_t first) {
  const double largest = *std::max_element(exponent_.begin(), exponent_.end());
  double sum = 0.0;
  for (std::size_t b = first; b < share_.size(); ++b) {
    share_[b] *= power_of_two(exponent_[b - first] - largest);
    sum += share_[b];
  }
  for (std::size_t b = first; b < share_.size(); ++b) share_[b] /= sum;
  int further = 0;
  tail.fraction = std::frexp(sum, &further);
  tail.exponent = largest + further;
}

/// The other way round, without branches that nobody takes.
FlowNet AcyclicLogit::net_of(const DestinationDemand& demand) {
  const auto size = static_cast<std::uint32_t>(node_.size());
  FlowNet net;
  net.node.assign(node_.rbegin(), node_.rend());
  net.first.reserve(size + std::size_t{1});
  net.arc.reserve(arc_.size());
  net.head.reserve(arc_.size());
  net.share.reserve(arc_.size());
  for (std::uint32_t i = size; i-- > 0;) {
    for (std::uint32_t b = i == 0 ? 0 : last_[i - 1]; b < last_[i]; ++b) {
      if (share_[b] == 0.0) continue;
      net.arc.push_back(arc_[b]);
      net.head.push_back(head_[b] == kRoot ? size : size - 1 - head_[b]);
      net.share.push_back(share_[b]);
    }
    net.first.push_back(static_cast<std::uint32_t>(net.arc.size()));
  }
  send(demand, net);
  return net;
}

void AcyclicLogit::send(const DestinationDemand& demand, FlowNet& net) {
  const auto size = static_cast<std::uint32_t>(net.size());
  net.visits.assign(size, 0.0);
  for (std::size_t i = 0; i < demand.origin.size(); ++i) {
    const std::uint32_t position = slot(core_.hierarchy().rank(demand.origin[i].index())).position;
    net.origin.push_back(position >= kDead   ? FlowNet::kNoRoute
                         : position == kRoot ? size
                                             : size - 1 - position);
    if (position < kRoot) net.visits[net.origin.back()] += demand.journeys[i];
  }
  for (std::size_t i = 0; i < net.size(); ++i) {
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      if (net.head[b] < net.size()) net.visits[net.head[b]] += net.visits[i] * net.share[b];
    }
  }
}

}  // namespace waywarden
