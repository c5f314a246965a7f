#include "waywarden/flow/route_choice.h"

#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/flow/select_link.h"
#include "waywarden/routing/route_lines.h"

namespace waywarden::bindings {
namespace {

RouteChoice choice_in(const std::string& word) {
  if (word == "cheapest") return RouteChoice::cheapest;
  if (word == "most_evasive") return RouteChoice::most_evasive;
  if (word == "path_size_logit") return RouteChoice::path_size_logit;
  if (word == "acyclic_logit") return RouteChoice::acyclic_logit;
  if (word == "recursive_logit") return RouteChoice::recursive_logit;
  throw OptionError("no model of route choice '" + word +
                    "'; there are: perception, cheapest, most_evasive, path_size_logit, acyclic_logit, "
                    "recursive_logit");
}

py::tuple pair_out(const Estimate& estimate) {
  return py::make_tuple(estimate.mean, estimate.standard_error);
}

py::array_t<double> copied(const std::vector<double>& values) {
  return to_numpy(std::vector<double>(values));
}

template <class Index>
py::array_t<std::int64_t> integers(const std::vector<Index>& values) {
  return to_numpy(std::vector<std::int64_t>(values.begin(), values.end()));
}

template <Estimate PairOutcomes::*part>
py::tuple mean_out(const ChosenFlows& flows) {
  return pair_out(flows.pairs.*part);
}

py::dict pairs_out(const ChosenFlows& flows) {
  const PairOutcomes& pairs = flows.pairs;
  return py::dict("joined"_a = flags(pairs.joined), "cheapest_cost"_a = copied(pairs.cheapest_cost),
                  "cost"_a = copied(pairs.cost.mean), "cost_error"_a = copied(pairs.cost.standard_error),
                  "evasion"_a = copied(pairs.evasion.mean),
                  "evasion_error"_a = copied(pairs.evasion.standard_error));
}

std::vector<EdgeId> edges_in(const Integers& edges) {
  std::vector<EdgeId> ids;
  for (const std::int64_t e : view(edges)) {
    if (e < 0 || e >= std::int64_t{0xFFFFFFFF}) throw OptionError("there is no such edge");
    ids.push_back(EdgeId(static_cast<std::size_t>(e)));
  }
  return ids;
}

ChosenFlows choose(const Network& network, const Core& core, const EdgeCosts& costs, const Demand& demand,
                   const Places& places, const std::string& model, double theta, double path_size_weight,
                   std::size_t count, double excess, const py::object& report, unsigned threads) {
  const Travel travel{network, core, costs, demand, places};
  const ChoiceOptions options{
      choice_in(model), theta, {path_size_weight, PenaltyOptions{.count = count, .excess = excess}}};
  return run(report, threads,
             [&](const Execution& execution) { return choose_routes(travel, options, execution); });
}

ChosenFlows perceived(const Moving& moving, const Loading& loading, const py::object& report,
                      unsigned threads) {
  const Travel travel{moving.network, moving.core,   moving.costs,
                      moving.demand,  moving.places, &moving.perception};
  return run(report, threads, [&](const Execution& execution) {
    return flows_on(travel, RouteChoice::sampled_perception, loading.forest, execution);
  });
}

py::dict link_out(const Core& core, const ChosenFlows& flows, const Integers& edges, const py::object& report,
                  unsigned threads) {
  const std::vector<EdgeId> through = edges_in(edges);
  LinkUse use = run(report, threads, [&](const Execution& execution) {
    return select_link(core, flows.routes, flows.demand, through, execution);
  });
  return py::dict("total"_a = pair_out(use.total), "pair"_a = integers(use.pair),
                  "journeys"_a = to_numpy(std::move(use.journeys.mean)),
                  "standard_error"_a = to_numpy(std::move(use.journeys.standard_error)),
                  "share_of_pair"_a = to_numpy(std::move(use.share_of_pair)),
                  "share_of_link"_a = to_numpy(std::move(use.share_of_link)));
}

py::dict routes_out(const Network& network, const Core& core, const ChosenFlows& flows, const Integers& edges,
                    std::size_t count, const py::object& report, unsigned threads) {
  const std::vector<EdgeId> through = edges_in(edges);
  RouteUse use = run(report, threads, [&](const Execution& execution) {
    return top_routes(core, flows.routes, flows.demand, through, count, execution);
  });
  std::vector<Geometry> lines;
  for (std::size_t r = 0; r < use.pair.size(); ++r) {
    lines.push_back(
        route_line(network, std::span(use.edges).subspan(use.first[r], use.first[r + 1] - use.first[r])));
  }
  return py::dict("pair"_a = integers(use.pair), "journeys"_a = to_numpy(std::move(use.journeys)),
                  "share_of_pair"_a = to_numpy(std::move(use.share_of_pair)), "first"_a = integers(use.first),
                  "edges"_a = integers(use.edges), "wkb"_a = to_wkb_arrays(lines));
}

void bind_chosen_flows(py::module_& m) {
  py::class_<ChosenFlows>(m, "ChosenFlows", "Journeys on the routes of a model of route choice.")
      .def_readonly("exposure", &ChosenFlows::exposure)
      .def_readonly("journeys", &ChosenFlows::journeys)
      .def_readonly("unrouted_journeys", &ChosenFlows::unrouted_journeys)
      .def_readonly("unrouted_pairs", &ChosenFlows::unrouted_pairs)
      .def_property_readonly("cost", &mean_out<&PairOutcomes::mean_cost>)
      .def_property_readonly("spread", &mean_out<&PairOutcomes::spread>)
      .def_property_readonly("evasion", &mean_out<&PairOutcomes::mean_evasion>)
      .def("pairs", &pairs_out);
}

}  // namespace

void bind_route_choice(py::module_& m) {
  bind_chosen_flows(m);
  const PenaltyOptions alternatives = std::get<PenaltyOptions>(PathSizeOptions{}.alternatives);
  m.def("choose_routes", &choose, "network"_a, "core"_a, "costs"_a, "demand"_a, "places"_a, py::kw_only(),
        "model"_a, "theta"_a = ChoiceOptions{}.theta, "path_size_weight"_a = PathSizeOptions{}.weight,
        "count"_a = alternatives.count, "excess"_a = alternatives.excess, "report"_a = py::none(),
        "threads"_a = 0);
  m.def("perceived_flows", &perceived, "moving"_a, "loading"_a, py::kw_only(), "report"_a = py::none(),
        "threads"_a = 0);
  m.def("select_link", &link_out, "core"_a, "flows"_a, "edges"_a, py::kw_only(), "report"_a = py::none(),
        "threads"_a = 0);
  m.def("top_routes", &routes_out, "network"_a, "core"_a, "flows"_a, "edges"_a, py::kw_only(), "count"_a = 10,
        "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
