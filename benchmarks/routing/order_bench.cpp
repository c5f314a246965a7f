/// Time and quality of contraction orders on road graphs.
///
///   order_bench <graph.gr.bin> [<order>]...
///
/// The graph is pairs of 1-based uint32, one for each undirected edge; where <graph.co.bin> lies beside it,
/// it gives int32 x, y for each node. Orders made elsewhere are uint32 node by rank, 0-based. For each order:
/// seconds of CPU of one thread, height of the elimination tree, links of the chordal completion, triangles.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "waywarden/routing/dissection.h"

namespace {

using waywarden::Joint;
using waywarden::Position;
using Numbers = std::vector<std::uint32_t>;

template <class Value>
std::vector<Value> read(const std::string& name) {
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  if (!file) return {};
  std::vector<Value> values(static_cast<std::size_t>(file.tellg()) / sizeof(Value));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(Value)));
  return values;
}

struct Graph {
  std::size_t nodes = 0;
  std::vector<Joint> joints;
  std::vector<Position> positions;
};

Graph read_graph(const std::string& name) {
  Graph graph;
  for (const auto& [a, b] : read<std::array<std::uint32_t, 2>>(name)) {
    graph.joints.push_back({a - 1, b - 1});
    graph.nodes = std::max<std::size_t>({graph.nodes, a, b});
  }
  const std::string beside = name.substr(0, name.rfind(".gr.bin")) + ".co.bin";
  for (const auto& [x, y] : read<std::array<std::int32_t, 2>>(beside)) {
    graph.positions.push_back({static_cast<float>(x), static_cast<float>(y)});
  }
  return graph;
}

struct Completion {
  std::uint32_t height = 0;
  std::uint64_t links = 0, triangles = 0;
};

/// Each rank's higher neighbours as given, ascending not needed.
std::vector<Numbers> upward(const Graph& graph, const Numbers& order) {
  Numbers rank(graph.nodes);
  for (std::uint32_t r = 0; r < order.size(); ++r) rank[order[r]] = r;
  std::vector<Numbers> up(graph.nodes);
  for (const Joint& joint : graph.joints) {
    const auto [low, high] = std::minmax(rank[joint.a], rank[joint.b]);
    if (low != high) up[low].push_back(high);
  }
  return up;
}

Completion complete(const Graph& graph, const Numbers& order) {
  std::vector<Numbers> up = upward(graph, order);
  Numbers height(graph.nodes, 1);
  Completion found;
  for (std::uint32_t r = 0; r < graph.nodes; ++r) {
    Numbers& list = up[r];
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    found.height = std::max(found.height, height[r]);
    found.links += list.size();
    found.triangles += list.size() * (list.size() - (list.empty() ? 0 : 1)) / 2;
    if (list.empty()) continue;
    Numbers& parent = up[list.front()];
    parent.insert(parent.end(), list.begin() + 1, list.end());
    height[list.front()] = std::max(height[list.front()], height[r] + 1);
    list = {};
  }
  return found;
}

void print(const std::string& what, const Graph& graph, double seconds, const Numbers& order) {
  const Completion found = complete(graph, order);
  std::printf("%-42s %7.2f s  height %5u  links %9llu  triangles %10llu\n", what.c_str(), seconds,
              found.height, static_cast<unsigned long long>(found.links),
              static_cast<unsigned long long>(found.triangles));
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return std::puts("order_bench <graph.gr.bin> [<order>]..."), 2;
  const Graph graph = read_graph(arguments[1]);
  const double start = cpu_seconds();
  const Numbers order = waywarden::dissection_order(graph.nodes, graph.joints, graph.positions, {}, {1});
  print(arguments[1], graph, cpu_seconds() - start, order);
  for (int i = 2; i < count; ++i) print(arguments[i], graph, 0, read<std::uint32_t>(arguments[i]));
}
