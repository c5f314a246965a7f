#include <pybind11/stl.h>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "convert.h"
#include "run.h"
#include "waywarden/base/errors.h"
#include "waywarden/routing/pareto.h"
#include "waywarden/routing/route_index.h"
#include "waywarden/routing/route_lines.h"
#include "waywarden/routing/scenario_sets.h"
#include "waywarden/routing/scenarios.h"

namespace waywarden::bindings {
namespace {

using Scenarios = std::vector<Doubles>;
/// Written in place: never converted, which would write to a copy.
using Table = py::array_t<double, py::array::c_style>;

std::vector<std::span<const double>> views(const Scenarios& scenarios) {
  std::vector<std::span<const double>> costs;
  for (const Doubles& scenario : scenarios) costs.push_back(view(scenario));
  return costs;
}

/// What `ask` answers of the scenarios as weights, along with these.
template <class Ask>
auto run_scenarios(const RouteIndex& index, const Scenarios& scenarios, const py::object& report,
                   unsigned threads, const Ask& ask) {
  const std::vector<std::span<const double>> costs = views(scenarios);
  return run(report, threads, [&](const Execution& execution) {
    CostVectors vectors = cost_vectors(index.hierarchy(), costs, execution);
    auto found = ask(std::as_const(vectors), execution);
    return std::pair(std::move(found), std::move(vectors));
  });
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
  const std::vector<std::span<const double>> costs = views(scenarios);
  const std::vector<std::uint32_t> from = nodes_in(sources), to = nodes_in(targets);
  const std::span<double> table = cells(out);
  run(report, threads, [&](const Execution& execution) {
    fill_matrix(index.hierarchy(), cost_vectors(index.hierarchy(), costs, execution), from, to, table,
                execution);
  });
}

void one_to_all(const RouteIndex& index, const Scenarios& scenarios, const Integers& roots,
                const std::string& direction, Table out, const py::object& report, unsigned threads) {
  const std::vector<std::span<const double>> costs = views(scenarios);
  const std::vector<std::uint32_t> nodes = nodes_in(roots);
  const Direction way = direction_in(direction);
  const std::span<double> table = cells(out);
  run(report, threads, [&](const Execution& execution) {
    fill_one_to_all(index.hierarchy(), cost_vectors(index.hierarchy(), costs, execution), nodes, way, table,
                    execution);
  });
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
  const std::vector<std::uint32_t> from = nodes_in(sources), to = nodes_in(targets);
  const auto [found, costs] = run_scenarios(
      index, scenarios, report, threads, [&](const CostVectors& vectors, const Execution& execution) {
        return nearest_targets(index.hierarchy(), vectors, from, to, count, execution);
      });
  return columns_out(found, costs);
}

/// Routes of an answer as columns: pieces of `arcs`, each with its line where there is a network.
py::dict edges_out(const Network* network, std::span<const std::size_t> first,
                   std::span<const std::uint32_t> arcs) {
  py::dict out("first"_a = to_numpy(std::vector<std::int64_t>(first.begin(), first.end())),
               "edges"_a = to_numpy(std::vector<std::int64_t>(arcs.begin(), arcs.end())));
  if (network == nullptr) return out;
  std::vector<Geometry> lines;
  for (std::size_t i = 0; i + 1 < first.size(); ++i) {
    lines.push_back(route_line(*network, arcs.subspan(first[i], first[i + 1] - first[i])));
  }
  out["wkb"] = to_wkb_arrays(lines);
  return out;
}

py::dict routes(const RouteIndex& index, const Network* network, const Scenarios& scenarios,
                const Integers& from, const Integers& to, const py::object& report, unsigned threads) {
  const std::vector<NodePair> pairs = pairs_in(from, to);
  auto [found, costs] = run_scenarios(index, scenarios, report, threads,
                                      [&](const CostVectors& vectors, const Execution& execution) {
                                        return routes_between(index.hierarchy(), vectors, pairs, execution);
                                      });
  py::dict out = edges_out(network, found.first, found.edges);
  out["cost"] = to_numpy(std::move(found.cost));
  return out;
}

AlternativeOptions method_in(const std::string& method, std::size_t count, double excess, double sharing,
                             double local_optimality) {
  if (method == "via") return ViaNodeOptions{count, excess, sharing, local_optimality};
  if (method == "penalty") return PenaltyOptions{.count = count, .excess = excess, .sharing = sharing};
  throw OptionError("no method '" + method + "'; there are: via, penalty");
}

py::dict alternatives(const RouteIndex& index, const Network* network, const Scenarios& scenarios,
                      const Integers& from, const Integers& to, const std::string& method, std::size_t count,
                      double excess, double sharing, double local_optimality, const py::object& report,
                      unsigned threads) {
  const std::vector<NodePair> pairs = pairs_in(from, to);
  const AlternativeOptions options = method_in(method, count, excess, sharing, local_optimality);
  auto [found, costs] = run_scenarios(
      index, scenarios, report, threads, [&](const CostVectors& vectors, const Execution& execution) {
        return alternatives_between(index.arcs(), index.hierarchy(), vectors, pairs, options, execution);
      });
  py::dict out = edges_out(network, found.first_edge, found.edges);
  out["first_route"] =
      to_numpy(std::vector<std::int64_t>(found.first_route.begin(), found.first_route.end()));
  out["cost"] = to_numpy(std::move(found.cost));
  out["stretch"] = to_numpy(std::move(found.stretch));
  out["sharing"] = to_numpy(std::move(found.sharing));
  out["path_size"] = to_numpy(std::move(found.path_size));
  return out;
}

template <class Items, class Item>
void append(std::vector<Item>& to, const Items& from) {
  to.insert(to.end(), from.begin(), from.end());
}

py::dict corridor_edges(const RouteIndex& index, const Scenarios& scenarios, const Integers& sources,
                        const Integers& targets, double excess, const py::object& report, unsigned threads) {
  const std::vector<std::uint32_t> from = nodes_in(sources), to = nodes_in(targets);
  const auto [found, costs] = run_scenarios(
      index, scenarios, report, threads, [&](const CostVectors& vectors, const Execution& execution) {
        return corridors(index.arcs(), index.hierarchy(), vectors, from, to, excess, execution);
      });
  std::vector<std::int64_t> scenario, edge, pairs;
  std::vector<double> stretch;
  for (std::size_t s = 0; s < found.size(); ++s) {
    scenario.resize(scenario.size() + found[s].arc.size(), static_cast<std::int64_t>(s));
    append(edge, found[s].arc);
    append(stretch, found[s].stretch);
    append(pairs, found[s].pairs);
  }
  return py::dict("scenario"_a = to_numpy(std::move(scenario)), "edge"_a = to_numpy(std::move(edge)),
                  "stretch"_a = to_numpy(std::move(stretch)), "pairs"_a = to_numpy(std::move(pairs)));
}

py::dict isochrone_edges(const RouteIndex& index, const Scenarios& scenarios, const Integers& sources,
                         const Doubles& limits, const std::string& direction, const py::object& report,
                         unsigned threads) {
  const std::vector<std::uint32_t> from = nodes_in(sources);
  const std::span<const double> within = view(limits);
  const Direction way = direction_in(direction);
  const auto [found, costs] = run_scenarios(
      index, scenarios, report, threads, [&](const CostVectors& vectors, const Execution& execution) {
        return isochrones(index.arcs(), index.hierarchy(), vectors, from, within, way, execution);
      });
  // Per area, by scenario, source and limit, how many edges it has.
  std::vector<std::int64_t> count, edge;
  std::vector<double> share;
  for (const Isochrones& areas : found) {
    for (std::size_t a = 0; a + 1 < areas.first_arc.size(); ++a) {
      count.push_back(static_cast<std::int64_t>(areas.first_arc[a + 1] - areas.first_arc[a]));
    }
    append(edge, areas.arc);
    append(share, areas.share);
  }
  return py::dict("count"_a = to_numpy(std::move(count)), "edge"_a = to_numpy(std::move(edge)),
                  "share"_a = to_numpy(std::move(share)));
}

std::vector<double> priced(const std::vector<Cost>& costs, const CostVectors& vectors) {
  std::vector<double> out;
  for (const Cost cost : costs) out.push_back(vectors.cost(cost));
  return out;
}

py::dict front(const RouteIndex& index, const Network* network, const Doubles& first, const Doubles& second,
               std::uint32_t origin, std::uint32_t destination, double excess, const py::object& report,
               unsigned threads) {
  // Each in a unit of its own.
  const CostVectors firsts = cost_vectors(index.hierarchy(), std::array{view(first)});
  const CostVectors seconds = cost_vectors(index.hierarchy(), std::array{view(second)});
  const ParetoFront found = run(report, threads, [&](const Execution& execution) {
    const Metric a(index.hierarchy(), firsts.weights.front(), execution),
        b(index.hierarchy(), seconds.weights.front(), execution);
    return pareto_front(index.arcs(), a, b, origin, destination, {.excess = excess}, execution);
  });
  py::dict out = edges_out(network, found.begin, found.arc);
  out["first_cost"] = to_numpy(priced(found.first_cost, firsts));
  out["second_cost"] = to_numpy(priced(found.second_cost, seconds));
  out["complete"] = found.status == ParetoStatus::complete;
  return out;
}

/// A graph as it comes from Python; positions have two columns, or no rows.
struct GraphColumns {
  std::size_t nodes;
  std::vector<std::uint32_t> tail;
  std::vector<std::uint32_t> head;
  std::vector<Position> positions;

  ArcColumns arcs() const { return {tail, head}; }
};

GraphColumns graph_in(std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& x,
                      const Doubles& y) {
  GraphColumns graph{nodes, nodes_in(tail), nodes_in(head), {}};
  for (py::ssize_t n = 0; n < x.size(); ++n) {
    graph.positions.push_back({static_cast<float>(view(x)[static_cast<std::size_t>(n)]),
                               static_cast<float>(view(y)[static_cast<std::size_t>(n)])});
  }
  return graph;
}

}  // namespace

static void bind_route_sets(py::module_& m) {
  m.def("alternatives", &alternatives, "index"_a, "network"_a, "costs"_a, "origins"_a, "destinations"_a,
        py::kw_only(), "method"_a, "count"_a, "excess"_a, "sharing"_a, "local_optimality"_a,
        "report"_a = py::none(), "threads"_a = 0);
  m.def("corridors", &corridor_edges, "index"_a, "costs"_a, "sources"_a, "targets"_a, py::kw_only(),
        "excess"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def("isochrones", &isochrone_edges, "index"_a, "costs"_a, "sources"_a, "limits"_a, py::kw_only(),
        "direction"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def("pareto_front", &front, "index"_a, "network"_a, "first"_a, "second"_a, "origin"_a, "destination"_a,
        py::kw_only(), "excess"_a, "report"_a = py::none(), "threads"_a = 0);
}

static void bind_index(py::module_& m) {
  py::class_<RouteIndex>(m, "RouteIndex", "A network prepared for routing.")
      .def_property_readonly("node_count", &RouteIndex::node_count)
      .def_property_readonly("edge_count", &RouteIndex::edge_count)
      .def_property_readonly("digest", &RouteIndex::digest)
      .def(
          "unit",
          [](const RouteIndex& index, const Scenarios& scenarios) {
            return cost_vectors(index.hierarchy(), views(scenarios)).unit;
          },
          "costs"_a)
      .def(
          "save",
          [](const RouteIndex& index, const std::string& path, const py::object& report, unsigned threads) {
            run(report, threads, [&](const Execution&) { index.save(path); });
          },
          "path"_a, py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "prepare_routes",
      [](const Network& network, const std::optional<std::string>& saved, const py::object& report,
         unsigned threads) {
        return run(report, threads, [&](const Execution& execution) {
          return saved ? RouteIndex::load(*saved, network) : RouteIndex(network, {}, execution);
        });
      },
      "network"_a, py::kw_only(), "saved"_a, "report"_a = py::none(), "threads"_a = 0);
  m.def(
      "prepare_graph",
      [](std::size_t nodes, const Integers& tail, const Integers& head, const Doubles& x, const Doubles& y,
         const std::optional<std::string>& saved, const py::object& report, unsigned threads) {
        const GraphColumns graph = graph_in(nodes, tail, head, x, y);
        return run(report, threads, [&](const Execution& execution) {
          return saved ? RouteIndex::load(*saved, nodes, graph.arcs())
                       : RouteIndex(nodes, graph.arcs(), graph.positions, {}, execution);
        });
      },
      "nodes"_a, "tail"_a, "head"_a, "x"_a, "y"_a, py::kw_only(), "saved"_a, "report"_a = py::none(),
      "threads"_a = 0);
}

void bind_routing(py::module_& m) {
  bind_index(m);
  m.def("cost_matrix", &matrix, "index"_a, "costs"_a, "sources"_a, "targets"_a, "out"_a.noconvert(),
        py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def("one_to_all", &one_to_all, "index"_a, "costs"_a, "roots"_a, "direction"_a, "out"_a.noconvert(),
        py::kw_only(), "report"_a = py::none(), "threads"_a = 0);
  m.def("nearest_targets", &nearest, "index"_a, "costs"_a, "sources"_a, "targets"_a, "count"_a, py::kw_only(),
        "report"_a = py::none(), "threads"_a = 0);
  bind_route_sets(m);
  m.def("routes", &routes, "index"_a, "network"_a, "costs"_a, "origins"_a, "destinations"_a, py::kw_only(),
        "report"_a = py::none(), "threads"_a = 0);
}

}  // namespace waywarden::bindings
