#include "waywarden/flow/walk_sums.h"

#include <cmath>

namespace waywarden {

DivergentWalks::DivergentWalks(CoreNode node)
    : OptionError("walks that return to node " + std::to_string(node.index()) +
                  " of the core weigh 1 or more together"),
      node_(node) {}

WalkSums::WalkSums(const Core& core, std::span<const double> weights, const Execution& execution)
    : core_(core),
      up_(core.hierarchy().link_count(), 0.0),
      down_(up_.size(), 0.0),
      pivot_(core.node_count(), 1.0) {
  if (weights.size() != core.arc_count()) throw OptionError("weights must have one entry per arc");
  place(weights);
  for (std::uint32_t rank = 0; rank < pivot_.size(); ++rank) {
    if (rank % 64 == 0) execution.check();
    eliminate(rank);
  }
}

void WalkSums::place(std::span<const double> weights) {
  for (const Hierarchy::Placed placed : core_.hierarchy().placed()) {
    const double weight = weights[placed.arc];
    if (!std::isfinite(weight) || weight < 0.0) throw OptionError("weights must be finite and >= 0");
    const bool upward = placed.slot < up_.size();
    (upward ? up_[placed.slot] : down_[placed.slot - up_.size()]) += weight;
  }
}

/// Takes a rank out: walks through it become walks between the higher ranks it is linked to.
void WalkSums::eliminate(std::uint32_t rank) {
  const Hierarchy& order = core_.hierarchy();
  if (!(pivot_[rank] > kMargin)) throw DivergentWalks(CoreNode(order.node(rank)));
  for (std::uint32_t link = order.first_up()[rank]; link < order.first_up()[rank + 1]; ++link) {
    if (up_[link] != 0.0 || down_[link] != 0.0) join(rank, link);
  }
}

/// Joins the higher end of a link to those of the rank's later links, and to itself. The hierarchy has a link
/// for each, in the same ascending order.
void WalkSums::join(std::uint32_t rank, std::uint32_t link) {
  const Hierarchy& order = core_.hierarchy();
  const std::uint32_t high = order.up()[link], last = order.first_up()[rank + 1];
  const double in = down_[link] / pivot_[rank], out = up_[link] / pivot_[rank];
  pivot_[high] -= in * up_[link];
  std::uint32_t between = order.first_up()[high];
  for (std::uint32_t other = link + 1; other < last; ++other) {
    while (order.up()[between] != order.up()[other]) ++between;
    up_[between] += in * up_[other];
    down_[between] += down_[other] * out;
  }
}

std::vector<double> WalkSums::from(std::span<const double> b) const { return solve(b, down_, up_); }
std::vector<double> WalkSums::into(std::span<const double> b) const { return solve(b, up_, down_); }

std::vector<double> WalkSums::solve(std::span<const double> b, std::span<const double> forward,
                                    std::span<const double> backward) const {
  const Hierarchy& order = core_.hierarchy();
  if (b.size() != pivot_.size()) throw OptionError("the right-hand side must have one entry per node");
  std::vector<double> x(b.size()), by_node(b.size());
  for (std::size_t rank = 0; rank < x.size(); ++rank) x[rank] = b[order.node(rank)];
  for (std::size_t rank = 0; rank < x.size(); ++rank) {
    x[rank] /= pivot_[rank];
    if (x[rank] == 0.0) continue;
    for (std::uint32_t link = order.first_up()[rank]; link < order.first_up()[rank + 1]; ++link) {
      x[order.up()[link]] += forward[link] * x[rank];
    }
  }
  for (std::size_t rank = x.size(); rank-- > 0;) {
    double sum = 0.0;
    for (std::uint32_t link = order.first_up()[rank]; link < order.first_up()[rank + 1]; ++link) {
      sum += backward[link] * x[order.up()[link]];
    }
    x[rank] += sum / pivot_[rank];
    by_node[order.node(rank)] = x[rank];
  }
  return by_node;
}

}  // namespace waywarden
