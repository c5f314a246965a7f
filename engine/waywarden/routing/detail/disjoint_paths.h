#pragma once

/// As many paths as possible from sources to sinks, no two of which share a node, and the smallest sets of
/// nodes that separate sources from sinks (Menger). Blocking flows on level graphs (Dinic; with unit
/// capacities on nodes O(sqrt(n) m): Even and Tarjan, 1975), where a node's flow is but its neighbours up and
/// down its path. Sources and sinks may be added; what was found stays.
///
/// A separator may contain sources and sinks, so there always is one.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/detail/adjacency.h"

namespace waywarden::detail {

enum class Side : std::uint8_t { sources, sinks, separator };

class DisjointPaths {
 public:
  /// Keeps a reference to the graph.
  explicit DisjointPaths(const Adjacency& graph);

  /// Nodes that are neither yet.
  void add(std::span<const std::uint32_t> sources, std::span<const std::uint32_t> sinks);

  /// One round of additional paths; false when there are no more.
  bool augment();
  std::size_t count() const { return count_; }

  /// A smallest separator: the one nearest to the given end. After `augment` has returned false.
  std::vector<Side> separate(Side nearest_to);

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  enum class Role : std::uint8_t { middle, source, sink };
  /// Along the paths, or against them.
  enum class Way : std::uint8_t { down, up };
  /// A node that is entered, and the one that is left by a new way then: itself, or the node before it on the
  /// path it is on.
  struct Step {
    std::uint32_t entered;
    std::uint32_t left;
    std::uint32_t next_neighbour;
  };

  struct Node {
    /// The next node of a node's path towards the sink, and towards the source.
    std::uint32_t down = kNone;
    std::uint32_t up = kNone;
    /// From `base_` on: steps away from the ends. Down the paths, of nodes that could be left by a new way;
    /// up the paths, of nodes that could be entered by one. Lower values are left over from earlier rounds.
    std::uint32_t level = 0;
    Role role = Role::middle;

    bool is_used() const { return down != kNone || up != kNone; }
  };

  void collect_ends(std::vector<std::uint32_t>& ends, std::span<const std::uint32_t> added, Role role);
  void trim_paths();
  std::vector<std::uint32_t> trimmed(std::uint32_t start) const;
  /// The last level that was looked at in full; kNone when there is no way.
  template <Way way>
  std::uint32_t find_levels();
  template <Way way>
  void expand(std::uint32_t n);
  void reach(std::uint32_t n, std::uint32_t level);
  bool is_reached(std::uint32_t n) const { return nodes_[n].level >= base_; }
  bool extend_from(std::uint32_t start);
  template <Way way>
  Side side(std::uint32_t n) const;
  void enter(std::uint32_t n);
  bool try_step();
  bool is_at_sink() const;
  void apply();

  const Adjacency& graph_;
  std::vector<Node> nodes_;
  std::uint32_t base_ = 1, highest_ = 0;
  std::vector<std::uint32_t> queue_;
  /// Free nodes at the other end that were come upon first.
  std::vector<std::uint32_t> starts_;
  /// Those beside nodes that are not of their role: the others never matter.
  std::vector<std::uint32_t> sources_, sinks_;
  std::vector<Step> path_;
  std::size_t count_ = 0;
};

}  // namespace waywarden::detail
