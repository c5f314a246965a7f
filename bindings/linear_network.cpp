#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "convert.h"
#include "modes.h"
#include "run.h"
#include "spatial.h"
#include "waywarden/base/errors.h"
#include "waywarden/density/network_kde.h"
#include "waywarden/hotspots/segments.h"
#include "waywarden/linear_network/drawn_lines.h"
#include "waywarden/linear_network/lixels.h"
#include "waywarden/point_patterns/envelopes.h"
#include "waywarden/point_patterns/network_k.h"

namespace waywarden::bindings {
namespace {

std::vector<LinePosition> positions_in(const Integers& edge, const Doubles& along) {
  if (edge.size() != along.size()) throw OptionError("there must be as many edges as distances along them");
  std::vector<LinePosition> positions;
  for (py::ssize_t i = 0; i < edge.size(); ++i) {
    const std::int64_t e = edge.data()[i];
    const bool possible = e >= 0 && e <= std::numeric_limits<std::uint32_t>::max();
    if (!possible) throw InputError("position " + std::to_string(i) + " is not on the network");
    positions.push_back({static_cast<std::uint32_t>(e), along.data()[i]});
  }
  return positions;
}

constexpr std::array kMethods = {NetworkDensity::simple, NetworkDensity::discontinuous,
                                 NetworkDensity::continuous, NetworkDensity::heat};
constexpr std::array kDeadEnds = {DeadEndRule::reflect, DeadEndRule::lose};
constexpr std::array kCorrections = {NetworkCorrection::okabe_yamada, NetworkCorrection::ang};
constexpr std::array kEnvelopes = {EnvelopeKind::deviation, EnvelopeKind::extreme_rank};
constexpr std::array kAlternatives = {Alternative::two_sided, Alternative::greater, Alternative::less};

py::dict edges_out(const DrawnLines& lines) {
  std::vector<double> length;
  std::vector<std::int64_t> first, second;
  std::vector<Geometry> course;
  for (std::size_t e = 0; e < lines.network.edge_count(); ++e) {
    length.push_back(lines.network.edge(e).length);
    first.push_back(lines.network.edge(e).first);
    second.push_back(lines.network.edge(e).second);
    course.push_back(Geometry::of_line(lines.course(e)));
  }
  return py::dict("source"_a = widened<std::int64_t>(lines.source), "first"_a = to_numpy(std::move(first)),
                  "second"_a = to_numpy(std::move(second)), "length_m"_a = to_numpy(std::move(length)),
                  "wkb"_a = to_wkb_arrays(course));
}

py::dict lixels_out(const DrawnLines& lines, const Lixels& rows) {
  std::vector<Geometry> course;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    course.push_back(Geometry::of_line(course_between(lines, rows.edge[i], rows.from[i], rows.to[i])));
  }
  return py::dict("edge"_a = widened<std::int64_t>(rows.edge), "from_m"_a = widened<double>(rows.from),
                  "to_m"_a = widened<double>(rows.to), "wkb"_a = to_wkb_arrays(course));
}

py::dict snapped_out(const DrawnLines& lines, const std::vector<std::optional<LineSnapper::Hit>>& hits,
                     double tolerance) {
  std::vector<std::int64_t> edge;
  std::vector<std::optional<double>> along, distance;
  for (const auto& hit : hits) {
    edge.push_back(hit ? std::int64_t{hit->position.edge} : -1);
    along.emplace_back();
    distance.emplace_back();
    if (!hit) continue;
    along.back() = on_end_within(lines.network, hit->position, tolerance).along;
    distance.back() = hit->distance;
  }
  return py::dict("edge"_a = to_numpy(std::move(edge)), "along_m"_a = to_numpy(along),
                  "distance_m"_a = to_numpy(distance));
}

void bind_lines(py::module_& m) {
  py::class_<DrawnLines>(m, "DrawnLines", "Lines joined at their ends, with their course on the map.")
      .def_property_readonly("node_count", [](const DrawnLines& l) { return l.network.node_count(); })
      .def_property_readonly("edge_count", [](const DrawnLines& l) { return l.network.edge_count(); })
      .def_property_readonly("total_length_m", [](const DrawnLines& l) { return l.network.total_length(); })
      .def_readonly("left_out", &DrawnLines::left_out)
      .def("edges", &edges_out)
      .def(
          "lixels",
          [](const DrawnLines& lines, double longest_m) {
            return lixels_out(lines, lixels(lines.network, {longest_m}));
          },
          "longest_m"_a);
  m.def(
      "drawn_lines",
      [](const FeatureTable& table, bool geodesic) {
        return drawn_lines(table.geometries, geodesic ? LengthKind::geodesic : LengthKind::planar);
      },
      "table"_a, py::kw_only(), "geodesic"_a = true);
  m.def(
      "drawn_lines_of_network",
      [](const Network& network, const std::vector<std::string>& modes) {
        return drawn_lines(network, modes_in(modes));
      },
      "network"_a, "modes"_a);
  m.def(
      "snap_to_lines",
      [](const DrawnLines& lines, const Doubles& x, const Doubles& y, double limit_m, double node_tolerance_m,
         const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        return snapped_out(
            lines,
            run(report, threads,
                [&](const Execution& execution) { return snapped(lines, points, {limit_m}, execution); }),
            node_tolerance_m);
      },
      "lines"_a, "x"_a, "y"_a, py::kw_only(), "limit_m"_a, "node_tolerance_m"_a = 0.0,
      "report"_a = py::none(), "threads"_a = 0);
}

void bind_density(py::module_& m) {
  const NetworkKdeOptions defaults;
  m.def(
      "network_kde",
      [](const DrawnLines& lines, const Integers& edge, const Doubles& along, const Doubles& weights,
         double longest_m, const std::string& method, const std::string& kernel, double bandwidth_m,
         const std::string& dead_ends, std::optional<std::uint32_t> depth, double least_share,
         const py::object& report, unsigned threads) {
        const auto incidents = positions_in(edge, along);
        const auto weight = to_vector(weights);
        const NetworkKdeOptions options{enumerator(method, kMethods),
                                        enumerator(kernel, kLineKernels),
                                        {bandwidth_m},
                                        enumerator(dead_ends, kDeadEnds),
                                        depth,
                                        least_share};
        const Lixels rows = lixels(lines.network, {longest_m});
        NetworkKde result = run(report, threads, [&](const Execution& execution) {
          return network_kde(lines.network, incidents, weight, rows, options, execution);
        });
        py::dict columns = lixels_out(lines, rows);
        columns["density"] = to_numpy(std::move(result.density));
        columns["mass"] = to_numpy(std::move(result.mass));
        return py::dict("columns"_a = columns, "weight"_a = result.weight, "integral"_a = result.integral,
                        "missing"_a = result.missing,
                        "largest_missing_share"_a = result.largest_missing_share, "walks"_a = result.walks);
      },
      "lines"_a, "edge"_a, "along"_a, "weights"_a, py::kw_only(), "longest_m"_a,
      "method"_a = name(defaults.method), "kernel"_a = name(defaults.kernel),
      "bandwidth_m"_a = defaults.bandwidth.value, "dead_ends"_a = name(defaults.dead_ends),
      "depth"_a = py::none(), "least_share"_a = defaults.least_share, "report"_a = py::none(),
      "threads"_a = 0);
}

py::dict curves_out(const std::vector<double>& radii, SimulatedK curves, const EnvelopeOptions& options) {
  py::dict out("r_m"_a = widened<double>(radii));
  py::object p = py::none();
  if (!curves.simulated.empty()) {
    GlobalEnvelope envelope = global_envelope(curves.observed, curves.simulated, options);
    out["centre"] = to_numpy(std::move(envelope.centre));
    if (!envelope.low.empty()) out["low"] = to_numpy(std::move(envelope.low));
    if (!envelope.high.empty()) out["high"] = to_numpy(std::move(envelope.high));
    p = py::float_(envelope.p);
  }
  out["k"] = to_numpy(std::move(curves.observed));
  return py::dict("columns"_a = out, "p"_a = p);
}

void bind_k(py::module_& m) {
  const EnvelopeOptions defaults;
  m.def(
      "network_k",
      [](const DrawnLines& lines, const Integers& edge, const Doubles& along, const Integers& other_edge,
         const Doubles& other_along, const Doubles& radii_m, const std::string& correction,
         std::uint32_t simulations, std::uint64_t seed, const std::string& envelope,
         const std::string& alternative, double alpha, const py::object& report, unsigned threads) {
        const auto from = positions_in(edge, along), to = positions_in(other_edge, other_along);
        const NetworkKOptions options{to_vector(radii_m), enumerator(correction, kCorrections)};
        const EnvelopeOptions band{enumerator(envelope, kEnvelopes), enumerator(alternative, kAlternatives),
                                   alpha};
        SimulatedK curves = run(report, threads, [&](const Execution& execution) {
          const SimulationOptions simulation{simulations, seed};
          return to.empty()
                     ? simulated_network_k(lines.network, from, options, simulation, execution)
                     : simulated_network_cross_k(lines.network, from, to, options, simulation, execution);
        });
        return curves_out(options.radii, std::move(curves), band);
      },
      "lines"_a, "edge"_a, "along"_a, "other_edge"_a, "other_along"_a, py::kw_only(), "radii_m"_a,
      "correction"_a = name(NetworkKOptions{}.correction), "simulations"_a = SimulationOptions{}.simulations,
      "seed"_a = SimulationOptions{}.seed, "envelope"_a = name(defaults.kind),
      "alternative"_a = name(defaults.alternative), "alpha"_a = defaults.alpha, "report"_a = py::none(),
      "threads"_a = 0);
}

void bind_segments(py::module_& m) {
  m.def(
      "segment_neighbours",
      [](const DrawnLines& lines, unsigned steps) { return segment_neighbours(lines.network, steps); },
      "lines"_a, "steps"_a = 1);
  m.def(
      "count_by_segment",
      [](const DrawnLines& lines, const Integers& edge, const Doubles& along, const Doubles& weights) {
        const auto positions = positions_in(edge, along);
        const std::vector<std::optional<LinePosition>> placed(positions.begin(), positions.end());
        SegmentCounts counts = count_by_segment(lines.network, placed, to_vector(weights));
        return py::dict("count"_a = to_numpy(std::move(counts.count)), "per_km"_a = to_numpy(counts.per_km));
      },
      "lines"_a, "edge"_a, "along"_a, "weights"_a);
}

}  // namespace

void bind_linear_network(py::module_& m) {
  bind_lines(m);
  bind_density(m);
  bind_k(m);
  bind_segments(m);
}

}  // namespace waywarden::bindings
