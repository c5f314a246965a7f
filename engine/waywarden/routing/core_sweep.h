#pragma once

/// Distances from all nodes of a core to up to sixteen roots in one pass: up from the roots, then once over
/// all ranks from the highest down (PHAST: Delling, Goldberg, Nowatzyk and Werneck 2011). What `CoreQuery`
/// finds node by node, for those who ask about thousands of nodes.
///
/// Exact: integers in doubles, which are exact below 2^53. Ties as in `Router`. O(links) per sweep; per root
/// of a full batch it costs a tenth of one alone. 128 bytes per node.

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
  Distance distance(std::size_t root, CoreNode n) const;
  /// The arc that leaves n towards the root; none at the root and where there is no route. Found for all
  /// roots when one asks. Throws `OptionError` on a metric with free arcs.
  CoreArc arc(std::size_t root, CoreNode n);

 private:
  struct alignas(64) Line {
    double cost[8];
  };

  double* costs() { return reinterpret_cast<double*>(lines_.data()); }
  const double* costs() const { return reinterpret_cast<const double*>(lines_.data()); }
  double cost(std::size_t root, CoreNode n) const {
    return costs()[core_.hierarchy().rank(n.index()) * width_ + root];
  }
  std::vector<std::uint32_t> ancestors_of_roots() const;
  void start(std::span<const std::uint32_t> reached);
  void find_arcs(CoreNode n);
  CoreArc plain_arc(std::size_t root, CoreNode n) const;

  const Core& core_;
  const CoreMetric* metric_ = nullptr;
  std::vector<CoreNode> roots_;
  /// Lanes per rank: as few as the roots need.
  std::size_t width_ = 1;
  std::vector<Line> lines_;
  /// Per node and lane which of the node's arcs it is, counted from 1; 0 where there is none.
  std::vector<std::uint8_t> arcs_;
  /// Per node, in which search its arcs have been found.
  std::vector<std::uint32_t> found_in_;
  std::uint32_t search_ = 0;
};

}  // namespace waywarden
