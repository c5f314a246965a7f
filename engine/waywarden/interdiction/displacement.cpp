#include "waywarden/interdiction/displacement.h"

#include <algorithm>

#include "waywarden/interdiction/interception.h"

namespace waywarden {
namespace {

/// Of the whole, when `share` of it changes as `change` says.
Displaced displaced(const std::vector<double>& before, const Estimates& change, double share) {
  Displaced rows;
  rows.before = before;
  const double largest = before.empty() ? 0.0 : *std::max_element(before.begin(), before.end());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const double by = share * change.mean[i];
    rows.after.push_back(before[i] + by);
    rows.change.push_back(by);
    rows.change_error.push_back(share * change.standard_error[i]);
    rows.increased.push_back(by > 1e-9 * largest ? 1 : 0);
  }
  return rows;
}

/// Journeys through each site, counted once however often they pass it.
Displaced displaced_sites(const Loading& before, const Loading& after, const Sites& sites, double share,
                          const Execution& execution) {
  const WatchedTrees earlier(before.site_trees, before.forest.draws, sites.detection, execution);
  const WatchedTrees later(after.site_trees, after.forest.draws, sites.detection, execution);
  Estimates change;
  for (std::size_t site = 0; site < sites.size(); ++site) {
    std::vector<double> difference = later.reaching_per_draw(SiteId(site));
    const std::vector<double> was = earlier.reaching_per_draw(SiteId(site));
    for (std::size_t draw = 0; draw < was.size(); ++draw) difference[draw] -= was[draw];
    const Estimate one = estimate(difference);
    change.mean.push_back(one.mean);
    change.standard_error.push_back(one.standard_error);
  }
  return displaced(earlier.reaching(), change, share);
}

}  // namespace

Displacement displacement(const Movement& movement, const Loading& before, const Sites& sites,
                          std::span<const SiteId> placement, const Awareness& awareness,
                          const Execution& execution) {
  require_fit(movement, sites, awareness);
  const LoadingOptions options{.site_cost = team_costs(sites, placement, awareness.risk_aversion),
                               .overlap_pairs = 0};
  const Loading after = reload(movement, before, options, execution);
  const Exposure by = change(movement, before, after, execution);
  const Exposure& was = before.exposure;
  return {displaced(was.edge.mean, by.edge, awareness.share),
          displaced(was.crossing.mean, by.crossing, awareness.share),
          displaced_sites(before, after, sites, awareness.share, execution),
          displaced(was.mode_km.mean, by.mode_km, awareness.share),
          displaced(was.country_km.mean, by.country_km, awareness.share)};
}

}  // namespace waywarden
