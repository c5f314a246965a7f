#pragma once

/// The cheap way to prove that a hidden cell can be small or large: starting from the true counts, move
/// records round closed paths of hidden cells so that every total, sum and overlap stays as it is and no fact
/// is broken. What comes out is a set of whole numbers that fits all that the attacker knows. Finding none
/// says nothing; a linear program then judges.
///
/// Paths run over a graph whose nodes are the structural relations and whose edges are the hidden cells and
/// shared records: almost all of them stand in one or two relations with weight 1 or -1. (Others are left
/// where they are.) A path is found by breadth-first search, O(terms of all relations); some ten are needed
/// per cell.

#include <cstdint>
#include <optional>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/privacy/attack.h"

namespace waywarden {

/// Numbers of shared records that fit the true counts, parallel to `Knowledge::shared`. Throws `OptionError`
/// when there are none: pairs of rows that share records are missing from the overlaps.
std::vector<std::int64_t> possible_shares(const Knowledge& knowledge, const Execution& execution = {});

class Transfers {
 public:
  /// `shares` as from `possible_shares`.
  Transfers(const Knowledge& knowledge, const Hidden& hidden, Sees sees,
            const std::vector<std::int64_t>& shares);

  /// Whether moves were found that make the cell at most 1, and others that make it at least k - 1. All
  /// relations are evaluated anew at the resulting numbers before that is believed.
  bool cover(std::size_t cell, std::int64_t k);

 private:
  struct Share {
    std::size_t relation;
    double weight;
  };
  /// An edge's place in one relation; nodes are the relations and, last, the ground, which takes any
  /// imbalance.
  struct End {
    std::size_t node;
    int weight;
  };
  struct Edge {
    std::int64_t value, least, most;
    End first, second;
    bool movable;
  };
  /// A node with what is too much (+1) or too little (-1) there.
  struct Imbalance {
    std::size_t node;
    int sign;
  };
  struct Change {
    std::size_t edge;
    int direction;
  };
  using Path = std::vector<Change>;
  class PathSearch;

  void add_edges(const Hidden& hidden, const std::vector<std::int64_t>& shares);
  void join_edges();
  void add_slack(std::size_t relation);
  void add_facts(const Hidden& hidden, Sees sees);
  std::optional<std::int64_t> advance(Change cause, std::int64_t wanted);
  bool make_room(Change cause);
  bool can_become(std::size_t cell, std::int64_t target);
  bool allowed(Change change, Change cause) const;
  bool same_column(Change a, Change b) const;
  std::int64_t room(const Path& path) const;
  std::int64_t fact_room(const Path& path) const;
  void look_around(std::size_t cell);
  void bar(const Path& path);
  void move(const Path& path, std::int64_t records);
  bool everything_holds() const;
  void restore();

  bool is_cell(std::size_t edge) const { return edge < knowledge_.cells.size(); }
  std::size_t ground() const { return knowledge_.structure.size(); }
  std::size_t state_of(Imbalance at) const {
    return at.node == ground() ? 2 * at.node : 2 * at.node + (at.sign > 0);
  }

  const Knowledge& knowledge_;
  std::vector<Edge> edges_;
  std::vector<std::int64_t> truth_;
  /// Movable edges at each node.
  std::vector<std::vector<std::size_t>> at_node_;
  /// Facts that the attacker sees, those of each cell, and their sums at the present and the true counts.
  std::vector<std::size_t> seen_;
  std::vector<std::vector<Share>> facts_of_;
  std::vector<double> sum_, true_sum_;
  /// The cell that is tried, those that share a fact with it, those that paths no longer take, and those that
  /// can make no more room.
  std::size_t tried_ = 0;
  std::vector<std::uint8_t> near_, barred_, exhausted_;
};

}  // namespace waywarden
