#include "waywarden/routing/nearest.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "waywarden/routing/many_to_many.h"

namespace waywarden {
namespace {

/// Sources whose rows are held at a time.
constexpr std::size_t kRows = 1024;

void append_nearest(std::span<const Cost> row, std::size_t count, NearestTargets& nearest) {
  std::vector<std::uint32_t> targets;
  for (std::uint32_t t = 0; t < row.size(); ++t) {
    if (row[t] < kNoWay) targets.push_back(t);
  }
  const auto nearer = [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(row[a], a) < std::tie(row[b], b);
  };
  const auto last = targets.begin() + static_cast<std::ptrdiff_t>(std::min(count, targets.size()));
  std::partial_sort(targets.begin(), last, targets.end(), nearer);
  for (auto t = targets.begin(); t != last; ++t) {
    nearest.target.push_back(*t);
    nearest.cost.push_back(row[*t]);
  }
  nearest.first.push_back(nearest.target.size());
}

}  // namespace

NearestTargets nearest_targets(const Metric& metric, std::span<const std::uint32_t> sources,
                               std::span<const std::uint32_t> targets, std::size_t count,
                               const Execution& execution) {
  const ManyToMany sweep(metric, targets, execution);
  NearestTargets nearest{{0}, {}, {}};
  for (std::size_t first = 0; first < sources.size(); first += kRows) {
    const auto some = sources.subspan(first, std::min(kRows, sources.size() - first));
    const CostTable table = sweep.from(some, execution);
    for (std::size_t i = 0; i < some.size(); ++i) {
      append_nearest(std::span(table.cells).subspan(i * table.columns, table.columns), count, nearest);
    }
  }
  return nearest;
}

}  // namespace waywarden
