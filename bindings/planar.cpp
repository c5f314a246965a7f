/// Densities and point patterns of the plane.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <string>

#include "convert.h"
#include "run.h"
#include "spatial.h"
#include "waywarden/base/errors.h"
#include "waywarden/density/bandwidth.h"
#include "waywarden/density/contours.h"
#include "waywarden/density/relative_risk.h"
#include "waywarden/geometry/wkb.h"
#include "waywarden/point_patterns/knox.h"
#include "waywarden/point_patterns/near_repeat.h"
#include "waywarden/point_patterns/planar_envelope.h"
#include "waywarden/point_patterns/space_time_k.h"

namespace waywarden::bindings {
namespace {

/// From well-known binary.
PlanarWindow window_in(const py::bytes& wkb) {
  const std::string bytes = wkb;
  return PlanarWindow(from_wkb(std::as_bytes(std::span(bytes))));
}

constexpr std::array kKernels = {PlanarKernel::quartic, PlanarKernel::gaussian,     PlanarKernel::triangular,
                                 PlanarKernel::uniform, PlanarKernel::epanechnikov, PlanarKernel::triweight};
constexpr std::array kEdges = {DensityEdge::none, DensityEdge::evaluation, DensityEdge::points};
constexpr std::array kMethods = {DensityMethod::automatic, DensityMethod::exact, DensityMethod::binned};
constexpr std::array kCorrections = {EdgeCorrection::none, EdgeCorrection::border, EdgeCorrection::isotropic,
                                     EdgeCorrection::translation};
constexpr std::array kPairs = {PairsAtRadius::counted, PairsAtRadius::binned};
constexpr std::array kEnvelopes = {EnvelopeKind::deviation, EnvelopeKind::extreme_rank};
constexpr std::array kSides = {Alternative::two_sided, Alternative::greater, Alternative::less};
constexpr std::array kMetrics = {PlaneDistance::euclidean, PlaneDistance::manhattan};

py::dict grid_out(const RasterGrid& grid) {
  return py::dict("x"_a = grid.origin.x, "y"_a = grid.origin.y, "cell"_a = grid.cell,
                  "columns"_a = grid.columns, "rows"_a = grid.rows);
}

py::dict density_out(PlanarDensity density) {
  return py::dict("grid"_a = grid_out(density.grid), "inside"_a = flags(density.inside),
                  "value"_a = to_numpy(std::move(density.value)), "weight"_a = density.weight,
                  "mass"_a = density.mass, "unreached"_a = density.unreached,
                  "method"_a = name(density.method));
}

void bind_kde(py::module_& m) {
  m.def(
      "planar_density",
      [](const Doubles& x, const Doubles& y, const Doubles& weights, const py::bytes& window, double cell,
         const Doubles& bandwidths, const std::string& kernel, const std::string& edge,
         const std::string& method, const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const auto weight = to_vector(weights), widths = to_vector(bandwidths);
        const PlanarWindow area = window_in(window);
        DensityOptions options{enumerator(kernel, kKernels), 0.0, enumerator(edge, kEdges),
                               enumerator(method, kMethods)};
        const bool one = widths.size() == 1;
        if (one) options.bandwidth = widths.front();
        return density_out(run(report, threads, [&](const Execution& execution) {
          const RasterGrid grid = grid_over(area, cell);
          return one ? planar_density({points, weight}, area, grid, options, execution)
                     : adaptive_density({points, weight}, widths, area, grid, options, execution);
        }));
      },
      "x"_a, "y"_a, "weights"_a, "window"_a, "cell"_a, "bandwidths"_a, py::kw_only(),
      "kernel"_a = name(PlanarKernel::quartic), "edge"_a = name(DensityEdge::points),
      "method"_a = name(DensityMethod::automatic), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "adaptive_deviations",
      [](const Doubles& x, const Doubles& y, const Doubles& weights, const py::bytes& window, double pilot,
         double deviation, const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const auto weight = to_vector(weights);
        const PlanarWindow area = window_in(window);
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return adaptive_deviations({points, weight}, area, {.pilot = pilot, .deviation = deviation},
                                     execution);
        }));
      },
      "x"_a, "y"_a, "weights"_a, "window"_a, "pilot"_a, "deviation"_a, py::kw_only(), "report"_a = py::none(),
      "threads"_a = 0);
}

BandwidthChoice chosen(const std::string& rule, const std::vector<Point>& points, const PlanarWindow& window,
                       const Execution& execution) {
  if (rule == "scott") return {scott_deviations(points).both(), {}, {}};
  if (rule == "silverman") return {silverman_deviations(points).both(), {}, {}};
  if (rule == "diggle") return diggle_deviation(points, window, {}, execution);
  if (rule == "likelihood") return likelihood_deviation(points, window, {}, execution);
  throw OptionError("expected one of 'scott', 'silverman', 'diggle', 'likelihood'");
}

void bind_bandwidths(py::module_& m) {
  m.def(
      "density_deviation",
      [](const std::string& rule, const Doubles& x, const Doubles& y, const py::bytes& window,
         const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const PlanarWindow area = window_in(window);
        return run(report, threads, [&](const Execution& execution) {
          return chosen(rule, points, area, execution).deviation;
        });
      },
      "rule"_a, "x"_a, "y"_a, "window"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "bandwidth_of_deviation",
      [](const std::string& kernel, double deviation) {
        return bandwidth_of_deviation(enumerator(kernel, kKernels), deviation);
      },
      "kernel"_a, "deviation"_a);
}

void bind_risk_surface(py::module_& m) {
  m.def(
      "relative_risk",
      [](const Doubles& case_x, const Doubles& case_y, const Doubles& control_x, const Doubles& control_y,
         const py::bytes& window, double cell, double bandwidth, const std::string& kernel,
         std::size_t permutations, std::uint64_t seed, const py::object& report, unsigned threads) {
        const auto cases = points_in(case_x, case_y), controls = points_in(control_x, control_y);
        const PlanarWindow area = window_in(window);
        const RelativeRiskOptions options{enumerator(kernel, kKernels), bandwidth, permutations, seed};
        const RelativeRisk risk = run(report, threads, [&](const Execution& execution) {
          return relative_risk(cases, controls, area, grid_over(area, cell), options, execution);
        });
        return py::dict("grid"_a = grid_out(risk.grid), "state"_a = names(risk.state),
                        "log_ratio"_a = to_numpy(risk.log_ratio), "p_upper"_a = to_numpy(risk.p_upper),
                        "p_lower"_a = to_numpy(risk.p_lower));
      },
      "case_x"_a, "case_y"_a, "control_x"_a, "control_y"_a, "window"_a, "cell"_a, "bandwidth"_a,
      py::kw_only(), "kernel"_a = name(PlanarKernel::gaussian), "permutations"_a = 0, "seed"_a = 0,
      "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "contour_lines",
      [](double x, double y, double cell, std::size_t columns, std::size_t rows, const Doubles& values,
         const Array<bool>& valid, double level) {
        if (values.size() != valid.size()) throw OptionError("there must be as many values as flags");
        std::vector<std::optional<double>> heights;
        for (py::ssize_t i = 0; i < values.size(); ++i) {
          heights.push_back(valid.data()[i] ? std::optional(values.data()[i]) : std::nullopt);
        }
        std::vector<Geometry> lines;
        for (const auto& line : contour_lines({{x, y}, cell, columns, rows}, heights, level)) {
          lines.push_back(Geometry::of_line(line));
        }
        return to_wkb_arrays(lines);
      },
      "x"_a, "y"_a, "cell"_a, "columns"_a, "rows"_a, "values"_a, "valid"_a, "level"_a);
}

PlanarKOptions k_options(const Doubles& radii, const std::string& correction, const std::string& pairs) {
  return {.radii = to_vector(radii),
          .correction = enumerator(correction, kCorrections),
          .pairs_at_radius = enumerator(pairs, kPairs)};
}

void bind_k(py::module_& m) {
  m.def(
      "planar_k",
      [](const Doubles& x, const Doubles& y, const py::bytes& window, const Doubles& radii,
         const std::string& correction, const std::string& pairs_at_radius, const py::object& report,
         unsigned threads) {
        const auto points = points_in(x, y);
        const PlanarWindow area = window_in(window);
        const PlanarKOptions options = k_options(radii, correction, pairs_at_radius);
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return planar_k(points, area, options, execution);
        }));
      },
      "x"_a, "y"_a, "window"_a, "radii"_a, py::kw_only(), "correction"_a = name(EdgeCorrection::isotropic),
      "pairs_at_radius"_a = name(PairsAtRadius::counted), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "planar_cross_k",
      [](const Doubles& from_x, const Doubles& from_y, const Doubles& to_x, const Doubles& to_y,
         const py::bytes& window, const Doubles& radii, const std::string& correction,
         const std::string& pairs_at_radius, const py::object& report, unsigned threads) {
        const auto from = points_in(from_x, from_y), to = points_in(to_x, to_y);
        const PlanarWindow area = window_in(window);
        const PlanarKOptions options = k_options(radii, correction, pairs_at_radius);
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return planar_cross_k(from, to, area, options, execution);
        }));
      },
      "from_x"_a, "from_y"_a, "to_x"_a, "to_y"_a, "window"_a, "radii"_a, py::kw_only(),
      "correction"_a = name(EdgeCorrection::isotropic), "pairs_at_radius"_a = name(PairsAtRadius::counted),
      "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "pair_correlation",
      [](const Doubles& x, const Doubles& y, const py::bytes& window, const Doubles& radii,
         const std::string& correction, std::optional<double> half_width, const py::object& report,
         unsigned threads) {
        const auto points = points_in(x, y);
        const PlanarWindow area = window_in(window);
        const PairCorrelationOptions options{.radii = to_vector(radii),
                                             .correction = enumerator(correction, kCorrections),
                                             .half_width = half_width};
        return to_numpy(run(report, threads, [&](const Execution& execution) {
          return pair_correlation(points, area, options, execution);
        }));
      },
      "x"_a, "y"_a, "window"_a, "radii"_a, py::kw_only(), "correction"_a = name(EdgeCorrection::isotropic),
      "half_width"_a = py::none(), "report"_a = py::none(), "threads"_a = 0);
}

void bind_envelope(py::module_& m) {
  m.def(
      "l_envelope",
      [](const Doubles& x, const Doubles& y, const std::optional<std::pair<Doubles, Doubles>>& other,
         const py::bytes& window, const Doubles& radii, const std::string& correction,
         std::size_t simulations, std::uint64_t seed, const std::string& kind, const std::string& alternative,
         double alpha, const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const auto others = other ? points_in(other->first, other->second) : std::vector<Point>{};
        const PlanarWindow area = window_in(window);
        const LEnvelopeOptions options{
            k_options(radii, correction, name(PairsAtRadius::counted)),
            simulations,
            seed,
            {enumerator(kind, kEnvelopes), enumerator(alternative, kSides), alpha}};
        const bool crossed = other.has_value();
        LEnvelope found = run(report, threads, [&](const Execution& execution) {
          return crossed ? cross_l_envelope(points, others, area, options, execution)
                         : l_envelope(points, area, options, execution);
        });
        GlobalEnvelope& band = found.envelope;
        return py::dict("observed"_a = to_numpy(std::move(found.observed)), "p"_a = band.p,
                        "centre"_a = to_numpy(std::move(band.centre)),
                        "low"_a = to_numpy(std::move(band.low)), "high"_a = to_numpy(std::move(band.high)));
      },
      "x"_a, "y"_a, "other"_a, "window"_a, "radii"_a, py::kw_only(),
      "correction"_a = name(EdgeCorrection::isotropic), "simulations"_a = 999, "seed"_a = 0,
      "kind"_a = name(EnvelopeKind::extreme_rank), "alternative"_a = name(Alternative::two_sided),
      "alpha"_a = 0.05, "report"_a = py::none(), "threads"_a = 0);
}

void bind_space_time(py::module_& m) {
  m.def(
      "knox",
      [](const Doubles& x, const Doubles& y, const Doubles& times, double distance, double time,
         std::uint64_t permutations, std::uint64_t stop_after, std::uint64_t seed, const py::object& report,
         unsigned threads) {
        const auto points = points_in(x, y);
        const auto moments = to_vector(times);
        const KnoxOptions options{distance, time, permutations, stop_after, seed};
        const KnoxResult result = run(report, threads, [&](const Execution& execution) {
          return knox(points, moments, options, execution);
        });
        return py::dict("close"_a = result.close, "near"_a = result.near, "soon"_a = result.soon,
                        "mean"_a = result.mean, "variance"_a = result.variance, "z"_a = result.z,
                        "p"_a = result.p, "p_error"_a = result.p_error,
                        "permutations"_a = result.permutations);
      },
      "x"_a, "y"_a, "times"_a, py::kw_only(), "distance"_a, "time"_a,
      "permutations"_a = KnoxOptions{}.permutations, "stop_after"_a = KnoxOptions{}.stop_after, "seed"_a = 0,
      "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "near_repeat",
      [](const Doubles& x, const Doubles& y, const Doubles& times, const Doubles& distance_ends,
         const Doubles& time_ends, const std::string& metric, std::size_t permutations, std::uint64_t seed,
         const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const auto moments = to_vector(times);
        const NearRepeatOptions options{to_vector(distance_ends), to_vector(time_ends),
                                        enumerator(metric, kMetrics), permutations, seed};
        NearRepeat result = run(report, threads, [&](const Execution& execution) {
          return near_repeat(points, moments, options, execution);
        });
        const std::vector<std::int64_t> observed(result.observed.begin(), result.observed.end());
        return py::dict("observed"_a = to_numpy(std::vector<std::int64_t>(observed)),
                        "expected"_a = to_numpy(std::move(result.expected)),
                        "ratio"_a = to_numpy(result.ratio), "p"_a = to_numpy(std::move(result.p)),
                        "p_global"_a = result.p_global);
      },
      "x"_a, "y"_a, "times"_a, "distance_ends"_a, "time_ends"_a, py::kw_only(),
      "metric"_a = name(PlaneDistance::euclidean), "permutations"_a = 999, "seed"_a = 0,
      "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "space_time_k",
      [](const Doubles& x, const Doubles& y, const Doubles& times, const py::bytes& window,
         const Doubles& distances, const Doubles& spans, double first_time, double last_time,
         const std::string& correction, std::size_t permutations, std::uint64_t seed,
         const py::object& report, unsigned threads) {
        const auto points = points_in(x, y);
        const auto moments = to_vector(times);
        const PlanarWindow area = window_in(window);
        const SpaceTimeKOptions options{.distances = to_vector(distances),
                                        .times = to_vector(spans),
                                        .first_time = first_time,
                                        .last_time = last_time,
                                        .correction = enumerator(correction, kCorrections),
                                        .permutations = permutations,
                                        .seed = seed};
        SpaceTimeK result = run(report, threads, [&](const Execution& execution) {
          return space_time_k(points, moments, area, options, execution);
        });
        return py::dict("k"_a = to_numpy(std::move(result.k)),
                        "k_space"_a = to_numpy(std::move(result.k_space)),
                        "k_time"_a = to_numpy(std::move(result.k_time)),
                        "excess"_a = to_numpy(std::move(result.excess)), "ratio"_a = to_numpy(result.ratio),
                        "statistic"_a = result.statistic, "p"_a = result.p, "p_global"_a = result.p_global);
      },
      "x"_a, "y"_a, "times"_a, "window"_a, "distances"_a, "spans"_a, py::kw_only(), "first_time"_a,
      "last_time"_a, "correction"_a = name(EdgeCorrection::isotropic), "permutations"_a = 999, "seed"_a = 0,
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace

void bind_planar(py::module_& m) {
  bind_kde(m);
  bind_bandwidths(m);
  bind_risk_surface(m);
  bind_k(m);
  bind_envelope(m);
  bind_space_time(m);
}

}  // namespace waywarden::bindings
