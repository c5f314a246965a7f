#include "convert.h"

#include <pybind11/stl.h>

#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/geometry/wkb.h"

namespace waywarden::bindings {
namespace {

py::object values_out(const Column::Values& values) {
  if (const auto* v = std::get_if<Column::Booleans>(&values)) return flags(*v);
  if (const auto* v = std::get_if<Column::Integers>(&values)) return to_numpy(Column::Integers(*v));
  if (const auto* v = std::get_if<Column::Reals>(&values)) return to_numpy(Column::Reals(*v));
  return py::cast(std::get<Column::Texts>(values));
}

Column::Values values_in(const py::object& values) {
  if (py::isinstance<py::list>(values)) return values.cast<Column::Texts>();
  const auto array = values.cast<py::array>();
  switch (array.dtype().kind()) {
    case 'b':
      return to_vector(Bytes(array));
    case 'i':
      return to_vector(Integers(array));
    case 'f':
      return to_vector(Doubles(array));
    default:
      throw OptionError("a column's values are a bool, int64 or float64 array or a list of str");
  }
}

Column column_in(const py::tuple& column) {
  return {column[0].cast<std::string>(), values_in(column[1]), to_vector(column[2].cast<Bytes>())};
}

Geometry geometry_in(std::span<const std::uint8_t> bytes, const Where& where) {
  if (bytes.empty()) return {};
  try {
    return from_wkb(std::as_bytes(bytes));
  } catch (const InputError& error) {
    throw InputError(where, error.reason());
  }
}

void check_offsets(std::span<const std::int64_t> offsets, std::size_t rows, std::size_t bytes) {
  bool fits = offsets.size() == rows + 1 && offsets.front() == 0 && std::cmp_equal(offsets.back(), bytes);
  for (std::size_t i = 0; fits && i < rows; ++i) fits = offsets[i] <= offsets[i + 1];
  if (!fits) throw OptionError("the offsets of the geometries do not fit their bytes");
}

std::vector<Geometry> geometries_in(const py::tuple& wkb, const FeatureTable& table) {
  const auto byte_array = wkb[0].cast<Bytes>();
  const auto offset_array = wkb[1].cast<Integers>();
  const auto bytes = view(byte_array);
  const auto offsets = view(offset_array);
  check_offsets(offsets, table.size(), bytes.size());
  std::vector<Geometry> geometries;
  geometries.reserve(table.size());
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto first = static_cast<std::size_t>(offsets[row]),
               last = static_cast<std::size_t>(offsets[row + 1]);
    geometries.push_back(
        geometry_in(bytes.subspan(first, last - first), {table.source, table.name, table.ids[row]}));
  }
  return geometries;
}

}  // namespace

py::array_t<bool> flags(const std::vector<std::uint8_t>& values) {
  py::array_t<bool> out(static_cast<py::ssize_t>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i) out.mutable_data()[i] = values[i] != 0;
  return out;
}

py::tuple to_numpy(const std::vector<std::optional<double>>& values) {
  std::vector<double> numbers;
  std::vector<std::uint8_t> valid;
  for (const std::optional<double>& value : values) {
    numbers.push_back(value.value_or(0.0));
    valid.push_back(value.has_value() ? 1 : 0);
  }
  return py::make_tuple(to_numpy(std::move(numbers)), flags(valid));
}

py::tuple to_numpy(const std::vector<Point>& points) {
  std::vector<double> x, y;
  x.reserve(points.size());
  y.reserve(points.size());
  for (const Point p : points) {
    x.push_back(p.x);
    y.push_back(p.y);
  }
  return py::make_tuple(to_numpy(std::move(x)), to_numpy(std::move(y)));
}

py::object to_wkb_arrays(const std::vector<Geometry>& geometries) {
  if (geometries.empty()) return py::none();
  std::vector<std::uint8_t> bytes;
  std::vector<std::int64_t> offsets{0};
  offsets.reserve(geometries.size() + 1);
  for (const Geometry& geometry : geometries) {
    const std::vector<std::byte> one = to_wkb(geometry);
    const auto* first = reinterpret_cast<const std::uint8_t*>(one.data());
    bytes.insert(bytes.end(), first, first + one.size());
    offsets.push_back(static_cast<std::int64_t>(bytes.size()));
  }
  return py::make_tuple(to_numpy(std::move(bytes)), to_numpy(std::move(offsets)));
}

py::dict to_exchange(const FeatureTable& table) {
  py::list columns;
  for (const Column& column : table.columns) {
    columns.append(py::make_tuple(column.name(), values_out(column.values()), flags(column.validity())));
  }
  return py::dict("name"_a = table.name, "source"_a = table.source, "crs"_a = table.crs.text(),
                  "ids"_a = table.ids, "wkb"_a = to_wkb_arrays(table.geometries), "columns"_a = columns);
}

FeatureTable from_exchange(const py::dict& exchange) {
  FeatureTable table;
  table.name = exchange["name"].cast<std::string>();
  table.source = exchange["source"].cast<std::string>();
  table.crs = Crs(exchange["crs"].cast<std::string>());
  table.ids = exchange["ids"].cast<std::vector<std::string>>();
  if (!exchange["wkb"].is_none()) table.geometries = geometries_in(exchange["wkb"].cast<py::tuple>(), table);
  for (const py::handle column : exchange["columns"]) table.add(column_in(column.cast<py::tuple>()));
  return table;
}

py::dict to_exchange(const ImportReport& report) {
  std::vector<std::string> outcome, file, layer, feature, reason, detail;
  for (const ImportReport::Entry& entry : report.entries) {
    outcome.push_back(name(entry.outcome));
    file.push_back(entry.where.file);
    layer.push_back(entry.where.layer);
    feature.push_back(entry.where.feature);
    reason.push_back(entry.reason);
    detail.push_back(entry.detail);
  }
  const py::dict entries("outcome"_a = outcome, "file"_a = file, "layer"_a = layer, "feature"_a = feature,
                         "reason"_a = reason, "detail"_a = detail);
  return py::dict("features_read"_a = report.features_read, "entries"_a = entries);
}

}  // namespace waywarden::bindings
