#pragma once

/// A folder that prepare.py has made, and the scenarios that are asked about it.

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

using Column = std::vector<std::uint32_t>;

/// Sources of one-to-all whose costs are summed up: slow libraries are asked for no more.
inline constexpr std::size_t kSummedRoots = 5;

/// Empty where there is no such file.
template <class Value = std::uint32_t>
std::vector<Value> read_column(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return {};
  std::vector<Value> column(static_cast<std::size_t>(file.tellg()) / sizeof(Value));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(column.data()),
            static_cast<std::streamsize>(column.size() * sizeof(Value)));
  return column;
}

template <class Value>
void write_column(const std::string& path, const std::vector<Value>& column) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(column.data()),
             static_cast<std::streamsize>(column.size() * sizeof(Value)));
  if (!file) throw std::runtime_error("cannot write " + path);
}

struct Graph {
  explicit Graph(const std::string& folder)
      : tail(read_column(folder + "/tail")),
        head(read_column(folder + "/head")),
        weight(read_column(folder + "/weight")),
        order(read_column(folder + "/order")),
        sources(read_column(folder + "/sources")),
        targets(read_column(folder + "/targets")),
        changed(read_column(folder + "/changed")),
        x(read_column<float>(folder + "/x")),
        y(read_column<float>(folder + "/y")) {
    if (tail.empty()) throw std::runtime_error("no graph in " + folder);
    nodes = *std::max_element(tail.begin(), tail.end()) + 1;
  }

  std::uint32_t nodes = 0;
  Column tail, head, weight;
  /// Node by rank; empty before order_bench has made it.
  Column order;
  Column sources, targets, changed;
  /// Per node; empty where nobody knows.
  std::vector<float> x, y;
};

/// The arcs that are twice as dear in a scenario: a hundredth, drawn by its number.
inline Column changed_arcs(std::size_t arcs, std::uint32_t scenario) {
  std::minstd_rand random(scenario + 1);
  Column changed;
  for (std::uint32_t arc = 0; arc < arcs; ++arc) {
    if (random() % 100 == 0) changed.push_back(arc);
  }
  return changed;
}

inline Column scenario_weights(Column weight, std::uint32_t scenario) {
  for (const std::uint32_t arc : changed_arcs(weight.size(), scenario)) weight[arc] *= 2;
  return weight;
}

}  // namespace bench
