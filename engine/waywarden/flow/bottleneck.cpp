#include "waywarden/flow/bottleneck.h"

// Boost's own header trips this warning under g++ 12.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <cmath>
#include <cstdint>
#include <deque>
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

constexpr double kUnits = 1e12;

void connect(Graph& graph, std::size_t from, std::size_t to, Flow capacity) {
  const auto there = boost::add_edge(from, to, graph).first, back = boost::add_edge(to, from, graph).first;
  boost::put(boost::edge_capacity, graph, there, capacity);
  boost::put(boost::edge_capacity, graph, back, Flow{0});
  boost::put(boost::edge_reverse, graph, there, back);
  boost::put(boost::edge_reverse, graph, back, there);
}

/// Rows first, then columns, then source and sink.
Graph transport_problem(const SparseTable& table, const std::vector<double>& rows,
                        const std::vector<double>& columns) {
  const std::size_t source = rows.size() + columns.size(), sink = source + 1;
  const double sum = std::accumulate(rows.begin(), rows.end(), 0.0);
  Graph graph(sink + 1);
  for (std::size_t r = 0; r < rows.size(); ++r)
    connect(graph, source, r, std::llround(kUnits * rows[r] / sum));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    // Columns are rounded up, so that rounding alone is never a bottleneck.
    connect(graph, rows.size() + c, sink,
            static_cast<Flow>(kUnits * columns[c] / sum) + static_cast<Flow>(rows.size()));
  }
  for (std::size_t k = 0; k < table.value.size(); ++k) {
    connect(graph, table.row[k], rows.size() + table.column[k], static_cast<Flow>(2.0 * kUnits));
  }
  return graph;
}

std::vector<std::uint8_t> on_the_source_side(const Graph& graph, std::size_t source) {
  std::vector<std::uint8_t> reached(boost::num_vertices(graph), 0);
  std::deque<std::size_t> queue = {source};
  reached[source] = 1;
  while (!queue.empty()) {
    const std::size_t at = queue.front();
    queue.pop_front();
    for (auto [edge, end] = boost::out_edges(at, graph); edge != end; ++edge) {
      const std::size_t to = boost::target(*edge, graph);
      if (reached[to] != 0 || boost::get(boost::edge_residual_capacity, graph, *edge) <= 0) continue;
      reached[to] = 1;
      queue.push_back(to);
    }
  }
  return reached;
}

}  // namespace

Bottleneck bottleneck(const SparseTable& table, const std::vector<double>& row_targets,
                      const std::vector<double>& column_targets) {
  Graph graph = transport_problem(table, row_targets, column_targets);
  const std::size_t source = row_targets.size() + column_targets.size();
  boost::push_relabel_max_flow(graph, source, source + 1);
  const std::vector<std::uint8_t> reached = on_the_source_side(graph, source);
  Bottleneck found;
  for (std::size_t r = 0; r < row_targets.size(); ++r) {
    if (reached[r] != 0) found.rows.push_back(r);
  }
  for (std::size_t c = 0; c < column_targets.size(); ++c) {
    if (reached[row_targets.size() + c] != 0) found.columns.push_back(c);
  }
  return found;
}

}  // namespace waywarden
