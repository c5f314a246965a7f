#include "waywarden/flow/acyclic_logit.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <tuple>

#include "waywarden/base/errors.h"
#include "waywarden/routing/sweep_batches.h"

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
      numbers_(core.node_count()),
      arcs_left_(core.node_count(), FlowNet::kNoRoute) {}

FlowNet AcyclicLogit::load(const DestinationDemand& demand, const CoreMetric& order, const LogitCosts& costs,
                           const Execution& execution) {
  const LogitTask task{&demand, costs};
  return std::move(load(std::span(&task, 1), order, execution).front());
}

std::vector<FlowNet> AcyclicLogit::load(std::span<const LogitTask> tasks, const CoreMetric& order,
                                        const Execution& execution) {
  start(tasks, order);
  std::vector<FlowNet> nets;
  for (lane_ = 0; lane_ < tasks.size(); ++lane_) nets.push_back(load_found(tasks[lane_], execution));
  return nets;
}

void AcyclicLogit::start(std::span<const LogitTask> tasks, const CoreMetric& order) {
  if (order.has_free_arcs()) throw OptionError("the order of nodes needs weights above 0");
  std::vector<CoreNode> roots;
  for (const LogitTask& task : tasks) {
    check_logit(core_, task.costs);
    roots.push_back(task.demand->root);
  }
  order_ = &order;
  sweep_.search_to(roots, order);
  lanes_ = tasks.size();
  junctions_.clear();
  ways_.clear();
  distances_.clear();
  if (++batch_ == 0) std::fill(numbers_.begin(), numbers_.end(), Number{batch_++, 0});
}

std::uint32_t AcyclicLogit::junction(std::uint32_t rank) {
  Number& number = numbers_[rank];
  if (number.batch == batch_) return number.junction;
  number = {batch_, static_cast<std::uint32_t>(junctions_.size())};
  const CoreSweep::Distances distances = sweep_.distances_of_rank(rank);
  distances_.insert(distances_.end(), distances.begin(), distances.end());
  const auto first = static_cast<std::uint32_t>(ways_.size());
  add_ways(rank);
  junctions_.push_back({rank, first, static_cast<std::uint32_t>(ways_.size())});
  if (slots_.size() < junctions_.size()) slots_.emplace_back();
  return number.junction;
}

void AcyclicLogit::add_ways(std::uint32_t rank) {
  const std::size_t n = core_.hierarchy().node(rank);
  const CoreSweep::Distances from = sweep_.distances_of_rank(rank);
  for (std::uint32_t arc = core_.first_out()[n]; arc < core_.first_out()[n + 1]; ++arc) {
    if (order_->arcs()[arc] >= CoreMetric::kNoWay) continue;
    const CoreSweep::Distances to = sweep_.distances_of_rank(core_.head_rank()[arc]);
    Way way{arc, kNew, 0, 0};
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      way.nearer |= static_cast<std::uint32_t>(to[lane] < from[lane]) << lane;
      way.even |= static_cast<std::uint32_t>(to[lane] == from[lane]) << lane;
    }
    if ((way.nearer | way.even) != 0) ways_.push_back(way);
  }
}

FlowNet AcyclicLogit::load_found(const LogitTask& task, const Execution& execution) {
  costs_ = task.costs;
  root_ = core_.hierarchy().rank(task.demand->root.index());
  if (++loading_ == 0) std::fill(slots_.begin(), slots_.end(), Slot{loading_++, 0, 0.0, 0.0, 0.0});
  for (const std::uint32_t rank : with_arcs_left_) arcs_left_[rank] = FlowNet::kNoRoute;
  with_arcs_left_.clear();
  visits_.clear();
  node_.clear();
  last_.clear();
  arc_.clear();
  head_.clear();
  share_.clear();
  Slot& root = slot(junction(root_));
  root.position = kRoot;
  root.fraction = 1.0;
  for (const CoreNode origin : task.demand->origin) explore(origin, execution);
  return net_of(*task.demand);
}

AcyclicLogit::Slot& AcyclicLogit::slot(std::uint32_t junction) {
  Slot& found = slots_[junction];
  if (found.loading != loading_) found = {loading_, kNew, distances_[junction * lanes_ + lane_], 0.0, 0.0};
  return found;
}

/// Depth first along efficient arcs: a node is finished when all that it leads to are.
void AcyclicLogit::explore(CoreNode origin, const Execution& execution) {
  const std::uint32_t start = junction(core_.hierarchy().rank(origin.index()));
  if (slot(start).position != kNew || slot(start).distance >= CoreSweep::kNoWay) return;
  visits_.push_back({start, junctions_[start].first});
  while (!visits_.empty()) {
    Visit& visit = visits_.back();
    if (visit.next == junctions_[visit.junction].last) {
      if (node_.size() % kPiece == 0) execution.check();
      finish(visit.junction);
      visits_.pop_back();
      continue;
    }
    const std::uint32_t way = visit.next++;
    if (!is_branch(visit.junction, ways_[way])) continue;
    const std::uint32_t to = head(way);
    if (slot(to).position == kNew) visits_.push_back({to, junctions_[to].first});
  }
}

/// Which junction a way leads to.
std::uint32_t AcyclicLogit::head(std::uint32_t way) {
  if (ways_[way].head == kNew) {
    const std::uint32_t found = junction(core_.head_rank()[ways_[way].arc]);
    ways_[way].head = found;  // finding it may have moved the ways
  }
  return ways_[way].head;
}

/// Whether a way is open and comes closer.
bool AcyclicLogit::is_branch(std::uint32_t junction, const Way& way) {
  if (((way.nearer | way.even) >> lane_ & 1U) == 0 || std::isinf(costs_.per_arc[way.arc])) return false;
  return (way.nearer >> lane_ & 1U) != 0 ||
         comes_closer_in_tie(junctions_[junction].rank, core_.head_rank()[way.arc]);
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
    const double rest = sweep_.distances_of_rank(head)[lane_];
    if (order_->arcs()[a] >= CoreMetric::kNoWay || rest >= CoreSweep::kNoWay) continue;
    if (static_cast<double>(order_->arcs()[a]) + rest != sweep_.distances_of_rank(rank)[lane_]) continue;
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
void AcyclicLogit::finish(std::uint32_t junction) {
  Slot& tail = slots_[junction];
  const std::size_t first = arc_.size();
  exponent_.clear();
  for (std::uint32_t w = junctions_[junction].first; w < junctions_[junction].last; ++w) {
    const Way& way = ways_[w];
    if (!is_branch(junction, way) || slots_[way.head].position == kDead) continue;
    const Term branch = term(tail, slots_[way.head], way.arc);
    arc_.emplace_back(way.arc);
    head_.push_back(slots_[way.head].position);
    share_.push_back(branch.fraction);
    exponent_.push_back(branch.exponent);
  }
  tail.position = kDead;
  if (arc_.size() == first) return;
  tail.position = static_cast<std::uint32_t>(node_.size());
  node_.emplace_back(core_.hierarchy().node(junctions_[junction].rank));
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
    const std::uint32_t position = slot(junction(core_.hierarchy().rank(demand.origin[i].index()))).position;
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

std::vector<FlowNet> acyclic_logit(const Core& core, std::span<const LogitTask> tasks,
                                   const CoreMetric& order, const Execution& execution) {
  std::vector<CoreNode> roots;
  for (const LogitTask& task : tasks) roots.push_back(task.demand->root);
  std::vector<AcyclicLogit> logits(workspaces(execution), AcyclicLogit(core));
  const SweepBatches batches(core, roots, std::array{tasks.size()}, logits.size());
  std::vector<FlowNet> nets(tasks.size());
  parallel_for_with_workspace(batches.size(), execution, [&](std::size_t workspace, std::size_t i) {
    std::vector<LogitTask> together;
    for (const std::size_t task : batches[i]) together.push_back(tasks[task]);
    std::vector<FlowNet> found = logits[workspace].load(together, order, execution);
    for (std::size_t t = 0; t < found.size(); ++t) nets[batches[i][t]] = std::move(found[t]);
    execution.advance(together.size());
  });
  return nets;
}

}  // namespace waywarden
