#include "convert.h"
#include "modes.h"
#include "waywarden/risk/edge_costs.h"
#include "waywarden/risk/scenario.h"

namespace waywarden::bindings {
namespace {

Scenario scenario_in(std::string name, std::vector<std::string> closed_crossings,
                     const std::vector<std::size_t>& closed_edges,
                     const std::map<std::size_t, double>& detection,
                     const std::map<std::string, double>& time_factor) {
  Scenario scenario;
  scenario.name = std::move(name);
  scenario.closed_crossings = std::move(closed_crossings);
  for (const std::size_t edge : closed_edges) scenario.closed_edges.emplace_back(edge);
  for (const auto& [edge, probability] : detection)
    scenario.detection.emplace_back(EdgeId(edge), probability);
  scenario.time_factor = mode_values_in(time_factor, scenario.time_factor);
  return scenario;
}

template <std::vector<double> EdgeCosts::*column>
py::array_t<double> column_out(const EdgeCosts& costs) {
  return to_numpy(std::vector<double>(costs.*column));
}

}  // namespace

void bind_risk(py::module_& m) {
  py::class_<Scenario>(m, "Scenario", "An overlay on a network.")
      .def(py::init(&scenario_in), py::kw_only(), "name"_a = "",
           "closed_crossings"_a = std::vector<std::string>(), "closed_edges"_a = std::vector<std::size_t>(),
           "detection"_a = std::map<std::size_t, double>(), "time_factor"_a = std::map<std::string, double>())
      .def_readonly("name", &Scenario::name);
  py::class_<EdgeCosts>(m, "EdgeCosts", "What each edge costs an evader: columns per edge.")
      .def_property_readonly("time_s", &column_out<&EdgeCosts::time_s>)
      .def_property_readonly("money", &column_out<&EdgeCosts::money>)
      .def_property_readonly("hazard", &column_out<&EdgeCosts::hazard>)
      .def_property_readonly("generalised", &column_out<&EdgeCosts::generalised>)
      .def_readonly("clamped", &EdgeCosts::clamped);
  const CostAssumptions defaults;
  m.def(
      "edge_costs",
      [](const Network& network, double value_of_time, double risk_aversion,
         const std::map<std::string, double>& speed_kmh, const std::map<std::string, double>& money_per_km,
         const Scenario& scenario) {
        CostAssumptions assumptions{value_of_time, risk_aversion};
        assumptions.speed_kmh = mode_values_in(speed_kmh, assumptions.speed_kmh);
        assumptions.money_per_km = mode_values_in(money_per_km, assumptions.money_per_km);
        return edge_costs(network, assumptions, scenario);
      },
      "network"_a, py::kw_only(), "value_of_time"_a = defaults.value_of_time,
      "risk_aversion"_a = defaults.risk_aversion, "speed_kmh"_a = std::map<std::string, double>(),
      "money_per_km"_a = std::map<std::string, double>(), "scenario"_a = Scenario{});
}

}  // namespace waywarden::bindings
