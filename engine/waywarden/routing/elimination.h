#pragma once

/// An order in which the nodes of a graph can be taken out one by one, joining the neighbours of each among
/// themselves, and the links there are in the end: the part of a customizable contraction hierarchy (Dibbelt,
/// Strasser and Wagner, "Customizable contraction hierarchies", 2016) that depends on topology alone.
///
/// Nodes go by ascending (number of neighbours, level, index), where a node's level is above those of the
/// nodes already taken out around it (minimum degree). Road-like graphs of n nodes get some 10 n links; dense
/// graphs up to n^2 / 2.

#include <cstdint>
#include <span>
#include <vector>

namespace waywarden {

/// A pair of nodes joined in either direction.
struct Joint {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

class Elimination {
 public:
  /// Joints may repeat and be in any order; loops are passed over.
  Elimination(std::size_t nodes, std::span<const Joint> joints);

  std::size_t node_count() const { return rank_.size(); }
  std::size_t link_count() const { return up_.size(); }

  /// Position of a node in the order, and the other way round.
  std::uint32_t rank(std::size_t node) const { return rank_[node]; }
  std::uint32_t node(std::size_t rank) const { return node_[rank]; }

  /// Links of a rank to higher ones: up()[first_up()[r] .. first_up()[r + 1]), ascending. All of them lie on
  /// the way r, parent(r), parent(parent(r)) ... (Liu, "The role of elimination trees in sparse
  /// factorization", 1990).
  std::span<const std::uint32_t> first_up() const { return first_up_; }
  std::span<const std::uint32_t> up() const { return up_; }
  /// The lowest of them; the rank itself where there is none.
  std::uint32_t parent(std::uint32_t r) const {
    return first_up_[r] == first_up_[r + 1] ? r : up_[first_up_[r]];
  }

  /// The link between two ranks, low < high, which must be there.
  std::uint32_t link(std::uint32_t low, std::uint32_t high) const;

 private:
  std::vector<std::uint32_t> rank_;
  std::vector<std::uint32_t> node_;
  std::vector<std::uint32_t> first_up_;
  std::vector<std::uint32_t> up_;
};

}  // namespace waywarden
