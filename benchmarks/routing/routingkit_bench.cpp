/// RoutingKit on a folder that prepare.py has made: CPU time on one thread.
///
///   routingkit_bench PART FOLDER
///
/// PART is `order` (inertial flow, which needs coordinates), `cch` (customizable contraction hierarchy, on
/// the folder's order), `scenarios` (1,000 what-ifs by it) or `ch` (contraction hierarchy, of its own order).

#include <routingkit/contraction_hierarchy.h>
#include <routingkit/customizable_contraction_hierarchy.h>
#include <routingkit/nested_dissection.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "graph.h"
#include "measuring.h"

namespace {

using bench::Column;
using bench::Graph;
using RoutingKit::ContractionHierarchy;
using RoutingKit::ContractionHierarchyQuery;
using Hierarchy = RoutingKit::CustomizableContractionHierarchy;
using Metric = RoutingKit::CustomizableContractionHierarchyMetric;
using Partial = RoutingKit::CustomizableContractionHierarchyPartialCustomization;
using Query = RoutingKit::CustomizableContractionHierarchyQuery;

constexpr const char* kCustomizable = "RoutingKit CCH";
constexpr const char* kContraction = "RoutingKit CH";
constexpr const char* kInertialFlow = "RoutingKit inertial flow";
constexpr std::size_t kRuns = 5, kFewRuns = 3;
constexpr std::uint32_t kScenarios = 1000, kPartialScenarios = 50;
constexpr std::size_t kScenarioNodes = 100;

std::uint64_t sum_of(const Column& costs) {
  return std::accumulate(costs.begin(), costs.end(), std::uint64_t{0});
}

/// By one-to-many queries to pinned targets, the best there is for a matrix.
template <class AnyQuery>
Column matrix(AnyQuery& query, const Column& sources, const Column& targets) {
  Column costs(sources.size() * targets.size());
  query.reset().pin_targets(targets);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    query.reset_source().add_source(sources[i]).run_to_pinned_targets();
    query.get_distances_to_targets(costs.data() + i * targets.size());
  }
  query.reset();
  return costs;
}

template <class AnyQuery>
void measure_matrix(const Graph& graph, AnyQuery& query, const char* who) {
  std::uint64_t sum = 0;
  const double spent = bench::median_ms(
      kFewRuns, [&](std::size_t) { sum = sum_of(matrix(query, graph.sources, graph.targets)); });
  bench::report("matrix", who, spent, kFewRuns, sum);
}

/// Milliseconds per pair.
template <class Ask>
void measure_pairs(const Graph& graph, const char* task, const char* who, const Ask& ask) {
  const std::size_t pairs = graph.sources.size();
  std::uint64_t sum = 0;
  const double spent = bench::median_ms(kRuns, [&](std::size_t) {
    sum = 0;
    for (std::size_t i = 0; i < pairs; ++i) sum += ask(graph.sources[i], graph.targets[i]);
  });
  bench::report(task, who, spent / static_cast<double>(pairs), kRuns, sum);
}

void order(const Graph& graph, const std::string& folder) {
  Column order;
  const double spent = bench::median_ms(1, [&](std::size_t) {
    order = RoutingKit::compute_nested_node_dissection_order_using_inertial_flow(
        graph.nodes, graph.tail, graph.head, graph.y, graph.x);
  });
  bench::report("order", kInertialFlow, spent, 1);
  bench::write_column(folder + "/order_inertial_flow", order);
}

void measure_partial(const Graph& graph, const Hierarchy& hierarchy) {
  Column weight = graph.weight;
  Metric metric(hierarchy, weight);
  metric.customize();
  Partial partial(hierarchy);
  const auto set = [&](std::uint32_t factor) {
    for (const std::uint32_t arc : graph.changed) {
      weight[arc] = factor * graph.weight[arc];
      partial.update_arc(arc);
    }
    partial.customize(metric);
  };
  const double spent = bench::median_ms(kRuns, [&](std::size_t) { set(2), set(1); });
  bench::report("partial", kCustomizable, spent, kRuns);
}

void customizable(const Graph& graph, const std::string&) {
  Hierarchy hierarchy;
  const double made =
      bench::median_ms(1, [&](std::size_t) { hierarchy = Hierarchy(graph.order, graph.tail, graph.head); });
  bench::report("hierarchy", kCustomizable, made, 1);
  Metric metric(hierarchy, graph.weight);
  const double spent = bench::median_ms(kRuns, [&](std::size_t) { metric.customize(); });
  bench::report("customize", kCustomizable, spent, kRuns);
  bench::report("customize_16", kCustomizable, spent, kRuns);
  measure_partial(graph, hierarchy);
  Query query(metric);
  measure_matrix(graph, query, kCustomizable);
  const auto run = [&](auto from, auto to) -> Query& {
    return query.reset().add_source(from).add_target(to).run();
  };
  measure_pairs(graph, "pair", kCustomizable,
                [&](auto from, auto to) { return run(from, to).get_distance(); });
  std::uint64_t arcs = 0;
  measure_pairs(graph, "pair_path", kCustomizable,
                [&](auto from, auto to) { return arcs += run(from, to).get_arc_path().size(), 0; });
}

/// From one scenario to the next by partial customization: what is dearer in either is looked at.
std::vector<double> partial_scenarios(const Graph& graph, const Hierarchy& hierarchy,
                                      std::uint64_t expected) {
  const Column sources(graph.sources.begin(), graph.sources.begin() + kScenarioNodes);
  const Column targets(graph.targets.begin(), graph.targets.begin() + kScenarioNodes);
  Column weight = graph.weight, before;
  Metric metric(hierarchy, weight);
  metric.customize();
  Query query(metric);
  Partial partial(hierarchy);
  std::vector<double> times;
  std::uint64_t sum = 0;
  for (std::uint32_t s = 0; s < kPartialScenarios; ++s) {
    const Column now = bench::changed_arcs(weight.size(), s);
    const double start = bench::cpu_ms();
    for (const std::uint32_t arc : before) weight[arc] = graph.weight[arc], partial.update_arc(arc);
    for (const std::uint32_t arc : now) weight[arc] = 2 * graph.weight[arc], partial.update_arc(arc);
    partial.customize(metric);
    const Column costs = matrix(query, sources, targets);
    times.push_back(bench::cpu_ms() - start);
    sum += sum_of(costs);
    before = now;
  }
  if (sum != expected) throw std::runtime_error("partial customization finds other costs");
  return times;
}

void scenarios(const Graph& graph, const std::string&) {
  const Column sources(graph.sources.begin(), graph.sources.begin() + kScenarioNodes);
  const Column targets(graph.targets.begin(), graph.targets.begin() + kScenarioNodes);
  const Hierarchy hierarchy(graph.order, graph.tail, graph.head);
  Metric metric(hierarchy, graph.weight);
  Query query(metric);
  std::vector<double> times;
  std::uint64_t sum = 0, sum_of_first = 0;
  for (std::uint32_t s = 0; s < kScenarios; ++s) {
    const Column weight = bench::scenario_weights(graph.weight, s);
    const double start = bench::cpu_ms();
    metric.reset(weight).customize();
    const Column costs = matrix(query, sources, targets);
    times.push_back(bench::cpu_ms() - start);
    sum += sum_of(costs);
    if (s + 1 == kPartialScenarios) sum_of_first = sum;
  }
  bench::report("scenario", kCustomizable, bench::median(times), times.size(), sum);
  const std::vector<double> partial = partial_scenarios(graph, hierarchy, sum_of_first);
  bench::report("scenario", "RoutingKit CCH, partial", bench::median(partial), partial.size());
}

void measure_one_to_all(const Graph& graph, ContractionHierarchyQuery& query) {
  Column all(graph.nodes);
  std::iota(all.begin(), all.end(), 0U);
  query.reset().pin_targets(all);
  std::vector<Column> found(bench::kSummedRoots, Column(graph.nodes));
  const double spent = bench::median_ms(found.size(), [&](std::size_t run) {
    query.reset_source().add_source(graph.sources[run]).run_to_pinned_targets();
    query.get_distances_to_targets(found[run].data());
  });
  std::uint64_t sum = 0;
  for (const Column& costs : found) sum += sum_of(costs);
  bench::report("one_to_all", kContraction, spent, found.size(), sum);
}

void contraction(const Graph& graph, const std::string&) {
  ContractionHierarchy hierarchy;
  const double made = bench::median_ms(1, [&](std::size_t) {
    hierarchy = ContractionHierarchy::build(graph.nodes, graph.tail, graph.head, graph.weight);
  });
  bench::report("customize", kContraction, made, 1);
  ContractionHierarchyQuery query(hierarchy);
  measure_pairs(graph, "pair_perfect", kContraction, [&](auto from, auto to) {
    return query.reset().add_source(from).add_target(to).run().get_distance();
  });
  measure_matrix(graph, query, kContraction);
  measure_one_to_all(graph, query);
}

}  // namespace

int main(int count, char** arguments) {
  const std::map<std::string, std::function<void(const Graph&, const std::string&)>> parts = {
      {"order", order}, {"cch", customizable}, {"scenarios", scenarios}, {"ch", contraction}};
  const auto part = count == 3 ? parts.find(arguments[1]) : parts.end();
  if (part == parts.end()) return std::fputs("usage: routingkit_bench PART FOLDER\n", stderr), 2;
  part->second(Graph(arguments[2]), arguments[2]);
}
