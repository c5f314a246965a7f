#include "waywarden/network_interdiction/detail/evasion_search.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace waywarden::detail {

std::vector<NodeId> distinct(std::vector<NodeId> nodes) {
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

Towards fewer_trees(const EvaderPairs& pairs) {
  const bool from_origins = distinct(pairs.origin).size() <= distinct(pairs.destination).size();
  return from_origins ? Towards::heads : Towards::tails;
}

EvasionSearch::Adjacency EvasionSearch::adjacency(std::size_t nodes, std::span<const NodeId> at) {
  Adjacency result{.first = std::vector<std::uint32_t>(nodes + 1, 0),
                   .arc = std::vector<std::uint32_t>(at.size())};
  for (const NodeId node : at) ++result.first[node.index() + 1];
  for (std::size_t node = 0; node < nodes; ++node) result.first[node + 1] += result.first[node];
  std::vector<std::uint32_t> next(result.first.begin(), result.first.end() - 1);
  for (std::uint32_t arc = 0; arc < at.size(); ++arc) result.arc[next[at[arc].index()]++] = arc;
  return result;
}

EvasionSearch::EvasionSearch(const EvasionNetwork& network)
    : network_(network),
      outgoing_(adjacency(network.nodes, network.tail)),
      incoming_(adjacency(network.nodes, network.head)) {}

EvasionTree EvasionSearch::tree(NodeId root, const Watched& watched, Towards towards) const {
  const Adjacency& next = towards == Towards::heads ? outgoing_ : incoming_;
  EvasionTree tree{.product = std::vector<double>(network_.nodes, 0.0),
                   .arc = std::vector<std::uint32_t>(network_.nodes, EvasionTree::kNone)};
  std::priority_queue<std::pair<double, std::uint32_t>> queue;
  tree.product[root.index()] = 1.0;
  queue.emplace(1.0, static_cast<std::uint32_t>(root.index()));
  while (!queue.empty()) {
    const auto [product, node] = queue.top();
    queue.pop();
    if (product < tree.product[node]) continue;
    for (std::uint32_t i = next.first[node]; i < next.first[node + 1]; ++i) {
      const std::uint32_t arc = next.arc[i];
      const auto to = static_cast<std::uint32_t>(far(arc, towards).index());
      const double through = product * factor(arc, watched);
      if (through <= tree.product[to]) continue;
      tree.product[to] = through;
      tree.arc[to] = arc;
      queue.emplace(through, to);
    }
  }
  return tree;
}

}  // namespace waywarden::detail
