#include "waywarden/clusters/network_dbscan.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/clusters/detail/density.h"
#include "waywarden/clusters/detail/disjoint_sets.h"
#include "waywarden/clusters/detail/labelling.h"
#include "waywarden/clusters/detail/line_sites.h"
#include "waywarden/clusters/detail/reach.h"

namespace waywarden {
namespace {

using detail::kNoCluster;
using detail::LineEvent;
using detail::LineSites;
using detail::Nearness;
using detail::NearSite;
using Neighbours = std::vector<std::vector<NearSite>>;

std::vector<LineEvent> events(std::span<const LinePosition> positions, std::span<const std::int64_t> times) {
  std::vector<LineEvent> all;
  for (std::size_t i = 0; i < positions.size(); ++i)
    all.push_back({positions[i], times.empty() ? std::int64_t{0} : times[i]});
  return all;
}

std::int64_t apart(const LineSites& sites, std::size_t a, std::size_t b) {
  return std::abs(sites.site[a].time - sites.site[b].time);
}

void drop_far_in_time(const LineSites& sites, std::int64_t duration, Neighbours& near) {
  for (std::size_t i = 0; i < near.size(); ++i)
    std::erase_if(near[i], [&](const NearSite& other) { return apart(sites, i, other.site) > duration; });
}

std::vector<std::uint8_t> core_sites(const LineSites& sites, const Neighbours& near, std::size_t least) {
  std::vector<std::uint8_t> core;
  for (std::size_t i = 0; i < near.size(); ++i) {
    std::size_t incidents = sites.incidents[i];
    for (const NearSite& other : near[i]) incidents += sites.incidents[other.site];
    core.push_back(incidents >= least ? 1 : 0);
  }
  return core;
}

std::vector<std::uint32_t> joined(const std::vector<std::uint8_t>& core, const Neighbours& near) {
  detail::DisjointSets sets(core.size());
  for (std::size_t i = 0; i < core.size(); ++i) {
    for (const NearSite& other : near[i]) {
      if (core[i] != 0 && core[other.site] != 0) sets.join(i, other.site);
    }
  }
  std::vector<std::uint32_t> cluster(core.size(), kNoCluster);
  for (std::size_t i = 0; i < core.size(); ++i) {
    if (core[i] != 0) cluster[i] = sets.find(i);
  }
  return cluster;
}

void attach_borders(const LineSites& sites, const Neighbours& near, detail::Density& found) {
  for (std::size_t i = 0; i < near.size(); ++i) {
    if (found.core[i] != 0) continue;
    Nearness best;
    for (const NearSite& other : near[i]) {
      if (found.core[other.site] == 0) continue;
      best = std::min(best, Nearness{other.distance, apart(sites, i, other.site), other.site});
    }
    if (std::isfinite(best.distance)) found.cluster[i] = found.cluster[best.site];
  }
}

/// From sites to the incidents at them. A cluster keeps its number, the smallest of its sites.
detail::Density by_incident(const LineSites& sites, const detail::Density& found) {
  detail::Density result;
  for (const std::uint32_t site : sites.site_of) {
    result.core.push_back(found.core[site]);
    result.cluster.push_back(found.cluster[site]);
  }
  return result;
}

DbscanResult run(const LinearNetwork& network, std::span<const LinePosition> positions,
                 std::span<const std::int64_t> times, const StDbscanOptions& options,
                 const Execution& execution) {
  detail::require_density(options.radius, options.least);
  require_on(network, positions);
  std::vector<LineEvent> rows = events(positions, times);
  const auto order = detail::canonical_order(std::span<const LineEvent>(rows));
  std::sort(rows.begin(), rows.end());
  const LineSites sites = detail::line_sites(network, rows);
  Neighbours near = detail::near_sites(network, sites, options.radius, execution);
  if (!times.empty()) drop_far_in_time(sites, options.duration, near);
  detail::Density found;
  found.core = core_sites(sites, near, options.least);
  found.cluster = joined(found.core, near);
  attach_borders(sites, near, found);
  return detail::result_of(by_incident(sites, found), order);
}

}  // namespace

DbscanResult network_dbscan(const LinearNetwork& network, std::span<const LinePosition> positions,
                            const DbscanOptions& options, const Execution& execution) {
  return run(network, positions, {}, {options.radius, 0, options.least}, execution);
}

DbscanResult network_st_dbscan(const LinearNetwork& network, std::span<const LinePosition> positions,
                               std::span<const std::int64_t> times, const StDbscanOptions& options,
                               const Execution& execution) {
  detail::require_times(positions.size(), times, options.duration);
  return run(network, positions, times, options, execution);
}

}  // namespace waywarden
