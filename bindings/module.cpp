/// The Python module `waywarden._engine`: the engine's functions on plain values, numpy arrays and a few
/// opaque objects. No logic lives here or in the files beside it; what a user sees (frames, docstrings,
/// defaults) is python/waywarden.
///
/// How a folder of the engine is bound, `hotspots` as the example:
///
///  1. bindings/hotspots.cpp defines `void bind_hotspots(py::module_& m)`. Declare it and call it below.
///  2. A quick call is bound as it is. A long one goes through `run` (run.h), which releases the GIL, watches
///  for
///     Ctrl-C and reports progress. It then takes `report` and `threads`, always in this form:
///
///       m.def("getis_ord",
///             [](const Weights& weights, const Doubles& values, const py::object& report, unsigned threads)
///             {
///               const std::vector<double> counts = to_vector(values);  // with the GIL
///               GetisOrd result = run(report, threads, [&](const Execution& execution) {
///                 return getis_ord(weights, counts, GetisOrdOptions{}, execution);  // without: no Python
///                 here
///               });
///               return py::dict("z_sim"_a = to_numpy(std::move(result.z)), "p_sim"_a =
///               to_numpy(std::move(result.p)));
///             },
///             "weights"_a, "values"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
///
///  3. A result struct of columns becomes a dict of numpy arrays under the same names (`to_numpy` moves, it
///  does not
///     copy); a column with missing values becomes a pair (values, valid). An object that later calls need (a
///     network, weights) is a `py::class_` without constructor and with read-only properties. A table is
///     `FeatureTable`.
///  4. Options arrive as keyword arguments, one per field, with the struct's own defaults.
///  5. Engine exceptions translate themselves (errors.cpp); throw nothing else.
///  6. python/waywarden/hotspots.py is the thin public face: it turns frames into tables (`frames.to_table`),
///  calls
///
///       result = call(_engine.getis_ord, weights, values, progress=progress, threads=threads)
///
///     (`_run.call` shows the bar) and turns the result into a frame (`frames.to_frame`). Numpy docstrings
///     with an example that runs: tests execute them.
///  7. Each name bound stands in python/waywarden/_engine.pyi: a test compares the two.
///
/// The code compiles with pybind11 2.10 and with 2.12 and later: nothing is used that differs between them.

#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace waywarden::bindings {

void bind_errors(py::module_& m);
void bind_features(py::module_& m);
void bind_geodesy(py::module_& m);
void bind_network(py::module_& m);
void bind_risk(py::module_& m);
void bind_routing(py::module_& m);
void bind_flow(py::module_& m);
void bind_demand(py::module_& m);
void bind_route_choice(py::module_& m);
void bind_interdiction(py::module_& m);
void bind_patrols(py::module_& m);
void bind_graph_interdiction(py::module_& m);
void bind_io(py::module_& m);
void bind_hotspots(py::module_& m);
void bind_privacy(py::module_& m);
void bind_study(py::module_& m);
void bind_capture(py::module_& m);
void bind_worst_case(py::module_& m);
void bind_osm(py::module_& m);
void bind_incidents(py::module_& m);
void bind_prediction(py::module_& m);
void bind_rates(py::module_& m);
void bind_linear_network(py::module_& m);
void bind_planar(py::module_& m);
void bind_spatial_weights(py::module_& m);
void bind_spatial_statistics(py::module_& m);
void bind_scan(py::module_& m);
void bind_space_time(py::module_& m);
void bind_clusters(py::module_& m);
void bind_judge(py::module_& m);
void bind_chosen_capture(py::module_& m);
void bind_attack_programs(py::module_& m);
void bind_spread_fit(py::module_& m);
void bind_surfaces(py::module_& m);
void bind_diagnosis(py::module_& m);
void bind_exchange(py::module_& m);
void bind_positions(py::module_& m);

}  // namespace waywarden::bindings

PYBIND11_MODULE(_engine, m) {
  using namespace waywarden::bindings;
  m.doc() = "The engine behind the package: use the modules of `waywarden` instead.";
  m.attr("__version__") = WAYWARDEN_VERSION;
  bind_errors(m);
  bind_features(m);
  bind_geodesy(m);
  bind_network(m);
  bind_risk(m);
  bind_routing(m);
  bind_flow(m);
  bind_demand(m);
  bind_route_choice(m);
  bind_interdiction(m);
  bind_patrols(m);
  bind_graph_interdiction(m);
  bind_io(m);
  bind_hotspots(m);
  bind_privacy(m);
  bind_study(m);
  bind_capture(m);
  bind_worst_case(m);
  bind_osm(m);
  bind_incidents(m);
  bind_prediction(m);
  bind_rates(m);
  bind_linear_network(m);
  bind_planar(m);
  bind_spatial_weights(m);
  bind_spatial_statistics(m);
  bind_scan(m);
  bind_space_time(m);
  bind_clusters(m);
  bind_judge(m);
  bind_chosen_capture(m);
  bind_attack_programs(m);
  bind_spread_fit(m);
  bind_surfaces(m);
  bind_diagnosis(m);
  bind_exchange(m);
  bind_positions(m);
}
