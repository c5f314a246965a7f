#include "waywarden/routing/perfect_metric.h"

#include <algorithm>

#include "waywarden/routing/detail/customization.h"

namespace waywarden {
namespace {

using detail::least;

/// What lies below may be reached more cheaply by way of the middle of three ranks.
struct RelaxSides {
  Cost* up;
  Cost* down;

  WAYWARDEN_INLINE void operator()(std::uint32_t side, std::uint32_t other, std::uint32_t third) const {
    up[other] = least(up[other], up[side] + up[third]);
    up[side] = least(up[side], up[other] + down[third]);
    down[other] = least(down[other], down[third] + down[side]);
    down[side] = least(down[side], up[third] + down[other]);
  }
};

/// From the highest rank down. The links of the range itself are final by then.
void relax_below(const Hierarchy& hierarchy, RankRange range, RelaxSides relax) {
  detail::Places places(hierarchy);
  for (std::uint32_t r = range.last; r-- > range.first;) detail::for_triangles(hierarchy, r, places, relax);
}

}  // namespace

PerfectMetric::PerfectMetric(const Metric& metric, const Execution& execution) : metric_(&metric) {
  const Hierarchy& hierarchy = metric.hierarchy();
  std::vector<Cost> up(metric.up().begin(), metric.up().end());
  std::vector<Cost> down(metric.down().begin(), metric.down().end());
  detail::for_ranks_downward(hierarchy, execution, [&](RankRange range) {
    relax_below(hierarchy, range, {up.data(), down.data()});
  });
  up_ = needed(hierarchy, metric.up(), up.data());
  execution.check();
  down_ = needed(hierarchy, metric.down(), down.data());
}

PerfectMetric::Columns PerfectMetric::needed(const Hierarchy& hierarchy, std::span<const Cost> basic,
                                             const Cost* perfect) {
  Columns columns;
  columns.first.push_back(0);
  for (std::uint32_t r = 0; r < hierarchy.node_count(); ++r) {
    for (std::uint32_t link = hierarchy.first_up()[r]; link < hierarchy.first_up()[r + 1]; ++link) {
      if (basic[link] > perfect[link] || basic[link] == kNoWay) continue;
      columns.high.push_back(hierarchy.up()[link]);
      columns.cost.push_back(basic[link]);
    }
    columns.first.push_back(static_cast<std::uint32_t>(columns.high.size()));
  }
  return columns;
}

}  // namespace waywarden
