#include "waywarden/scan/scan.h"

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <string>

#include "convert.h"
#include "run.h"
#include "spatial.h"
#include "waywarden/base/errors.h"
#include "waywarden/linear_network/drawn_lines.h"

namespace waywarden::bindings {
namespace {

constexpr std::array kModels = {ScanModel::poisson, ScanModel::bernoulli, ScanModel::space_time_permutation};
constexpr std::array kRates = {ScanRates::high, ScanRates::low, ScanRates::both};
constexpr std::array kTimes = {ScanTime::retrospective, ScanTime::prospective};

ScanSpace space_of(const std::string& word) {
  if (word == "globe") return ScanSpace::globe;
  if (word == "plane") return ScanSpace::plane;
  throw OptionError("expected one of 'globe', 'plane'");
}

ScanOptions options_in(const py::dict& o) {
  ScanOptions options;
  options.model = enumerator(o["model"].cast<std::string>(), kModels);
  options.rates = enumerator(o["rates"].cast<std::string>(), kRates);
  options.limits = {o["share"].cast<double>(), o["distance"].cast<std::optional<double>>()};
  options.time = enumerator(o["time"].cast<std::string>(), kTimes);
  options.time_share = o["time_share"].cast<double>();
  options.fewest_cases = o["fewest_cases"].cast<std::int64_t>();
  options.monte_carlo = {o["simulations"].cast<std::size_t>(), o["seed"].cast<std::uint64_t>(),
                         o["stop_after"].cast<std::size_t>()};
  options.most_clusters = o["most_clusters"].cast<std::size_t>();
  return options;
}

py::dict result_out(const ScanResult& r) {
  return py::dict(
      "status"_a = name(r.status), "simulations"_a = r.simulations,
      "first_member"_a = widened<std::int64_t>(r.first_member), "member"_a = widened<std::int64_t>(r.member),
      "centre"_a = widened<std::int64_t>(r.centre), "radius"_a = widened<double>(r.radius),
      "longer_half_axis"_a = widened<double>(r.longer_half_axis), "angle"_a = widened<double>(r.angle),
      "first_interval"_a = widened<std::int64_t>(r.first_interval),
      "last_interval"_a = widened<std::int64_t>(r.last_interval),
      "observed"_a = widened<std::int64_t>(r.observed), "expected"_a = widened<double>(r.expected),
      "relative_risk"_a = to_numpy(r.relative_risk), "llr"_a = widened<double>(r.log_likelihood_ratio),
      "statistic"_a = widened<double>(r.statistic), "p"_a = to_numpy(r.p),
      "p_gumbel"_a = to_numpy(r.p_gumbel), "recurrence_intervals"_a = to_numpy(r.recurrence_intervals));
}

struct ScanStudy {
  std::vector<Point> places;
  ScanCounts counts;
};

ScanStudy study_in(const Doubles& x, const Doubles& y, const Integers& cases, const Doubles& population,
                   std::size_t intervals) {
  return {points_in(x, y), {intervals, to_vector(cases), to_vector(population)}};
}

py::dict scanned(const ScanStudy& study, const WindowKind& kind, const ScanOptions& options,
                 const py::object& report, unsigned threads) {
  return result_out(run(report, threads, [&](const Execution& execution) {
    return scan(study.places, study.counts, kind, options, execution);
  }));
}

/// Where each place is on the lines. Throws `InputError` that names a place without.
std::vector<LinePosition> positions_on(const DrawnLines& lines, std::span<const Point> places, double limit,
                                       const Execution& execution) {
  std::vector<LinePosition> positions;
  for (const auto& hit : snapped(lines, places, Metres{limit}, execution)) {
    if (!hit) {
      throw InputError("place " + std::to_string(positions.size()) + " is not near any line");
    }
    positions.push_back(hit->position);
  }
  return positions;
}

}  // namespace

void bind_scan(py::module_& m) {
  m.def(
      "scan_circles",
      [](const Doubles& x, const Doubles& y, const Integers& cases, const Doubles& population,
         std::size_t intervals, const py::dict& options, const std::string& space, const py::object& report,
         unsigned threads) {
        return scanned(study_in(x, y, cases, population, intervals), Circles{space_of(space)},
                       options_in(options), report, threads);
      },
      "x"_a, "y"_a, "cases"_a, "population"_a, "intervals"_a, "options"_a, py::kw_only(), "space"_a,
      "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "scan_ellipses",
      [](const Doubles& x, const Doubles& y, const Integers& cases, const Doubles& population,
         std::size_t intervals, const py::dict& options, const std::vector<double>& shapes,
         const std::vector<std::size_t>& angles, double penalty, const py::object& report, unsigned threads) {
        return scanned(study_in(x, y, cases, population, intervals), EllipseOptions{shapes, angles, penalty},
                       options_in(options), report, threads);
      },
      "x"_a, "y"_a, "cases"_a, "population"_a, "intervals"_a, "options"_a, py::kw_only(), "shapes"_a,
      "angles"_a, "penalty"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "scan_connected",
      [](const Doubles& x, const Doubles& y, const Integers& cases, const Doubles& population,
         std::size_t intervals, const py::dict& options, const std::string& space, const Weights& neighbours,
         std::size_t most_places, const py::object& report, unsigned threads) {
        return scanned(study_in(x, y, cases, population, intervals),
                       ConnectedSets{space_of(space), neighbours, most_places}, options_in(options), report,
                       threads);
      },
      "x"_a, "y"_a, "cases"_a, "population"_a, "intervals"_a, "options"_a, py::kw_only(), "space"_a,
      "neighbours"_a, "most_places"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "scan_lines",
      [](const Doubles& x, const Doubles& y, const Integers& cases, const Doubles& population,
         std::size_t intervals, const py::dict& options, const std::string& space, const FeatureTable& lines,
         double snap, const py::object& report, unsigned threads) {
        const ScanStudy study = study_in(x, y, cases, population, intervals);
        const ScanOptions chosen = options_in(options);
        const LengthKind lengths =
            space_of(space) == ScanSpace::globe ? LengthKind::geodesic : LengthKind::planar;
        return result_out(run(report, threads, [&](const Execution& execution) {
          const DrawnLines drawn = drawn_lines(lines.geometries, lengths);
          const NetworkBalls balls{&drawn.network, positions_on(drawn, study.places, snap, execution)};
          return scan(study.places, study.counts, balls, chosen, execution);
        }));
      },
      "x"_a, "y"_a, "cases"_a, "population"_a, "intervals"_a, "options"_a, py::kw_only(), "space"_a,
      "lines"_a, "snap"_a, "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
