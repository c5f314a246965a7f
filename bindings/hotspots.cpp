#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <string>

#include "convert.h"
#include "local_test_words.h"
#include "run.h"
#include "spatial.h"
#include "waywarden/base/errors.h"
#include "waywarden/hotspots/aggregate.h"
#include "waywarden/hotspots/getis_ord.h"

namespace waywarden::bindings {
namespace {

std::vector<HexCell> cells_in(const Integers& q, const Integers& r) {
  if (q.size() != r.size()) throw OptionError("there must be as many q as r");
  std::vector<HexCell> cells;
  for (py::ssize_t i = 0; i < q.size(); ++i) {
    cells.push_back({static_cast<std::int32_t>(q.data()[i]), static_cast<std::int32_t>(r.data()[i])});
  }
  return cells;
}

/// -1 where there is none.
py::array_t<std::int64_t> positions(const std::vector<std::optional<std::uint32_t>>& values) {
  std::vector<std::int64_t> out;
  for (const auto& value : values) out.push_back(value ? std::int64_t{*value} : -1);
  return to_numpy(std::move(out));
}

Weights weights_in(const Integers& first, const Integers& neighbour, const Doubles& weight) {
  const auto usable = [](std::int64_t v) { return v >= 0 && v <= std::int64_t{UINT32_MAX}; };
  const auto starts = view(first), entries = view(neighbour);
  if (!std::all_of(starts.begin(), starts.end(), usable) ||
      !std::all_of(entries.begin(), entries.end(), usable)) {
    throw InputError("a neighbour does not exist");
  }
  Weights weights;
  weights.first.assign(starts.begin(), starts.end());
  for (const std::int64_t j : entries) weights.neighbour.push_back(static_cast<std::uint32_t>(j));
  weights.weight = to_vector(weight);
  require_valid(weights);
  return weights;
}

void bind_weights(py::module_& m) {
  py::class_<Weights>(m, "Weights", "Who is a neighbour of whom, in compressed rows.")
      .def_property_readonly("first", [](const Weights& w) { return widened<std::int64_t>(w.first); })
      .def_property_readonly("neighbour", [](const Weights& w) { return widened<std::int64_t>(w.neighbour); })
      .def_property_readonly("weight",
                             [](const Weights& w) { return to_numpy(std::vector<double>(w.weight)); })
      .def_property_readonly("islands", [](const Weights& w) { return widened<std::int64_t>(islands(w)); })
      .def("__len__", &Weights::size);
  m.def("weights", &weights_in, "first"_a, "neighbour"_a, "weight"_a);
  m.def(
      "hex_contiguity",
      [](const Integers& q, const Integers& r, unsigned rings) {
        return hex_contiguity(cells_in(q, r), rings);
      },
      "q"_a, "r"_a, "rings"_a = 1);
  m.def(
      "nearest_neighbours",
      [](const Doubles& x, const Doubles& y, std::size_t k, const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        return run(report, threads,
                   [&](const Execution& execution) { return nearest_neighbours(points, k, execution); });
      },
      "x"_a, "y"_a, "k"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "distance_band",
      [](const Doubles& x, const Doubles& y, double radius_m, const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        return run(report, threads,
                   [&](const Execution& execution) { return distance_band(points, {radius_m}, execution); });
      },
      "x"_a, "y"_a, "radius_m"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
}

py::dict hexagons_out(const HexGrid& grid, const HexCounts& counts) {
  std::vector<std::string> ids;
  std::vector<std::int64_t> q, r;
  for (const HexCell cell : counts.cells) {
    ids.push_back(id_text(cell));
    q.push_back(cell.q);
    r.push_back(cell.r);
  }
  return py::dict("cell"_a = ids, "q"_a = to_numpy(std::move(q)), "r"_a = to_numpy(std::move(r)),
                  "count"_a = widened<std::int64_t>(counts.counts),
                  "wkb"_a = to_wkb_arrays(grid.polygons(counts.cells)));
}

void bind_aggregate(py::module_& m) {
  py::class_<HexGrid>(m, "HexGrid", "Equally large hexagons around a point.")
      .def_property_readonly("centre",
                             [](const HexGrid& g) { return py::make_tuple(g.centre().x, g.centre().y); })
      .def_property_readonly("cell_area_km2", &HexGrid::cell_area_km2)
      .def_property_readonly("edge_m", [](const HexGrid& g) { return g.edge().value; });
  m.def(
      "hex_grid",
      [](const Doubles& x, const Doubles& y, double cell_area_km2) {
        HexGridOptions options;
        options.cell_area_km2 = cell_area_km2;
        return hex_grid_around(points_in(x, y), options);
      },
      "x"_a, "y"_a, "cell_area_km2"_a = HexGridOptions{}.cell_area_km2);
  m.def(
      "count_by_hexagon",
      [](const HexGrid& grid, const Doubles& x, const Doubles& y, const Integers& sizes) {
        return hexagons_out(grid, count_by_hexagon(grid, points_in(x, y), view(sizes)));
      },
      "grid"_a, "x"_a, "y"_a, "sizes"_a);
  m.def(
      "count_by_place",
      [](const Doubles& x, const Doubles& y, const Doubles& place_x, const Doubles& place_y, double limit_m,
         const Integers& sizes, const py::object& report, unsigned threads) {
        const auto incidents = points_in(x, y), places = points_in(place_x, place_y);
        const auto people = to_vector(sizes);
        PlaceCounts counts = run(report, threads, [&](const Execution& execution) {
          return count_by_place(incidents, places, {limit_m}, people, execution);
        });
        return py::dict("count"_a = to_numpy(std::move(counts.counts)),
                        "place_of_incident"_a = positions(counts.place_of_incident),
                        "distance_m"_a = to_numpy(counts.distance_m), "unassigned"_a = counts.unassigned);
      },
      "x"_a, "y"_a, "place_x"_a, "place_y"_a, "limit_m"_a, "sizes"_a, py::kw_only(), "report"_a = py::none(),
      "threads"_a = 0);
}

py::dict result_out(const GetisOrdResult& result) {
  return py::dict("z"_a = to_numpy(result.z), "p"_a = to_numpy(result.p), "q"_a = to_numpy(result.q),
                  "class"_a = names(result.hotspot), "state"_a = names(result.state),
                  "neighbours"_a = widened<std::int64_t>(result.neighbours),
                  "p_error"_a = to_numpy(result.p_error), "p_name"_a = result.p_name());
}

}  // namespace

void bind_hotspots(py::module_& m) {
  bind_weights(m);
  bind_aggregate(m);
  const PermutationOptions defaults;
  m.def(
      "getis_ord",
      [](const Doubles& values, const Weights& weights, bool star, const std::string& method,
         const std::string& adjustment, std::uint64_t seed, std::uint64_t least_permutations,
         std::uint64_t permutations_per_cell, std::uint32_t stop_after, const std::string& alternative,
         const py::object& report, unsigned threads) {
        const auto counts = to_vector(values);
        const GetisOrdOptions options{star ? LocalStatistic::gi_star : LocalStatistic::gi,
                                      enumerator(method, kMethods),
                                      {seed, least_permutations, permutations_per_cell, stop_after},
                                      enumerator(adjustment, kAdjustments),
                                      enumerator(alternative, kAlternatives)};
        return result_out(run(report, threads, [&](const Execution& execution) {
          return getis_ord(counts, weights, options, execution);
        }));
      },
      "values"_a, "weights"_a, py::kw_only(), "star"_a = true,
      "method"_a = name(ProbabilityMethod::automatic), "adjustment"_a = name(Adjustment::benjamini_hochberg),
      "seed"_a = defaults.seed, "least_permutations"_a = defaults.least_permutations,
      "permutations_per_cell"_a = defaults.permutations_per_cell, "stop_after"_a = defaults.stop_after,
      "alternative"_a = name(Alternative::two_sided), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
