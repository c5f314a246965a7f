#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "local_test_words.h"
#include "run.h"
#include "spatial.h"
#include "waywarden/hotspots/global_statistics.h"
#include "waywarden/hotspots/local_geary.h"
#include "waywarden/hotspots/local_join_counts.h"
#include "waywarden/hotspots/local_moran.h"

namespace waywarden::bindings {
namespace {

constexpr std::array kDeviations = {Deviation::over_n_minus_1, Deviation::over_n};

LocalTestOptions test_options(const std::string& method, const std::string& alternative,
                              const std::string& adjustment, std::uint64_t seed,
                              std::uint64_t least_permutations, std::uint64_t permutations_per_cell,
                              std::uint32_t stop_after) {
  return {enumerator(method, kMethods),
          enumerator(alternative, kAlternatives),
          {seed, least_permutations, permutations_per_cell, stop_after},
          enumerator(adjustment, kAdjustments)};
}

py::dict tests_out(const LocalTests& tests) {
  return py::dict("z_sim"_a = to_numpy(tests.z_sim), "p"_a = to_numpy(tests.p),
                  "p_error"_a = to_numpy(tests.p_error), "q"_a = to_numpy(tests.q),
                  "state"_a = names(tests.state), "neighbours"_a = widened<std::int64_t>(tests.neighbours),
                  "p_name"_a = tests.p_name());
}

py::dict moran_out(const LocalMoranResult& result) {
  py::dict out = tests_out(result.test);
  out["I"] = to_numpy(result.statistic);
  out["expected"] = to_numpy(result.expected);
  out["variance"] = to_numpy(result.variance);
  out["quadrant"] = names(result.quadrant);
  return out;
}

py::dict geary_out(const LocalGearyResult& result) {
  py::dict out = tests_out(result.test);
  out["C"] = to_numpy(result.statistic);
  out["expected"] = to_numpy(result.expected);
  out["variance"] = to_numpy(result.variance);
  return out;
}

py::dict joins_out(LocalJoinCountResult result) {
  py::dict out = tests_out(result.test);
  out["joins"] = to_numpy(std::move(result.joins));
  return out;
}

py::object significance_out(const std::optional<Significance>& significance) {
  if (!significance) return py::none();
  return py::dict("variance"_a = significance->variance, "z"_a = significance->z, "p"_a = significance->p);
}

py::dict global_out(const GlobalStatistic& statistic) {
  return py::dict("state"_a = name(statistic.state), "value"_a = statistic.value,
                  "expected"_a = statistic.expected, "normality"_a = significance_out(statistic.normality),
                  "randomisation"_a = significance_out(statistic.randomisation));
}

/// Binds a local statistic of columns, with the options of its test.
template <class Call>
void bind_local(py::module_& m, const char* name_of_function, const Call& call_on_columns,
                Alternative alternative) {
  const PermutationOptions defaults;
  m.def(
      name_of_function,
      [call_on_columns](const Doubles& values, const Doubles& others, const Weights& weights,
                        const std::string& variant, const std::string& method, const std::string& side,
                        const std::string& adjustment, std::uint64_t seed, std::uint64_t least_permutations,
                        std::uint64_t permutations_per_cell, std::uint32_t stop_after,
                        const py::object& report, unsigned threads) {
        const auto first = to_vector(values), second = to_vector(others);
        const LocalTestOptions options = test_options(method, side, adjustment, seed, least_permutations,
                                                      permutations_per_cell, stop_after);
        const auto work = [&](const Execution& execution) {
          return call_on_columns.run(first, second, weights, variant, options, execution);
        };
        return call_on_columns.out(run(report, threads, work));
      },
      "values"_a, "others"_a, "weights"_a, py::kw_only(), "variant"_a,
      "method"_a = name(ProbabilityMethod::automatic), "alternative"_a = name(alternative),
      "adjustment"_a = name(Adjustment::benjamini_hochberg), "seed"_a = defaults.seed,
      "least_permutations"_a = defaults.least_permutations,
      "permutations_per_cell"_a = defaults.permutations_per_cell, "stop_after"_a = defaults.stop_after,
      "report"_a = py::none(), "threads"_a = 0);
}

using Values = std::vector<double>;

/// `others` empty: of one column. `variant` is the deviation.
struct Moran {
  static LocalMoranResult run(const Values& values, const Values& others, const Weights& weights,
                              const std::string& variant, const LocalTestOptions& test,
                              const Execution& execution) {
    const LocalMoranOptions options{enumerator(variant, kDeviations), test};
    return others.empty() ? local_moran(values, weights, options, execution)
                          : bivariate_local_moran(values, others, weights, options, execution);
  }
  static py::dict out(const LocalMoranResult& result) { return moran_out(result); }
};

struct Geary {
  static LocalGearyResult run(const Values& values, const Values&, const Weights& weights,
                              const std::string& variant, const LocalTestOptions& test,
                              const Execution& execution) {
    return local_geary(values, weights, {enumerator(variant, kDeviations), test}, execution);
  }
  static py::dict out(const LocalGearyResult& result) { return geary_out(result); }
};

/// `variant`: "together" counts co-location.
struct Joins {
  static LocalJoinCountResult run(const Values& values, const Values& others, const Weights& weights,
                                  const std::string& variant, const LocalTestOptions& test,
                                  const Execution& execution) {
    if (others.empty()) return local_join_counts(values, weights, {test}, execution);
    return variant == "together" ? local_colocation_counts(values, others, weights, {test}, execution)
                                 : bivariate_local_join_counts(values, others, weights, {test}, execution);
  }
  static py::dict out(LocalJoinCountResult result) { return joins_out(std::move(result)); }
};

std::vector<std::optional<double>> optional_in(const Doubles& values) {
  std::vector<std::optional<double>> out;
  for (const double v : view(values)) out.push_back(v == v ? std::optional(v) : std::nullopt);
  return out;
}

}  // namespace

void bind_spatial_statistics(py::module_& m) {
  bind_local(m, "local_moran", Moran{}, Alternative::two_sided);
  bind_local(m, "local_geary", Geary{}, Alternative::two_sided);
  bind_local(m, "local_join_counts", Joins{}, Alternative::greater);
  m.def(
      "moran", [](const Doubles& v, const Weights& w) { return global_out(moran(view(v), w)); }, "values"_a,
      "weights"_a);
  m.def(
      "geary", [](const Doubles& v, const Weights& w) { return global_out(geary(view(v), w)); }, "values"_a,
      "weights"_a);
  m.def(
      "general_g", [](const Doubles& v, const Weights& w) { return global_out(general_g(view(v), w)); },
      "values"_a, "weights"_a);
  m.def(
      "join_counts",
      [](const Doubles& v, const Weights& w) {
        const JoinCounts joins = join_counts(view(v), w);
        return py::dict("ones"_a = global_out(joins.ones), "zeros"_a = global_out(joins.zeros),
                        "mixed"_a = global_out(joins.mixed));
      },
      "values"_a, "weights"_a);
  m.def(
      "adjusted",
      [](const Doubles& p, const std::string& adjustment) {
        return to_numpy(adjusted(optional_in(p), enumerator(adjustment, kAdjustments)));
      },
      "p"_a, "adjustment"_a);
}

}  // namespace waywarden::bindings
