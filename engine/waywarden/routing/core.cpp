#include "waywarden/routing/core.h"

#include <algorithm>
#include <array>
#include <optional>

#include "waywarden/routing/dissection.h"

namespace waywarden {
namespace {

/// Which nodes are left while dead ends are peeled, and who is next to whom.
class Remaining {
 public:
  explicit Remaining(const Network& network) : network_(network), here_(network.node_count(), 1) {}

  bool contains(NodeId n) const { return here_[n.index()] != 0; }
  void remove(NodeId n) { here_[n.index()] = 0; }

  std::vector<NodeId> heads(NodeId n) const {
    std::vector<NodeId> found;
    for (std::size_t e = network_.first_out()[n.index()]; e < network_.first_out()[n.index() + 1]; ++e) {
      add(found, n, network_.head(EdgeId(e)));
    }
    return sorted(std::move(found));
  }
  std::vector<NodeId> tails(NodeId n) const {
    std::vector<NodeId> found;
    for (std::size_t i = network_.first_in()[n.index()]; i < network_.first_in()[n.index() + 1]; ++i) {
      add(found, n, network_.tail(network_.in_edges()[i]));
    }
    return sorted(std::move(found));
  }

 private:
  void add(std::vector<NodeId>& found, NodeId n, NodeId neighbour) const {
    if (neighbour != n && contains(neighbour)) found.push_back(neighbour);
  }
  static std::vector<NodeId> sorted(std::vector<NodeId> nodes) {
    std::sort(nodes.begin(), nodes.end());
    return nodes;
  }

  const Network& network_;
  std::vector<std::uint8_t> here_;
};

/// Nobody passes through a node without a way in, without a way out, or with both by the same single
/// neighbour.
bool is_dead_end(const std::vector<NodeId>& tails, const std::vector<NodeId>& heads) {
  if (tails.empty() || heads.empty()) return true;
  return tails.front() == tails.back() && heads.front() == heads.back() && tails.front() == heads.front();
}

Remaining peel(const Network& network, const std::vector<std::uint8_t>& terminal) {
  Remaining remaining(network);
  std::vector<NodeId> suspects;
  for (std::size_t n = network.node_count(); n-- > 0;) suspects.push_back(NodeId(n));
  while (!suspects.empty()) {
    const NodeId n = suspects.back();
    suspects.pop_back();
    if (terminal[n.index()] != 0 || !remaining.contains(n)) continue;
    const std::vector<NodeId> tails = remaining.tails(n), heads = remaining.heads(n);
    if (!is_dead_end(tails, heads)) continue;
    remaining.remove(n);
    suspects.insert(suspects.end(), tails.begin(), tails.end());
    suspects.insert(suspects.end(), heads.begin(), heads.end());
  }
  return remaining;
}

/// Inside a chain: exactly two neighbours, and at most one edge from and to each.
bool is_inside_chain(const std::vector<NodeId>& tails, const std::vector<NodeId>& heads) {
  const auto distinct = [](const std::vector<NodeId>& sorted) {
    return std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  };
  std::vector<NodeId> neighbours;
  std::set_union(tails.begin(), tails.end(), heads.begin(), heads.end(), std::back_inserter(neighbours));
  return neighbours.size() == 2 && distinct(tails) && distinct(heads);
}

std::vector<std::uint8_t> flags(const Network& network, std::span<const NodeId> nodes) {
  std::vector<std::uint8_t> flag(network.node_count(), 0);
  for (const NodeId n : nodes) {
    if (n.exists()) flag[n.index()] = 1;
  }
  return flag;
}

std::vector<NodeId> kept_nodes(const Network& network, const Remaining& remaining,
                               const std::vector<std::uint8_t>& terminal) {
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < network.node_count(); ++i) {
    const NodeId n(i);
    if (!remaining.contains(n)) continue;
    if (terminal[i] != 0 || !is_inside_chain(remaining.tails(n), remaining.heads(n))) nodes.push_back(n);
  }
  return nodes;
}

/// The edge that continues a chain after `e`, or none where it may only be travelled the other way.
std::optional<EdgeId> onward(const Network& network, const Remaining& remaining, EdgeId e) {
  const NodeId at = network.head(e);
  for (std::size_t next = network.first_out()[at.index()]; next < network.first_out()[at.index() + 1];
       ++next) {
    const NodeId to = network.head(EdgeId(next));
    if (to != at && to != network.tail(e) && remaining.contains(to)) return EdgeId(next);
  }
  return std::nullopt;
}

/// From an edge that leaves a kept node to the next kept node; empty where no such way leads on.
std::vector<EdgeId> chain_from(const Network& network, const Remaining& remaining,
                               const std::vector<CoreNode>& core_nodes, EdgeId first) {
  if (!remaining.contains(network.head(first))) return {};
  std::vector<EdgeId> chain = {first};
  while (!core_nodes[network.head(chain.back()).index()].exists()) {
    const std::optional<EdgeId> next = onward(network, remaining, chain.back());
    if (!next) return {};
    chain.push_back(*next);
  }
  return chain;
}

std::vector<std::uint32_t> indices(const std::vector<CoreNode>& nodes) {
  std::vector<std::uint32_t> all;
  for (const CoreNode n : nodes) all.push_back(static_cast<std::uint32_t>(n.index()));
  return all;
}

Hierarchy hierarchy_of(std::size_t nodes, const std::vector<CoreNode>& tail,
                       const std::vector<CoreNode>& head) {
  const std::vector<std::uint32_t> tails = indices(tail), heads = indices(head);
  std::vector<Joint> joints;
  for (std::size_t a = 0; a < tail.size(); ++a) joints.push_back({tails[a], heads[a]});
  return Hierarchy({tails, heads}, dissection_order(nodes, joints));
}

}  // namespace

Core::Core(const Network& network, std::span<const NodeId> terminals)
    : core_nodes_(network.node_count()), arc_of_edge_(network.edge_count()) {
  const std::vector<std::uint8_t> terminal = flags(network, terminals);
  const Remaining remaining = peel(network, terminal);
  nodes_ = kept_nodes(network, remaining, terminal);
  for (std::size_t n = 0; n < nodes_.size(); ++n) core_nodes_[nodes_[n].index()] = CoreNode(n);
  first_out_.push_back(0);
  for (const NodeId n : nodes_) {
    for (std::size_t e = network.first_out()[n.index()]; e < network.first_out()[n.index() + 1]; ++e) {
      const std::vector<EdgeId> chain = chain_from(network, remaining, core_nodes_, EdgeId(e));
      if (!chain.empty()) add_arc(chain, core_node(n), core_node(network.head(chain.back())));
    }
    first_out_.push_back(static_cast<std::uint32_t>(arc_count()));
  }
  hierarchy_ = hierarchy_of(node_count(), tail_, head_);
  for (const CoreNode n : head_) head_rank_.push_back(hierarchy_.rank(n.index()));
}

void Core::add_arc(std::span<const EdgeId> edges, CoreNode tail, CoreNode head) {
  if (tail == head) return;  // there and back again: on no cheapest route
  for (const EdgeId e : edges) arc_of_edge_[e.index()] = CoreArc(tail_.size());
  tail_.push_back(tail);
  head_.push_back(head);
  edges_.insert(edges_.end(), edges.begin(), edges.end());
  first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
}

}  // namespace waywarden
