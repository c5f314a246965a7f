/// Hierarchy, metrics and queries on a folder that prepare.py has made: CPU time on one thread.
///
///   hierarchy_bench FOLDER

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "graph.h"
#include "measuring.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"
#include "waywarden/routing/partial_customization.h"
#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/sweep.h"

namespace {

using namespace waywarden;
using bench::Column;
using bench::Graph;

constexpr const char* kOurs = "waywarden";
constexpr Execution kOneThread{.threads = 1};
constexpr std::size_t kRuns = 7, kFewRuns = 3;

/// Milliseconds per item.
template <class Body>
void measure(const char* task, std::size_t items, const Body& body, const std::uint64_t& sum = 0) {
  const double spent = bench::median_ms(kRuns, [&](std::size_t) { body(); });
  bench::report(task, kOurs, spent / static_cast<double>(items), kRuns, sum);
}

std::uint64_t sum_of(const std::vector<Cost>& costs) {
  return std::accumulate(costs.begin(), costs.end(), std::uint64_t{0});
}

void measure_customization(const Graph& graph, const Hierarchy& hierarchy) {
  const double made = bench::median_ms(kFewRuns, [&](std::size_t) {
    const Hierarchy again({graph.tail, graph.head}, graph.order, kOneThread);
  });
  bench::report("hierarchy", kOurs, made, kFewRuns);
  Metric metric(hierarchy, graph.weight, kOneThread);
  measure("customize", 1, [&] { metric = Metric(hierarchy, graph.weight, kOneThread, std::move(metric)); });
  const std::vector<Column> vectors(MetricBatch::kMostLanes, graph.weight);
  const std::vector<std::span<const Weight>> lanes(vectors.begin(), vectors.end());
  MetricBatch batch(hierarchy, lanes, kOneThread);
  measure("customize_16", MetricBatch::kMostLanes,
          [&] { batch = MetricBatch(hierarchy, lanes, kOneThread, std::move(batch)); });
}

void measure_partial(const Graph& graph, const Hierarchy& hierarchy) {
  Metric metric(hierarchy, graph.weight, kOneThread);
  PartialCustomization partial(hierarchy);
  std::vector<WeightChange> changes;
  for (const std::uint32_t arc : graph.changed) changes.push_back({arc, 2 * graph.weight[arc]});
  measure("partial", 1, [&] { PartialCustomization::undo(metric, partial.apply(metric, changes)); });
}

void measure_one_to_all(const Graph& graph, const Metric& metric) {
  const Direction direction = Direction::from_roots;
  const auto roots = std::span(graph.sources).first(SweepBatch::kMostRoots);
  SweepBatch batch(metric, roots, direction, kOneThread);
  std::uint64_t sum = 0;
  for (std::size_t root = 0; root < bench::kSummedRoots; ++root) sum += sum_of(batch.costs(root));
  measure(
      "one_to_all", SweepBatch::kMostRoots,
      [&] { batch = SweepBatch(metric, roots, direction, kOneThread, std::move(batch)); }, sum);
  Sweep sweep(metric, roots[0], direction, kOneThread);
  measure("one_to_all_single", 1,
          [&] { sweep = Sweep(metric, roots[0], direction, kOneThread, std::move(sweep)); });
}

void measure_matrix(const Graph& graph, const Metric& metric) {
  const auto matrix = [&] {
    return ManyToMany(metric, graph.targets, kOneThread).from(graph.sources, kOneThread);
  };
  const std::uint64_t sum = sum_of(matrix().cells);
  measure("matrix", 1, matrix, sum);
}

void measure_pairs(const Graph& graph, const Metric& metric) {
  const PerfectMetric perfect(metric, kOneThread);
  PointToPoint query(metric), perfect_query(perfect);
  const std::size_t pairs = graph.sources.size();
  std::uint64_t sum = 0, arcs = 0;
  const auto for_pairs = [&](const auto& ask) {
    sum = 0;
    for (std::size_t i = 0; i < pairs; ++i) sum += ask(graph.sources[i], graph.targets[i]);
  };
  const auto cost = [&] { for_pairs([&](auto from, auto to) { return query.cost(from, to); }); };
  measure("pair", pairs, cost, sum);
  measure(
      "pair_perfect", pairs,
      [&] { for_pairs([&](auto from, auto to) { return perfect_query.cost(from, to); }); }, sum);
  measure("pair_path", pairs,
          [&] { for_pairs([&](auto from, auto to) { return arcs += query.arcs(from, to).size(); }); });
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: hierarchy_bench FOLDER\n", stderr), 2;
  const Graph graph(arguments[1]);
  const Hierarchy hierarchy({graph.tail, graph.head}, graph.order);
  measure_customization(graph, hierarchy);
  measure_partial(graph, hierarchy);
  const Metric metric(hierarchy, graph.weight, kOneThread);
  measure_one_to_all(graph, metric);
  measure_matrix(graph, metric);
  measure_pairs(graph, metric);
}
