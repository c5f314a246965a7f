#pragma once

/// Columns between C++ and numpy. Results move into the array that owns them; arguments are copied once, into
/// the vectors that the engine takes.

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/features/feature_table.h"
#include "waywarden/features/import_report.h"

namespace waywarden::bindings {

namespace py = pybind11;
using namespace py::literals;

template <class T>
using Array = py::array_t<T, py::array::c_style | py::array::forcecast>;
using Doubles = Array<double>;
using Integers = Array<std::int64_t>;
using Bytes = Array<std::uint8_t>;

template <class T>
std::span<const T> view(const Array<T>& values) {
  return {values.data(), static_cast<std::size_t>(values.size())};
}

template <class T>
std::vector<T> to_vector(const Array<T>& values) {
  return {values.data(), values.data() + values.size()};
}

/// An array that owns the vector.
template <class T>
  requires std::is_arithmetic_v<T>
py::array_t<T> to_numpy(std::vector<T>&& values) {
  auto owned = std::make_unique<std::vector<T>>(std::move(values));
  const std::vector<T>& column = *owned;
  const py::capsule owner(owned.release(), [](void* vector) { delete static_cast<std::vector<T>*>(vector); });
  return py::array_t<T>(static_cast<py::ssize_t>(column.size()), column.data(), owner);
}

/// The positions behind ids; -1 where there is none.
template <class Tag>
py::array_t<std::int64_t> positions(const std::vector<Id<Tag>>& ids) {
  std::vector<std::int64_t> out;
  out.reserve(ids.size());
  for (const Id<Tag> id : ids) out.push_back(id.exists() ? static_cast<std::int64_t>(id.index()) : -1);
  return to_numpy(std::move(out));
}

/// A bool array; anything but 0 is true.
py::array_t<bool> flags(const std::vector<std::uint8_t>& values);

/// Numbers that may be missing: (values, valid), 0 where missing.
py::tuple to_numpy(const std::vector<std::optional<double>>& values);

/// Enumerators by their name: a list of str, one object for each name.
template <class Enumeration>
py::list names(const std::vector<Enumeration>& values) {
  py::list out(values.size());
  std::vector<py::object> known;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto number = static_cast<std::size_t>(values[i]);
    if (number >= known.size()) known.resize(number + 1);
    if (!known[number]) known[number] = py::str(std::string(name(values[i])));
    out[i] = known[number];
  }
  return out;
}

/// (x, y), two arrays.
py::tuple to_numpy(const std::vector<Point>& points);

/// None, or (bytes as a uint8 array, offsets as an int64 array, one longer than `geometries`); a feature
/// without geometry has no bytes.
py::object to_wkb_arrays(const std::vector<Geometry>& geometries);

/// The exchange form of a table, in which frames.py reads and writes it:
///
///   name, source, crs   str
///   ids                 list of str
///   wkb                 as `to_wkb_arrays`
///   columns             list of (name, values, valid): values is a bool, int64 or float64 array or a list of
///   str,
///                       valid a bool array
py::dict to_exchange(const FeatureTable& table);

/// The reverse. Throws `InputError` that names the feature whose geometry cannot be read, and `OptionError`
/// where the lengths differ.
FeatureTable from_exchange(const py::dict& exchange);

/// {"features_read": {"file|layer": n}, "entries": {outcome, file, layer, feature, reason, detail: lists of
/// str}}
py::dict to_exchange(const ImportReport& report);

}  // namespace waywarden::bindings
