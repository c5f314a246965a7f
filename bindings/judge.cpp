#include "waywarden/judgement/judge.h"

#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "placement.h"
#include "run.h"

namespace waywarden::bindings {
namespace {

py::list placements_out(const Judgement& judged) {
  py::list all;
  for (const std::vector<SiteId>& teams : judged.placement) all.append(positions(teams));
  return all;
}

/// Empty for a placement given.
std::vector<std::string> found_for_out(const Judgement& judged) {
  std::vector<std::string> models;
  for (const auto& model : judged.found_for) models.emplace_back(model ? name(*model) : "");
  return models;
}

py::dict best_out(const std::vector<BestKnown>& best) {
  std::vector<EvaderModel> model;
  std::vector<double> caught, bound;
  std::vector<Status> status;
  std::vector<std::int64_t> placement;
  for (const BestKnown& one : best) {
    model.push_back(one.model);
    caught.push_back(one.caught);
    bound.push_back(one.bound);
    status.push_back(one.status);
    placement.push_back(one.placement ? static_cast<std::int64_t>(*one.placement) : -1);
  }
  return py::dict("model"_a = names(model), "caught"_a = to_numpy(std::move(caught)),
                  "bound"_a = to_numpy(std::move(bound)), "status"_a = names(status),
                  "placement"_a = to_numpy(std::move(placement)));
}

py::dict judgement_out(const Judgement& judged) {
  return py::dict("placements"_a = placements_out(judged), "found_for"_a = found_for_out(judged),
                  "best"_a = best_out(judged.best), "journeys"_a = judged.journeys,
                  "placement"_a = to_numpy(
                      std::vector<std::int64_t>(judged.row_placement.begin(), judged.row_placement.end())),
                  "model"_a = names(judged.facing), "caught"_a = to_numpy(std::vector<double>(judged.caught)),
                  "caught_error"_a = to_numpy(std::vector<double>(judged.caught_error)),
                  "regret"_a = to_numpy(std::vector<double>(judged.regret)));
}

JudgeOptions options_in(Limits limits, std::optional<std::size_t> patrol_teams, double seconds) {
  JudgeOptions options{.limits = std::move(limits)};
  options.capture.search.seconds = seconds;
  options.evasive.seconds = seconds;
  options.worst_case.seconds = seconds;
  if (patrol_teams) {
    options.patrol.emplace();
    options.patrol->teams = *patrol_teams;
    options.patrol->tolerance = 1e-3;
    options.patrol->seconds = seconds;
  }
  return options;
}

}  // namespace

void bind_judge(py::module_& m) {
  m.def(
      "judge",
      [](const Moving& moving, const Loading& loading,
         const std::vector<std::vector<std::size_t>>& placements, std::optional<std::size_t> teams,
         std::optional<double> budget, const Stops& stops, double aware_share, double risk_aversion,
         double detour, double seconds, const py::object& report, unsigned threads) {
        std::vector<std::vector<SiteId>> given;
        for (const auto& one : placements) given.push_back(site_ids_in(one));
        const bool teams_alone = teams && !budget && !stops;
        const JudgeOptions options = options_in(limits_in(moving.sites, teams, budget, stops),
                                                teams_alone ? teams : std::nullopt, seconds);
        return judgement_out(run(report, threads, [&](const Execution& execution) {
          const AllEvaders evaders = all_evaders(moving.movement(), loading, moving.sites,
                                                 {aware_share, risk_aversion}, detour, execution);
          return judge(evaders, given, options, execution);
        }));
      },
      "moving"_a, "loading"_a, "placements"_a, py::kw_only(), "teams"_a = py::none(), "budget"_a = py::none(),
      "stops"_a = py::none(), "aware_share"_a = Awareness{}.share,
      "risk_aversion"_a = Awareness{}.risk_aversion, "detour"_a = 1.25, "seconds"_a = 60.0,
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
