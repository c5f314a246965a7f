#include "waywarden/displacement/displacement.h"

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

/// Per draw, journeys that enter each country, then those that leave all of them.
std::vector<std::vector<double>> inflow(const Movement& movement, const Loading& loading,
                                        const Execution& execution) {
  const NetworkColumns& columns = movement.network.columns();
  const std::size_t countries = columns.countries.size();
  const ArcJourneys journeys = arc_journeys(movement.core, loading.forest, execution);
  std::vector<std::vector<double>> entering(journeys.size(), std::vector<double>(countries + 1, 0.0));
  for (std::size_t e = 0; e < movement.network.edge_count(); ++e) {
    const std::size_t to = columns.node_country[columns.head[e].index()];
    const CoreArc arc = movement.core.arc(EdgeId(e));
    if (to == columns.node_country[movement.network.tail(EdgeId(e)).index()] || !arc.exists()) continue;
    for (std::size_t draw = 0; draw < journeys.size(); ++draw)
      entering[draw][std::min(to, countries)] += journeys[draw][arc.index()];
  }
  return entering;
}

Displaced displaced_inflow(const Movement& movement, const Loading& before, const Loading& after,
                           double share, const Execution& execution) {
  const auto earlier = inflow(movement, before, execution), later = inflow(movement, after, execution);
  std::vector<double> was;
  Estimates change;
  for (std::size_t country = 0; country < earlier.front().size(); ++country) {
    std::vector<double> at, by;
    for (std::size_t draw = 0; draw < earlier.size(); ++draw) {
      at.push_back(earlier[draw][country]);
      by.push_back(later[draw][country] - earlier[draw][country]);
    }
    const Estimate one = estimate(by);
    was.push_back(estimate(at).mean);
    change.mean.push_back(one.mean);
    change.standard_error.push_back(one.standard_error);
  }
  return displaced(was, change, share);
}

}  // namespace

Displacement displacement(const Movement& movement, const Loading& before, const Sites& sites,
                          std::span<const SiteId> placement, const Awareness& awareness,
                          const Execution& execution) {
  require_fit(movement, sites, awareness);
  const LoadingOptions options{.site_cost = team_costs(sites, placement, awareness.risk_aversion),
                               .overlap_pairs = 0};
  const Loading after = reload(movement, before, options, execution);
  return displacement_between(movement, before, after, sites, awareness.share, execution);
}

Displacement displacement_between(const Movement& movement, const Loading& before, const Loading& after,
                                  const Sites& sites, double share, const Execution& execution) {
  const Exposure by = change(movement, before, after, execution);
  const Exposure& was = before.exposure;
  return {displaced(was.edge.mean, by.edge, share),
          displaced(was.crossing.mean, by.crossing, share),
          displaced_sites(before, after, sites, share, execution),
          displaced(was.mode_km.mean, by.mode_km, share),
          displaced(was.country_km.mean, by.country_km, share),
          displaced_inflow(movement, before, after, share, execution)};
}

}  // namespace waywarden
