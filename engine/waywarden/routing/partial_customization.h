#pragma once

/// New weights for a few arcs of a metric, and back again: only what depends on them is customized anew, from
/// the lowest rank up. For the reaction to one closed road, or one candidate site after another.
///
/// The metric is then bit for bit the one that the changed weight vector makes, and after `undo` the one
/// before. Up to some 1 % of changed arcs this is faster than customizing all. The number of links that
/// change decides: some tens of microseconds for an arc in a side street, more on a motorway.
///
/// Not thread-safe; nobody may ask the metric meanwhile. Memory: 10 bytes per link, one per node.

#include <array>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <vector>

#include "waywarden/routing/metric.h"

namespace waywarden {

struct WeightChange {
  std::uint32_t arc = 0;
  Weight weight = 0;
};

/// What a change has replaced, in the order in which it was replaced.
struct MetricRevision {
  struct Slot {
    std::uint32_t slot = 0;
    Cost cost = 0;
  };
  std::vector<WeightChange> weights;
  std::vector<Slot> costs;
  std::uint64_t bound = 0;
};

class PartialCustomization {
 public:
  /// For metrics of this hierarchy, which must outlive it.
  explicit PartialCustomization(const Hierarchy& hierarchy);

  /// The last of several changes to an arc counts. Throws `OptionError` and leaves the metric as it was where
  /// an arc does not exist, the metric is of another hierarchy, or ways might cost `kNoWay` or more, by
  /// `way_cost_bound`: O(arcs), but only where a quick sum over all changes since the metric was made does
  /// not fit.
  MetricRevision apply(Metric& metric, std::span<const WeightChange> changes);

  /// Takes the last change that is still in force back.
  static void undo(Metric& metric, const MetricRevision& revision);

 private:
  /// Along a link.
  enum Way : std::uint8_t { kUp, kDown };
  static Way opposite(Way way) { return way == kUp ? kDown : kUp; }

  struct CostChange {
    Cost was = 0;
    Cost is = 0;
  };

  void check(const Metric& metric, std::span<const WeightChange> changes) const;
  std::uint64_t bound_after(const Metric& metric, std::span<const WeightChange> changes) const;
  void change_weight(WeightChange change);
  void compare(std::uint32_t rank, std::uint32_t slot, Cost was, Cost now);
  void touch(std::uint32_t rank, std::uint32_t slot);
  void renew_marked(std::uint32_t rank, Way way);
  void note_changes(std::uint32_t rank);
  void pass_on(std::uint32_t rank, Way way);
  void pass_on(std::uint32_t rank, Way way, std::uint32_t side, std::span<const std::uint32_t> others);
  void clear();
  std::uint32_t first_slot(Way way) const;

  const Hierarchy& hierarchy_;
  Metric* metric_ = nullptr;
  MetricRevision revision_;
  /// Ranks with links to be looked at, the lowest first; each once.
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> queue_;
  std::vector<std::uint8_t> queued_;
  /// Per slot, as far as touched: the cost before, and whether it has to be found again.
  std::vector<Cost> before_;
  std::vector<std::uint8_t> state_;
  /// Of the rank that is worked on: links that are marked one way; both ways, all links' costs and which of
  /// them have changed.
  std::vector<std::uint32_t> marked_;
  std::array<std::vector<CostChange>, 2> row_;
  std::array<std::vector<std::uint32_t>, 2> changed_;
  /// 0, 1, 2 ...
  std::vector<std::uint32_t> all_;
};

}  // namespace waywarden
