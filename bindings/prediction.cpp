#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>

#include "convert.h"
#include "run.h"
#include "waywarden/prediction/rolling_origin.h"

namespace waywarden::bindings {
namespace {

using OptionalDoubles = std::vector<std::optional<double>>;
using Origins = std::vector<std::tuple<std::size_t, std::size_t, std::size_t>>;

Origins origins_out(const std::vector<EvaluationOrigin>& origins) {
  Origins out;
  for (const EvaluationOrigin& o : origins) out.emplace_back(o.first_seen, o.origin, o.end);
  return out;
}

std::vector<EvaluationOrigin> origins_in(const Origins& origins) {
  std::vector<EvaluationOrigin> out;
  for (const auto& [first_seen, origin, end] : origins) out.push_back({first_seen, origin, end});
  return out;
}

/// Columns of one method's figures.
py::dict accuracy_out(const std::vector<PredictiveAccuracy>& rows) {
  std::vector<double> flagged, size, hits, best;
  std::vector<std::int64_t> incidents;
  std::vector<AccuracyState> state;
  OptionalDoubles hit_rate, pai, pei, rri;
  for (const PredictiveAccuracy& row : rows) {
    flagged.push_back(row.flagged);
    size.push_back(row.size);
    hits.push_back(row.hits);
    best.push_back(row.best_hits);
    incidents.push_back(row.incidents);
    state.push_back(row.state);
    hit_rate.push_back(row.hit_rate);
    pai.push_back(row.pai);
    pei.push_back(row.pei);
    rri.push_back(row.rri);
  }
  return py::dict("state"_a = names(state), "flagged"_a = to_numpy(std::move(flagged)),
                  "size"_a = to_numpy(std::move(size)), "hits"_a = to_numpy(std::move(hits)),
                  "incidents"_a = to_numpy(std::move(incidents)), "best_hits"_a = to_numpy(std::move(best)),
                  "hit_rate"_a = to_numpy(hit_rate), "pai"_a = to_numpy(pai), "pei"_a = to_numpy(pei),
                  "rri"_a = to_numpy(rri));
}

/// Adds `<name>_low` and `<name>_high`.
void add_interval(py::dict& out, const std::string& name,
                  const std::vector<std::optional<ConfidenceInterval>>& intervals) {
  OptionalDoubles low, high;
  for (const auto& interval : intervals) {
    low.emplace_back();
    high.emplace_back();
    if (!interval) continue;
    low.back() = interval->low;
    high.back() = interval->high;
  }
  out[py::str(name + "_low")] = to_numpy(low);
  out[py::str(name + "_high")] = to_numpy(high);
}

py::dict evaluation_out(const Evaluation& found) {
  std::vector<std::int64_t> origin;
  OptionalDoubles p;
  std::vector<std::optional<ConfidenceInterval>> difference;
  for (std::size_t i = 0; i < found.size(); ++i) {
    origin.push_back(found.origin[i] ? static_cast<std::int64_t>(*found.origin[i]) : -1);
    p.emplace_back();
    difference.emplace_back();
    if (!found.against_naive[i]) continue;
    p.back() = found.against_naive[i]->p_no_better;
    difference.back() = found.against_naive[i]->difference;
  }
  py::dict out("origin"_a = to_numpy(std::move(origin)),
               "share"_a = to_numpy(std::vector<double>(found.share)),
               "method"_a = accuracy_out(found.method), "naive"_a = accuracy_out(found.naive),
               "p_no_better"_a = to_numpy(p));
  add_interval(out, "hit_rate", found.hit_rate);
  add_interval(out, "difference", difference);
  return out;
}

}  // namespace

void bind_prediction(py::module_& m) {
  m.def(
      "flagged_fractions",
      [](const Doubles& scores, const Doubles& sizes, double share) {
        return to_numpy(flagged_fractions(view(scores), view(sizes), share));
      },
      "scores"_a, "sizes"_a, "share"_a);
  m.def(
      "predictive_accuracy",
      [](const Doubles& scores, const Doubles& sizes, const Integers& later, const Integers& earlier,
         double share) {
        const PredictionCells cells = {to_vector(sizes), to_vector(later), to_vector(earlier)};
        return accuracy_out({predictive_accuracy(view(scores), cells, share)});
      },
      "scores"_a, "sizes"_a, "later"_a, "earlier"_a, "share"_a);
  m.def(
      "exact_binomial_interval",
      [](double hits, std::int64_t incidents, double confidence) -> py::object {
        const auto interval = exact_binomial_interval(hits, incidents, confidence);
        if (!interval) return py::none();
        return py::make_tuple(interval->low, interval->high);
      },
      "hits"_a, "incidents"_a, "confidence"_a = 0.95);
  m.def(
      "rolling_origins",
      [](std::size_t periods, std::size_t least_seen, std::size_t horizon, std::size_t window) {
        return origins_out(rolling_origins(periods, {least_seen, horizon, window}));
      },
      "periods"_a, "least_seen"_a, "horizon"_a, "window"_a);
  m.def(
      "hold_out",
      [](std::size_t periods, std::size_t origin) { return origins_out({hold_out(periods, origin)}); },
      "periods"_a, "origin"_a);
  m.def(
      "evaluate_prediction",
      [](std::size_t periods, const Doubles& sizes, const Integers& counts, const Origins& origins,
         const Doubles& scores, const std::vector<double>& shares, std::uint64_t seed,
         std::uint32_t replicates, double confidence, const py::object& report, unsigned threads) {
        const CellPeriods cells = {periods, to_vector(sizes), to_vector(counts)};
        const auto chosen = origins_in(origins);
        const auto given = to_vector(scores);
        const EvaluationOptions options = {shares, {seed, replicates, confidence}};
        return evaluation_out(run(report, threads, [&](const Execution& execution) {
          return evaluate(cells, chosen, given, options, execution);
        }));
      },
      "periods"_a, "sizes"_a, "counts"_a, "origins"_a, "scores"_a, "shares"_a, py::kw_only(), "seed"_a = 0,
      "replicates"_a = BootstrapOptions{}.replicates, "confidence"_a = BootstrapOptions{}.confidence,
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
