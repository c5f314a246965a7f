#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "run.h"
#include "waywarden/flow/demand_calibration.h"
#include "waywarden/flow/demand_groups.h"
#include "waywarden/flow/demand_model.h"
#include "waywarden/flow/returns.h"

namespace waywarden::bindings {

Decay decay_in(const std::string& word) {
  if (word == "exponential") return Decay::exponential;
  if (word == "power") return Decay::power;
  if (word == "tanner") return Decay::tanner;
  throw OptionError("no decay function '" + word + "'; there are: exponential, power, tanner");
}

DemandConstraint constraint_in(const std::string& word) {
  if (word == "none") return DemandConstraint::none;
  if (word == "production") return DemandConstraint::production;
  if (word == "attraction") return DemandConstraint::attraction;
  if (word == "both") return DemandConstraint::both;
  throw OptionError("no constraint '" + word + "'; there are: none, production, attraction, both");
}

CountDistribution distribution_in(const std::string& word) {
  if (word == "poisson") return CountDistribution::poisson;
  if (word == "negative binomial") return CountDistribution::negative_binomial;
  throw OptionError("no distribution '" + word + "'; there are: poisson, negative binomial");
}

namespace {

/// Opaque: pybind11 would take the variant itself apart.
struct Model {
  DemandModel model;
};

MassExponents masses_in(const std::string& word) {
  if (word == "estimated") return MassExponents::estimated;
  if (word == "fixed") return MassExponents::fixed_to_one;
  throw OptionError("masses cannot be '" + word + "'; they are: estimated, fixed");
}

std::vector<StatedFlow> flows_in(const Integers& origin, const Integers& destination,
                                 const Doubles& journeys) {
  if (origin.size() != destination.size() || origin.size() != journeys.size()) {
    throw OptionError("origins, destinations and journeys differ in length");
  }
  std::vector<StatedFlow> flows;
  for (py::ssize_t i = 0; i < journeys.size(); ++i) {
    flows.push_back({PlaceId(static_cast<std::size_t>(origin.at(i))),
                     PlaceId(static_cast<std::size_t>(destination.at(i))), journeys.at(i)});
  }
  return flows;
}

std::vector<GroupWeights> groups_in(const std::vector<std::string>& names, const std::vector<Doubles>& source,
                                    const std::vector<Doubles>& destination) {
  if (names.size() != source.size() || names.size() != destination.size())
    throw OptionError("groups and their weights differ in number");
  std::vector<GroupWeights> groups;
  for (std::size_t g = 0; g < names.size(); ++g)
    groups.push_back({names[g], to_vector(source[g]), to_vector(destination[g])});
  return groups;
}

py::dict parameters_out(const DemandCalibration& fit) {
  return py::dict("parameter"_a = fit.parameter, "estimate"_a = to_numpy(std::vector<double>(fit.estimate)),
                  "standard_error"_a = to_numpy(std::vector<double>(fit.standard_error)),
                  "robust_error"_a = to_numpy(std::vector<double>(fit.robust_error)));
}

void bind_results(py::module_& m) {
  py::class_<EstimatedDemand>(m, "EstimatedDemand")
      .def_readonly("demand", &EstimatedDemand::demand)
      .def_readonly("unreachable_pairs", &EstimatedDemand::unreachable_pairs)
      .def_readonly("pairs_beyond_cutoff", &EstimatedDemand::pairs_beyond_cutoff)
      .def_readonly("share_beyond_cutoff", &EstimatedDemand::share_beyond_cutoff)
      .def_readonly("unattached_places", &EstimatedDemand::unattached_places)
      .def_readonly("median_cost", &EstimatedDemand::median_cost)
      .def_readonly("rounds", &EstimatedDemand::rounds)
      .def_readonly("margin_error", &EstimatedDemand::margin_error);
  py::class_<StatedDemand>(m, "StatedDemand")
      .def_readonly("demand", &StatedDemand::demand)
      .def_readonly("unreachable_pairs", &StatedDemand::unreachable_pairs)
      .def_readonly("unreachable_journeys", &StatedDemand::unreachable_journeys)
      .def_readonly("within_places", &StatedDemand::within_places)
      .def_readonly("journeys_within_places", &StatedDemand::journeys_within_places);
  py::class_<GroupedDemand>(m, "GroupedDemand", "Demand of groups of people, and of all.")
      .def_readonly("group", &GroupedDemand::group)
      .def_readonly("estimate", &GroupedDemand::estimate)
      .def_readonly("sum", &GroupedDemand::sum);
  py::class_<ReturningDemand>(m, "ReturningDemand", "Demand with the journeys of those who returned.")
      .def_readonly("demand", &ReturningDemand::demand)
      .def("returning",
           [](const ReturningDemand& found) { return to_numpy(std::vector<double>(found.returning)); })
      .def_readonly("first_journeys", &ReturningDemand::first_journeys)
      .def_readonly("rounds", &ReturningDemand::rounds)
      .def_readonly("change", &ReturningDemand::change);
}

void bind_models(py::module_& m) {
  const py::class_<Model> model(m, "DemandModel", "How demand is estimated.");
  m.def(
      "gravity_model",
      [](const std::string& function, double decay, double exponent, const std::string& constraint,
         std::optional<double> total) {
        return Model{GravityOptions{decay_in(function), decay, constraint_in(constraint), total, exponent}};
      },
      py::kw_only(), "function"_a = "exponential", "decay"_a = GravityOptions{}.decay,
      "exponent"_a = GravityOptions{}.exponent, "constraint"_a = "none", "total"_a = py::none());
  m.def(
      "radiation_model",
      [](const std::string& constraint, std::optional<double> total) {
        return Model{RadiationOptions{constraint_in(constraint), total}};
      },
      py::kw_only(), "constraint"_a = "none", "total"_a = py::none());
  m.def(
      "intervening_model",
      [](double acceptance, const std::string& constraint, std::optional<double> total) {
        return Model{InterveningOptions{acceptance, constraint_in(constraint), total}};
      },
      py::kw_only(), "acceptance"_a = InterveningOptions{}.acceptance, "constraint"_a = "none",
      "total"_a = py::none());
}

void bind_estimates(py::module_& m) {
  m.def(
      "stated_demand",
      [](const Integers& origin, const Integers& destination, const Doubles& journeys, const Skim& skim) {
        return stated_demand(flows_in(origin, destination, journeys), skim);
      },
      "origin"_a, "destination"_a, "journeys"_a, "skim"_a);
  m.def(
      "model_demand",
      [](const Places& places, const Skim& skim, const Model& model, const py::object& report,
         unsigned threads) {
        return run(report, threads, [&](const Execution& execution) {
          return model_demand(places, skim, model.model, execution);
        });
      },
      "places"_a, "skim"_a, "model"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "grouped_demand",
      [](const Places& places, const Skim& skim, const std::vector<std::string>& group,
         const std::vector<Doubles>& source_weight, const std::vector<Doubles>& destination_weight,
         const Model& model, const py::object& report, unsigned threads) {
        const std::vector<GroupWeights> groups = groups_in(group, source_weight, destination_weight);
        return run(report, threads, [&](const Execution& execution) {
          return grouped_demand(places, skim, groups, model.model, execution);
        });
      },
      "places"_a, "skim"_a, "group"_a, "source_weight"_a, "destination_weight"_a, "model"_a, py::kw_only(),
      "report"_a = py::none(), "threads"_a = 0);
}

void bind_returns(py::module_& m) {
  m.def(
      "model_with_returns",
      [](const Places& places, const Skim& skim, const Model& model, const Doubles& rates,
         const py::object& report, unsigned threads) {
        const std::vector<double> shares = to_vector(rates);
        return run(report, threads, [&](const Execution& execution) {
          return with_returns(places, skim, model.model, shares, execution);
        });
      },
      "places"_a, "skim"_a, "model"_a, "rates"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "demand_with_returns",
      [](const Demand& first, std::size_t places, const Doubles& rates, const py::object& report,
         unsigned threads) {
        const std::vector<double> shares = to_vector(rates);
        return run(report, threads, [&](const Execution& execution) {
          return with_returns(first, places, shares, execution);
        });
      },
      "first"_a, "places"_a, "rates"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
}

void bind_calibration(py::module_& m) {
  py::class_<DemandCalibration>(m, "DemandCalibration", "A gravity model fitted to observed journeys.")
      .def("parameters", &parameters_out)
      .def_readonly("median_cost", &DemandCalibration::median_cost)
      .def_property_readonly("overdispersion",
                             [](const DemandCalibration& fit) {
                               return py::make_tuple(fit.overdispersion.alpha,
                                                     fit.overdispersion.standard_error);
                             })
      .def_readonly("log_likelihood", &DemandCalibration::log_likelihood)
      .def_readonly("deviance", &DemandCalibration::deviance)
      .def_readonly("dispersion", &DemandCalibration::dispersion)
      .def_readonly("common_part", &DemandCalibration::common_part)
      .def_readonly("observations", &DemandCalibration::observations)
      .def_readonly("parameter_count", &DemandCalibration::parameters)
      .def_readonly("rounds", &DemandCalibration::rounds)
      .def_readonly("unused_pairs", &DemandCalibration::unused_pairs)
      .def_readonly("unused_journeys", &DemandCalibration::unused_journeys)
      .def_readonly("fitted", &DemandCalibration::fitted);
  m.def(
      "calibrate_demand",
      [](const Places& places, const Skim& skim, const Integers& origin, const Integers& destination,
         const Doubles& journeys, const std::string& function, const std::string& distribution,
         const std::string& constraint, const std::string& masses, const py::object& report,
         unsigned threads) {
        const std::vector<StatedFlow> flows = flows_in(origin, destination, journeys);
        const DemandCalibrationOptions options{decay_in(function), distribution_in(distribution),
                                               constraint_in(constraint), masses_in(masses)};
        return run(report, threads, [&](const Execution& execution) {
          return calibrate_demand(places, skim, flows, options, execution);
        });
      },
      "places"_a, "skim"_a, "origin"_a, "destination"_a, "journeys"_a, py::kw_only(),
      "function"_a = "exponential", "distribution"_a = "poisson", "constraint"_a = "none",
      "masses"_a = "estimated", "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_demand(py::module_& m) {
  bind_results(m);
  bind_models(m);
  bind_estimates(m);
  bind_returns(m);
  bind_calibration(m);
}

}  // namespace waywarden::bindings
