#include <pybind11/pybind11.h>

#include "convert.h"
#include "run.h"
#include "waywarden/geodesy/crs.h"
#include "waywarden/geodesy/geodesic.h"

namespace waywarden::bindings {

void bind_geodesy(py::module_& m) {
  m.def(
      "wkt", [](const std::string& crs) { return wkt(Crs(crs)); }, "crs"_a);
  m.def(
      "is_geographic", [](const std::string& crs) { return is_geographic(Crs(crs)); }, "crs"_a);
  m.def(
      "geodesic_lengths",
      [](const FeatureTable& table, const py::object& report, unsigned threads) {
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return geodesic_lengths(table.geometries, execution);
        }));
      },
      "table"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "geodesic_areas",
      [](const FeatureTable& table, const py::object& report, unsigned threads) {
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return geodesic_areas(table.geometries, execution);
        }));
      },
      "table"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
