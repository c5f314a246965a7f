#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "run.h"
#include "spatial.h"
#include "waywarden/hotspots/contiguity.h"
#include "waywarden/hotspots/derived_weights.h"
#include "waywarden/hotspots/kernel_weights.h"
#include "waywarden/hotspots/network_distances.h"
#include "waywarden/hotspots/weights_files.h"
#include "waywarden/linear_network/drawn_lines.h"

namespace waywarden::bindings {
namespace {

constexpr std::array kKernels = {Kernel::triangular, Kernel::uniform, Kernel::quadratic, Kernel::quartic,
                                 Kernel::gaussian};

Surface surface_of(bool planar) { return planar ? Surface::plane : Surface::globe; }

py::tuple labelled_out(LabelledWeights read) { return py::make_tuple(std::move(read.weights), read.labels); }

void bind_distances(py::module_& m) {
  py::class_<NeighbourDistances>(m, "NeighbourDistances", "Who is near whom, and how far.")
      .def_property_readonly("first",
                             [](const NeighbourDistances& d) { return widened<std::int64_t>(d.first); })
      .def_property_readonly("neighbour",
                             [](const NeighbourDistances& d) {
                               std::vector<std::int64_t> out;
                               for (const auto& entry : d.entries) out.push_back(entry.neighbour);
                               return to_numpy(std::move(out));
                             })
      .def_property_readonly("distance",
                             [](const NeighbourDistances& d) {
                               std::vector<double> out;
                               for (const auto& entry : d.entries) out.push_back(entry.distance);
                               return to_numpy(std::move(out));
                             })
      .def("__len__", &NeighbourDistances::size);
  m.def(
      "nearest_distances",
      [](const Doubles& x, const Doubles& y, std::size_t k, bool planar, const py::object& report,
         unsigned threads) {
        const auto points = points_in(x, y);
        return run(report, threads, [&](const Execution& execution) {
          return nearest_distances(points, k, surface_of(planar), execution);
        });
      },
      "x"_a, "y"_a, "k"_a, py::kw_only(), "planar"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "distances_within",
      [](const Doubles& x, const Doubles& y, double radius, bool planar, const py::object& report,
         unsigned threads) {
        const auto points = points_in(x, y);
        return run(report, threads, [&](const Execution& execution) {
          return distances_within(points, radius, surface_of(planar), execution);
        });
      },
      "x"_a, "y"_a, "radius"_a, py::kw_only(), "planar"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "within_time",
      [](const NeighbourDistances& distances, const Doubles& times, double span) {
        return within_time(distances, view(times), span);
      },
      "distances"_a, "times"_a, "span"_a);
}

/// Rows of positions that are not on the network stay, empty.
NeighbourDistances spread(const NeighbourDistances& distances, const std::vector<std::uint32_t>& rows,
                          std::size_t all) {
  NeighbourDistances result;
  std::size_t next = 0;
  for (std::size_t i = 0; i < all; ++i) {
    if (next < rows.size() && rows[next] == i) {
      for (const auto& entry : distances.row(next++))
        result.entries.push_back({rows[entry.neighbour], entry.distance});
    }
    result.first.push_back(result.entries.size());
  }
  return result;
}

py::tuple network_distances(const FeatureTable& lines, const Doubles& x, const Doubles& y, double snap_limit,
                            std::optional<std::size_t> k, double limit, const py::object& report,
                            unsigned threads) {
  const auto points = points_in(x, y);
  std::vector<std::uint32_t> rows;
  NeighbourDistances found = run(report, threads, [&](const Execution& execution) {
    const DrawnLines drawn = drawn_lines(lines.geometries, LengthKind::geodesic);
    const auto hits = snapped(drawn, points, {snap_limit}, execution);
    std::vector<LinePosition> positions;
    for (std::uint32_t i = 0; i < hits.size(); ++i) {
      if (!hits[i]) continue;
      positions.push_back(hits[i]->position);
      rows.push_back(i);
    }
    const auto near = k ? nearest_network_distances(drawn.network, positions, *k, execution)
                        : network_distances_within(drawn.network, positions, {limit}, execution);
    return spread(near, rows, points.size());
  });
  return py::make_tuple(std::move(found), widened<std::int64_t>(rows));
}

void bind_makers(py::module_& m) {
  m.def(
      "binary_weights", [](const NeighbourDistances& distances) { return binary(distances); }, "distances"_a);
  m.def(
      "kernel_weights",
      [](const NeighbourDistances& distances, double bandwidth, const std::string& kernel) {
        return kernel_weights(distances, bandwidth, enumerator(kernel, kKernels));
      },
      "distances"_a, "bandwidth"_a, "kernel"_a);
  m.def(
      "adaptive_kernel_weights",
      [](const NeighbourDistances& nearest, const std::string& kernel) {
        return adaptive_kernel_weights(nearest, enumerator(kernel, kKernels));
      },
      "nearest"_a, "kernel"_a);
  m.def(
      "kernel_weight",
      [](const std::string& kernel, double z) { return kernel_weight(enumerator(kernel, kKernels), z); },
      "kernel"_a, "z"_a);
  m.def(
      "polygon_contiguity",
      [](const FeatureTable& areas, bool rook, std::optional<double> tolerance, const py::object& report,
         unsigned threads) {
        const ContiguityOptions options{rook ? Border::rook : Border::queen, tolerance};
        return run(report, threads, [&](const Execution& execution) {
          return contiguity(areas.geometries, options, execution);
        });
      },
      "areas"_a, py::kw_only(), "rook"_a, "tolerance"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def("network_distances", &network_distances, "lines"_a, "x"_a, "y"_a, py::kw_only(), "snap_limit"_a,
        "k"_a, "limit"_a, "report"_a = py::none(), "threads"_a = 0);
}

void bind_derived(py::module_& m) {
  m.def("row_standardised", &row_standardised, "weights"_a);
  m.def("with_own_weight", &with_own_weight, "weights"_a, "weight"_a);
  m.def(
      "symmetrised",
      [](const Weights& weights, bool both) {
        return symmetrised(weights, both ? Mutual::both : Mutual::either);
      },
      "weights"_a, py::kw_only(), "both"_a);
  m.def(
      "higher_order",
      [](const Weights& weights, unsigned order, bool lower) {
        return higher_order(weights, order, lower ? Reach::at_most : Reach::exactly);
      },
      "weights"_a, "order"_a, py::kw_only(), "lower"_a);
}

void bind_files(py::module_& m) {
  m.def(
      "read_gal", [](const std::string& path) { return labelled_out(read_gal(path)); }, "path"_a);
  m.def(
      "read_gwt",
      [](const std::string& path, const std::vector<std::string>& labels) {
        return labelled_out(read_gwt(path, labels));
      },
      "path"_a, "labels"_a);
  m.def(
      "write_gal",
      [](const std::string& path, const Weights& weights, const std::vector<std::string>& labels) {
        write_gal(path, {weights, labels});
      },
      "path"_a, "weights"_a, "labels"_a);
  m.def(
      "write_gwt",
      [](const std::string& path, const Weights& weights, const std::vector<std::string>& labels) {
        write_gwt(path, {weights, labels});
      },
      "path"_a, "weights"_a, "labels"_a);
}

}  // namespace

void bind_spatial_weights(py::module_& m) {
  bind_distances(m);
  bind_makers(m);
  bind_derived(m);
  bind_files(m);
}

}  // namespace waywarden::bindings
