#include "waywarden/flow/spread_fit.h"

#include <pybind11/stl.h>

#include "convert.h"
#include "movement.h"
#include "run.h"

namespace waywarden::bindings {
namespace {

using Lists = std::vector<std::vector<std::size_t>>;

std::vector<std::vector<EdgeId>> edges_in(const Lists& lists) {
  std::vector<std::vector<EdgeId>> edges;
  for (const std::vector<std::size_t>& one : lists) edges.emplace_back(one.begin(), one.end());
  return edges;
}

std::vector<PlaceId> places_in(const std::vector<std::size_t>& rows) { return {rows.begin(), rows.end()}; }

py::dict fit_out(const SpreadFit& fit) {
  const py::dict profile("deviation"_a = to_numpy(std::vector<double>(fit.profile_deviation)),
                         "spread"_a = to_numpy(std::vector<double>(fit.profile_spread)),
                         "log_likelihood"_a = to_numpy(std::vector<double>(fit.profile_log_likelihood)));
  return py::dict("spread"_a = fit.spread, "deviation"_a = fit.deviation, "low"_a = fit.low,
                  "high"_a = fit.high, "adjustment"_a = fit.adjustment,
                  "log_likelihood"_a = fit.log_likelihood, "profile"_a = profile, "scale"_a = fit.scale,
                  "overdispersion"_a = fit.overdispersion, "traced_spread"_a = fit.traced_spread,
                  "traces"_a = fit.traces, "posts"_a = fit.posts);
}

}  // namespace

void bind_spread_fit(py::module_& m) {
  const SpreadFitOptions defaults;
  m.def(
      "fit_spread",
      [](const Network& network, const Core& core, const EdgeCosts& reference, const Demand& demand,
         const Places& places, const std::vector<std::size_t>& trace_origin,
         const std::vector<std::size_t>& trace_destination, const Lists& trace_edges, const Lists& post_edges,
         const Doubles& counts, std::uint64_t seed, std::uint32_t draws, double bandwidth,
         const std::string& distribution, std::optional<double> scale, const py::object& report,
         unsigned threads) {
        SpreadFitOptions options;
        options.perception.seed = seed;
        options.perception.draws = draws;
        options.bandwidth = bandwidth;
        options.counts = {distribution_in(distribution), scale};
        const ObservedRoutes routes{places_in(trace_origin), places_in(trace_destination),
                                    edges_in(trace_edges)};
        const ObservedCounts counted{edges_in(post_edges), to_vector(counts)};
        return fit_out(run(report, threads, [&](const Execution& execution) {
          return fit_spread(network, core, reference, demand, places, routes, counted, options, execution);
        }));
      },
      "network"_a, "core"_a, "reference"_a, "demand"_a, "places"_a, py::kw_only(), "trace_origin"_a,
      "trace_destination"_a, "trace_edges"_a, "post_edges"_a, "counts"_a, "seed"_a = defaults.perception.seed,
      "draws"_a = defaults.perception.draws, "bandwidth"_a = defaults.bandwidth, "distribution"_a = "poisson",
      "scale"_a = py::none(), "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
