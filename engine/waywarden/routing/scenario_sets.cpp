#include "waywarden/routing/scenario_sets.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

struct Found {
  Alternatives routes;
  std::vector<double> path_size;
};

/// One question after another on one thread.
class Search {
 public:
  virtual ~Search() = default;
  virtual Alternatives between(NodePair pair, const Execution& execution) = 0;
};

template <class Routes, class Options>
class SearchBy : public Search {
 public:
  SearchBy(ArcColumns arcs, const Metric& metric, const Options& options)
      : routes_(arcs, metric), options_(options) {}

  Alternatives between(NodePair pair, const Execution& execution) override {
    return routes_.between(pair.from, pair.to, options_, execution);
  }

 private:
  Routes routes_;
  Options options_;
};

std::unique_ptr<Search> make_search(ArcColumns arcs, const Metric& metric,
                                    const AlternativeOptions& options) {
  if (const auto* via = std::get_if<ViaNodeOptions>(&options)) {
    return std::make_unique<SearchBy<ViaNodeRoutes, ViaNodeOptions>>(arcs, metric, *via);
  }
  return std::make_unique<SearchBy<PenaltyRoutes, PenaltyOptions>>(arcs, metric,
                                                                   std::get<PenaltyOptions>(options));
}

std::vector<Found> found_between(ArcColumns arcs, const Metric& metric, std::span<const NodePair> pairs,
                                 const AlternativeOptions& options, const Execution& execution) {
  // Bodies of a parallel loop must not start others.
  const Execution alone{1, execution.progress};
  std::vector<Found> found(pairs.size());
  std::vector<std::unique_ptr<Search>> searches(workspaces(execution));
  parallel_for_with_workspace(pairs.size(), execution, [&](std::size_t workspace, std::size_t i) {
    if (!searches[workspace]) searches[workspace] = make_search(arcs, metric, options);
    Alternatives routes = searches[workspace]->between(pairs[i], alone);
    std::vector<double> size = path_sizes(routes, metric.weights());
    found[i] = {std::move(routes), std::move(size)};
    execution.advance();
  });
  return found;
}

void append(AlternativeSets& sets, const Found& found, const CostVectors& scenarios) {
  const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  const Alternatives& routes = found.routes;
  for (const Cost cost : routes.cost) sets.cost.push_back(scenarios.cost(cost));
  for (std::size_t r = 0; r < routes.size(); ++r) {
    sets.first_edge.push_back(sets.edges.size() + routes.begin[r + 1]);
  }
  add(sets.stretch, routes.stretch);
  add(sets.sharing, routes.sharing);
  add(sets.path_size, found.path_size);
  add(sets.edges, routes.arc);
  sets.first_route.push_back(sets.cost.size());
}

std::vector<Cost> whole_units(std::span<const double> limits, double unit) {
  std::vector<Cost> units;
  for (const double limit : limits) {
    if (!(limit >= 0.0)) throw OptionError("a limit must be >= 0");
    units.push_back(static_cast<Cost>(std::min(limit / unit, static_cast<double>(kNoWay - 1))));
  }
  return units;
}

}  // namespace

AlternativeSets alternatives_between(ArcColumns arcs, const Hierarchy& hierarchy,
                                     const CostVectors& scenarios, std::span<const NodePair> pairs,
                                     const AlternativeOptions& options, const Execution& execution) {
  execution.start("alternative routes", scenarios.size() * pairs.size());
  AlternativeSets sets;
  for_each_metric(hierarchy, scenarios, execution, [&](std::size_t, const Metric& metric) {
    for (const Found& found : found_between(arcs, metric, pairs, options, execution)) {
      append(sets, found, scenarios);
    }
  });
  return sets;
}

std::vector<CorridorUnion> corridors(ArcColumns arcs, const Hierarchy& hierarchy,
                                     const CostVectors& scenarios, std::span<const std::uint32_t> sources,
                                     std::span<const std::uint32_t> targets, double excess,
                                     const Execution& execution) {
  execution.start("corridors", scenarios.size());
  std::vector<CorridorUnion> found;
  for_each_metric(hierarchy, scenarios, execution, [&](std::size_t, const Metric& metric) {
    const BlockTree blocks(hierarchy.node_count(), arcs, open_arcs(metric.weights()), execution);
    found.push_back(corridors(arcs, metric, blocks, sources, targets, excess, execution));
    execution.advance();
  });
  return found;
}

std::vector<Isochrones> isochrones(ArcColumns arcs, const Hierarchy& hierarchy, const CostVectors& scenarios,
                                   std::span<const std::uint32_t> sources, std::span<const double> limits,
                                   Direction direction, const Execution& execution) {
  const std::vector<Cost> within = whole_units(limits, scenarios.unit);
  execution.start("isochrones", scenarios.size());
  std::vector<Isochrones> found;
  for_each_metric(hierarchy, scenarios, execution, [&](std::size_t, const Metric& metric) {
    found.push_back(isochrones(arcs, metric, sources, within, direction, execution));
    execution.advance();
  });
  return found;
}

}  // namespace waywarden
