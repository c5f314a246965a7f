#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "convert.h"
#include "hotspot_arguments.h"
#include "run.h"
#include "waywarden/clusters/dbscan.h"

namespace waywarden::bindings {
namespace {

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

}  // namespace

void bind_clusters(py::module_& m) { bind_dbscan(m); }

}  // namespace waywarden::bindings
