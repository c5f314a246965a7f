#pragma once

/// Small made-up networks in disrepair: short roads on a coarse lattice with gaps of a few metres, many of
/// them one-way. The same seed gives the same world.

#include <random>
#include <string>

#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/draft.h"

namespace waywarden::test {

inline DraftEdge road(Point from, Point to, Ways ways, const std::string& id) {
  DraftEdge edge;
  edge.from.point = from;
  edge.to.point = to;
  edge.ways = ways;
  edge.source = {"roads", id};
  edge.line = {from, to};
  edge.length_m = geodesic_length(edge.line).value;
  return edge;
}

inline Network network_of(NetworkDraft draft) { return Network(number(draft).columns); }

/// Lattice steps of some 100 m; a fifth of the ends lie some metres off their lattice point.
inline Network broken_roads(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> at(0, 4), way(0, 2), step(-4, 4), fifth(0, 4);
  const auto end = [&](int x, int y) {
    const double off_x = fifth(random) == 0 ? step(random) * 1e-5 : 0.0;
    const double off_y = fifth(random) == 0 ? step(random) * 1e-5 : 0.0;
    return canonical({20.0 + x * 1e-3 + off_x, 40.0 + y * 1e-3 + off_y});
  };
  NetworkDraft draft;
  for (int i = 0; i < 24; ++i) {
    const int x = at(random), y = at(random);
    const bool along = fifth(random) < 3;
    const Point from = end(x, y), to = end(x + (along ? 1 : 0), y + (along ? 0 : 1));
    if (from == to) continue;
    draft.edges.push_back(road(from, to, static_cast<Ways>(way(random)), std::to_string(i)));
  }
  return network_of(std::move(draft));
}

/// reach[i][j]: whether j can be reached from i (Warshall).
inline std::vector<std::vector<bool>> reachability(const Network& network, bool undirected) {
  const std::size_t n = network.node_count();
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
  for (std::size_t i = 0; i < n; ++i) reach[i][i] = true;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const std::size_t tail = network.tail(EdgeId(e)).index(), head = network.head(EdgeId(e)).index();
    reach[tail][head] = true;
    if (undirected) reach[head][tail] = true;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j]);
    }
  }
  return reach;
}

/// The group of i under a relation that joins groups, and its size.
inline std::vector<std::size_t> group(const std::vector<std::vector<bool>>& reach, std::size_t i) {
  std::vector<std::size_t> members;
  for (std::size_t j = 0; j < reach.size(); ++j) {
    if (reach[i][j] && reach[j][i]) members.push_back(j);
  }
  return members;
}

}  // namespace waywarden::test
