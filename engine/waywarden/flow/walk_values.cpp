#include "waywarden/flow/walk_values.h"

#include <cmath>

#include "waywarden/flow/walk_sums.h"

namespace waywarden {
namespace {

bool leads_on(const FlowNet& net) {
  for (std::size_t i = 0; i < net.size(); ++i) {
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      if (net.head[b] <= i) return false;
    }
  }
  return true;
}

std::vector<double> swept(const FlowNet& net, const WalkTerms& terms) {
  std::vector<double> value(net.size() + 1, terms.at_end);
  for (std::size_t i = net.size(); i-- > 0;) {
    value[i] = 0.0;
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      const std::size_t a = net.arc[b].index();
      value[i] += net.share[b] * (terms.gain[a] + terms.keep[a] * value[net.head[b]]);
    }
  }
  return value;
}

/// What arcs that lead on bring into the sums, and what comes in at once.
std::vector<double> solved(const Core& core, const FlowNet& net, const WalkTerms& terms,
                           const Execution& execution) {
  std::vector<double> onward(core.arc_count(), 0.0), at_once(core.node_count(), 0.0);
  for (std::size_t i = 0; i < net.size(); ++i) {
    for (std::uint32_t b = net.first[i]; b < net.first[i + 1]; ++b) {
      const std::size_t a = net.arc[b].index();
      const bool arrives = net.head[b] == net.size();
      if (!arrives) onward[a] = net.share[b] * terms.keep[a];
      at_once[net.node[i].index()] +=
          net.share[b] * (terms.gain[a] + (arrives ? terms.keep[a] * terms.at_end : 0.0));
    }
  }
  const std::vector<double> by_node = WalkSums(core, onward, execution).from(at_once);
  std::vector<double> value;
  for (const CoreNode n : net.node) value.push_back(by_node[n.index()]);
  value.push_back(terms.at_end);
  return value;
}

}  // namespace

WalkTerms total_of(std::vector<double> cost) {
  std::vector<double> keep(cost.size(), 1.0);
  return {std::move(cost), std::move(keep), 0.0};
}

WalkTerms unseen_by(std::span<const double> hazard) {
  WalkTerms terms{std::vector<double>(hazard.size(), 0.0), {}, 1.0};
  for (const double h : hazard) terms.keep.push_back(std::exp(-h));
  return terms;
}

WalkTerms passing(std::span<const std::uint8_t> flags) {
  WalkTerms terms;
  for (const std::uint8_t flag : flags) {
    terms.gain.push_back(flag != 0 ? 1.0 : 0.0);
    terms.keep.push_back(flag != 0 ? 0.0 : 1.0);
  }
  return terms;
}

std::vector<double> walk_values(const FlowTree& tree, const WalkTerms& terms) {
  std::vector<double> value(tree.size() + 1, terms.at_end);
  for (std::size_t i = tree.size(); i-- > 0;) {
    const std::size_t a = tree.arc[i].index();
    value[i] = terms.gain[a] + terms.keep[a] * value[tree.parent[i]];
  }
  return value;
}

std::vector<double> walk_values(const Core& core, const FlowNet& net, const WalkTerms& terms,
                                const Execution& execution) {
  return leads_on(net) ? swept(net, terms) : solved(core, net, terms, execution);
}

double walk_value(std::span<const std::uint32_t> arcs, const WalkTerms& terms) {
  double value = terms.at_end;
  for (std::size_t i = arcs.size(); i-- > 0;) value = terms.gain[arcs[i]] + terms.keep[arcs[i]] * value;
  return value;
}

}  // namespace waywarden
