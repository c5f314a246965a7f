#pragma once

/// Small random networks for tests, with loops, parallel edges, dead ends and parts that are not connected,
/// and distances on them by the rule of Floyd and Warshall.

#include <algorithm>
#include <cmath>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/linear_network/line_search.h"

namespace waywarden::line_worlds {

inline LinearNetwork random_network(std::uint64_t seed, std::uint32_t nodes, std::uint32_t edges) {
  RandomStream stream(seed, 1);
  std::vector<LinearNetwork::Edge> drawn;
  for (std::uint32_t e = 0; e < edges; ++e) {
    const std::uint32_t first = stream.below(nodes), second = stream.below(nodes);
    drawn.push_back({first, second, 0.5 + 4.0 * stream.uniform()});
  }
  return LinearNetwork(nodes, std::move(drawn));
}

/// Some of them on nodes.
inline std::vector<LinePosition> random_positions(std::uint64_t seed, const LinearNetwork& network,
                                                  std::size_t count) {
  RandomStream stream(seed, 2);
  std::vector<LinePosition> positions;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t edge = stream.below(static_cast<std::uint32_t>(network.edge_count()));
    const double length = network.edge(edge).length;
    const std::uint32_t kind = stream.below(6);
    positions.push_back({edge, kind == 0 ? 0.0 : kind == 1 ? length : length * stream.uniform()});
  }
  return positions;
}

inline std::vector<std::vector<double>> node_distances(const LinearNetwork& network) {
  const std::size_t n = network.node_count();
  std::vector<std::vector<double>> d(n, std::vector<double>(n, LineSearch::kFar));
  for (std::size_t i = 0; i < n; ++i) d[i][i] = 0.0;
  for (const auto& [first, second, length] : network.edges()) {
    d[first][second] = std::min(d[first][second], length);
    d[second][first] = std::min(d[second][first], length);
  }
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
  return d;
}

inline double distance_between(const LinearNetwork& network, const std::vector<std::vector<double>>& nodes,
                               LinePosition a, LinePosition b) {
  const auto &ea = network.edge(a.edge), &eb = network.edge(b.edge);
  double best = a.edge == b.edge ? std::abs(a.along - b.along) : LineSearch::kFar;
  for (const auto& [from, start] : {std::pair(ea.first, a.along), std::pair(ea.second, ea.length - a.along)})
    for (const auto& [to, end] : {std::pair(eb.first, b.along), std::pair(eb.second, eb.length - b.along)})
      best = std::min(best, start + nodes[from][to] + end);
  return best;
}

}  // namespace waywarden::line_worlds
