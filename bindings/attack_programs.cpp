#include "waywarden/network_interdiction/attack_programs.h"

#include <pybind11/stl.h>

#include "arc_arrays.h"
#include "convert.h"
#include "run.h"

namespace waywarden::bindings {
namespace {

void bind_shortest_path_program(py::module_& m) {
  m.def(
      "shortest_path_program",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& length,
         const Doubles& delay, const AttackSites& sites, const Integers& origin, const Integers& destination,
         const Doubles& weight, double budget, std::optional<double> abandon_at) {
        const Arcs arcs(tail, head);
        const NodePairs pairs{numbers_in(origin), numbers_in(destination), to_vector(weight)};
        return program_out(shortest_path_program(nodes, arcs.columns(), {view(length), view(delay)}, sites,
                                                 pairs, {budget, abandon_at, {}}));
      },
      "nodes"_a, "tail"_a, "head"_a, "length"_a, "delay"_a, "sites"_a, "origin"_a, "destination"_a,
      "weight"_a, py::kw_only(), "budget"_a, "abandon_at"_a = py::none());
}

void bind_max_flow_program(py::module_& m) {
  m.def(
      "max_flow_program",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& capacity,
         const AttackSites& sites, std::int64_t source, std::int64_t sink, double budget) {
        const Arcs arcs(tail, head);
        const FlowEnds ends{number_in(source), number_in(sink)};
        return program_out(max_flow_program(nodes, arcs.columns(), view(capacity), sites, ends, budget));
      },
      "nodes"_a, "tail"_a, "head"_a, "capacity"_a, "sites"_a, "source"_a, "sink"_a, py::kw_only(),
      "budget"_a);
}

void bind_evasive_capture_program(py::module_& m) {
  m.def(
      "evasive_capture_program",
      [](const EvasivePairs& evaders, const AttackSites& sites, double budget, const py::object& report,
         unsigned threads) {
        return program_out(run(report, threads, [&](const Execution& execution) {
          return evasive_capture_program(evaders, sites, budget, execution);
        }));
      },
      "evaders"_a, "sites"_a, py::kw_only(), "budget"_a, "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_attack_programs(py::module_& m) {
  bind_shortest_path_program(m);
  bind_max_flow_program(m);
  bind_evasive_capture_program(m);
}

}  // namespace waywarden::bindings
