#include "waywarden/linear_network/joined.h"

#include <algorithm>
#include <numeric>

namespace waywarden {
namespace {

std::uint32_t root_of(std::vector<std::uint32_t>& parent, std::uint32_t node) {
  while (parent[node] != node) node = parent[node] = parent[parent[node]];
  return node;
}

/// Per node, the smallest node that edges without length join it to.
std::vector<std::uint32_t> representatives(const LinearNetwork& network) {
  std::vector<std::uint32_t> parent(network.node_count());
  std::iota(parent.begin(), parent.end(), 0U);
  for (const auto& [first, second, length] : network.edges()) {
    if (length > 0.0) continue;
    const std::uint32_t a = root_of(parent, first), b = root_of(parent, second);
    parent[std::max(a, b)] = std::min(a, b);
  }
  for (std::uint32_t n = 0; n < parent.size(); ++n) parent[n] = root_of(parent, n);
  return parent;
}

}  // namespace

JoinedLines joined(const LinearNetwork& network) {
  JoinedLines lines;
  lines.node = representatives(network);
  std::vector<LinearNetwork::Edge> edges;
  for (std::uint32_t e = 0; e < network.edge_count(); ++e) {
    const auto& [first, second, length] = network.edge(e);
    lines.edge.emplace_back();
    if (length == 0.0) continue;
    lines.edge.back() = static_cast<std::uint32_t>(edges.size());
    lines.edge_before.push_back(e);
    edges.push_back({lines.node[first], lines.node[second], length});
  }
  lines.network = LinearNetwork(network.node_count(), std::move(edges));
  return lines;
}

std::optional<LinePosition> joined_position(const JoinedLines& lines, const LinearNetwork& before,
                                            LinePosition position) {
  if (const auto edge = lines.edge[position.edge]) return LinePosition{*edge, position.along};
  const std::uint32_t node = lines.node[before.edge(position.edge).first];
  if (lines.network.degree(node) == 0) return std::nullopt;
  const auto& branch = lines.network.branches(node).front();
  return LinePosition{branch.edge, branch.way % 2 == 0 ? 0.0 : branch.length};
}

std::optional<std::uint32_t> node_at(const LinearNetwork& network, LinePosition position) {
  const auto& edge = network.edge(position.edge);
  if (position.along <= 0.0) return edge.first;
  if (position.along >= edge.length) return edge.second;
  return std::nullopt;
}

}  // namespace waywarden
