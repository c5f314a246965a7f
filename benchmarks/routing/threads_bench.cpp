/// How much faster two threads are than one, on a folder that prepare.py has made: ratios of wall-clock
/// times, so the machine must have two cores and nothing else to do.
///
///   threads_bench FOLDER

#include <utility>
#include <vector>

#include "graph.h"
#include "measuring.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"
#include "waywarden/routing/scenarios.h"

namespace {

using namespace waywarden;
using bench::Column;
using bench::Graph;

constexpr std::size_t kRuns = 7, kRoots = 64;

/// Turn by turn, so that what else the machine does slows both.
template <class Body>
void measure(const char* task, const Body& body) {
  std::vector<double> one, two;
  for (std::size_t run = 0; run < kRuns; ++run) {
    for (auto& [threads, times] : {std::pair{1U, &one}, std::pair{2U, &two}}) {
      const double start = bench::wall_ms();
      body(Execution{.threads = threads});
      times->push_back(bench::wall_ms() - start);
    }
  }
  bench::report(task, "waywarden", bench::median(one) / bench::median(two), kRuns);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: threads_bench FOLDER\n", stderr), 2;
  const Graph graph(arguments[1]);
  const Hierarchy hierarchy({graph.tail, graph.head}, graph.order);
  const Metric metric(hierarchy, graph.weight);
  measure("threads_matrix", [&](const Execution& execution) {
    const CostTable table = ManyToMany(metric, graph.targets, execution).from(graph.sources, execution);
  });
  const CostVectors costs{{graph.weight}, 1.0};
  const auto roots = std::span(graph.sources).first(kRoots);
  std::vector<double> out(kRoots * graph.nodes);
  measure("threads_one_to_all", [&](const Execution& execution) {
    fill_one_to_all(hierarchy, costs, roots, Direction::from_roots, out, execution);
  });
  const std::vector<Column> vectors(MetricBatch::kMostLanes, graph.weight);
  const std::vector<std::span<const Weight>> lanes(vectors.begin(), vectors.end());
  MetricBatch metrics(hierarchy, lanes);
  measure("threads_customize", [&](const Execution& execution) {
    metrics = MetricBatch(hierarchy, lanes, execution, std::move(metrics));
  });
}
