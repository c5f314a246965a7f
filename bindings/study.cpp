#include "waywarden/study/study.h"

#include <pybind11/stl.h>

#include "run.h"
#include "waywarden/study/run.h"
#include "waywarden/study/toml_table.h"

namespace waywarden::bindings {

using namespace py::literals;

namespace {

/// Tried before the translator of errors.cpp, which would see an InputError only.
void translate_study_error(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const StudyError& error) {
    const py::object type = py::module_::import("waywarden.errors").attr("StudyError");
    const py::object instance =
        type(error.reason(), error.where().file, error.key(), error.line(), error.column());
    PyErr_SetObject(type.ptr(), instance.ptr());
  }
}

}  // namespace

void bind_study(py::module_& m) {
  py::register_exception_translator(&translate_study_error);
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
      .def_property_readonly("provenance",
                             [](const StudyResults& results) { return results.provenance.text(); })
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
