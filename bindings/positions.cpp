#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <vector>

#include "convert.h"
#include "waywarden/base/errors.h"
#include "waywarden/incidents/written_position.h"

namespace waywarden::bindings {
namespace {

using Texts = std::vector<std::string>;

AngleOrder order_in(const std::string& word) {
  if (word == "latitude_first") return AngleOrder::latitude_first;
  if (word == "longitude_first") return AngleOrder::longitude_first;
  throw OptionError("order is latitude_first or longitude_first");
}

py::list readings_out(const WrittenPosition& position) {
  py::list out;
  for (const Point p : position.readings) out.append(py::make_tuple(p.x, p.y));
  return out;
}

/// x and y are 0 where the form is none.
py::dict positions_out(const std::vector<WrittenPosition>& positions) {
  std::vector<double> x, y, accuracy;
  py::list forms, troubles, readings;
  for (const WrittenPosition& position : positions) {
    x.push_back(position.point.x);
    y.push_back(position.point.y);
    accuracy.push_back(position.accuracy_m);
    forms.append(py::str(name(position.form)));
    troubles.append(py::str(position.trouble));
    readings.append(readings_out(position));
  }
  return py::dict("form"_a = forms, "x"_a = to_numpy(std::move(x)), "y"_a = to_numpy(std::move(y)),
                  "accuracy_m"_a = to_numpy(std::move(accuracy)), "trouble"_a = troubles,
                  "readings"_a = readings);
}

}  // namespace

void bind_positions(py::module_& m) {
  m.def(
      "read_positions",
      [](const Texts& texts, const std::string& order) {
        return positions_out(read_positions(texts, order_in(order)));
      },
      "texts"_a, py::kw_only(), "order"_a = "latitude_first");
  m.def(
      "read_angles",
      [](const Texts& longitudes, const Texts& latitudes) {
        return positions_out(read_angles(longitudes, latitudes));
      },
      "longitudes"_a, "latitudes"_a);
}

}  // namespace waywarden::bindings
