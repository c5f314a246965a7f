#pragma once

/// The topology of a customizable contraction hierarchy (Dibbelt, Strasser and Wagner, "Customizable
/// contraction hierarchies", 2016): nodes renumbered by rank, and the links there are once every node, from
/// the lowest rank on, has been taken out and the neighbours it leaves have been joined among themselves.
/// Costs are in `Metric`, questions in the query classes; one hierarchy serves every weight vector.
///
/// Made from any order; how good the order is decides sizes and times, never answers. Ranks are those of an
/// equivalent order with the same links, in which each subtree of the elimination tree is a range of ranks
/// and a rank's biggest subtree comes last (post-order: Liu, "The role of elimination trees in sparse
/// factorization", 1990). Parallel arcs share a link; loops have none, since no shortest path uses one.
///
/// Limits: fewer than 2^31 arcs and links, or `OptionError`. Time O(links log links + triangles), memory 28
/// bytes per link on a road network, at most 8 kSmallestFan more on any graph, 13 per arc and 36 per node.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"

namespace waywarden {

/// Arcs as columns: arc i leads from tail[i] to head[i].
struct ArcColumns {
  std::span<const std::uint32_t> tail;
  std::span<const std::uint32_t> head;
};

/// first, first + 1, ..., last - 1.
struct RankRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

class Hierarchy {
 public:
  /// An arc and the slot in which its weight counts: the link for arcs to the higher rank, link_count() +
  /// link for arcs to the lower.
  struct Placed {
    std::uint32_t slot = 0;
    std::uint32_t arc = 0;
  };
  static constexpr std::uint32_t kNoSlot = std::numeric_limits<std::uint32_t>::max();

  /// Three ranks x < y < z that are linked to each other, kept with y: link `side` joins x and y, side +
  /// other joins x and z, first_up()[y] + third joins y and z. Sixteen bits are enough: the ranks above one
  /// are all linked to each other, and links fit into 31.
  struct Triangle {
    std::uint32_t side = 0;
    std::uint16_t other = 0;
    std::uint16_t third = 0;
  };
  /// Many triangles at once, kept with y too: those of link `side` and each of its higher siblings, up to
  /// last - 1. On dense graphs nearly all triangles are in few fans, which keeps memory in proportion to
  /// links.
  struct Fan {
    std::uint32_t side = 0;
    std::uint32_t last = 0;
  };
  static constexpr std::uint32_t kSmallestFan = 16;

  /// All that a hierarchy keeps: made as vectors, used where it lies, in memory or in a file.
  template <template <class> class Column>
  struct Columns {
    /// Per node its rank, and the other way round.
    Column<std::uint32_t> rank;
    Column<std::uint32_t> node;
    /// Per rank.
    Column<std::uint32_t> first_below;
    Column<std::uint32_t> depth;
    Column<std::uint32_t> first_up;
    /// Per link.
    Column<std::uint32_t> up;
    Column<std::uint32_t> low;
    Column<std::uint64_t> first_triangle;
    Column<Triangle> triangles;
    Column<std::uint32_t> first_fan;
    Column<Fan> fans;
    Column<std::uint32_t> first_placed;
    Column<Placed> placed;
    /// Per arc.
    Column<std::uint32_t> slot;
    Column<std::uint8_t> new_tail;
    /// Ranges of stage i: first_in_stage[i] .. first_in_stage[i + 1] - 1.
    Column<std::uint32_t> first_in_stage;
    Column<RankRange> stages;
  };
  template <class Item>
  using Vector = std::vector<Item>;
  template <class Item>
  using Span = std::span<const Item>;

  /// Of no nodes.
  Hierarchy() : Hierarchy(ArcColumns{}, {}) {}

  /// `order` has each of the nodes 0 .. order.size() - 1 once, the first to be taken out first. Throws
  /// `OptionError` where it does not, where columns differ in length, or where an arc ends at no node.
  Hierarchy(ArcColumns arcs, std::span<const std::uint32_t> order, const Execution& execution = {});

  /// Of columns that a hierarchy has had before, in memory that `keeper` keeps.
  Hierarchy(const Columns<Span>& columns, std::shared_ptr<const void> keeper);

  const Columns<Span>& columns() const { return columns_; }

  std::size_t node_count() const { return columns_.rank.size(); }
  std::size_t arc_count() const { return columns_.slot.size(); }
  std::size_t link_count() const { return columns_.up.size(); }

  std::uint32_t rank(std::size_t node) const { return columns_.rank[node]; }
  std::uint32_t node(std::size_t rank) const { return columns_.node[rank]; }

  /// Links of a rank to higher ones: up()[first_up()[r] .. first_up()[r + 1]), ascending. All of them lie on
  /// the way r, parent(r), parent(parent(r)) ...
  std::span<const std::uint32_t> first_up() const { return columns_.first_up; }
  std::span<const std::uint32_t> up() const { return columns_.up; }
  /// The lower end of a link.
  std::uint32_t low(std::uint32_t link) const { return columns_.low[link]; }
  /// The lowest rank above that r is linked to; r itself where there is none.
  std::uint32_t parent(std::uint32_t r) const {
    return columns_.first_up[r] == columns_.first_up[r + 1] ? r : columns_.up[columns_.first_up[r]];
  }
  /// The subtree below r and r itself: ranks [subtree(r).first, r].
  RankRange subtree(std::uint32_t r) const { return {columns_.first_below[r], r + 1}; }
  /// The link between two ranks, low < high; link_count() where there is none.
  std::uint32_t link(std::uint32_t low, std::uint32_t high) const;

  /// Triangles with y = r that are in no fan: triangles()[first_triangle()[r] .. first_triangle()[r + 1]).
  /// Both these and fans go by ascending side; `detail/triangles.h` goes through all of them.
  std::span<const std::uint64_t> first_triangle() const { return columns_.first_triangle; }
  std::span<const Triangle> triangles() const { return columns_.triangles; }
  std::span<const std::uint32_t> first_fan() const { return columns_.first_fan; }
  std::span<const Fan> fans() const { return columns_.fans; }

  /// Number of ancestors of a rank, and the most that a rank and its ancestors are.
  std::uint32_t depth(std::uint32_t r) const { return columns_.depth[r]; }
  std::size_t height() const { return height_; }

  /// Arcs by their lower end r: placed()[first_placed()[r] .. first_placed()[r + 1]), by ascending (link,
  /// arc).
  std::span<const std::uint32_t> first_placed() const { return columns_.first_placed; }
  std::span<const Placed> placed() const { return columns_.placed; }
  /// Of an arc; `kNoSlot` for loops.
  std::uint32_t slot(std::size_t arc) const { return columns_.slot[arc]; }

  /// Per arc: 1 if its tail is not that of the arc before, else 0.
  std::span<const std::uint8_t> new_tail() const { return columns_.new_tail; }

  /// All ranks, as ranges to be worked through from the lowest rank up: those of one stage share nothing and
  /// may run in parallel once the stages before are done. The first stage has the small subtrees, the few
  /// others the paths on which those meet. From the highest rank down, stages and ranges go the other way
  /// round.
  std::size_t stage_count() const { return columns_.first_in_stage.size() - 1; }
  std::span<const RankRange> stage(std::size_t i) const {
    const std::uint32_t first = columns_.first_in_stage[i];
    return columns_.stages.subspan(first, columns_.first_in_stage[i + 1] - first);
  }

 private:
  Columns<Span> columns_;
  std::size_t height_ = 0;
  std::shared_ptr<const void> keeper_;
};

}  // namespace waywarden
