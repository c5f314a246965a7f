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

/// Nodes whose costs from all roots are written while they are in the cache.
constexpr std::size_t kNodesAtOnce = 1024;
/// Rows of a matrix that are found before they are handed on: bounds the memory that one scenario takes.
constexpr std::size_t kRowsAtOnce = 512;

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
                const CostVectors& scenarios, std::span<double> out) {
  for (std::size_t lane = 0; lane < tables.size(); ++lane) {
    const CostTable& found = tables[lane];
    const std::size_t begin = (rows.first_scenario + lane) * cells + rows.first * found.columns;
    std::transform(found.cells.begin(), found.cells.end(), out.begin() + static_cast<std::ptrdiff_t>(begin),
                   [&](Cost units) { return scenarios.cost(units); });
  }
}

/// Per root a row of `out`, `nodes` long.
void write_sweep(const SweepBatch& sweep, std::size_t nodes, const CostVectors& scenarios,
                 const Execution& execution, std::span<double> out) {
  parallel_for((nodes + kNodesAtOnce - 1) / kNodesAtOnce, execution, [&](std::size_t block) {
    std::array<Cost, kNodesAtOnce> costs;
    const std::size_t first = block * kNodesAtOnce;
    const std::span<Cost> found = std::span(costs).first(std::min(kNodesAtOnce, nodes - first));
    for (std::size_t root = 0; root < sweep.root_count(); ++root) {
      sweep.copy(root, static_cast<std::uint32_t>(first), found);
      std::transform(found.begin(), found.end(),
                     out.begin() + static_cast<std::ptrdiff_t>(root * nodes + first),
                     [&](Cost units) { return scenarios.cost(units); });
    }
  });
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
      write_rows(tables, rows, cells, scenarios, out);
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
  std::optional<SweepBatch> sweep;
  for_each_metric(hierarchy, scenarios, execution, [&](std::size_t scenario, const Metric& metric) {
    for (std::size_t first = 0; first < roots.size(); first += SweepBatch::kMostRoots) {
      const auto some = roots.subspan(first, std::min(SweepBatch::kMostRoots, roots.size() - first));
      sweep = sweep ? SweepBatch(metric, some, direction, execution, std::move(*sweep))
                    : SweepBatch(metric, some, direction, execution);
      write_sweep(*sweep, nodes, scenarios, execution,
                  out.subspan((scenario * roots.size() + first) * nodes, some.size() * nodes));
      execution.advance(some.size());
    }
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
