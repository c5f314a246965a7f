#include "waywarden/clusters/dbscan.h"

#include <algorithm>
#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/clusters/detail/cell_grid.h"
#include "waywarden/clusters/detail/density.h"
#include "waywarden/clusters/detail/disjoint_sets.h"
#include "waywarden/clusters/detail/labelling.h"

namespace waywarden {
namespace {

using detail::CellGrid;
using detail::kNoCluster;
using detail::Nearness;
using detail::ReachableSites;

constexpr std::size_t kGrain = 256;

class GridDbscan {
 public:
  GridDbscan(const ReachableSites& all, std::size_t least, const Execution& execution)
      : all_(all), grid_(all), least_(least), execution_(execution) {}

  detail::Density run() {
    detail::Density result;
    result.core.assign(all_.sites.size(), 0);
    find_core(result.core);
    result.cluster = joined(result.core);
    attach_borders(result);
    return result;
  }

 private:
  void find_core(std::vector<std::uint8_t>& core) const {
    const auto judge = [&](std::size_t cell) {
      const bool crowd = grid_.whole(cell) && grid_.sites(cell).size() >= least_;
      for (const std::uint32_t site : grid_.sites(cell)) core[site] = crowd || is_core(cell, site) ? 1 : 0;
    };
    parallel_for(grid_.cells(), execution_, judge, kGrain);
  }

  bool is_core(std::size_t cell, std::uint32_t site) const {
    std::size_t found = grid_.whole(cell) ? grid_.sites(cell).size() : count_within(site, cell, least_);
    for (const std::uint32_t other : grid_.around(cell)) {
      if (found >= least_) break;
      found += count_within(site, other, least_ - found);
    }
    return found >= least_;
  }

  /// Sites of the cell within reach, up to a number that is enough.
  std::size_t count_within(std::uint32_t site, std::size_t cell, std::size_t enough) const {
    std::size_t found = 0;
    for (const std::uint32_t other : grid_.sites(cell)) {
      found += all_.within(site, other) ? 1 : 0;
      if (found >= enough) break;
    }
    return found;
  }

  std::vector<std::uint32_t> joined(const std::vector<std::uint8_t>& core) const {
    const auto core_sites = core_by_cell(core);
    detail::DisjointSets sets(core.size());
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
      if (cell % kGrain == 0) execution_.check();
      join_within(cell, core_sites[cell], sets);
      for (const std::uint32_t other : grid_.around(cell)) {
        if (other > cell) join_across(core_sites[cell], core_sites[other], sets);
      }
    }
    std::vector<std::uint32_t> cluster(core.size(), kNoCluster);
    for (std::size_t site = 0; site < core.size(); ++site) {
      if (core[site] != 0) cluster[site] = sets.find(site);
    }
    return cluster;
  }

  std::vector<std::vector<std::uint32_t>> core_by_cell(const std::vector<std::uint8_t>& core) const {
    std::vector<std::vector<std::uint32_t>> result(grid_.cells());
    for (std::size_t cell = 0; cell < grid_.cells(); ++cell) {
      for (const std::uint32_t site : grid_.sites(cell)) {
        if (core[site] != 0) result[cell].push_back(site);
      }
    }
    return result;
  }

  void join_within(std::size_t cell, const std::vector<std::uint32_t>& core,
                   detail::DisjointSets& sets) const {
    for (std::size_t i = 1; i < core.size(); ++i) {
      if (grid_.whole(cell)) {
        sets.join(core[0], core[i]);
        continue;
      }
      for (std::size_t j = 0; j < i; ++j) {
        if (all_.within(core[i], core[j])) sets.join(core[i], core[j]);
      }
    }
  }

  /// Looks at pairs only while they could join two sets: in whole cells, until one does.
  void join_across(const std::vector<std::uint32_t>& here, const std::vector<std::uint32_t>& there,
                   detail::DisjointSets& sets) const {
    for (const std::uint32_t a : here) {
      std::uint32_t set = sets.find(a);
      for (const std::uint32_t b : there) {
        if (sets.find(b) == set || !all_.within(a, b)) continue;
        sets.join(a, b);
        set = sets.find(a);
      }
    }
  }

  void attach_borders(detail::Density& result) const {
    const auto attach = [&](std::size_t site) {
      if (result.core[site] != 0) return;
      const std::size_t cell = grid_.cell_of(site);
      Nearness best;
      nearest_core(site, cell, result.core, best);
      for (const std::uint32_t other : grid_.around(cell)) nearest_core(site, other, result.core, best);
      // Core sites are not written to.
      if (std::isfinite(best.distance)) result.cluster[site] = result.cluster[best.site];
    };
    parallel_for(result.core.size(), execution_, attach, kGrain);
  }

  void nearest_core(std::size_t site, std::size_t cell, const std::vector<std::uint8_t>& core,
                    Nearness& best) const {
    for (const std::uint32_t other : grid_.sites(cell)) {
      if (core[other] == 0 || !all_.within(site, other)) continue;
      if (all_.sites.at_least(all_.sites.straight(site, other)) > best.distance) continue;
      best = std::min(best, Nearness{all_.sites.distance(site, other), all_.apart(site, other), other});
    }
  }

  const ReachableSites& all_;
  CellGrid grid_;
  std::size_t least_;
  const Execution& execution_;
};

/// What a point is, in canonical order.
struct Event {
  Point point;
  std::int64_t time = 0;

  friend constexpr auto operator<=>(const Event&, const Event&) = default;
};

std::vector<Event> events(std::span<const Point> points, std::span<const std::int64_t> times) {
  std::vector<Event> all;
  for (std::size_t i = 0; i < points.size(); ++i)
    all.push_back({points[i], times.empty() ? std::int64_t{0} : times[i]});
  return all;
}

DbscanResult run(std::span<const Point> points, std::span<const std::int64_t> times, PointMetric metric,
                 const StDbscanOptions& options, const Execution& execution) {
  detail::require_density(options.radius, options.least);
  detail::require_usable(points, metric);
  const auto order = detail::canonical_order(std::span<const Event>(events(points, times)));
  const detail::Sites sites(points, metric, order);
  ReachableSites all{sites, {}, {options.radius, options.duration}};
  if (!times.empty()) {
    for (const std::uint32_t row : order) all.times.push_back(times[row]);
  }
  return detail::result_of(GridDbscan(all, options.least, execution).run(), order);
}

}  // namespace

std::string name(DensityRole role) {
  switch (role) {
    case DensityRole::core:
      return "core";
    case DensityRole::border:
      return "border";
    case DensityRole::noise:
      return "noise";
  }
  throw OptionError("no such role");
}

DbscanResult dbscan(std::span<const Point> points, PointMetric metric, const DbscanOptions& options,
                    const Execution& execution) {
  return run(points, {}, metric, {options.radius, 0, options.least}, execution);
}

DbscanResult st_dbscan(std::span<const Point> points, std::span<const std::int64_t> times, PointMetric metric,
                       const StDbscanOptions& options, const Execution& execution) {
  detail::require_times(points.size(), times, options.duration);
  return run(points, times, metric, options, execution);
}

}  // namespace waywarden
