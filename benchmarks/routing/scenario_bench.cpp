/// What-ifs on a folder that prepare.py has made: 1,000 scenarios, sixteen customized together, a matrix of
/// 100 x 100 for each. CPU time on one thread per scenario; making the weights is not part of it.
///
///   scenario_bench FOLDER

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "graph.h"
#include "measuring.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"

namespace {

using namespace waywarden;
using bench::Column;

constexpr Execution kOneThread{.threads = 1};
constexpr std::uint32_t kScenarios = 1000;
constexpr std::size_t kNodes = 100;

std::vector<Column> scenarios(const Column& weight, std::uint32_t first, std::uint32_t last) {
  std::vector<Column> vectors;
  for (std::uint32_t s = first; s < last; ++s) vectors.push_back(bench::scenario_weights(weight, s));
  return vectors;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: scenario_bench FOLDER\n", stderr), 2;
  const bench::Graph graph(arguments[1]);
  const auto sources = std::span(graph.sources).first(kNodes),
             targets = std::span(graph.targets).first(kNodes);
  const Hierarchy hierarchy({graph.tail, graph.head}, graph.order, kOneThread);
  std::vector<double> times;
  std::uint64_t sum = 0;
  std::optional<MetricBatch> batch;
  for (std::uint32_t first = 0; first < kScenarios; first += MetricBatch::kMostLanes) {
    const std::uint32_t last = std::min<std::uint32_t>(first + MetricBatch::kMostLanes, kScenarios);
    const std::vector<Column> vectors = scenarios(graph.weight, first, last);
    const std::vector<std::span<const Weight>> lanes(vectors.begin(), vectors.end());
    const double start = bench::cpu_ms();
    batch = batch ? MetricBatch(hierarchy, lanes, kOneThread, std::move(*batch))
                  : MetricBatch(hierarchy, lanes, kOneThread);
    const std::vector<CostTable> tables = many_to_many(*batch, sources, targets, kOneThread);
    times.push_back((bench::cpu_ms() - start) / static_cast<double>(lanes.size()));
    for (const CostTable& table : tables) {
      sum = std::accumulate(table.cells.begin(), table.cells.end(), sum);
    }
  }
  bench::report("scenario", "waywarden", bench::median(times), times.size(), sum);
}
