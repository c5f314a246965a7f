#include <pybind11/stl.h>

#include "arc_arrays.h"
#include "convert.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/evasive_capture.h"
#include "waywarden/network_interdiction/max_flow_interdiction.h"
#include "waywarden/network_interdiction/min_cost_flow_interdiction.h"
#include "waywarden/network_interdiction/minimum_cut.h"
#include "waywarden/network_interdiction/shortest_path_interdiction.h"

namespace waywarden::bindings {

std::uint32_t number_in(std::int64_t number) {
  if (number < 0 || number >= std::numeric_limits<std::uint32_t>::max()) {
    throw OptionError(std::to_string(number) + " is not the number of a node or site");
  }
  return static_cast<std::uint32_t>(number);
}

std::vector<std::uint32_t> numbers_in(const Integers& values) {
  std::vector<std::uint32_t> numbers;
  for (const std::int64_t value : view(values)) numbers.push_back(number_in(value));
  return numbers;
}

namespace {

std::vector<SiteId> sites_in(const Integers& values) {
  std::vector<SiteId> sites;
  for (const std::int64_t value : view(values)) sites.emplace_back(number_in(value));
  return sites;
}

void mark(AttackSites& sites, const Integers& which, SiteState state) {
  for (const SiteId site : sites_in(which)) {
    if (site.index() >= sites.size()) throw OptionError("a site does not exist");
    sites.state[site.index()] = state;
  }
}

/// -1 where an arc cannot be attacked.
AttackSites arc_sites(const Integers& site_of_arc, const Doubles& cost, const Integers& required,
                      const Integers& forbidden) {
  AttackSites sites{{}, to_vector(cost), {}};
  sites.state.assign(sites.size(), SiteState::candidate);
  for (const std::int64_t site : view(site_of_arc)) {
    sites.site_of_arc.push_back(site == -1 ? SiteId::none() : SiteId(number_in(site)));
  }
  mark(sites, required, SiteState::required);
  mark(sites, forbidden, SiteState::forbidden);
  return sites;
}

py::array_t<std::int64_t> counts(const std::vector<std::size_t>& values) {
  return to_numpy(std::vector<std::int64_t>(values.begin(), values.end()));
}

py::dict lengthened(const ShortestPathInterdiction& found) {
  return py::dict("site"_a = positions(found.site), "cost"_a = found.cost,
                  "length_before"_a = to_numpy(found.length_before), "length"_a = to_numpy(found.length),
                  "abandon_at"_a = found.abandon_at, "value"_a = found.value, "bound"_a = found.bound,
                  "status"_a = std::string(name(found.status)), "nodes"_a = found.nodes,
                  "routes"_a = found.routes);
}

py::dict frontier_out(FlowFrontier found) {
  py::list sites;
  for (const std::vector<SiteId>& placement : found.site) sites.append(positions(placement));
  return py::dict("budget"_a = to_numpy(std::move(found.budget)), "site"_a = sites,
                  "cost"_a = to_numpy(std::move(found.cost)), "value"_a = to_numpy(std::move(found.value)),
                  "bound"_a = to_numpy(std::move(found.bound)), "status"_a = names(found.status),
                  "nodes"_a = counts(found.nodes));
}

py::dict dearer(MinCostFlowInterdiction found) {
  return py::dict("site"_a = positions(found.site), "cost"_a = found.cost,
                  "value_before"_a = found.value_before, "value"_a = found.value, "bound"_a = found.bound,
                  "unmet_cost"_a = found.unmet_cost, "flow"_a = to_numpy(std::move(found.flow)),
                  "unmet"_a = to_numpy(std::move(found.unmet)), "status"_a = std::string(name(found.status)),
                  "nodes"_a = found.nodes, "flows"_a = found.flows);
}

py::dict outcome_out(const EvasiveOutcome& outcome) {
  return py::dict("captured"_a = flags(outcome.captured), "captured_journeys"_a = outcome.captured_journeys);
}

void bind_sites_of_arcs(py::module_& m) {
  py::class_<AttackSites>(m, "AttackSites", "Sets of arcs that can be attacked or watched.")
      .def("__len__", &AttackSites::size);
  m.def("arc_sites", &arc_sites, "site_of_arc"_a, "cost"_a, py::kw_only(), "required"_a, "forbidden"_a);
}

void bind_shortest_path_interdiction(py::module_& m) {
  const SearchLimits defaults;
  m.def(
      "shortest_path_interdiction",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& length,
         const Doubles& delay, const AttackSites& sites, const Integers& origin, const Integers& destination,
         const Doubles& weight, double budget, std::optional<double> abandon_at, std::size_t node_limit,
         double time_limit, const py::object& report, unsigned threads) {
        const Arcs arcs(tail, head);
        const std::vector<double> lengths = to_vector(length), delays = to_vector(delay);
        const NodePairs pairs{numbers_in(origin), numbers_in(destination), to_vector(weight)};
        const ShortestPathInterdictionOptions options{budget, abandon_at, {node_limit, time_limit}};
        return lengthened(run(report, threads, [&](const Execution& execution) {
          return shortest_path_interdiction(nodes, arcs.columns(), {lengths, delays}, sites, pairs, options,
                                            execution);
        }));
      },
      "nodes"_a, "tail"_a, "head"_a, "length"_a, "delay"_a, "sites"_a, "origin"_a, "destination"_a,
      "weight"_a, py::kw_only(), "budget"_a, "abandon_at"_a = py::none(), "node_limit"_a = defaults.nodes,
      "time_limit"_a = defaults.seconds, "report"_a = py::none(), "threads"_a = 0);
}

void bind_flows(py::module_& m) {
  m.def(
      "minimum_cut",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& capacity,
         std::int64_t source, std::int64_t sink) {
        const Arcs arcs(tail, head);
        MinimumCut cut =
            minimum_cut(nodes, arcs.columns(), view(capacity), number_in(source), number_in(sink));
        return py::dict("value"_a = cut.value,
                        "arc"_a = to_numpy(std::vector<std::int64_t>(cut.arc.begin(), cut.arc.end())),
                        "source_side"_a = flags(cut.source_side));
      },
      "nodes"_a, "tail"_a, "head"_a, "capacity"_a, "source"_a, "sink"_a);
  const SearchLimits defaults;
  m.def(
      "max_flow_interdiction",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& capacity,
         const AttackSites& sites, std::int64_t source, std::int64_t sink, const std::vector<double>& budgets,
         std::size_t node_limit, double time_limit, const py::object& report, unsigned threads) {
        const Arcs arcs(tail, head);
        const std::vector<double> capacities = to_vector(capacity);
        const FlowEnds ends{number_in(source), number_in(sink)};
        const MaxFlowInterdictionOptions options{budgets, {node_limit, time_limit}};
        return frontier_out(run(report, threads, [&](const Execution& execution) {
          return max_flow_interdiction(nodes, arcs.columns(), capacities, sites, ends, options, execution);
        }));
      },
      "nodes"_a, "tail"_a, "head"_a, "capacity"_a, "sites"_a, "source"_a, "sink"_a, py::kw_only(),
      "budgets"_a, "node_limit"_a = defaults.nodes, "time_limit"_a = defaults.seconds,
      "report"_a = py::none(), "threads"_a = 0);
}

void bind_min_cost_flow(py::module_& m) {
  const SearchLimits defaults;
  m.def(
      "min_cost_flow_interdiction",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& capacity,
         const Doubles& cost, const Doubles& supply, const AttackSites& sites, double budget,
         std::optional<double> unmet_cost, std::size_t node_limit, double time_limit,
         const py::object& report, unsigned threads) {
        const Arcs arcs(tail, head);
        const std::vector<double> capacities = to_vector(capacity), costs = to_vector(cost);
        const std::vector<double> supplies = to_vector(supply);
        const MinCostFlowInterdictionOptions options{budget, unmet_cost, {node_limit, time_limit}};
        return dearer(run(report, threads, [&](const Execution& execution) {
          return min_cost_flow_interdiction(nodes, arcs.columns(), {capacities, costs}, supplies, sites,
                                            options, execution);
        }));
      },
      "nodes"_a, "tail"_a, "head"_a, "capacity"_a, "cost"_a, "supply"_a, "sites"_a, py::kw_only(), "budget"_a,
      "unmet_cost"_a = py::none(), "node_limit"_a = defaults.nodes, "time_limit"_a = defaults.seconds,
      "report"_a = py::none(), "threads"_a = 0);
}

void bind_evaders(py::module_& m) {
  py::class_<EvasivePairs>(m, "EvasivePairs", "Evaders who know where teams stand.")
      .def("journeys", &EvasivePairs::journeys)
      .def("cheapest", [](const EvasivePairs& evaders) {
        const auto cheapest = evaders.cheapest();
        return to_numpy(std::vector<std::optional<double>>(cheapest.begin(), cheapest.end()));
      });
  m.def(
      "evasive_pairs",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& cost,
         const Integers& origin, const Integers& destination, const Doubles& journeys, double detour,
         const py::object& report, unsigned threads) {
        const Arcs arcs(tail, head);
        const std::vector<double> costs = to_vector(cost);
        const NodePairs pairs{numbers_in(origin), numbers_in(destination), to_vector(journeys)};
        return run(report, threads, [&](const Execution& execution) {
          return EvasivePairs(nodes, arcs.columns(), costs, pairs, detour, execution);
        });
      },
      "nodes"_a, "tail"_a, "head"_a, "cost"_a, "origin"_a, "destination"_a, "journeys"_a, py::kw_only(),
      "detour"_a, "report"_a = py::none(), "threads"_a = 0);
}

void bind_evasive_capture(py::module_& m) {
  m.def(
      "evasive_outcome",
      [](const EvasivePairs& evaders, const AttackSites& sites, const Integers& placement,
         const py::object& report, unsigned threads) {
        const std::vector<SiteId> chosen = sites_in(placement);
        return outcome_out(run(report, threads, [&](const Execution& execution) {
          return evasive_outcome(evaders, sites, chosen, execution);
        }));
      },
      "evaders"_a, "sites"_a, "placement"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  const SearchLimits defaults;
  m.def(
      "evasive_capture",
      [](const EvasivePairs& evaders, const AttackSites& sites, double budget, std::size_t node_limit,
         double time_limit, const py::object& report, unsigned threads) {
        const EvasiveCaptureOptions options{budget, {node_limit, time_limit}};
        const EvasiveCapture found = run(report, threads, [&](const Execution& execution) {
          return evasive_capture(evaders, sites, options, execution);
        });
        return py::dict("site"_a = positions(found.site), "cost"_a = found.cost,
                        "outcome"_a = outcome_out(found.outcome), "journeys"_a = found.journeys,
                        "bound"_a = found.bound, "status"_a = std::string(name(found.status)),
                        "nodes"_a = found.nodes, "routes"_a = found.routes);
      },
      "evaders"_a, "sites"_a, py::kw_only(), "budget"_a, "node_limit"_a = defaults.nodes,
      "time_limit"_a = defaults.seconds, "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_graph_interdiction(py::module_& m) {
  bind_sites_of_arcs(m);
  bind_shortest_path_interdiction(m);
  bind_flows(m);
  bind_min_cost_flow(m);
  bind_evaders(m);
  bind_evasive_capture(m);
}

}  // namespace waywarden::bindings
