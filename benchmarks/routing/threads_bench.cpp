/// How much faster two threads are than one, on a folder that prepare.py has made: ratios of wall-clock
/// times, so the machine must have two cores and nothing else to do. And what two copies of the task get done
/// at once, a thread each that shares nothing with the other: more than that the machine does not give.
///
///   threads_bench FOLDER

#include <array>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "graph.h"
#include "measuring.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"
#include "waywarden/routing/scenarios.h"
#include "waywarden/routing/sweep.h"

namespace {

using namespace waywarden;
using bench::Column;
using bench::Graph;

constexpr std::size_t kRuns = 15, kRoots = 64;
constexpr Execution kOne{.threads = 1}, kTwo{.threads = 2};

template <class Body>
double wall_ms_of(const Body& body) {
  const double start = bench::wall_ms();
  body();
  return bench::wall_ms() - start;
}

/// Turn by turn, so that what else the machine does slows all of them. The body takes the number of the copy,
/// 0 or 1, and how to run.
template <class Body>
void measure(const std::string& task, const Body& body) {
  std::vector<double> one, two, copies;
  for (std::size_t run = 0; run < kRuns; ++run) {
    one.push_back(wall_ms_of([&] { body(0, kOne); }));
    two.push_back(wall_ms_of([&] { body(0, kTwo); }));
    copies.push_back(wall_ms_of([&] {
      const std::jthread other([&] { body(1, kOne); });
      body(0, kOne);
    }));
  }
  bench::report(task.c_str(), "waywarden", bench::median(one) / bench::median(two), kRuns);
  bench::report((task + "_copies").c_str(), "waywarden", 2 * bench::median(one) / bench::median(copies),
                kRuns);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: threads_bench FOLDER\n", stderr), 2;
  const Graph graph(arguments[1]);
  const Hierarchy hierarchy({graph.tail, graph.head}, graph.order);
  const Metric metric(hierarchy, graph.weight);
  measure("threads_matrix", [&](int, const Execution& execution) {
    const CostTable table = ManyToMany(metric, graph.targets, execution).from(graph.sources, execution);
  });
  const auto roots = std::span(graph.sources).first(kRoots);
  // With the memory of the copy that is asked, on one thread or two.
  std::array<SweepSeries, 2> alone{SweepSeries(kOne), SweepSeries(kOne)};
  SweepSeries together(kTwo);
  measure("threads_one_to_all", [&](int copy, const Execution& execution) {
    SweepSeries& series = execution.threads == 1 ? alone[copy] : together;
    series.run(metric, roots, Direction::from_roots, [](std::size_t, const auto&, const auto&) {});
  });
  const CostVectors costs{{graph.weight}, 1.0};
  std::array<std::vector<double>, 2> out;
  out.fill(std::vector<double>(kRoots * graph.nodes));
  measure("threads_one_to_all_written", [&](int copy, const Execution& execution) {
    fill_one_to_all(hierarchy, costs, roots, Direction::from_roots, out[copy], execution);
  });
  const std::vector<Column> vectors(MetricBatch::kMostLanes, graph.weight);
  const std::vector<std::span<const Weight>> lanes(vectors.begin(), vectors.end());
  std::array<MetricBatch, 2> metrics{MetricBatch(hierarchy, lanes), MetricBatch(hierarchy, lanes)};
  measure("threads_customize", [&](int copy, const Execution& execution) {
    metrics[copy] = MetricBatch(hierarchy, lanes, execution, std::move(metrics[copy]));
  });
}
