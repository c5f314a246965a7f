#pragma once

/// All-to-one distances and routes on a core, for those who ask about few nodes; `CoreSweep` finds those of
/// all nodes to many roots. A metric is a weight vector customized to the core's hierarchy, a query walks its
/// elimination tree (customizable contraction hierarchy: Dibbelt, Strasser and Wagner 2016). Distances are
/// found on demand; routes are read off distances, so nothing has to be unpacked.
///
/// Exact: distances are integers, equal to any other algorithm's. Ties as in `Router`: the smallest id among
/// tight arcs.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/core.h"

namespace waywarden {

class CoreMetric {
 public:
  /// One weight per edge of the network; an arc's weight is the exact sum over its edges. O(triangles of the
  /// hierarchy). Throws `OptionError` when the number of weights is wrong, or all of them add up to 2^53 or
  /// more.
  CoreMetric(const Core& core, std::span<const Weight> per_edge, const Execution& execution = {.threads = 1});

  /// Above every distance: the weight of arcs with a closed edge, and of links without a way.
  static constexpr Distance kNoWay = Distance{1} << 62U;

  /// Per arc of the core.
  std::span<const Distance> arcs() const { return arcs_; }
  /// Some open arc costs nothing, so that routes cannot be read off distances.
  bool has_free_arcs() const { return has_free_arcs_; }

  /// All ways that are ways are below `kSmall`, on arcs and links.
  bool has_small_links() const { return has_small_links_; }
  static constexpr Distance kSmall = Distance{1} << 31U;

  /// Per link of the hierarchy, the cheapest way up to the higher rank, and down from it, over lower ranks.
  std::span<const Distance> up() const { return std::span(costs_).first(costs_.size() / 2); }
  std::span<const Distance> down() const { return std::span(costs_).subspan(costs_.size() / 2); }

 private:
  void weigh_arcs(const Core& core, std::span<const Weight> per_edge);
  void customize(const Hierarchy& hierarchy, const Execution& execution);

  std::vector<Distance> arcs_;
  /// Per slot of the hierarchy.
  std::vector<Distance> costs_;
  bool has_free_arcs_ = false;
  bool has_small_links_ = false;
};

class CoreQuery {
 public:
  /// Keeps a reference to the core. Not thread-safe: one query object per thread.
  explicit CoreQuery(const Core& core);

  /// From now on answers are about ways to `root`, on a metric that must live as long as they are asked for.
  void search_to(CoreNode root, const CoreMetric& metric);

  /// `kUnreachable` where there is no route.
  Distance distance(CoreNode n);
  /// The arc that leaves n towards the root; none at the root and where there is no route. Throws
  /// `OptionError` on a metric with free arcs.
  CoreArc arc(CoreNode n);

 private:
  Distance distance_of_rank(std::uint32_t rank);
  void settle(std::uint32_t rank);
  CoreArc tight_arc(CoreNode n);

  const Core& core_;
  const CoreMetric* metric_ = nullptr;
  CoreNode root_;
  /// Per rank; `settled_` says whether it is final.
  std::vector<Distance> distance_;
  std::vector<std::uint8_t> settled_;
  std::vector<std::uint32_t> way_up_;
};

}  // namespace waywarden
