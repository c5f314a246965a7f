#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <array>

#include "convert.h"
#include "run.h"
#include "spatial.h"
#include "waywarden/clusters/dbscan.h"
#include "waywarden/clusters/hdbscan.h"
#include "waywarden/clusters/network_dbscan.h"
#include "waywarden/clusters/network_hdbscan.h"
#include "waywarden/linear_network/drawn_lines.h"

namespace waywarden::bindings {
namespace {

constexpr std::array kSelections = {ClusterSelection::excess_of_mass, ClusterSelection::leaves};

PointMetric metric_of(bool geodesic) { return geodesic ? PointMetric::geodesic : PointMetric::planar; }

/// -1 for noise.
py::array_t<std::int64_t> labels_out(const ClusterLabels& labels) {
  std::vector<std::int64_t> out;
  for (const auto& cluster : labels.cluster) out.push_back(cluster ? std::int64_t{*cluster} : -1);
  return to_numpy(std::move(out));
}

py::dict density_out(const DbscanResult& result) {
  return py::dict("cluster"_a = labels_out(result.labels), "role"_a = names(result.role));
}

py::dict hierarchy_out(HdbscanResult&& result) {
  return py::dict("cluster"_a = labels_out(result.labels),
                  "probability"_a = to_numpy(std::move(result.probability)),
                  "outlier"_a = to_numpy(std::move(result.outlier)),
                  "stability"_a = to_numpy(std::move(result.stability)));
}

void bind_dbscan(py::module_& m) {
  m.def(
      "dbscan",
      [](const Doubles& x, const Doubles& y, bool geodesic, double radius, std::size_t least,
         const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        return density_out(run(report, threads, [&](const Execution& execution) {
          return dbscan(points, metric_of(geodesic), {radius, least}, execution);
        }));
      },
      "x"_a, "y"_a, "geodesic"_a, "radius"_a, "least"_a, py::kw_only(), "report"_a = py::none(),
      "threads"_a = 0);
  m.def(
      "st_dbscan",
      [](const Doubles& x, const Doubles& y, const Integers& times, bool geodesic, double radius,
         std::int64_t duration, std::size_t least, const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const auto when = to_vector(times);
        return density_out(run(report, threads, [&](const Execution& execution) {
          return st_dbscan(points, when, metric_of(geodesic), {radius, duration, least}, execution);
        }));
      },
      "x"_a, "y"_a, "times"_a, "geodesic"_a, "radius"_a, "duration"_a, "least"_a, py::kw_only(),
      "report"_a = py::none(), "threads"_a = 0);
}

void bind_hdbscan(py::module_& m) {
  m.def(
      "hdbscan",
      [](const Doubles& x, const Doubles& y, bool geodesic, std::size_t least_cluster, std::size_t least,
         const std::string& selection, const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const HdbscanOptions options{least_cluster, least, enumerator(selection, kSelections)};
        return hierarchy_out(run(report, threads, [&](const Execution& execution) {
          return hdbscan(points, metric_of(geodesic), options, execution);
        }));
      },
      "x"_a, "y"_a, "geodesic"_a, "least_cluster"_a, "least"_a, "selection"_a, py::kw_only(),
      "report"_a = py::none(), "threads"_a = 0);
}

/// Incidents carried to the lines they lie near.
struct OnLines {
  DrawnLines lines;
  std::vector<LinePosition> positions;
  /// Of all incidents, in metres; nothing beyond the limit.
  std::vector<std::optional<double>> distance;
  std::vector<std::uint8_t> is_on;
};

OnLines on_lines(const FeatureTable& lines, bool geodesic, std::span<const Point> points, double limit,
                 const Execution& execution) {
  OnLines result;
  result.lines = drawn_lines(lines.geometries, geodesic ? LengthKind::geodesic : LengthKind::planar);
  for (const auto& hit : snapped(result.lines, points, {limit}, execution)) {
    result.is_on.push_back(hit ? 1 : 0);
    result.distance.push_back(hit ? std::optional(hit->distance) : std::nullopt);
    if (hit) result.positions.push_back(hit->position);
  }
  return result;
}

std::vector<std::int64_t> chosen(const Integers& times, const std::vector<std::uint8_t>& is_on) {
  std::vector<std::int64_t> some;
  for (std::size_t i = 0; i < is_on.size(); ++i) {
    if (is_on[i] != 0) some.push_back(times.at(static_cast<py::ssize_t>(i)));
  }
  return some;
}

py::dict with_places(py::dict found, const OnLines& on) {
  found["on_lines"] = flags(on.is_on);
  found["distance_m"] = to_numpy(on.distance);
  return found;
}

void bind_network_clusters(py::module_& m) {
  m.def(
      "network_dbscan",
      [](const FeatureTable& lines, bool geodesic, const Doubles& x, const Doubles& y, double snap,
         const std::optional<Integers>& times, double radius, std::int64_t duration, std::size_t least,
         const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        if (times && times->size() != x.size()) throw InputError("there must be one time per point");
        const OnLines on = run(report, threads, [&](const Execution& execution) {
          return on_lines(lines, geodesic, points, snap, execution);
        });
        const auto when = times ? chosen(*times, on.is_on) : std::vector<std::int64_t>{};
        const DbscanResult found = run(report, threads, [&](const Execution& execution) {
          if (!times) return network_dbscan(on.lines.network, on.positions, {radius, least}, execution);
          return network_st_dbscan(on.lines.network, on.positions, when, {radius, duration, least},
                                   execution);
        });
        return with_places(density_out(found), on);
      },
      "lines"_a, "geodesic"_a, "x"_a, "y"_a, "snap"_a, "times"_a.none(true), "radius"_a, "duration"_a,
      "least"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "network_hdbscan",
      [](const FeatureTable& lines, bool geodesic, const Doubles& x, const Doubles& y, double snap,
         std::size_t least_cluster, std::size_t least, const std::string& selection, const py::object& report,
         unsigned threads) {
        const auto points = points_in(x, y);
        const HdbscanOptions options{least_cluster, least, enumerator(selection, kSelections)};
        const OnLines on = run(report, threads, [&](const Execution& execution) {
          return on_lines(lines, geodesic, points, snap, execution);
        });
        HdbscanResult found = run(report, threads, [&](const Execution& execution) {
          return network_hdbscan(on.lines.network, on.positions, options, execution);
        });
        return with_places(hierarchy_out(std::move(found)), on);
      },
      "lines"_a, "geodesic"_a, "x"_a, "y"_a, "snap"_a, "least_cluster"_a, "least"_a, "selection"_a,
      py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_clusters(py::module_& m) {
  bind_dbscan(m);
  bind_hdbscan(m);
  bind_network_clusters(m);
}

}  // namespace waywarden::bindings
