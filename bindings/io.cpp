#include "waywarden/io/read.h"

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <array>

#include "convert.h"
#include "run.h"

namespace waywarden::bindings {
namespace {

py::dict layer_out(const LayerInfo& layer) {
  return py::dict("name"_a = layer.name, "has_geometry"_a = layer.has_geometry, "features"_a = layer.features,
                  "crs"_a = layer.crs.text(), "columns"_a = layer.columns);
}

std::optional<Crs> crs_in(const std::optional<std::string>& text) {
  return text ? std::optional(Crs(*text)) : std::nullopt;
}

/// (west, south, east, north).
std::optional<Box> box_in(const std::optional<std::array<double, 4>>& sides) {
  if (!sides) return std::nullopt;
  return Box{{(*sides)[0], (*sides)[1]}, {(*sides)[2], (*sides)[3]}};
}

}  // namespace

void bind_io(py::module_& m) {
  m.def(
      "list_layers",
      [](const std::string& path, const py::object& report, unsigned threads) {
        py::list out;
        for (const LayerInfo& layer :
             run(report, threads, [&](const Execution&) { return list_layers(path); })) {
          out.append(layer_out(layer));
        }
        return out;
      },
      "path"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "read_layer",
      [](const std::string& path, const std::string& layer, const std::optional<std::string>& crs,
         const std::string& id_column, const std::vector<std::string>& columns, const std::string& encoding,
         const std::string& x_column, const std::string& y_column, std::uint64_t max_features,
         std::uint64_t max_vertices, std::uint64_t max_bytes, double max_seconds,
         const std::optional<std::array<double, 4>>& expected, const py::object& report, unsigned threads) {
        const ReadOptions options{layer,
                                  crs_in(crs),
                                  id_column,
                                  columns,
                                  encoding,
                                  x_column,
                                  y_column,
                                  max_features,
                                  max_vertices,
                                  max_bytes,
                                  Seconds{max_seconds},
                                  box_in(expected)};
        ReadResult result = run(report, threads, [&](const Execution& execution) {
          return read_layer(path, options, execution);
        });
        return py::make_tuple(std::move(result.table), to_exchange(result.report));
      },
      "path"_a, py::kw_only(), "layer"_a = "", "crs"_a = py::none(), "id_column"_a = "",
      "columns"_a = std::vector<std::string>(), "encoding"_a = "", "x_column"_a = "", "y_column"_a = "",
      "max_features"_a = ReadOptions{}.max_features, "max_vertices"_a = ReadOptions{}.max_vertices,
      "max_bytes"_a = ReadOptions{}.max_bytes, "max_seconds"_a = 0.0, "expected"_a = py::none(),
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
