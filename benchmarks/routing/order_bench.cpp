/// Makes the contraction order that all programs here use, and compares it with those that METIS (peers.py)
/// and RoutingKit (routingkit_bench) have left in the folder.
///
///   order_bench FOLDER
///
/// Seconds of CPU of one thread; of each order the height of its elimination tree and the links and triangles
/// of the chordal completion.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "graph.h"
#include "measuring.h"
#include "waywarden/routing/dissection.h"

namespace {

using bench::Column;
using bench::Graph;

/// Minutes for one order.
constexpr std::uint32_t kManyNodes = 2'000'000;

struct Completion {
  std::uint32_t height = 0;
  std::uint64_t links = 0, triangles = 0;
};

/// Each rank's higher neighbours, in any order, repeated where arcs are.
std::vector<Column> upward(const Graph& graph, const Column& order) {
  Column rank(graph.nodes);
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  std::vector<Column> up(graph.nodes);
  for (std::size_t a = 0; a < graph.tail.size(); ++a) {
    const auto [low, high] = std::minmax(rank[graph.tail[a]], rank[graph.head[a]]);
    if (low != high) up[low].push_back(high);
  }
  return up;
}

Completion complete(const Graph& graph, const Column& order) {
  std::vector<Column> up = upward(graph, order);
  Column height(graph.nodes, 1);
  Completion found;
  for (std::uint32_t r = 0; r < graph.nodes; ++r) {
    Column& list = up[r];
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    found.height = std::max(found.height, height[r]);
    found.links += list.size();
    found.triangles += list.size() * (list.size() - (list.empty() ? 0 : 1)) / 2;
    if (list.empty()) continue;
    Column& parent = up[list.front()];
    parent.insert(parent.end(), list.begin() + 1, list.end());
    height[list.front()] = std::max(height[list.front()], height[r] + 1);
    list = {};
  }
  return found;
}

void report_completion(const char* who, const Graph& graph, const Column& order) {
  if (order.empty()) return;
  const Completion found = complete(graph, order);
  bench::report("height", who, found.height, 1);
  bench::report("links", who, static_cast<double>(found.links), 1);
  bench::report("triangles", who, static_cast<double>(found.triangles), 1);
}

Column own_order(const Graph& graph) {
  std::vector<waywarden::Joint> joints;
  for (std::size_t a = 0; a < graph.tail.size(); ++a) joints.push_back({graph.tail[a], graph.head[a]});
  std::vector<waywarden::Position> positions;
  for (std::size_t n = 0; n < graph.x.size(); ++n) positions.push_back({graph.x[n], graph.y[n]});
  const std::size_t runs = graph.nodes < kManyNodes ? 3 : 1;
  Column order;
  const double spent = bench::median_ms(runs, [&](std::size_t) {
    order = waywarden::dissection_order(graph.nodes, joints, positions, {}, {.threads = 1});
  });
  bench::report("order", "waywarden", spent, runs);
  return order;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return std::fputs("usage: order_bench FOLDER\n", stderr), 2;
  const std::string folder = arguments[1];
  const Graph graph(folder);
  const Column order = own_order(graph);
  bench::write_column(folder + "/order", order);
  bench::report("nodes", "waywarden", graph.nodes, 1);
  bench::report("arcs", "waywarden", static_cast<double>(graph.tail.size()), 1);
  report_completion("waywarden", graph, order);
  report_completion("METIS", graph, bench::read_column(folder + "/order_metis"));
  report_completion("RoutingKit inertial flow", graph, bench::read_column(folder + "/order_inertial_flow"));
}
