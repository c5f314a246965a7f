#pragma once

/// Street networks that lie beside the repository, with weights that have all that is awkward: ties, arcs
/// that cost nothing, closed ones, one-ways, parallel ones, loops. Tests that go over them are skipped
/// elsewhere; the environment variable WAYWARDEN_GRAPHS names another folder.
///
/// NAME.gr.bin is pairs of node numbers from 1, as uint32, one for each edge; NAME.co.bin, where there is
/// one, a pair of int32 coordinates for each node.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "worlds/random_hierarchy.h"

namespace waywarden::worlds {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
/// Some twenty times slower: one graph is enough.
inline constexpr std::size_t kRoadGraphs = 1;
#else
inline constexpr std::size_t kRoadGraphs = 99;
#endif

/// Of the graphs there are, the smallest first.
inline std::vector<std::filesystem::path> road_files() {
  const char* given = std::getenv("WAYWARDEN_GRAPHS");
  const std::filesystem::path folder = given ? given : WAYWARDEN_SOURCE_DIR "/../shared/graphs";
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(".gr.bin")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
    return std::filesystem::file_size(a) < std::filesystem::file_size(b);
  });
  files.resize(std::min(files.size(), kRoadGraphs));
  return files;
}

template <class Value>
std::vector<Value> read_values(const std::string& name) {
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  if (!file) return {};
  std::vector<Value> values(static_cast<std::size_t>(file.tellg()) / sizeof(Value));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(Value)));
  return values;
}

struct RoadGraph {
  explicit RoadGraph(const std::filesystem::path& file) {
    RandomStream random(1, 20, 78);
    for (const auto& [a, b] : read_values<std::array<std::uint32_t, 2>>(file.string())) {
      graph.nodes = std::max<std::size_t>({graph.nodes, a, b});
      const std::uint32_t kind = random.below(100);
      add(a - 1, b - 1);
      if (kind >= 2) add(b - 1, a - 1);
      if (kind >= 97) add(a - 1, b - 1);
      if (kind == 96) add(a - 1, a - 1);
    }
    const std::string name = file.string();
    for (const auto& [x, y] :
         read_values<std::array<std::int32_t, 2>>(name.substr(0, name.rfind(".gr.bin")) + ".co.bin")) {
      positions.push_back({static_cast<float>(x), static_cast<float>(y)});
    }
  }

  std::vector<std::uint32_t> order(const Execution& execution = {}) const {
    return dissection_order(graph.nodes, joints(graph), positions, {}, execution);
  }

  /// Lengths in the coordinates' unit, or made up, by four speeds: up to a few hundred.
  std::vector<Weight> weights(std::uint64_t seed) const {
    constexpr std::array kTimes = {1.0, 1.4, 2.2, 3.7};
    RandomStream random(seed, 21, 78);
    std::vector<Weight> weights;
    for (std::size_t a = 0; a < graph.tail.size(); ++a) {
      const double times = kTimes[random.below(4)];
      const std::uint32_t kind = random.below(200);
      const auto weight = static_cast<Weight>(std::min(length(a, random.below(200)) * times, 2000.0));
      weights.push_back(kind < 1 ? kClosed : kind < 6 ? 0 : weight);
    }
    return weights;
  }

  std::vector<std::uint32_t> some_nodes(std::uint64_t seed, std::size_t count) const {
    RandomStream random(seed, 22, 78);
    std::vector<std::uint32_t> nodes(count);
    for (std::uint32_t& n : nodes) n = random.below(static_cast<std::uint32_t>(graph.nodes));
    return nodes;
  }

  Graph graph;
  std::vector<Position> positions;

 private:
  void add(std::uint32_t tail, std::uint32_t head) {
    graph.tail.push_back(tail);
    graph.head.push_back(head);
  }

  double length(std::size_t arc, double otherwise) const {
    if (positions.empty()) return otherwise;
    const Position a = positions[graph.tail[arc]], b = positions[graph.head[arc]];
    return std::hypot(static_cast<double>(a.x) - b.x, static_cast<double>(a.y) - b.y);
  }
};

}  // namespace waywarden::worlds
