#pragma once

/// Distances from nodes of a core to up to sixteen roots at once, in lanes: up from the roots, then down from
/// the highest rank to the nodes that are asked about (PHAST: Delling, Goldberg, Nowatzyk and Werneck 2011;
/// restricted, on demand, to what lies above those nodes). What `CoreQuery` finds root by root.
///
/// Exact: whole numbers of 32 bits, and where a distance has turned out not to fit, integers in doubles,
/// which are exact below 2^53. Ties as in `Router`. O(links above the roots and the nodes asked about) per
/// search; per root of a full batch it costs a tenth of one alone. 64 bytes per node, 128 with large
/// distances.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/core_search.h"

namespace waywarden {

class CoreSweep {
 public:
  static constexpr std::size_t kMostRoots = 16;

  /// Keeps a reference to the core. Not thread-safe: one per thread.
  explicit CoreSweep(const Core& core);

  /// From now on answers are about ways to these roots, 1 to `kMostRoots`, which may repeat; on a metric that
  /// must live as long as they are asked for. Throws `OptionError` for another number of roots.
  void search_to(std::span<const CoreNode> roots, const CoreMetric& metric);

  /// To the i-th root; `kUnreachable` where there is no route.
  Distance distance(std::size_t root, CoreNode n);
  /// To each root in turn.
  struct Distances {
    std::array<double, kMostRoots> cost;
    std::size_t roots = 0;

    double operator[](std::size_t root) const { return cost[root]; }
    std::size_t size() const { return roots; }
    const double* begin() const { return cost.data(); }
    const double* end() const { return cost.data() + roots; }
  };
  /// From the node of a rank; `kNoWay` where there is no route.
  Distances distances_of_rank(std::uint32_t rank);
  Distances distances(CoreNode n) { return distances_of_rank(core_.hierarchy().rank(n.index())); }
  static constexpr double kNoWay = static_cast<double>(CoreMetric::kNoWay);

  /// The arc that leaves n towards the root; none at the root and where there is no route. Throws
  /// `OptionError` on a metric with free arcs.
  CoreArc arc(std::size_t root, CoreNode n);

  /// Per root which of the node's arcs that is, counted from 1; 0 for none, and `kCountedNoFurther` for all
  /// of a node with that many arcs: ask for each.
  using ArcNumbers = std::array<std::uint8_t, kMostRoots>;
  static constexpr std::uint8_t kCountedNoFurther = 255;
  /// Throws likewise.
  ArcNumbers arc_numbers(CoreNode n);
  /// Asks memory for what `arc_numbers` will read, without waiting for it: step 0, a while later step 1.
  static constexpr std::uint32_t kSteps = 2;
  void send_for_arcs(CoreNode n, std::uint32_t step) const;

 private:
  struct alignas(64) Line {
    std::byte bytes[64];
  };

  template <class Number>
  Number* costs() {
    return reinterpret_cast<Number*>(lines_.data());
  }
  std::size_t row_bytes() const { return width_ * (small_ ? sizeof(std::uint32_t) : sizeof(double)); }
  std::vector<std::uint32_t> ancestors_of_roots() const;
  void search();
  void search_in_doubles();
  template <class Number>
  void start(std::span<const std::uint32_t> reached, Number no_way);
  void renew();
  void be_settled(std::uint32_t rank) {
    if (settled_in_[rank] != search_) settle(rank);
  }
  void settle(std::uint32_t rank);
  void settle_usual();
  void descend_along(std::span<const std::uint32_t> down);
  CoreArc plain_arc(std::size_t root, CoreNode n);

  const Core& core_;
  const CoreMetric* metric_ = nullptr;
  std::vector<CoreNode> roots_;
  /// Lanes per rank: as few as the roots need.
  std::size_t width_ = 1;
  /// Costs are whole numbers of 32 bits.
  bool small_ = false;
  std::vector<Line> lines_;
  /// Per rank, in which search its costs have been settled; of those that the roots reach from below, one
  /// less than the search until then.
  std::vector<std::uint32_t> settled_in_;
  /// Ranks on the way up to one that is settled.
  std::vector<std::uint32_t> way_up_;
  /// Ranks that searches have settled, ascending, with all their ancestors: the next one settles them
  /// straight away, as searches ask about much the same nodes. Those of the last search are apart.
  std::vector<std::uint32_t> usual_;
  std::vector<std::uint32_t> unusual_;
  /// Even.
  std::uint32_t search_ = 0;
};

}  // namespace waywarden
