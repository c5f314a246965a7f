/// Hierarchy, metrics and queries on a folder that prepare.py has made: CPU time on one thread, the best of a
/// few runs, as lines `name milliseconds`.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <limits>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "measuring.h"
#include "waywarden/routing/dissection.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"
#include "waywarden/routing/partial_customization.h"
#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/sweep.h"

namespace {

using namespace waywarden;
using bench::Column;
using bench::cpu_ms;
using bench::read;

constexpr Execution kOneThread{.threads = 1};
constexpr int kRuns = 7;

template <class Body>
void measure(const char* name, double items, const Body& body) {
  double least = std::numeric_limits<double>::infinity();
  for (int run = 0; run < kRuns; ++run) {
    const double start = cpu_ms();
    body();
    least = std::min(least, cpu_ms() - start);
  }
  std::printf("%s %.5f\n", name, least / items);
}

/// For comparing results.
void print_sum(const char* name, std::uint64_t sum) {
  std::printf("%s %llu\n", name, static_cast<unsigned long long>(sum));
}

struct Input {
  explicit Input(const std::string& folder)
      : tail(read(folder + "/tail")),
        head(read(folder + "/head")),
        weight(read(folder + "/weight")),
        order(std::filesystem::exists(folder + "/order") ? read(folder + "/order") : dissection(folder)),
        sources(read(folder + "/sources")),
        targets(read(folder + "/targets")),
        changed(read(folder + "/changed")) {}

  Column dissection(const std::string& folder) const {
    std::vector<Joint> joints;
    for (std::size_t a = 0; a < tail.size(); ++a) joints.push_back({tail[a], head[a]});
    const Column made = dissection_order(*std::max_element(head.begin(), head.end()) + 1, joints);
    std::ofstream file(folder + "/order", std::ios::binary);
    file.write(reinterpret_cast<const char*>(made.data()),
               static_cast<std::streamsize>(made.size() * sizeof(std::uint32_t)));
    return made;
  }

  Column tail, head, weight, order, sources, targets, changed;
};

void measure_customization(const Input& in, const Hierarchy& hierarchy) {
  measure("hierarchy", 1, [&] { const Hierarchy made({in.tail, in.head}, in.order, kOneThread); });
  Metric metric(hierarchy, in.weight, kOneThread);
  measure("customize", 1, [&] { metric = Metric(hierarchy, in.weight, kOneThread, std::move(metric)); });
  measure("perfect", 1, [&] { const PerfectMetric perfect(metric, kOneThread); });
  const std::vector<Column> vectors(MetricBatch::kMostLanes, in.weight);
  const std::vector<std::span<const Weight>> lanes(vectors.begin(), vectors.end());
  MetricBatch batch(hierarchy, lanes, kOneThread);
  measure("customize_of_16", 16,
          [&] { batch = MetricBatch(hierarchy, lanes, kOneThread, std::move(batch)); });
}

void measure_partial(const Input& in, const Hierarchy& hierarchy) {
  Metric metric(hierarchy, in.weight, kOneThread);
  PartialCustomization partial(hierarchy);
  std::vector<WeightChange> changes;
  for (const std::uint32_t arc : in.changed) changes.push_back({arc, 2 * in.weight[arc]});
  measure("partial_and_back", 1, [&] { PartialCustomization::undo(metric, partial.apply(metric, changes)); });
}

void measure_sweeps(const Input& in, const Metric& metric) {
  const Direction direction = Direction::from_roots;
  Sweep sweep(metric, in.sources[0], direction, kOneThread);
  measure("sweep", 1, [&] { sweep = Sweep(metric, in.sources[0], direction, kOneThread, std::move(sweep)); });
  const auto roots = std::span(in.sources).first(SweepBatch::kMostRoots);
  SweepBatch batch(metric, roots, direction, kOneThread);
  measure("sweep_of_16", 16,
          [&] { batch = SweepBatch(metric, roots, direction, kOneThread, std::move(batch)); });
  measure("table_targets", 1, [&] { const ManyToMany table(metric, in.targets); });
  CostTable costs;
  measure("table_with_targets", 1,
          [&] { costs = ManyToMany(metric, in.targets).from(in.sources, kOneThread); });
  print_sum("table_sum", std::accumulate(costs.cells.begin(), costs.cells.end(), std::uint64_t{0}));
}

void measure_pairs(const Input& in, const Metric& metric) {
  const PerfectMetric perfect(metric, kOneThread);
  PointToPoint basic_query(metric), perfect_query(perfect);
  const auto pairs = static_cast<double>(in.sources.size());
  std::uint64_t sum = 0;
  const auto ask = [&](PointToPoint& query) {
    sum = 0;
    for (std::size_t i = 0; i < in.sources.size(); ++i) sum += query.cost(in.sources[i], in.targets[i]);
  };
  measure("pair", pairs, [&] { ask(basic_query); });
  measure("pair_perfect", pairs, [&] { ask(perfect_query); });
  print_sum("pair_sum", sum);
  std::size_t arcs = 0;
  measure("pair_with_path", pairs, [&] {
    arcs = 0;
    for (std::size_t i = 0; i < in.sources.size(); ++i) {
      arcs += basic_query.arcs(in.sources[i], in.targets[i]).size();
    }
  });
  print_sum("arcs_of_paths", arcs);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: hierarchy_bench FOLDER\n", stderr), 2;
  const Input in(arguments[1]);
  const Hierarchy hierarchy({in.tail, in.head}, in.order);
  std::printf("nodes %zu\narcs %zu\nlinks %zu\ntriangles %zu\n", hierarchy.node_count(),
              hierarchy.arc_count(), hierarchy.link_count(), hierarchy.triangles().size());
  measure_customization(in, hierarchy);
  measure_partial(in, hierarchy);
  const Metric metric(hierarchy, in.weight, kOneThread);
  measure_sweeps(in, metric);
  measure_pairs(in, metric);
}
