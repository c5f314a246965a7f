/// Boost.Graph's Dijkstra on a folder that prepare.py has made: CPU time on one thread, the median of five
/// sources, as a line `task<TAB>peer<TAB>milliseconds`, beside the same by a sweep and by sixteen as lanes.

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "measuring.h"
#include "waywarden/routing/sweep.h"

namespace {

using namespace waywarden;
using bench::Column;
using bench::cpu_ms;
using bench::read;

struct Arc {
  std::uint32_t weight = 0;
};
using BoostGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arc>;

constexpr Execution kOneThread{.threads = 1};
constexpr std::size_t kSources = 5;

template <class Body>
double median_ms(const Body& body) {
  std::vector<double> times;
  for (std::size_t run = 0; run < kSources; ++run) {
    const double start = cpu_ms();
    body(run);
    times.push_back(cpu_ms() - start);
  }
  std::sort(times.begin(), times.end());
  return times[kSources / 2];
}

BoostGraph boost_graph(const Column& tail, const Column& head, const Column& weight, std::size_t nodes) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
  std::vector<Arc> properties;
  for (std::size_t a = 0; a < tail.size(); ++a) {
    arcs.emplace_back(tail[a], head[a]);
    properties.push_back({weight[a]});
  }
  return {boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), properties.begin(), nodes};
}

std::vector<std::uint32_t> by_boost(const BoostGraph& graph, std::uint32_t source) {
  std::vector<std::uint32_t> distance(boost::num_vertices(graph));
  const auto by_vertex = boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, graph));
  boost::dijkstra_shortest_paths_no_color_map(
      graph, source, boost::weight_map(get(&Arc::weight, graph)).distance_map(by_vertex));
  return distance;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: boost_dijkstra_bench FOLDER\n", stderr), 2;
  const std::string folder = arguments[1];
  const Column tail = read(folder + "/tail"), head = read(folder + "/head"),
               weight = read(folder + "/weight"), order = read(folder + "/order"),
               sources = read(folder + "/sources");
  const BoostGraph graph = boost_graph(tail, head, weight, order.size());
  const Hierarchy hierarchy({tail, head}, order, kOneThread);
  const Metric metric(hierarchy, weight, kOneThread);
  std::vector<std::uint32_t> found;
  const double boost = median_ms([&](std::size_t i) { found = by_boost(graph, sources[i]); });
  std::vector<Cost> costs;
  const double one = median_ms(
      [&](std::size_t i) { costs = Sweep(metric, sources[i], Direction::from_roots, kOneThread).costs(); });
  if (found != costs) return std::fputs("other costs than Boost's\n", stderr), 1;
  const auto roots = std::span(sources).first(SweepBatch::kMostRoots);
  SweepBatch batch(metric, roots, Direction::from_roots, kOneThread);
  const double sixteen = median_ms([&](std::size_t) {
    batch = SweepBatch(metric, roots, Direction::from_roots, kOneThread, std::move(batch));
  });
  std::printf("one-to-all\tBoost.Graph\t%.3f\none-to-all\twaywarden, 1\t%.3f\n", boost, one);
  std::printf("one-to-all\twaywarden, of 16\t%.4f\n", sixteen / SweepBatch::kMostRoots);
}
