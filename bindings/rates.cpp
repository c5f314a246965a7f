#include <pybind11/pybind11.h>

#include "convert.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/hotspots/censored_getis_ord.h"
#include "waywarden/hotspots/empirical_bayes.h"
#include "waywarden/hotspots/rates.h"

namespace waywarden::bindings {
namespace {

py::dict rates_out(const Rates& rates) {
  return py::dict("rate"_a = to_numpy(rates.rate), "state"_a = names(rates.state),
                  "overall"_a = rates.overall ? py::object(py::float_(*rates.overall)) : py::none(),
                  "caution"_a = rates.caution);
}

RateExposure exposure_in(const Doubles& at_risk, const Doubles& effort) {
  return {to_vector(at_risk), to_vector(effort)};
}

Strata strata_in(std::size_t strata, const Doubles& counts, const Doubles& at_risk) {
  return {strata, to_vector(counts), to_vector(at_risk)};
}

/// Of a function of counts and exposure.
template <Rates (*function)(std::span<const double>, const RateExposure&)>
py::dict rates_of(const Doubles& counts, const Doubles& at_risk, const Doubles& effort) {
  return rates_out(function(view(counts), exposure_in(at_risk, effort)));
}

/// Of one that looks at neighbours too.
template <Rates (*function)(std::span<const double>, const RateExposure&, const Weights&)>
py::dict local_rates_of(const Doubles& counts, const Doubles& at_risk, const Doubles& effort,
                        const Weights& weights) {
  return rates_out(function(view(counts), exposure_in(at_risk, effort), weights));
}

Adjustment adjustment_in(const std::string& word) {
  for (const Adjustment one : {Adjustment::none, Adjustment::benjamini_hochberg,
                               Adjustment::benjamini_yekutieli, Adjustment::bonferroni})
    if (name(one) == word) return one;
  throw OptionError("an adjustment is one of none, Benjamini-Hochberg, Benjamini-Yekutieli, Bonferroni");
}

py::dict ranges_out(const CensoredGetisOrd& found) {
  return py::dict("state"_a = names(found.state), "z_low"_a = to_numpy(found.z_low),
                  "z_high"_a = to_numpy(found.z_high), "p_low"_a = to_numpy(found.p_low),
                  "p_high"_a = to_numpy(found.p_high), "q_low"_a = to_numpy(found.q_low),
                  "q_high"_a = to_numpy(found.q_high), "coldest"_a = names(found.coldest),
                  "hottest"_a = names(found.hottest));
}

}  // namespace

void bind_rates(py::module_& m) {
  m.attr("REPORTING_CAUTION") = kReportingCaution;
  m.def("raw_rates", &rates_of<raw_rates>, "counts"_a, "at_risk"_a, "effort"_a);
  m.def("excess_risk", &rates_of<excess_risk>, "counts"_a, "at_risk"_a, "effort"_a);
  m.def("global_empirical_bayes", &rates_of<global_empirical_bayes>, "counts"_a, "at_risk"_a, "effort"_a);
  m.def("empirical_bayes_standardised", &rates_of<empirical_bayes_standardised>, "counts"_a, "at_risk"_a,
        "effort"_a);
  m.def("spatial_rates", &local_rates_of<spatial_rates>, "counts"_a, "at_risk"_a, "effort"_a, "weights"_a);
  m.def("local_empirical_bayes", &local_rates_of<local_empirical_bayes>, "counts"_a, "at_risk"_a, "effort"_a,
        "weights"_a);
  m.def(
      "indirectly_standardised",
      [](std::size_t strata, const Doubles& counts, const Doubles& at_risk) {
        return rates_out(indirectly_standardised(strata_in(strata, counts, at_risk)));
      },
      "strata"_a, "counts"_a, "at_risk"_a);
  m.def(
      "directly_standardised",
      [](std::size_t strata, const Doubles& counts, const Doubles& at_risk, const Doubles& standard) {
        return rates_out(directly_standardised(strata_in(strata, counts, at_risk), view(standard)));
      },
      "strata"_a, "counts"_a, "at_risk"_a, "standard"_a);
  m.def(
      "censored_getis_ord",
      [](const Integers& low, const Integers& high, const Weights& weights, const std::string& adjustment,
         const py::object& report, unsigned threads) {
        const CountRanges counts = {to_vector(low), to_vector(high)};
        const Adjustment chosen = adjustment_in(adjustment);
        return ranges_out(run(report, threads, [&](const Execution& execution) {
          return censored_getis_ord(counts, weights, chosen, execution);
        }));
      },
      "low"_a, "high"_a, "weights"_a, py::kw_only(), "adjustment"_a = name(Adjustment::benjamini_hochberg),
      "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
