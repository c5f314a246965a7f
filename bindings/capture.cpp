#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "placement.h"
#include "run.h"
#include "waywarden/interdiction/capture.h"
#include "waywarden/interdiction/collateral.h"
#include "waywarden/interdiction/interception.h"

namespace waywarden::bindings {

py::dict placement_out(const Placement& p) {
  return py::dict(
      "columns"_a = py::dict("site"_a = positions(p.site), "gain"_a = to_numpy(std::vector<double>(p.gain)),
                             "gain_error"_a = to_numpy(std::vector<double>(p.gain_error)),
                             "caught"_a = to_numpy(std::vector<double>(p.caught)),
                             "caught_error"_a = to_numpy(std::vector<double>(p.caught_error)),
                             "share"_a = to_numpy(std::vector<double>(p.share))),
      "journeys"_a = p.journeys, "bound"_a = p.bound, "status"_a = std::string(name(p.status)));
}

std::vector<SiteId> site_ids_in(const std::vector<std::size_t>& positions) {
  return {positions.begin(), positions.end()};
}

Limits limits_in(const Sites& sites, std::optional<std::size_t> teams, std::optional<double> budget,
                 const Stops& stops) {
  Limits limits;
  if (teams) required_sites(sites, *teams);  // says how many teams are missing
  if (teams) limits.push_back(team_limit(sites, *teams));
  if (budget) limits.push_back(budget_limit(sites, *budget));
  if (stops) limits.push_back(stop_limit(stops->first, stops->second));
  return limits;
}

py::dict frontier_out(const CollateralFrontier& f) {
  py::list sites;
  for (const std::vector<SiteId>& placed : f.sites) sites.append(positions(placed));
  return py::dict("price"_a = to_numpy(std::vector<double>(f.price)), "sites"_a = sites,
                  "caught"_a = to_numpy(std::vector<double>(f.caught)),
                  "stops"_a = to_numpy(std::vector<double>(f.stops)),
                  "stops_per_capture"_a = to_numpy(std::vector<double>(f.stops_per_capture)),
                  "bound"_a = to_numpy(std::vector<double>(f.bound)));
}

namespace {

void bind_stops(py::module_& m) {
  m.def(
      "lawful_stops",
      [](const Loading& lawful, const Sites& sites, double specificity, const py::object& report,
         unsigned threads) {
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          const WatchedTrees passing(lawful.site_trees, lawful.forest.draws, sites.detection, execution);
          return lawful_stops(sites, passing.reaching(), specificity);
        }));
      },
      "lawful"_a, "sites"_a, py::kw_only(), "specificity"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "collateral_frontier",
      [](const Moving& moving, const Loading& loading, std::optional<std::size_t> teams,
         std::optional<double> budget, const std::vector<double>& stops, std::size_t points,
         const py::object& report, unsigned threads) {
        return frontier_out(run(report, threads, [&](const Execution& execution) {
          return collateral_frontier(loading.site_trees, loading.forest.draws, moving.sites,
                                     limits_in(moving.sites, teams, budget, {}), stops, points, execution);
        }));
      },
      "moving"_a, "loading"_a, py::kw_only(), "teams"_a = py::none(), "budget"_a = py::none(), "stops"_a,
      "points"_a = 20, "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_capture(py::module_& m) {
  bind_stops(m);
  const CaptureOptions defaults;
  m.def(
      "capture_placement",
      [](const Moving& moving, const Loading& loading, std::optional<std::size_t> teams,
         std::optional<double> budget, const Stops& stops, int exchanges, std::size_t nodes, double passages,
         std::optional<double> seconds, const py::object& report, unsigned threads) {
        const CaptureOptions options{exchanges, {nodes, passages, seconds}};
        return placement_out(run(report, threads, [&](const Execution& execution) {
          return capture_placement(loading.site_trees, loading.forest.draws, loading.journeys, moving.sites,
                                   limits_in(moving.sites, teams, budget, stops), options, execution);
        }));
      },
      "moving"_a, "loading"_a, py::kw_only(), "teams"_a = py::none(), "budget"_a = py::none(),
      "stops"_a = py::none(), "exchanges"_a = defaults.exchanges, "nodes"_a = defaults.search.nodes,
      "passages"_a = defaults.search.passages, "seconds"_a = defaults.search.seconds, "report"_a = py::none(),
      "threads"_a = 0);
}

}  // namespace waywarden::bindings
