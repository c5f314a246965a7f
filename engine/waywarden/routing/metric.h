#pragma once

/// One weight vector on a hierarchy: per link the cost of the cheapest way over lower ranks, up to its higher
/// end and down from it (basic customization: Dibbelt, Strasser and Wagner 2016). What every query goes by.
///
/// Costs are unsigned 32-bit integers in the weights' unit, exact, and cannot overflow: a cheapest way leaves
/// each node at most once and enters it at most once, so none costs more than the sum over all nodes of the
/// largest finite weight that leaves, or that enters. The constructor refuses weights for which the smaller
/// of these sums does not fit below `kNoWay`; `way_weight_unit` chooses a unit that fits.
///
/// Immutable, except by `PartialCustomization`. O(triangles): some 25 ns per node of a road network, one
/// thread.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/routing/hierarchy.h"
#include "waywarden/routing/weights.h"

namespace waywarden {

/// Cost of a way.
using Cost = std::uint32_t;
/// There is no way: larger than every cost, and two of them can be added.
inline constexpr Cost kNoWay = 0x7FFFFFFF;

class Metric {
 public:
  /// One weight per arc of the hierarchy, which must outlive the metric; `reuse` gives the memory of a metric
  /// that is no longer needed. Throws `OptionError` when the number of weights is wrong or ways may cost
  /// `kNoWay` or more.
  Metric(const Hierarchy& hierarchy, std::span<const Weight> per_arc, const Execution& execution = {},
         Metric reuse = {});

  const Hierarchy& hierarchy() const { return *hierarchy_; }
  /// Per arc.
  std::span<const Weight> weights() const { return weights_; }
  /// Per link.
  std::span<const Cost> up() const { return std::span(costs_).first(hierarchy_->link_count()); }
  std::span<const Cost> down() const { return std::span(costs_).subspan(hierarchy_->link_count()); }

 private:
  friend class PartialCustomization;
  Metric();

  const Hierarchy* hierarchy_ = nullptr;
  std::vector<Weight> weights_;
  /// Per slot.
  std::vector<Cost> costs_;
  /// No cheapest way costs more.
  std::uint64_t bound_ = 0;
};

/// What no cheapest way costs more than, in 64 bits: see above.
std::uint64_t way_cost_bound(const Hierarchy& hierarchy, std::span<const Weight> per_arc);

/// The unit for a set of costs, one per arc: a power of two at which ways, even where all weights grow by
/// `headroom`, cost less than `kNoWay`. The smallest by the sum over runs of arcs with one tail of the
/// largest finite cost: where arcs are sorted by tail, by what leaves each node. Throws `OptionError` for a
/// negative cost or NaN; infinities are closed arcs.
double way_weight_unit(const Hierarchy& hierarchy, std::span<const double> costs, double headroom = 2.0);

}  // namespace waywarden
