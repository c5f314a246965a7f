#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "run.h"
#include "waywarden/flow/calibration.h"
#include "waywarden/flow/demand.h"
#include "waywarden/flow/loading.h"

namespace waywarden::bindings {

namespace {

std::string text(SpreadStatus status) {
  switch (status) {
    case SpreadStatus::met:
      return "met";
    case SpreadStatus::too_low:
      return "too low";
    case SpreadStatus::too_high:
      return "too high";
    case SpreadStatus::jumps:
      return "jumps";
  }
  return "";
}

py::dict columns_out(const Demand& demand) {
  return py::dict("origin"_a = positions(demand.origin), "destination"_a = positions(demand.destination),
                  "journeys"_a = to_numpy(std::vector<double>(demand.journeys)));
}

py::dict columns_out(const Estimates& estimates) {
  return py::dict("journeys"_a = to_numpy(std::vector<double>(estimates.mean)),
                  "standard_error"_a = to_numpy(std::vector<double>(estimates.standard_error)));
}

template <Estimates Exposure::*part>
py::dict part_out(const Exposure& exposure) {
  return columns_out(exposure.*part);
}

void bind_places_and_pairs(py::module_& m) {
  py::class_<Core>(m, "Core", "The part of a network that routes between places use.")
      .def(py::init([](const Network& network, const Places& places) { return Core(network, places.node); }),
           "network"_a, "places"_a)
      .def_property_readonly("node_count", &Core::node_count)
      .def_property_readonly("arc_count", &Core::arc_count);
  py::class_<Skim>(m, "Skim", "Cheapest costs between places.")
      .def(
          "cost",
          [](const Skim& skim, std::size_t origin, std::size_t destination) {
            return skim.cost(PlaceId(origin), PlaceId(destination));
          },
          "origin"_a, "destination"_a)
      .def("__len__", &Skim::place_count);
  py::class_<Demand>(m, "Demand", "Expected journeys between places.")
      .def("columns", py::overload_cast<const Demand&>(&columns_out))
      .def("total", &Demand::total)
      .def("__len__", &Demand::size);
}

void bind_skim(py::module_& m) {
  m.def(
      "skim",
      [](const Core& core, const EdgeCosts& costs, const Places& places, const py::object& report,
         unsigned threads, std::optional<double> cutoff) {
        return run(report, threads, [&](const Execution& execution) {
          return skim(core, costs, places, execution, {cutoff});
        });
      },
      "core"_a, "costs"_a, "places"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0,
      "cutoff"_a = py::none());
}

void bind_perception(py::module_& m) {
  py::class_<Perception>(m, "Perception", "What evaders believe of a network, in each draw.")
      .def_property_readonly("deviation", &Perception::deviation)
      .def_property_readonly("draws", &Perception::draws)
      .def(
          "factors",
          [](const Perception& perception, std::uint32_t draw) { return to_numpy(perception.factors(draw)); },
          "draw"_a);
  py::class_<Calibration>(m, "Calibration")
      .def_readonly("perception", &Calibration::perception)
      .def_readonly("spread", &Calibration::spread)
      .def_readonly("overlap", &Calibration::overlap)
      .def_readonly("sampled_pairs", &Calibration::sampled_pairs)
      .def_property_readonly("status",
                             [](const Calibration& calibration) { return text(calibration.status); });
  const PerceptionOptions defaults;
  m.def(
      "calibrate",
      [](const Network& network, const Core& core, const EdgeCosts& reference, const Demand& demand,
         const Places& places, std::uint64_t seed, std::uint32_t draws, double spread, double link_noise,
         double mode_effect, double country_effect, const py::object& report, unsigned threads) {
        const PerceptionOptions options{seed, draws, spread, link_noise, mode_effect, country_effect};
        return run(report, threads, [&](const Execution& execution) {
          return calibrate(network, core, reference, demand, places, options, {}, execution);
        });
      },
      "network"_a, "core"_a, "reference"_a, "demand"_a, "places"_a, py::kw_only(), "seed"_a = defaults.seed,
      "draws"_a = defaults.draws, "spread"_a = defaults.spread, "link_noise"_a = defaults.link_noise,
      "mode_effect"_a = defaults.mode_effect, "country_effect"_a = defaults.country_effect,
      "report"_a = py::none(), "threads"_a = 0);
}

void bind_loading(py::module_& m) {
  py::class_<Exposure>(m, "Exposure", "Expected attempted journeys, as if nobody were stopped.")
      .def("edges", &part_out<&Exposure::edge>)
      .def("nodes", &part_out<&Exposure::node>)
      .def("crossings", &part_out<&Exposure::crossing>)
      .def("modes_km", &part_out<&Exposure::mode_km>)
      .def("countries_km", &part_out<&Exposure::country_km>);
  py::class_<Loading>(m, "Loading", "Journeys put on a network.")
      .def_readonly("exposure", &Loading::exposure)
      .def_property_readonly(
          "cost", [](const Loading& l) { return py::make_tuple(l.cost.mean, l.cost.standard_error); })
      .def_property_readonly(
          "spread", [](const Loading& l) { return py::make_tuple(l.spread.mean, l.spread.standard_error); })
      .def_readonly("overlap", &Loading::overlap)
      .def_readonly("journeys", &Loading::journeys)
      .def_readonly("unrouted_journeys", &Loading::unrouted_journeys)
      .def_readonly("unrouted_pairs", &Loading::unrouted_pairs);
  py::class_<Moving>(m, "Moving", "Who moves where, on what, and where they may be watched.")
      .def(py::init<const Network&, const Core&, const EdgeCosts&, const Demand&, const Places&,
                    const Perception&, const Sites&>(),
           "network"_a, "core"_a, "costs"_a, "demand"_a, "places"_a, "perception"_a, "sites"_a)
      .def_readonly("sites", &Moving::sites);
  m.def(
      "load_flows",
      [](const Moving& moving, const py::object& report, unsigned threads) {
        return run(report, threads,
                   [&](const Execution& execution) { return load_flows(moving.movement(), {}, execution); });
      },
      "moving"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_flow(py::module_& m) {
  bind_places_and_pairs(m);
  bind_skim(m);
  bind_perception(m);
  bind_loading(m);
}

}  // namespace waywarden::bindings
