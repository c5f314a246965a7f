/// Boost.Graph's Dijkstra on a folder that prepare.py has made: CPU time on one thread.
///
///   boost_dijkstra_bench FOLDER

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "graph.h"
#include "measuring.h"

namespace {

using bench::Column;

struct Arc {
  std::uint32_t weight = 0;
};
using BoostGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arc>;

BoostGraph boost_graph(const bench::Graph& graph) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
  std::vector<Arc> properties;
  for (std::size_t a = 0; a < graph.tail.size(); ++a) {
    arcs.emplace_back(graph.tail[a], graph.head[a]);
    properties.push_back({graph.weight[a]});
  }
  return {boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), properties.begin(), graph.nodes};
}

Column distances(const BoostGraph& graph, std::uint32_t source) {
  Column distance(boost::num_vertices(graph));
  const auto by_vertex = boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, graph));
  boost::dijkstra_shortest_paths_no_color_map(
      graph, source,
      boost::weight_map(get(&Arc::weight, graph)).distance_map(by_vertex).distance_inf(0x7FFFFFFFU));
  return distance;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: boost_dijkstra_bench FOLDER\n", stderr), 2;
  const bench::Graph input(arguments[1]);
  const BoostGraph graph = boost_graph(input);
  std::vector<Column> found(bench::kSummedRoots);
  const double spent = bench::median_ms(
      found.size(), [&](std::size_t run) { found[run] = distances(graph, input.sources[run]); });
  std::uint64_t sum = 0;
  for (const Column& column : found) sum = std::accumulate(column.begin(), column.end(), sum);
  bench::report("one_to_all", "Boost.Graph", spent, found.size(), sum);
}
