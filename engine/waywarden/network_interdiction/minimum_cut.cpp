#include "waywarden/network_interdiction/minimum_cut.h"

// Boost's own headers trip this warning under g++ 12.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <cmath>
#include <deque>

#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/attack_sites.h"

namespace waywarden {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Reverse = boost::property<boost::edge_reverse_t, Traits::edge_descriptor>;
using Residual = boost::property<boost::edge_residual_capacity_t, double, Reverse>;
using Capacity = boost::property<boost::edge_capacity_t, double, Residual>;
using Distance = boost::property<boost::vertex_distance_t, long>;
using Predecessor = boost::property<boost::vertex_predecessor_t, Traits::edge_descriptor, Distance>;
using Colour = boost::property<boost::vertex_color_t, boost::default_color_type, Predecessor>;
using Index = boost::property<boost::vertex_index_t, std::size_t, Colour>;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, Index, Capacity>;

void check(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity, std::uint32_t source,
           std::uint32_t sink) {
  check_arcs(nodes, arcs);
  check_per_arc(capacity, arcs.tail.size(), "capacity");
  if (std::any_of(capacity.begin(), capacity.end(), [](double c) { return std::isinf(c); })) {
    throw OptionError("a capacity is not finite");
  }
  if (source >= nodes || sink >= nodes) throw OptionError("source or sink is a node that does not exist");
  if (source == sink) throw OptionError("source and sink are one node");
}

void connect(Graph& graph, std::size_t from, std::size_t to, double capacity) {
  const auto there = boost::add_edge(from, to, graph).first, back = boost::add_edge(to, from, graph).first;
  boost::put(boost::edge_capacity, graph, there, capacity);
  boost::put(boost::edge_capacity, graph, back, 0.0);
  boost::put(boost::edge_reverse, graph, there, back);
  boost::put(boost::edge_reverse, graph, back, there);
}

Graph flow_problem(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity) {
  Graph graph(nodes);
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    if (capacity[a] > 0.0 && arcs.tail[a] != arcs.head[a])
      connect(graph, arcs.tail[a], arcs.head[a], capacity[a]);
  }
  return graph;
}

std::vector<std::uint8_t> reached_by_residuals(const Graph& graph, std::size_t source) {
  std::vector<std::uint8_t> reached(boost::num_vertices(graph), 0);
  std::deque<std::size_t> queue = {source};
  reached[source] = 1;
  while (!queue.empty()) {
    const std::size_t at = queue.front();
    queue.pop_front();
    for (auto [edge, end] = boost::out_edges(at, graph); edge != end; ++edge) {
      const std::size_t to = boost::target(*edge, graph);
      if (reached[to] != 0 || boost::get(boost::edge_residual_capacity, graph, *edge) <= 0.0) continue;
      reached[to] = 1;
      queue.push_back(to);
    }
  }
  return reached;
}

}  // namespace

MinimumCut minimum_cut(std::size_t nodes, ArcColumns arcs, std::span<const double> capacity,
                       std::uint32_t source, std::uint32_t sink) {
  check(nodes, arcs, capacity, source, sink);
  Graph graph = flow_problem(nodes, arcs, capacity);
  boost::boykov_kolmogorov_max_flow(graph, source, sink);
  MinimumCut cut{0.0, {}, reached_by_residuals(graph, source)};
  for (std::uint32_t a = 0; a < arcs.tail.size(); ++a) {
    if (cut.source_side[arcs.tail[a]] == 0 || cut.source_side[arcs.head[a]] != 0) continue;
    cut.arc.push_back(a);
    cut.value += capacity[a];
  }
  return cut;
}

}  // namespace waywarden
