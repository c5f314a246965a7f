#pragma once

/// All-to-one searches on a core: what loading does thousands of times. The metric is a core's weights laid out as the
/// inner loop reads them; a query object keeps its buffers from one search to the next.
///
/// Ties as in `Router`: the smallest id among tight arcs of weight > 0. Dijkstra's algorithm with a 4-ary heap,
/// O((n + m) log n), ended as soon as every origin is settled.

#include <span>
#include <vector>

#include "waywarden/routing/core.h"

namespace waywarden {

/// An arc that contains a closed edge.
inline constexpr Distance kClosedArc = kUnreachable;

class CoreMetric {
 public:
  /// One weight per edge of the network; an arc's weight is the exact sum over its edges. Throws `OptionError` when the
  /// number of weights is wrong.
  CoreMetric(const Core& core, std::span<const Weight> per_edge);

  struct InArc {
    Distance weight;
    std::uint32_t tail;
    std::uint32_t arc;
  };
  /// In the order of Core::in_arcs.
  std::span<const InArc> in_arcs() const { return in_arcs_; }

 private:
  std::vector<InArc> in_arcs_;
};

class CoreQuery {
 public:
  /// Keeps a reference to the core. Not thread-safe: one query object per thread.
  explicit CoreQuery(const Core& core);

  /// Finds cheapest routes to `root`. Afterwards distances and arcs of the origins, and of every node on their routes,
  /// are final; other nodes may not have been reached yet. All nodes are final when `origins` is empty.
  void search_to(CoreNode root, const CoreMetric& metric, std::span<const CoreNode> origins = {});

  /// `kUnreachable` where there is no route.
  Distance distance(CoreNode n) const { return labels_[n.index()].distance; }
  /// The arc that leaves n towards the root; none at the root and where there is no route.
  CoreArc arc(CoreNode n) const { return labels_[n.index()].arc; }

 private:
  struct Label {
    Distance distance = kUnreachable;
    CoreArc arc;
    bool awaited = false;
  };
  struct Entry {
    Distance distance;
    std::uint32_t node;
  };

  void start(CoreNode root, std::span<const CoreNode> origins);
  void settle(Entry entry, const CoreMetric& metric);
  void push(Entry entry);
  Entry pop();

  const Core& core_;
  std::vector<Label> labels_;
  std::vector<Entry> heap_;
  std::size_t awaited_ = 0;
};

}  // namespace waywarden
