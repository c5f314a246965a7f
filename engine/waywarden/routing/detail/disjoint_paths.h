#pragma once

/// As many paths as possible from sources to sinks, no two of which share a node, and the smallest sets of
/// nodes that separate sources from sinks (Menger). A node's flow is but its neighbours up and down its path.
/// Sources and sinks may be added; what was found stays.
///
/// Each round finds how far all nodes are from the free sinks, as Dinic does, but its paths need not be
/// shortest: depth-first searches go nearer to a sink where they can and any other way where they cannot, as
/// Duff and Wiberg do for matchings. Where all paths are long and differ in length, as on grids, shortest
/// paths alone come one or two a round. From round to round neighbours are tried from the other end of their
/// lists, lest paths cross where they could lie side by side (Azad, Halappanavar, Rajamanickam, Boman, Khan
/// and Pothen, "Multithreaded algorithms for maximum matching in bipartite graphs", 2012).
///
/// A round is O(n + m) and finds at least one path, so k paths are O(k (n + m)); measured, 2 to 6 rounds on
/// average on pieces of up to 10^5 nodes of grids, whole or with gaps, some 30 on 10^6 nodes with gaps.
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
  enum class Choice : std::uint8_t { lower, any, none };
  /// A node that is entered, and the one that is left by a new way then: itself, or the node before it on the
  /// path it is on.
  struct Step {
    std::uint32_t entered;
    std::uint32_t left;
    /// Of the entered one.
    std::uint32_t level;
    /// Neighbours of the one left that were tried, twice: first those one level lower, then any.
    std::uint32_t tried = 0;
    Choice choice = Choice::lower;
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
  template <Way way>
  void find_levels();
  template <Way way>
  void expand(std::uint32_t n);
  void reach(std::uint32_t n, std::uint32_t level);
  void start_at(std::uint32_t n, std::uint32_t level);
  bool is_reached(std::uint32_t n) const { return nodes_[n].level >= base_; }
  bool extend_from(std::uint32_t start);
  template <Way way>
  Side side(std::uint32_t n) const;
  void enter(std::uint32_t n);
  bool try_step();
  bool suits(std::uint32_t n, const Step& step) const;
  bool is_at_sink() const;
  void apply();

  const Adjacency& graph_;
  std::vector<Node> nodes_;
  std::uint32_t base_ = 1, highest_ = 0;
  /// Whether levels are those of the sinks' side, of the paths as they are.
  bool knows_way_up_ = false;
  bool tries_last_first_ = false;
  std::vector<std::uint32_t> queue_;
  /// Free nodes at the other end, nearest first.
  std::vector<std::uint32_t> starts_;
  /// Those beside nodes that are not of their role: the others never matter.
  std::vector<std::uint32_t> sources_, sinks_;
  std::vector<Step> path_;
  std::size_t count_ = 0;
};

}  // namespace waywarden::detail
