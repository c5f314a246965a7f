#include "waywarden/routing/scenarios.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/routing/many_to_many.h"
#include "waywarden/routing/metric_batch.h"
#include "waywarden/routing/point_to_point.h"
#include "waywarden/routing/sweep.h"

namespace waywarden {
namespace {

/// Rows of a matrix that are found before they are handed on: bounds the memory that one scenario takes.
constexpr std::size_t kRowsAtOnce = 512;
constexpr std::size_t kRowsPerTask = 64;

void require_size(std::span<const double> out, std::size_t wanted) {
  if (out.size() == wanted) return;
  throw OptionError("the array for the answer has " + std::to_string(out.size()) + " cells, not " +
                    std::to_string(wanted));
}

void require_nodes(const Hierarchy& hierarchy, std::span<const std::uint32_t> nodes) {
  for (const std::uint32_t node : nodes) {
    if (node >= hierarchy.node_count()) throw OptionError("there is no node " + std::to_string(node));
  }
}

/// Calls `ask` with the number of the first scenario of each batch.
void for_each_batch(const Hierarchy& hierarchy, const CostVectors& scenarios, const Execution& execution,
                    const std::function<void(std::size_t, const MetricBatch&)>& ask) {
  std::optional<MetricBatch> batch;
  for (std::size_t first = 0; first < scenarios.size(); first += MetricBatch::kMostLanes) {
    const std::size_t last = std::min(first + MetricBatch::kMostLanes, scenarios.size());
    const std::vector<std::span<const Weight>> lanes(
        scenarios.weights.begin() + static_cast<std::ptrdiff_t>(first),
        scenarios.weights.begin() + static_cast<std::ptrdiff_t>(last));
    batch = batch ? MetricBatch(hierarchy, lanes, execution, std::move(*batch))
                  : MetricBatch(hierarchy, lanes, execution);
    ask(first, *batch);
  }
}

/// The part of a matrix that is found at once, some rows in some scenarios, and where it goes.
struct Rows {
  std::size_t first_scenario = 0;
  std::size_t first = 0;
  std::span<const std::uint32_t> sources;
};

void write_rows(const std::vector<CostTable>& tables, const Rows& rows, std::size_t cells,
                const CostVectors& scenarios, const Execution& execution, std::span<double> out) {
  const std::size_t count = rows.sources.size();
  const auto write = [&](std::size_t i) {
    const std::size_t lane = i / count, row = i % count, columns = tables[lane].columns;
    const std::size_t begin = (rows.first_scenario + lane) * cells + (rows.first + row) * columns;
    scenarios.fill_costs(std::span(tables[lane].cells).subspan(row * columns, columns), out.subspan(begin));
  };
  parallel_for(tables.size() * count, execution, write, kRowsPerTask);
}

/// From one pair's arcs to the columns of all.
void append(Routes& routes, const std::vector<std::uint32_t>& edges, double cost) {
  routes.cost.push_back(cost);
  routes.edges.insert(routes.edges.end(), edges.begin(), edges.end());
  routes.first.push_back(routes.edges.size());
}

struct FoundRoute {
  Cost cost = kNoWay;
  std::vector<std::uint32_t> edges;
};

std::vector<FoundRoute> routes_of(const Metric& metric, std::span<const NodePair> pairs,
                                  const Execution& execution) {
  std::vector<FoundRoute> found(pairs.size());
  std::vector<PointToPoint> searches(workspaces(execution), PointToPoint(metric));
  parallel_for_with_workspace(pairs.size(), execution, [&](std::size_t workspace, std::size_t i) {
    PointToPoint& search = searches[workspace];
    found[i] = {search.cost(pairs[i].from, pairs[i].to), search.arcs(pairs[i].from, pairs[i].to)};
    execution.advance();
  });
  return found;
}

}  // namespace

void for_each_metric(const Hierarchy& hierarchy, const CostVectors& scenarios, const Execution& execution,
                     const std::function<void(std::size_t, const Metric&)>& ask) {
  std::optional<Metric> metric;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    metric = metric ? Metric(hierarchy, scenarios.weights[i], execution, std::move(*metric))
                    : Metric(hierarchy, scenarios.weights[i], execution);
    ask(i, *metric);
  }
}

void fill_matrix(const Hierarchy& hierarchy, const CostVectors& scenarios,
                 std::span<const std::uint32_t> sources, std::span<const std::uint32_t> targets,
                 std::span<double> out, const Execution& execution) {
  const std::size_t cells = sources.size() * targets.size();
  require_size(out, scenarios.size() * cells);
  require_nodes(hierarchy, sources);
  require_nodes(hierarchy, targets);
  execution.start("cost matrix", scenarios.size() * sources.size());
  if (cells == 0) return;
  const auto fill = [&](std::size_t first, const auto& tables_from) {
    for (std::size_t row = 0; row < sources.size(); row += kRowsAtOnce) {
      const Rows rows{first, row, sources.subspan(row, std::min(kRowsAtOnce, sources.size() - row))};
      const std::vector<CostTable> tables = tables_from(rows.sources);
      write_rows(tables, rows, cells, scenarios, execution, out);
      execution.advance(rows.sources.size() * tables.size());
    }
  };
  if (scenarios.size() == 1) {
    const Metric metric(hierarchy, scenarios.weights.front(), execution);
    const ManyToMany table(metric, targets, execution);
    return fill(0, [&](auto some) { return std::vector<CostTable>{table.from(some, execution)}; });
  }
  for_each_batch(hierarchy, scenarios, execution, [&](std::size_t first, const MetricBatch& batch) {
    fill(first, [&](auto some) { return many_to_many(batch, some, targets, execution); });
  });
}

void fill_one_to_all(const Hierarchy& hierarchy, const CostVectors& scenarios,
                     std::span<const std::uint32_t> roots, Direction direction, std::span<double> out,
                     const Execution& execution) {
  const std::size_t nodes = hierarchy.node_count();
  require_size(out, scenarios.size() * roots.size() * nodes);
  require_nodes(hierarchy, roots);
  execution.start("costs to all nodes", scenarios.size() * roots.size());
  SweepSeries sweeps(execution);
  for_each_metric(hierarchy, scenarios, execution, [&](std::size_t scenario, const Metric& metric) {
    sweeps.run(metric, roots, direction,
               [&](std::size_t first, const SweepBatch& sweep, const Execution& threads) {
                 const std::size_t begin = (scenario * roots.size() + first) * nodes;
                 sweep.write(scenarios.unit, out.subspan(begin, sweep.root_count() * nodes), threads);
                 execution.advance(sweep.root_count());
               });
  });
}

std::vector<NearestTargets> nearest_targets(const Hierarchy& hierarchy, const CostVectors& scenarios,
                                            std::span<const std::uint32_t> sources,
                                            std::span<const std::uint32_t> targets, std::size_t count,
                                            const Execution& execution) {
  execution.start("nearest targets", scenarios.size());
  std::vector<NearestTargets> found;
  for_each_metric(hierarchy, scenarios, execution, [&](std::size_t, const Metric& metric) {
    found.push_back(nearest_targets(metric, sources, targets, count, execution));
    execution.advance();
  });
  return found;
}

Routes routes_between(const Hierarchy& hierarchy, const CostVectors& scenarios,
                      std::span<const NodePair> pairs, const Execution& execution) {
  for (const NodePair& pair : pairs) require_nodes(hierarchy, std::array{pair.from, pair.to});
  execution.start("routes", scenarios.size() * pairs.size());
  Routes routes;
  for_each_metric(hierarchy, scenarios, execution, [&](std::size_t, const Metric& metric) {
    for (const FoundRoute& route : routes_of(metric, pairs, execution)) {
      append(routes, route.edges, scenarios.cost(route.cost));
    }
  });
  return routes;
}

}  // namespace waywarden
