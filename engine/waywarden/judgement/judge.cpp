#include "waywarden/judgement/judge.h"

#include <algorithm>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Teams = std::vector<SiteId>;

Teams sorted(Teams teams) {
  std::ranges::sort(teams);
  return teams;
}

/// Why a placement cannot be judged beside others; nothing where it can.
std::string fault_of(const Teams& teams, const Sites& sites, const Limits& limits) {
  const Teams ascending = sorted(teams);
  if (!ascending.empty() && (!ascending.back().exists() || ascending.back().index() >= sites.size()))
    return "names a site that does not exist";
  if (std::ranges::adjacent_find(ascending) != ascending.end()) return "has a site twice";
  for (const SiteId site : teams)
    if (sites.state[site.index()] == SiteState::forbidden)
      return "has the forbidden site '" + sites.id[site.index()] + "'";
  for (const SiteId site : required_sites(sites, sites.size()))
    if (!std::ranges::binary_search(ascending, site))
      return "lacks the required site '" + sites.id[site.index()] + "'";
  return keeps(limits, teams) ? "" : "uses more than the limits allow";
}

void check_placements(const std::vector<Teams>& placements, const Sites& sites, const Limits& limits) {
  for (std::size_t i = 0; i < placements.size(); ++i) {
    const std::string fault = fault_of(placements[i], sites, limits);
    if (!fault.empty())
      throw OptionError("placement " + std::to_string(i + 1) + " of " + std::to_string(placements.size()) +
                        " " + fault);
  }
}

/// What a search for the best placement against one kind of evader came to.
struct Found {
  EvaderModel model;
  std::vector<Teams> placements;
  double bound;
  bool ended_early;
};

Found best_unaware(const AllEvaders& evaders, const JudgeOptions& options, const Execution& execution) {
  const Placement found =
      capture_placement(evaders.unaware.site_trees, evaders.unaware.draws(), evaders.journeys, evaders.sites,
                        options.limits, options.capture, execution);
  return {EvaderModel::unaware, {found.site}, found.bound, found.status == Status::limit};
}

/// Nobody who reroutes is caught more often than before, but for groups: there each team is minded.
Found best_partly_aware(const AllEvaders& evaders, const JudgeOptions& options, double unaware_bound,
                        const Execution& execution) {
  const PartlyAwareOptions limited{options.limits, options.evaluated, options.selection_draws};
  const Placement found =
      partly_aware_placement(evaders.rerouting, evaders.unaware, evaders.sites, limited, execution);
  const double bound = has_groups(evaders.sites) ? found.bound : std::min(found.bound, unaware_bound);
  return {EvaderModel::partly_aware, {found.site}, bound, false};
}

Found best_evasive(const AllEvaders& evaders, const JudgeOptions& options, const Execution& execution) {
  Found found{EvaderModel::evasive, {}, evaders.evasive.journeys(), false};
  for (const Limit& limit : options.limits) {
    const EvasiveCapture one =
        evasive_capture(evaders.evasive, watched_sites(evaders, limit.use),
                        {.budget = limit.capacity, .limits = options.evasive}, execution);
    found.placements.push_back(one.site);
    found.bound = std::min(found.bound, one.bound);
    found.ended_early = found.ended_early || one.status == Status::limit;
  }
  return found;
}

Found best_worst_case(const AllEvaders& evaders, const JudgeOptions& options, const Execution& execution) {
  double moving = 0.0;
  for (const double journeys : evaders.part_pairs.weight) moving += journeys;
  Found found{EvaderModel::worst_case, {}, moving, false};
  for (const Limit& limit : options.limits) {
    const WorstCasePlacement one = worst_case_placement(worst_case_of(evaders, limit.use, limit.capacity),
                                                        options.worst_case, execution);
    found.placements.push_back(one.site);
    found.bound = std::min(found.bound, moving - one.bound);
    found.ended_early = found.ended_early || one.status == Status::limit;
  }
  return found;
}

void add_placement(Judgement& judged, const Teams& teams, std::optional<EvaderModel> found_for) {
  judged.placement.push_back(teams);
  judged.found_for.push_back(found_for);
}

/// Where it keeps all limits, and is not there yet.
void add_found(Judgement& judged, const Found& found, const Limits& limits) {
  for (const Teams& teams : found.placements) {
    const auto same = [&](const Teams& other) { return sorted(other) == sorted(teams); };
    if (!keeps(limits, teams) || std::ranges::any_of(judged.placement, same)) continue;
    add_placement(judged, teams, found.model);
  }
}

Status status_after(double caught, double bound, bool ended_early) {
  if (status_of(caught, bound) == Status::optimal) return Status::optimal;
  return ended_early ? Status::limit : Status::gap;
}

/// The first of the placements that catches most.
BestKnown best_of(EvaderModel model, std::span<const Faced> all) {
  BestKnown best{.model = model};
  std::vector<double> caught;
  for (const Faced& one : all) caught.push_back(one[static_cast<std::size_t>(model)].mean);
  best.placement = first_of_largest(caught);
  if (best.placement) best.caught = *std::ranges::max_element(caught);
  return best;
}

BestKnown best_placement(const Found& found, std::span<const Faced> all) {
  BestKnown best = best_of(found.model, all);
  best.bound = std::max(found.bound, best.caught);
  best.status = status_after(best.caught, best.bound, found.ended_early);
  return best;
}

PatrolOptions fitted(PatrolOptions patrol, const Sites& sites) {
  if (patrol.room.empty()) {
    for (const SiteState state : sites.state) patrol.room.push_back(state == SiteState::forbidden ? 0 : 1);
  }
  std::size_t room = 0;
  for (const std::uint32_t of_site : patrol.room) room += of_site;
  patrol.teams = std::min(patrol.teams, room);
  return patrol;
}

/// A schedule that never changes is a mix too.
BestKnown best_patrol(const AllEvaders& evaders, const PatrolOptions& options, std::span<const Faced> all,
                      const Execution& execution) {
  BestKnown best = best_of(EvaderModel::mixed_patrol, all);
  const PatrolOptions rules = fitted(options, evaders.sites);
  if (rules.teams == 0) {
    best.status = Status::optimal;
    return best;
  }
  const MixedPatrol patrol =
      mixed_patrol(evaders.graph, evaders.sites.detection, evaders.pairs, rules, execution);
  const double value = patrol.lower * patrol.journeys;
  if (value > best.caught || !best.placement) {
    best.caught = value;
    best.placement.reset();
  }
  best.bound = std::max(patrol.upper * patrol.journeys, best.caught);
  best.status = patrol.status == Status::limit
                    ? status_after(best.caught, best.bound, true)
                    : (patrol.status == Status::optimal ? Status::optimal : Status::gap);
  return best;
}

void add_row(Judgement& judged, std::size_t placement, const BestKnown& best, const Estimate& caught) {
  judged.row_placement.push_back(placement);
  judged.facing.push_back(best.model);
  judged.caught.push_back(caught.mean);
  judged.caught_error.push_back(caught.standard_error);
  judged.regret.push_back(best.caught - caught.mean);
}

}  // namespace

Judgement judge(const AllEvaders& evaders, const std::vector<std::vector<SiteId>>& placements,
                const JudgeOptions& options, const Execution& execution) {
  check_limits(options.limits, evaders.sites);
  check_placements(placements, evaders.sites, options.limits);
  std::vector<Found> found{best_unaware(evaders, options, execution)};
  found.push_back(best_partly_aware(evaders, options, found.front().bound, execution));
  found.push_back(best_evasive(evaders, options, execution));
  found.push_back(best_worst_case(evaders, options, execution));
  Judgement judged;
  judged.journeys = evaders.journeys;
  for (const Teams& teams : placements) add_placement(judged, teams, std::nullopt);
  for (const Found& one : found) add_found(judged, one, options.limits);
  std::vector<Faced> all;
  for (const Teams& teams : judged.placement) all.push_back(faced(evaders, teams, execution));
  for (const Found& one : found) judged.best.push_back(best_placement(one, all));
  if (options.patrol) judged.best.push_back(best_patrol(evaders, *options.patrol, all, execution));
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const BestKnown& best : judged.best)
      add_row(judged, i, best, all[i][static_cast<std::size_t>(best.model)]);
  return judged;
}

}  // namespace waywarden
