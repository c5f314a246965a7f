#include "waywarden/study/analysis.h"

#include <map>

namespace waywarden {
namespace {

struct CountedDemand {
  Demand demand;
  DemandAccount account;
};

CountedDemand estimated(const Study& study, const Places& places, const Skim& costs,
                        const Execution& execution) {
  EstimatedDemand found = model_demand(places, costs, study.demand.model, execution);
  CountedDemand out{std::move(found.demand), {}};
  out.account.unreachable_pairs = found.unreachable_pairs;
  out.account.unattached_places = found.unattached_places;
  return out;
}

CountedDemand given(const std::vector<GivenFlow>& flows, const Places& places, const Skim& costs) {
  std::map<std::string, PlaceId> by_id;
  for (std::size_t i = 0; i < places.size(); ++i) by_id.emplace(places.id[i], PlaceId(i));
  CountedDemand out;
  std::vector<StatedFlow> stated;
  for (const GivenFlow& flow : flows) {
    const auto from = by_id.find(flow.origin), to = by_id.find(flow.destination);
    if (from == by_id.end() || to == by_id.end()) {
      ++out.account.unused_flows;
    } else {
      stated.push_back({from->second, to->second, flow.journeys});
    }
  }
  StatedDemand found = stated_demand(stated, costs);
  out.demand = std::move(found.demand);
  out.account.unreachable_pairs = found.unreachable_pairs;
  out.account.unused_flows += found.within_places;
  return out;
}

CountedDemand demand(const Study& study, const StudyLayers& layers, const Places& places, const Skim& costs,
                     const Execution& execution) {
  CountedDemand out =
      study.demand.given ? given(layers.flows, places, costs) : estimated(study, places, costs, execution);
  out.account.pairs = out.demand.size();
  out.account.journeys = out.demand.total();
  if (out.demand.size() == 0)
    throw InputError("no two places with weights are joined by a route: there is no demand");
  return out;
}

std::optional<IncidentHotspots> hotspots(const Study& study, const StudyLayers& layers, const Places& places,
                                         const Execution& execution) {
  if (!layers.incidents || layers.incidents->point.empty()) return std::nullopt;
  return incident_hotspots(layers.incidents->point, places, study.incidents->role, study.seed, execution);
}

Limits limits(const InterdictionQuestion& question, const Sites& sites) {
  required_sites(sites, question.teams);  // says how many teams are missing
  Limits limits = {team_limit(sites, question.teams)};
  if (question.budget) limits.push_back(budget_limit(sites, *question.budget));
  return limits;
}

std::optional<Judgement> judgement(const InterdictionQuestion& question, const AllEvaders& evaders,
                                   const Placements& placements, const Execution& execution) {
  JudgeOptions options{.limits = limits(question, evaders.sites)};
  options.capture.search.seconds = question.seconds;
  options.evasive.seconds = question.seconds;
  options.worst_case.seconds = question.seconds;
  if (!question.budget) {
    options.patrol.emplace().teams = question.teams;
    options.patrol->seconds = question.seconds;
  }
  return judge(evaders, {placements.unaware.site, placements.partly_aware.site}, options, execution);
}

}  // namespace

Analysis analyse(const Study& study, const StudyLayers& layers, const Execution& execution) {
  if (!study.places)
    throw InputError({study.file, "", ""}, "a [places] layer is needed to estimate movement");
  BuiltNetwork built = build_network(layers.network, study.network, execution);
  const Network& network = built.network;
  EdgeCosts costs = edge_costs(network, study.costs, study.scenario);
  Core core(network, built.places.node);
  CountedDemand demanded =
      demand(study, layers, built.places, skim(core, costs, built.places, execution, {study.demand.cutoff}),
             execution);
  Calibration calibration = calibrate(network, core, edge_costs(network, study.costs), demanded.demand,
                                      built.places, study.route_choice, {}, execution);
  Sites sites = find_sites(network, study.interdiction.sites);
  const Movement moving{network,           core, costs, demanded.demand, built.places, calibration.perception,
                        sites.site_of_edge};
  Loading loading = load_flows(moving, {}, execution);
  const Awareness awareness{study.interdiction.aware_share, study.costs.risk_aversion};
  PartlyAwareOptions teams;
  teams.limits = limits(study.interdiction, sites);
  Placements placements = place_teams(moving, loading, sites, awareness, teams, execution);
  const EvaderModel model = awareness.share > 0.0 ? EvaderModel::partly_aware : EvaderModel::unaware;
  const auto firm = [&](EvaderModel of) {
    SensitivityOptions options;
    options.draws = study.interdiction.sensitivity_draws;
    options.model = of;
    options.placement = teams;
    // Ranges are rough by nature: the best candidate at first sight is taken.
    options.placement.evaluated = 1;
    return rank_ranges(moving, sites, awareness, placements.placed_for(of), options, execution);
  };
  Sensitivity unaware_ranks = firm(EvaderModel::unaware);
  Sensitivity aware_ranks = model == EvaderModel::unaware ? unaware_ranks : firm(EvaderModel::partly_aware);
  Displacement moved =
      displacement(moving, loading, sites, placements.placed_for(model).site, awareness, execution);
  auto found = hotspots(study, layers, built.places, execution);
  std::optional<Judgement> judged;
  if (study.interdiction.judged) {
    const double detour = study.interdiction.detour;
    judged = judgement(study.interdiction, all_evaders(moving, loading, sites, awareness, detour, execution),
                       placements, execution);
  }
  return {std::move(built),         std::move(costs),
          std::move(core),          std::move(demanded.demand),
          demanded.account,         std::move(calibration),
          std::move(sites),         std::move(loading),
          std::move(placements),    model,
          std::move(unaware_ranks), std::move(aware_ranks),
          std::move(moved),         std::move(found),
          std::move(judged)};
}

Movement movement(const Analysis& a) {
  return {a.built.network,     a.core, a.costs, a.demand, a.built.places, a.calibration.perception,
          a.sites.site_of_edge};
}

}  // namespace waywarden
