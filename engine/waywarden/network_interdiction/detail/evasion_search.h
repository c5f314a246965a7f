#pragma once

/// Greatest products of evasion from one node or to one node, by Dijkstra's algorithm on products: factors
/// are at most 1, so that a product never grows along a path.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/network_interdiction/evasion_network.h"

namespace waywarden::detail {

/// Per site, not 0 where a team stands.
using Watched = std::vector<std::uint8_t>;

enum class Towards : std::uint8_t { heads, tails };

/// The distinct nodes, ascending.
std::vector<NodeId> distinct(std::vector<NodeId> nodes);
/// Trees from the origins (towards heads) or to the destinations, whichever are fewer.
Towards fewer_trees(const EvaderPairs& pairs);

/// Products from the root, and the arc by which each node was reached.
struct EvasionTree {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::vector<double> product;
  std::vector<std::uint32_t> arc;
};

class EvasionSearch {
 public:
  /// Keeps a reference to the network.
  explicit EvasionSearch(const EvasionNetwork& network);

  /// Products of paths that begin at the root (towards heads), or that end there (towards tails).
  EvasionTree tree(NodeId root, const Watched& watched, Towards towards) const;

  /// Of one arc.
  double factor(std::uint32_t arc, const Watched& watched) const {
    const SiteId site = network_.site[arc];
    return site.exists() && watched[site.index()] ? network_.watched_evasion[arc] : network_.evasion[arc];
  }

  /// The end of an arc that lies nearer to the root of a tree.
  NodeId near(std::uint32_t arc, Towards towards) const {
    return towards == Towards::heads ? network_.tail[arc] : network_.head[arc];
  }
  NodeId far(std::uint32_t arc, Towards towards) const {
    return towards == Towards::heads ? network_.head[arc] : network_.tail[arc];
  }

  const EvasionNetwork& network() const { return network_; }

 private:
  struct Adjacency {
    std::vector<std::uint32_t> first;
    std::vector<std::uint32_t> arc;
  };
  static Adjacency adjacency(std::size_t nodes, std::span<const NodeId> at);

  const EvasionNetwork& network_;
  Adjacency outgoing_;
  Adjacency incoming_;
};

}  // namespace waywarden::detail
