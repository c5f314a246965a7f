#include <pybind11/stl.h>

#include "arc_arrays.h"
#include "convert.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/worst_case.h"
#include "waywarden/network_interdiction/worst_case_program.h"

namespace waywarden::bindings {

py::dict program_out(IntegerProgram&& p) {
  return py::dict("offset"_a = p.offset, "cost"_a = to_numpy(std::move(p.cost)),
                  "low"_a = to_numpy(std::move(p.low)), "high"_a = to_numpy(std::move(p.high)),
                  "integral"_a = flags(p.integral), "row_low"_a = to_numpy(std::move(p.row_low)),
                  "row_high"_a = to_numpy(std::move(p.row_high)), "first"_a = to_numpy(std::move(p.first)),
                  "column"_a = to_numpy(std::move(p.column)), "value"_a = to_numpy(std::move(p.value)));
}

namespace {

/// Positions, -1 where there is none.
template <class Id>
std::vector<Id> ids_in(const Integers& positions) {
  std::vector<Id> ids;
  for (const std::int64_t position : view(positions)) {
    ids.push_back(position < 0 ? Id::none() : Id(static_cast<std::size_t>(position)));
  }
  return ids;
}

SiteState state_in(const std::string& word) {
  for (const SiteState state : {SiteState::candidate, SiteState::required, SiteState::forbidden}) {
    if (name(state) == word) return state;
  }
  throw OptionError("no state of a site '" + word + "'; there are: candidate, required, forbidden");
}

std::vector<SiteState> states_in(const std::vector<std::string>& words) {
  std::vector<SiteState> states;
  for (const std::string& word : words) states.push_back(state_in(word));
  return states;
}

ProgramForm form_in(const std::string& word) {
  if (word == "potentials") return ProgramForm::potentials;
  if (word == "levels") return ProgramForm::levels;
  throw OptionError("no form of a program '" + word + "'; there are: potentials, levels");
}

py::dict placement_out(WorstCasePlacement&& p) {
  return py::dict("site"_a = positions(p.site), "evasion"_a = to_numpy(std::move(p.evasion)),
                  "cost"_a = p.cost, "value"_a = p.value, "bound"_a = p.bound,
                  "status"_a = std::string(name(p.status)), "nodes"_a = p.nodes, "cuts"_a = p.cuts,
                  "seconds"_a = p.seconds);
}

void bind_problem(py::module_& m) {
  py::class_<WorstCaseProblem>(m, "WorstCaseProblem",
                               "Where teams could stand against evaders who know them.")
      .def("__len__", &WorstCaseProblem::sites);
  m.def(
      "worst_case_problem",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& evasion,
         const Doubles& watched_evasion, const Integers& site, const Integers& origin,
         const Integers& destination, const Doubles& weight, const Doubles& cost,
         const std::vector<std::string>& state, double budget) {
        WorstCaseProblem problem{.network = {.nodes = nodes,
                                             .tail = ids_in<NodeId>(tail),
                                             .head = ids_in<NodeId>(head),
                                             .evasion = to_vector(evasion),
                                             .watched_evasion = to_vector(watched_evasion),
                                             .site = ids_in<SiteId>(site)},
                                 .pairs = {.origin = ids_in<NodeId>(origin),
                                           .destination = ids_in<NodeId>(destination),
                                           .weight = to_vector(weight)},
                                 .cost = to_vector(cost),
                                 .state = states_in(state),
                                 .budget = budget};
        check(problem);
        return problem;
      },
      "nodes"_a, py::kw_only(), "tail"_a, "head"_a, "evasion"_a, "watched_evasion"_a, "site"_a, "origin"_a,
      "destination"_a, "weight"_a, "cost"_a, "state"_a, "budget"_a);
}

void bind_answers(py::module_& m) {
  const WorstCaseOptions defaults;
  m.def(
      "worst_case_placement",
      [](const WorstCaseProblem& problem, double gap, double seconds, std::size_t nodes,
         const py::object& report, unsigned threads) {
        const WorstCaseOptions options{.gap = gap, .seconds = seconds, .nodes = nodes};
        return placement_out(run(report, threads, [&](const Execution& execution) {
          return worst_case_placement(problem, options, execution);
        }));
      },
      "problem"_a, py::kw_only(), "gap"_a = defaults.gap, "seconds"_a = defaults.seconds,
      "nodes"_a = defaults.nodes, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "greatest_evasion",
      [](const WorstCaseProblem& problem, const Integers& placed, const py::object& report,
         unsigned threads) {
        const std::vector<SiteId> sites = ids_in<SiteId>(placed);
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return greatest_evasion(problem, sites, execution);
        }));
      },
      "problem"_a, "placed"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "worst_case_program",
      [](const WorstCaseProblem& problem, const std::string& form, const py::object& report,
         unsigned threads) {
        const ProgramForm as = form_in(form);
        return program_out(run(report, threads, [&](const Execution& execution) {
          return worst_case_program(problem, as, execution);
        }));
      },
      "problem"_a, py::kw_only(), "form"_a = "potentials", "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_worst_case(py::module_& m) {
  bind_problem(m);
  bind_answers(m);
}

}  // namespace waywarden::bindings
