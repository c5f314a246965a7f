/// What-ifs on a folder that prepare.py has made: scenarios with other weights on a hundredth of the arcs,
/// sixteen customized together, a table of 100 x 100 for each. CPU time on one thread per scenario, the
/// median of five rounds of 64, as a line `name milliseconds`; then the sum of all costs of the last round.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "measuring.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"

namespace {

using namespace waywarden;
using bench::Column;
using bench::cpu_ms;
using bench::read;

constexpr Execution kOneThread{.threads = 1};
constexpr std::size_t kRounds = 5, kScenarios = 64, kNodes = 100;

/// Every hundredth arc, from one on that moves with the scenario, is twice as dear.
Column scenario(Column weight, std::size_t number) {
  for (std::size_t a = number % 100; a < weight.size(); a += 100) weight[a] *= 2;
  return weight;
}

std::uint64_t answer_all(const Hierarchy& hierarchy, const std::vector<Column>& scenarios,
                         std::span<const std::uint32_t> sources, std::span<const std::uint32_t> targets) {
  std::uint64_t sum = 0;
  std::optional<MetricBatch> batch;
  for (std::size_t first = 0; first < scenarios.size(); first += MetricBatch::kMostLanes) {
    const auto begin = scenarios.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<std::span<const Weight>> lanes(begin, begin + MetricBatch::kMostLanes);
    batch = batch ? MetricBatch(hierarchy, lanes, kOneThread, std::move(*batch))
                  : MetricBatch(hierarchy, lanes, kOneThread);
    for (const CostTable& table : many_to_many(*batch, sources, targets, kOneThread)) {
      sum = std::accumulate(table.cells.begin(), table.cells.end(), sum);
    }
  }
  return sum;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: scenario_bench FOLDER\n", stderr), 2;
  const std::string folder = arguments[1];
  const Column tail = read(folder + "/tail"), head = read(folder + "/head"),
               weight = read(folder + "/weight"), order = read(folder + "/order"),
               sources = read(folder + "/sources"), targets = read(folder + "/targets");
  const Hierarchy hierarchy({tail, head}, order, kOneThread);
  std::vector<Column> scenarios;
  for (std::size_t s = 0; s < kScenarios; ++s) scenarios.push_back(scenario(weight, s));
  std::vector<double> times;
  std::uint64_t sum = 0;
  for (std::size_t round = 0; round < kRounds; ++round) {
    const double start = cpu_ms();
    sum =
        answer_all(hierarchy, scenarios, std::span(sources).first(kNodes), std::span(targets).first(kNodes));
    times.push_back((cpu_ms() - start) / kScenarios);
  }
  std::sort(times.begin(), times.end());
  std::printf("scenario %.3f\nscenario_sum %llu\n", times[kRounds / 2], static_cast<unsigned long long>(sum));
}
