#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "convert.h"

namespace waywarden::bindings {

void bind_features(py::module_& m) {
  py::class_<FeatureTable>(m, "FeatureTable", "Columns plus geometry, held by the engine.")
      .def(py::init(&from_exchange), "exchange"_a)
      .def("exchange", py::overload_cast<const FeatureTable&>(&to_exchange))
      .def_readonly("name", &FeatureTable::name)
      .def_readonly("source", &FeatureTable::source)
      .def_readonly("ids", &FeatureTable::ids)
      .def_property_readonly("crs", [](const FeatureTable& table) { return table.crs.text(); })
      .def("take", &FeatureTable::take, "rows"_a)
      .def("__len__", &FeatureTable::size);
}

}  // namespace waywarden::bindings
