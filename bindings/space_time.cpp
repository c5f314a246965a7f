#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <array>
#include <string>
#include <utility>

#include "convert.h"
#include "local_test_words.h"
#include "run.h"
#include "spatial.h"
#include "waywarden/hotspots/emerging.h"
#include "waywarden/hotspots/mann_kendall.h"
#include "waywarden/hotspots/space_time_cube.h"

namespace waywarden::bindings {
namespace {

constexpr std::array kAlignments = {StepAlignment::end, StepAlignment::start, StepAlignment::reference};

/// A cube and the grid its cells lie in.
struct GriddedCube {
  HexGrid grid;
  SpaceTimeCube cube;
};

py::dict cells_out(const GriddedCube& gridded) {
  std::vector<std::string> ids;
  std::vector<std::int64_t> q, r;
  for (const HexCell cell : gridded.cube.cells) {
    ids.push_back(id_text(cell));
    q.push_back(cell.q);
    r.push_back(cell.r);
  }
  return py::dict("cell"_a = ids, "q"_a = to_numpy(std::move(q)), "r"_a = to_numpy(std::move(r)),
                  "wkb"_a = to_wkb_arrays(gridded.grid.polygons(gridded.cube.cells)));
}

py::array_t<std::int64_t> bins_out(const SpaceTimeCube& cube) {
  std::vector<std::int64_t> bins;
  for (const auto& bin : cube.bin_of_incident) bins.push_back(bin ? static_cast<std::int64_t>(*bin) : -1);
  return to_numpy(std::move(bins));
}

py::dict trends_out(const std::vector<MannKendall>& trends) {
  std::vector<std::int64_t> n, s;
  std::vector<double> variance;
  std::vector<std::optional<double>> z, p;
  for (const MannKendall& trend : trends) {
    n.push_back(static_cast<std::int64_t>(trend.n));
    s.push_back(trend.s);
    variance.push_back(trend.variance);
    z.push_back(trend.z);
    p.push_back(trend.p);
  }
  return py::dict("n"_a = to_numpy(std::move(n)), "s"_a = to_numpy(std::move(s)),
                  "variance"_a = to_numpy(std::move(variance)), "z"_a = to_numpy(z), "p"_a = to_numpy(p));
}

py::dict emerging_out(const EmergingResult& result) {
  std::vector<std::int64_t> heat;
  for (const BinHeat bin : result.heat) heat.push_back(static_cast<std::int64_t>(bin));
  const py::dict trend = trends_out(result.trend);
  const py::dict cells("class"_a = names(result.emerging),
                       "hot_steps"_a = widened<std::int64_t>(result.hot_steps),
                       "cold_steps"_a = widened<std::int64_t>(result.cold_steps), "trend_s"_a = trend["s"],
                       "trend_z"_a = trend["z"], "trend_p"_a = trend["p"]);
  const py::dict bins("z"_a = to_numpy(result.bins.z), "p"_a = to_numpy(result.bins.p),
                      "q"_a = to_numpy(result.bins.q), "class"_a = names(result.bins.hotspot),
                      "state"_a = names(result.bins.state), "heat"_a = to_numpy(std::move(heat)));
  return py::dict("cells"_a = cells, "bins"_a = bins, "p_name"_a = result.bins.p_name());
}

void bind_cube(py::module_& m) {
  py::class_<GriddedCube>(m, "SpaceTimeCube", "Counts by hexagon and time step.")
      .def_property_readonly("cells", &cells_out)
      .def_property_readonly("bounds",
                             [](const GriddedCube& g) { return widened<std::int64_t>(g.cube.steps.bounds); })
      .def_property_readonly("holds_end",
                             [](const GriddedCube& g) { return g.cube.steps.holds == HeldBorder::end; })
      .def_property_readonly("first_covered", [](const GriddedCube& g) { return g.cube.steps.first_covered; })
      .def_property_readonly("last_covered", [](const GriddedCube& g) { return g.cube.steps.last_covered; })
      .def_property_readonly("counts",
                             [](const GriddedCube& g) { return widened<std::int64_t>(g.cube.counts); })
      .def_property_readonly("bin_of_incident", [](const GriddedCube& g) { return bins_out(g.cube); })
      .def_property_readonly("outside", [](const GriddedCube& g) { return g.cube.outside; });
  m.def(
      "space_time_cube",
      [](const HexGrid& grid, const Doubles& x, const Doubles& y, const Integers& times,
         const Integers& sizes, std::int64_t step_seconds, std::int32_t step_months,
         const std::string& alignment, std::int64_t reference, bool keep_empty) {
        const auto points = points_in(x, y);
        const TimeSteps steps = time_steps(
            view(times), {{step_seconds, step_months}, enumerator(alignment, kAlignments), reference});
        SpaceTimeCube cube = space_time_cube(grid, steps, {points, view(times), view(sizes)});
        return GriddedCube{grid, keep_empty ? std::move(cube) : without_empty_cells(cube)};
      },
      "grid"_a, "x"_a, "y"_a, "times"_a, "sizes"_a, py::kw_only(), "step_seconds"_a, "step_months"_a,
      "alignment"_a = name(StepAlignment::end), "reference"_a = 0, "keep_empty"_a = true);
}

void bind_emerging(py::module_& m) {
  const EmergingOptions defaults;
  m.def(
      "emerging_hotspots",
      [](const GriddedCube& gridded, unsigned rings, std::size_t steps_back, double level, double trend_level,
         const std::string& method, const std::string& adjustment, std::uint64_t seed,
         const py::object& report, unsigned threads) {
        PermutationOptions permutations;
        permutations.seed = seed;
        const EmergingOptions options{rings,
                                      steps_back,
                                      level,
                                      trend_level,
                                      enumerator(method, kMethods),
                                      permutations,
                                      enumerator(adjustment, kAdjustments)};
        return emerging_out(run(report, threads, [&](const Execution& execution) {
          return emerging_hotspots(gridded.cube, options, execution);
        }));
      },
      "cube"_a, py::kw_only(), "rings"_a = defaults.rings, "steps_back"_a = defaults.steps_back,
      "level"_a = defaults.level, "trend_level"_a = defaults.trend_level, "method"_a = name(defaults.method),
      "adjustment"_a = name(defaults.adjustment), "seed"_a = defaults.permutations.seed,
      "report"_a = py::none(), "threads"_a = 0);
}

void bind_trend(py::module_& m) {
  m.def(
      "mann_kendall",
      [](const Doubles& values, std::size_t rows) {
        const std::size_t columns = rows == 0 ? 0 : view(values).size() / rows;
        if (rows * columns != view(values).size()) throw OptionError("rows must be equally long");
        std::vector<MannKendall> trends;
        for (std::size_t row = 0; row < rows; ++row)
          trends.push_back(mann_kendall(view(values).subspan(row * columns, columns)));
        return trends_out(trends);
      },
      "values"_a, "rows"_a);
  m.def(
      "mann_kendall_exact_p", [](const Doubles& values) { return mann_kendall_exact_p(view(values)); },
      "values"_a);
}

}  // namespace

void bind_space_time(py::module_& m) {
  bind_cube(m);
  bind_emerging(m);
  bind_trend(m);
}

}  // namespace waywarden::bindings
