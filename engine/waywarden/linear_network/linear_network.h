#pragma once

/// Lines joined at their ends: the space on which incidents along streets lie. Undirected; parallel edges,
/// loops and edges without length are kept. Immutable once built, so any number of threads may read it.
///
/// Metres throughout. Memory: about 64 bytes per edge. Look-ups are O(1).

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace waywarden {

/// A place on a linear network.
struct LinePosition {
  std::uint32_t edge = 0;
  /// Metres from the edge's first node.
  double along = 0.0;

  friend auto operator<=>(const LinePosition&, const LinePosition&) = default;
};

class LinearNetwork {
 public:
  struct Edge {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    double length = 0.0;
  };
  /// An edge as it leaves a node.
  struct Branch {
    std::uint32_t edge = 0;
    /// At the other end.
    std::uint32_t node = 0;
    double length = 0.0;
    /// Which of an edge's two directions: 2 x edge from its first node, 2 x edge + 1 from its second. The way
    /// back is way ^ 1.
    std::uint32_t way = 0;
  };

  LinearNetwork() = default;
  /// Throws `InputError`, naming the edge, for a node that does not exist or a length that is negative or not
  /// finite.
  LinearNetwork(std::size_t nodes, std::vector<Edge> edges);

  std::size_t node_count() const { return first_branch_.size() - 1; }
  std::size_t edge_count() const { return edges_.size(); }
  const Edge& edge(std::size_t e) const { return edges_[e]; }
  std::span<const Edge> edges() const { return edges_; }
  /// In the order of ways; a loop appears twice.
  std::span<const Branch> branches(std::size_t node) const {
    return {branches_.data() + first_branch_[node], first_branch_[node + 1] - first_branch_[node]};
  }
  std::size_t degree(std::size_t node) const { return first_branch_[node + 1] - first_branch_[node]; }
  /// Where a way leads to.
  std::uint32_t head(std::uint32_t way) const {
    return way % 2 == 0 ? edges_[way / 2].second : edges_[way / 2].first;
  }
  double total_length() const { return total_length_; }

 private:
  std::vector<Edge> edges_;
  std::vector<Branch> branches_;
  std::vector<std::size_t> first_branch_{0};
  double total_length_ = 0.0;
};

/// Throws `InputError`, naming the position, for one that is not on the network.
void require_on(const LinearNetwork& network, std::span<const LinePosition> positions);

}  // namespace waywarden
