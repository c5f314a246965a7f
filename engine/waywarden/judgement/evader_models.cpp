#include "waywarden/judgement/evader_models.h"

#include <algorithm>

#include "waywarden/base/errors.h"
#include "waywarden/flow/exposure.h"
#include "waywarden/interdiction/greedy.h"
#include "waywarden/interdiction/interception.h"

namespace waywarden {
namespace {

/// The bound of the unaware holds for those who reroute only where every site is alone: they mind each team
/// of a group.
void share_bound(Placements& placements, const Sites& sites) {
  const double bound = std::min(placements.unaware.bound, placements.partly_aware.bound);
  placements.unaware.bound = bound;
  if (!has_groups(sites)) placements.partly_aware.bound = bound;
  for (Placement* placement : {&placements.unaware, &placements.partly_aware}) {
    placement->status = status_of(placement->total_caught(), placement->bound);
  }
}

void add_outcome(Placements& placements, EvaderModel placed_for, EvaderModel facing,
                 std::span<const double> caught_per_draw) {
  const Placement& placement = placements.placed_for(placed_for);
  const Estimate caught = estimate(caught_per_draw);
  Outcomes& rows = placements.outcomes;
  rows.placed_for.push_back(placed_for);
  rows.facing.push_back(facing);
  rows.caught.push_back(caught.mean);
  rows.caught_error.push_back(caught.standard_error);
  rows.share.push_back(placement.journeys > 0.0 ? caught.mean / placement.journeys : 0.0);
  rows.bound.push_back(placements.placed_for(facing).bound);
}

void judge(const Rerouting& rerouting, const KnownRoutes& unaware, const Sites& sites, EvaderModel placed_for,
           Placements& placements, const Execution& execution) {
  const std::vector<SiteId>& teams = placements.placed_for(placed_for).site;
  const std::vector<double> of_unaware = interceptions_per_draw(
      unaware.site_trees, unaware.draws(), sites.detection, teams, execution, sites.group);
  const std::vector<double> of_aware =
      aware_interceptions_per_draw(rerouting, unaware, sites, teams, execution);
  add_outcome(placements, placed_for, EvaderModel::unaware, of_unaware);
  add_outcome(placements, placed_for, EvaderModel::partly_aware,
              mixed(of_unaware, of_aware, rerouting.awareness().share));
}

void find_regrets(Outcomes& rows) {
  for (std::size_t row = 0; row < rows.caught.size(); ++row) {
    double best = rows.caught[row];
    for (std::size_t other = 0; other < rows.caught.size(); ++other) {
      if (rows.facing[other] == rows.facing[row]) best = std::max(best, rows.caught[other]);
    }
    rows.regret.push_back(best - rows.caught[row]);
  }
}

}  // namespace

std::string_view name(EvaderModel model) {
  constexpr std::array<std::string_view, kEvaderModels.size()> kNames = {"unaware", "partly_aware", "evasive",
                                                                         "worst_case", "mixed_patrol"};
  return kNames[static_cast<std::size_t>(model)];
}

Placements place_teams(const Movement& movement, const Loading& loading, const Sites& sites,
                       const Awareness& awareness, const PartlyAwareOptions& options,
                       const Execution& execution) {
  if (std::ranges::any_of(loading.site_cost, [](double cost) { return cost > 0.0; })) {
    throw OptionError("teams are placed on a loading in which nobody knows of any");
  }
  const Rerouting rerouting(movement, sites, awareness);
  return place_teams(rerouting, rerouting.unaware(loading, execution), sites, options, execution);
}

Placements place_teams(const Rerouting& rerouting, const KnownRoutes& unaware, const Sites& sites,
                       const PartlyAwareOptions& options, const Execution& execution) {
  Placements placements;
  placements.partly_aware = partly_aware_placement(rerouting, unaware, sites, options, execution);
  placements.unaware = greedy_placement(unaware.site_trees, unaware.draws(), placements.partly_aware.journeys,
                                        sites, options.limits, execution);
  share_bound(placements, sites);
  for (const EvaderModel model : kPerceivingModels)
    judge(rerouting, unaware, sites, model, placements, execution);
  find_regrets(placements.outcomes);
  return placements;
}

}  // namespace waywarden
