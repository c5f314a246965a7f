#include "waywarden/study/study.h"

#include <pybind11/stl.h>

#include "run.h"
#include "waywarden/study/run.h"

namespace waywarden::bindings {

using namespace py::literals;

void bind_study(py::module_& m) {
  py::class_<Study>(m, "Study")
      .def_static("read", &read_study, "path"_a)
      .def_static("parse", &parse_study, "text"_a, "name"_a)
      .def_readonly("title", &Study::title)
      .def_readonly("file", &Study::file)
      .def_readonly("seed", &Study::seed)
      .def_readonly("options", &Study::options)
      .def_property_readonly("results_folder", &results_folder);

  py::class_<StudyResults>(m, "StudyResults")
      .def_property_readonly("release", [](const StudyResults& results) { return results.release; })
      .def_property_readonly("provenance", [](const StudyResults& results) { return results.provenance.text(); })
      .def_property_readonly("facts", [](const StudyResults& results) { return results.facts.text(); });

  m.def(
      "run_study",
      [](const Study& study, const py::object& report, unsigned threads) {
        return run(report, threads, [&](const Execution& execution) { return run_study(study, execution); });
      },
      "study"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "write_results",
      [](const StudyResults& results, const std::string& folder, const py::object& report, unsigned threads) {
        run(report, threads, [&](const Execution& execution) { write_results(results, folder, execution); });
      },
      "results"_a, "folder"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
