#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <array>

#include "run.h"
#include "spatial.h"
#include "waywarden/density/contour_bands.h"
#include "waywarden/io/raster.h"

namespace waywarden::bindings {
namespace {

constexpr std::array kOrigins = {Origin::observed, Origin::modelled, Origin::synthetic};

std::vector<std::optional<double>> values_in(const Doubles& values, const Array<bool>& valid) {
  if (values.size() != valid.size()) throw OptionError("there must be as many values as flags");
  std::vector<std::optional<double>> out(static_cast<std::size_t>(values.size()));
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (valid.data()[i]) out[i] = values.data()[i];
  }
  return out;
}

}  // namespace

void bind_surfaces(py::module_& m) {
  m.def(
      "contour_bands",
      [](double x, double y, double cell, std::size_t columns, std::size_t rows, const Doubles& values,
         const Array<bool>& valid, const Doubles& levels, const py::object& report, unsigned threads) {
        const RasterGrid grid{{x, y}, cell, columns, rows};
        const auto heights = values_in(values, valid);
        const auto bounds = to_vector(levels);
        return to_wkb_arrays(run(report, threads, [&](const Execution& execution) {
          return contour_bands(grid, heights, bounds, execution);
        }));
      },
      "x"_a, "y"_a, "cell"_a, "columns"_a, "rows"_a, "values"_a, "valid"_a, "levels"_a, py::kw_only(),
      "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "write_geotiff",
      [](const std::string& path, double x, double y, double cell, std::size_t columns, std::size_t rows,
         const Doubles& values, const Array<bool>& valid, const std::string& crs, const std::string& title,
         const std::string& unit, const std::string& origin, const std::optional<Release>& source,
         const std::string& reason, const py::object& report, unsigned threads) {
        Raster raster{{{x, y}, cell, columns, rows}, values_in(values, valid), Crs(crs), title, unit,
                      enumerator(origin, kOrigins)};
        run(report, threads, [&](const Execution& execution) {
          const ReleasedRaster released =
              source ? computed_from(*source, std::move(raster)) : unrestricted(std::move(raster), reason);
          write_geotiff(path, released, execution);
        });
      },
      "path"_a, "x"_a, "y"_a, "cell"_a, "columns"_a, "rows"_a, "values"_a, "valid"_a, py::kw_only(), "crs"_a,
      "title"_a, "unit"_a, "origin"_a, "source"_a, "reason"_a, "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
