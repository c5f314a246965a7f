#include <pybind11/stl.h>

#include <span>
#include <string>
#include <vector>

#include "convert.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/routing/route_index.h"
#include "waywarden/routing/route_lines.h"
#include "waywarden/routing/scenarios.h"

namespace waywarden::bindings {
namespace {

using Scenarios = std::vector<Doubles>;
/// Written in place: never converted, which would write to a copy.
using Table = py::array_t<double, py::array::c_style>;

CostVectors vectors_in(const RouteIndex& index, const Scenarios& scenarios) {
  std::vector<std::span<const double>> costs;
  for (const Doubles& scenario : scenarios) costs.push_back(view(scenario));
  return cost_vectors(index.hierarchy(), costs);
}

std::vector<std::uint32_t> nodes_in(const Integers& nodes) {
  std::vector<std::uint32_t> out;
  for (const std::int64_t node : view(nodes)) {
    if (node < 0 || node > std::int64_t{0xFFFFFFFF}) throw OptionError("there is no such node");
    out.push_back(static_cast<std::uint32_t>(node));
  }
  return out;
}

std::vector<NodePair> pairs_in(const Integers& from, const Integers& to) {
  if (from.size() != to.size()) throw OptionError("the two ends of the pairs differ in number");
  const std::vector<std::uint32_t> tails = nodes_in(from), heads = nodes_in(to);
  std::vector<NodePair> pairs;
  for (std::size_t i = 0; i < tails.size(); ++i) pairs.push_back({tails[i], heads[i]});
  return pairs;
}

Direction direction_in(const std::string& word) {
  if (word == "from") return Direction::from_roots;
  if (word == "to") return Direction::to_roots;
  throw OptionError("no direction '" + word + "'; there are: from, to");
}

std::span<double> cells(Table& table) {
  return {table.mutable_data(), static_cast<std::size_t>(table.size())};
}

void matrix(const RouteIndex& index, const Scenarios& scenarios, const Integers& sources,
            const Integers& targets, Table out, const py::object& report, unsigned threads) {
  const CostVectors costs = vectors_in(index, scenarios);
  const std::vector<std::uint32_t> from = nodes_in(sources), to = nodes_in(targets);
  const std::span<double> table = cells(out);
  run(report, threads,
      [&](const Execution& execution) { fill_matrix(index.hierarchy(), costs, from, to, table, execution); });
}

void one_to_all(const RouteIndex& index, const Scenarios& scenarios, const Integers& roots,
                const std::string& direction, Table out, const py::object& report, unsigned threads) {
  const CostVectors costs = vectors_in(index, scenarios);
  const std::vector<std::uint32_t> nodes = nodes_in(roots);
  const Direction way = direction_in(direction);
  const std::span<double> table = cells(out);
  run(report, threads, [&](const Execution& execution) {
    fill_one_to_all(index.hierarchy(), costs, nodes, way, table, execution);
  });
}

std::vector<Geometry> lines_of(const Network& network, const Routes& routes) {
  std::vector<Geometry> lines;
  for (std::size_t i = 0; i + 1 < routes.first.size(); ++i) {
    lines.push_back(route_line(
        network, std::span(routes.edges).subspan(routes.first[i], routes.first[i + 1] - routes.first[i])));
  }
  return lines;
}

py::dict routes_out(Routes&& routes, const std::vector<Geometry>& lines) {
  std::vector<std::int64_t> first(routes.first.begin(), routes.first.end()),
      edges(routes.edges.begin(), routes.edges.end());
  return py::dict("cost"_a = to_numpy(std::move(routes.cost)), "first"_a = to_numpy(std::move(first)),
                  "edges"_a = to_numpy(std::move(edges)), "wkb"_a = to_wkb_arrays(lines));
}

py::dict routes(const RouteIndex& index, const Network& network, const Scenarios& scenarios,
                const Integers& from, const Integers& to, const py::object& report, unsigned threads) {
  const CostVectors costs = vectors_in(index, scenarios);
  const std::vector<NodePair> pairs = pairs_in(from, to);
  std::vector<Geometry> lines;
  Routes found = run(report, threads, [&](const Execution& execution) {
    Routes result = routes_between(index.hierarchy(), costs, pairs, execution);
    lines = lines_of(network, result);
    return result;
  });
  return routes_out(std::move(found), lines);
}

/// Columns of (scenario, source, target) in that order, nearest first.
py::dict columns_out(const std::vector<NearestTargets>& scenarios, const CostVectors& costs) {
  std::vector<std::int64_t> scenario, source, target;
  std::vector<double> cost;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const NearestTargets& found = scenarios[s];
    for (std::size_t i = 0; i + 1 < found.first.size(); ++i) {
      for (std::size_t k = found.first[i]; k < found.first[i + 1]; ++k) {
        scenario.push_back(static_cast<std::int64_t>(s));
        source.push_back(static_cast<std::int64_t>(i));
        target.push_back(found.target[k]);
        cost.push_back(costs.cost(found.cost[k]));
      }
    }
  }
  return py::dict("scenario"_a = to_numpy(std::move(scenario)), "source"_a = to_numpy(std::move(source)),
                  "target"_a = to_numpy(std::move(target)), "cost"_a = to_numpy(std::move(cost)));
}

py::dict nearest(const RouteIndex& index, const Scenarios& scenarios, const Integers& sources,
                 const Integers& targets, std::size_t count, const py::object& report, unsigned threads) {
  const CostVectors costs = vectors_in(index, scenarios);
  const std::vector<std::uint32_t> from = nodes_in(sources), to = nodes_in(targets);
  const std::vector<NearestTargets> found = run(report, threads, [&](const Execution& execution) {
    return nearest_targets(index.hierarchy(), costs, from, to, count, execution);
  });
  return columns_out(found, costs);
}

}  // namespace

void bind_routing(py::module_& m) {
  py::class_<RouteIndex>(m, "RouteIndex", "A network prepared for routing.")
      .def_property_readonly("node_count", &RouteIndex::node_count)
      .def_property_readonly("edge_count", &RouteIndex::edge_count)
      .def_property_readonly("digest", &RouteIndex::digest)
      .def(
          "unit",
          [](const RouteIndex& index, const Scenarios& scenarios) {
            return vectors_in(index, scenarios).unit;
          },
          "costs"_a);
  m.def(
      "prepare_routes",
      [](const Network& network, const py::object& report, unsigned threads) {
        return run(report, threads,
                   [&](const Execution& execution) { return RouteIndex(network, {}, execution); });
      },
      "network"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def("cost_matrix", &matrix, "index"_a, "costs"_a, "sources"_a, "targets"_a, "out"_a.noconvert(),
        py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def("one_to_all", &one_to_all, "index"_a, "costs"_a, "roots"_a, "direction"_a, "out"_a.noconvert(),
        py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def("nearest_targets", &nearest, "index"_a, "costs"_a, "sources"_a, "targets"_a, "count"_a, py::kw_only(),
        "report"_a = py::none(), "threads"_a = 0);
  m.def("routes", &routes, "index"_a, "network"_a, "costs"_a, "origins"_a, "destinations"_a, py::kw_only(),
        "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
