#include <pybind11/stl.h>

#include "convert.h"
#include "placement.h"
#include "run.h"
#include "waywarden/flow/route_choice.h"
#include "waywarden/interdiction/capture.h"
#include "waywarden/interdiction/collateral.h"
#include "waywarden/interdiction/greedy.h"
#include "waywarden/interdiction/site_routes.h"

namespace waywarden::bindings {
namespace {

/// Routes contracted once, for all that is asked of them.
struct ChosenSiteRoutes {
  SiteRoutes routes;
  Sites sites;
  double journeys = 0.0;
};

ChosenSiteRoutes contract(const Core& core, const ChosenFlows& flows, const Sites& sites,
                          const py::object& report, unsigned threads) {
  return run(report, threads, [&](const Execution& execution) {
    return ChosenSiteRoutes{site_routes(core, flows.routes, flows.demand, sites, execution), sites,
                            flows.journeys};
  });
}

void bind_routes(py::module_& m) {
  const py::class_<ChosenSiteRoutes> routes(m, "ChosenSiteRoutes",
                                            "Routes of a model of route choice, and their sites.");
  m.def("chosen_site_routes", &contract, "core"_a, "flows"_a, "sites"_a, py::kw_only(),
        "report"_a = py::none(), "threads"_a = 0);
}

void bind_placements_on_routes(py::module_& m) {
  m.def(
      "greedy_on_routes",
      [](const ChosenSiteRoutes& chosen, std::optional<std::size_t> teams, std::optional<double> budget,
         const Stops& stops, const py::object& report, unsigned threads) {
        return placement_out(run(report, threads, [&](const Execution& execution) {
          return greedy_placement(chosen.routes, chosen.journeys, chosen.sites,
                                  limits_in(chosen.sites, teams, budget, stops), execution);
        }));
      },
      "routes"_a, py::kw_only(), "teams"_a = py::none(), "budget"_a = py::none(), "stops"_a = py::none(),
      "report"_a = py::none(), "threads"_a = 0);
  const CaptureOptions defaults;
  m.def(
      "capture_on_routes",
      [](const ChosenSiteRoutes& chosen, std::optional<std::size_t> teams, std::optional<double> budget,
         const Stops& stops, int exchanges, std::size_t nodes, double passages, std::optional<double> seconds,
         const py::object& report, unsigned threads) {
        const CaptureOptions options{exchanges, {nodes, passages, seconds}};
        return placement_out(run(report, threads, [&](const Execution& execution) {
          return capture_placement(chosen.routes, chosen.journeys, chosen.sites,
                                   limits_in(chosen.sites, teams, budget, stops), options, execution);
        }));
      },
      "routes"_a, py::kw_only(), "teams"_a = py::none(), "budget"_a = py::none(), "stops"_a = py::none(),
      "exchanges"_a = defaults.exchanges, "nodes"_a = defaults.search.nodes,
      "passages"_a = defaults.search.passages, "seconds"_a = defaults.search.seconds, "report"_a = py::none(),
      "threads"_a = 0);
}

void bind_stops_on_routes(py::module_& m) {
  m.def(
      "lawful_stops_on_routes",
      [](const ChosenSiteRoutes& lawful, double specificity, const py::object& report, unsigned threads) {
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return lawful_stops(lawful.sites, journeys_passing(lawful.routes, lawful.sites, execution),
                              specificity);
        }));
      },
      "lawful"_a, py::kw_only(), "specificity"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "frontier_on_routes",
      [](const ChosenSiteRoutes& chosen, std::optional<std::size_t> teams, std::optional<double> budget,
         const std::vector<double>& stops, std::size_t points, const py::object& report, unsigned threads) {
        return frontier_out(run(report, threads, [&](const Execution& execution) {
          return collateral_frontier(chosen.routes, chosen.sites, limits_in(chosen.sites, teams, budget, {}),
                                     stops, points, execution);
        }));
      },
      "routes"_a, py::kw_only(), "teams"_a = py::none(), "budget"_a = py::none(), "stops"_a, "points"_a = 20,
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_chosen_capture(py::module_& m) {
  bind_routes(m);
  bind_placements_on_routes(m);
  bind_stops_on_routes(m);
}

}  // namespace waywarden::bindings
