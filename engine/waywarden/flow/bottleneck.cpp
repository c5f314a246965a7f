#include "waywarden/flow/bottleneck.h"

// Boost's own header trips this warning under g++ 12.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <boost/graph/strong_components.hpp>
#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <numeric>

namespace waywarden {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Flow = std::int64_t;
using Graph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, Flow,
                    boost::property<boost::edge_residual_capacity_t, Flow,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

constexpr double kUnits = 1e15;
/// Rows are lessened by this much, so that rounding alone is never a bottleneck.
constexpr double kSlack = 1e-12;

void connect(Graph& graph, std::size_t from, std::size_t to, Flow capacity) {
  const auto there = boost::add_edge(from, to, graph).first, back = boost::add_edge(to, from, graph).first;
  boost::put(boost::edge_capacity, graph, there, capacity);
  boost::put(boost::edge_capacity, graph, back, Flow{0});
  boost::put(boost::edge_reverse, graph, there, back);
  boost::put(boost::edge_reverse, graph, back, there);
}

struct Problem {
  /// Rows first, then columns, then source and sink.
  Graph graph;
  std::size_t rows;
  std::size_t columns;

  std::size_t source() const { return rows + columns; }
  std::size_t sink() const { return source() + 1; }
  /// More than all that rounding and slack let through.
  Flow negligible() const {
    return 2 * (static_cast<Flow>(kUnits * kSlack) + static_cast<Flow>(rows + columns));
  }
};

Problem transport_problem(const SparseTable& table, const std::vector<double>& rows,
                          const std::vector<double>& columns) {
  Problem problem{Graph(rows.size() + columns.size() + 2), rows.size(), columns.size()};
  Graph& graph = problem.graph;
  const double sum = std::accumulate(rows.begin(), rows.end(), 0.0);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    connect(graph, problem.source(), r, static_cast<Flow>(kUnits * (1.0 - kSlack) * (rows[r] / sum)));
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const double units = std::ceil(kUnits * (columns[c] / sum));
    connect(graph, rows.size() + c, problem.sink(), static_cast<Flow>(units));
  }
  for (std::size_t k = 0; k < table.value.size(); ++k) {
    connect(graph, table.row[k], rows.size() + table.column[k], static_cast<Flow>(2.0 * kUnits));
  }
  return problem;
}

Problem with_largest_flow(const SparseTable& table, const std::vector<double>& rows,
                          const std::vector<double>& columns) {
  Problem problem = transport_problem(table, rows, columns);
  boost::push_relabel_max_flow(problem.graph, problem.source(), problem.sink());
  return problem;
}

/// Along arcs that have more capacity left than `least`.
std::vector<std::uint8_t> reached_from(std::size_t start, const Graph& graph, Flow least) {
  std::vector<std::uint8_t> reached(boost::num_vertices(graph), 0);
  std::deque<std::size_t> queue = {start};
  reached[start] = 1;
  while (!queue.empty()) {
    const std::size_t at = queue.front();
    queue.pop_front();
    for (auto [edge, end] = boost::out_edges(at, graph); edge != end; ++edge) {
      const std::size_t to = boost::target(*edge, graph);
      if (reached[to] != 0 || boost::get(boost::edge_residual_capacity, graph, *edge) <= least) continue;
      reached[to] = 1;
      queue.push_back(to);
    }
  }
  return reached;
}

Bottleneck rows_and_columns(const Problem& problem, const std::vector<std::uint8_t>& reached) {
  Bottleneck found;
  for (std::size_t r = 0; r < problem.rows; ++r) {
    if (reached[r] != 0) found.rows.push_back(r);
  }
  for (std::size_t c = 0; c < problem.columns; ++c) {
    if (reached[problem.rows + c] != 0) found.columns.push_back(c);
  }
  return found;
}

/// Of the residual graph, per node.
std::vector<std::size_t> components(const Problem& problem) {
  const Graph& graph = problem.graph;
  const auto has_room = [&](const Traits::edge_descriptor& edge) {
    return boost::get(boost::edge_residual_capacity, graph, edge) > problem.negligible();
  };
  const std::function<bool(const Traits::edge_descriptor&)> kept = has_room;
  const boost::filtered_graph<Graph, std::function<bool(const Traits::edge_descriptor&)>> residual(graph,
                                                                                                   kept);
  std::vector<std::size_t> component(boost::num_vertices(graph));
  boost::strong_components(
      residual, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  return component;
}

}  // namespace

Bottleneck bottleneck(const SparseTable& table, const std::vector<double>& row_targets,
                      const std::vector<double>& column_targets) {
  const Problem problem = with_largest_flow(table, row_targets, column_targets);
  return rows_and_columns(problem, reached_from(problem.source(), problem.graph, 0));
}

Bottleneck exactly_full(const SparseTable& table, const std::vector<double>& row_targets,
                        const std::vector<double>& column_targets) {
  const Problem problem = with_largest_flow(table, row_targets, column_targets);
  const std::vector<std::size_t> component = components(problem);
  for (std::size_t k = 0; k < table.value.size(); ++k) {
    const std::size_t row = table.row[k], column = problem.rows + table.column[k];
    if (component[row] == component[column] || row_targets[table.row[k]] == 0.0 ||
        column_targets[table.column[k]] == 0.0)
      continue;
    return rows_and_columns(problem, reached_from(column, problem.graph, problem.negligible()));
  }
  return {};
}

}  // namespace waywarden
