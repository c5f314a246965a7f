#include "waywarden/routing/metric.h"

#include <utility>

#include "waywarden/routing/detail/cost_bound.h"
#include "waywarden/routing/detail/customization.h"

namespace waywarden {
namespace {

WAYWARDEN_MULTIVERSION
void customize(const Hierarchy& hierarchy, RankRange range, const Weight* weights, Cost* costs) {
  const Hierarchy::Placed* placed = hierarchy.placed().data();
  const std::uint32_t last = hierarchy.first_placed()[range.last];
  for (std::uint32_t i = hierarchy.first_placed()[range.first]; i < last; ++i) {
    costs[placed[i].slot] = detail::least(costs[placed[i].slot], weights[placed[i].arc]);
  }
  detail::relax_links(hierarchy, range, costs);
}

}  // namespace

Metric::Metric() = default;

Metric::Metric(const Hierarchy& hierarchy, std::span<const Weight> per_arc, const Execution& execution,
               Metric reuse)
    : hierarchy_(&hierarchy), weights_(std::move(reuse.weights_)), costs_(std::move(reuse.costs_)) {
  detail::check_weight_count(hierarchy, per_arc);
  bound_ = detail::fitting_cost_bound(hierarchy, per_arc);
  weights_.assign(per_arc.begin(), per_arc.end());
  costs_.assign(2 * hierarchy.link_count(), kNoWay);
  detail::for_ranks_upward(hierarchy, execution, [&](RankRange range) {
    customize(hierarchy, range, per_arc.data(), costs_.data());
  });
}

}  // namespace waywarden
