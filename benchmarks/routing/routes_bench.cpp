/// Time and size of corridors, alternative routes, isochrones and fronts of two costs.
///
///   routes_bench FOLDER
///
/// On a folder that prepare.py and order_bench have made, between pairs of nodes drawn at random; the second
/// cost is made up: one arc in fifty is watched. Milliseconds of CPU for one question, the mean over pairs,
/// one thread.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "graph.h"
#include "measuring.h"
#include "waywarden/base/random.h"
#include "waywarden/routing/alternatives.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/isochrone.h"
#include "waywarden/routing/pareto.h"

namespace {

using namespace waywarden;
using bench::Column;
using bench::cpu_ms;

constexpr std::size_t kPairs = 10;

struct World {
  explicit World(const std::string& folder)
      : graph(folder),
        hierarchy(arcs(), graph.order),
        metric(hierarchy, graph.weight),
        blocks(hierarchy.node_count(), arcs(), open_arcs(graph.weight)) {
    RandomStream random(1, 0);
    while (pairs.size() < kPairs) {
      pairs.push_back({random.below(graph.nodes), random.below(graph.nodes)});
    }
  }

  ArcColumns arcs() const { return {graph.tail, graph.head}; }
  Column ends(std::size_t which, std::size_t count) const {
    RandomStream random(2, which);
    Column some(count);
    for (std::uint32_t& n : some) n = random.below(graph.nodes);
    return some;
  }

  bench::Graph graph;
  Hierarchy hierarchy;
  Metric metric;
  BlockTree blocks;
  std::vector<std::array<std::uint32_t, 2>> pairs;
};

/// Asks for all pairs; `size` makes a number of an answer.
template <class Ask>
void for_pairs(const char* what, const World& world, const Ask& size) {
  double sum = 0, slowest = 0;
  const double start = cpu_ms();
  for (const auto& [s, t] : world.pairs) {
    const double one = cpu_ms();
    sum += static_cast<double>(size(s, t));
    slowest = std::max(slowest, cpu_ms() - one);
  }
  const double mean = (cpu_ms() - start) / kPairs;
  std::printf("%-44s %9.2f ms, slowest %9.2f, mean size %10.1f\n", what, mean, slowest, sum / kPairs);
}

void corridors_of_pairs(const World& world) {
  for (const double excess : {0.05, 0.1, 0.25}) {
    for (const DeadEnds dead_ends : {DeadEnds::of_open_arcs, DeadEnds::of_corridor}) {
      std::printf("excess %.2f ", excess);
      for_pairs(
          dead_ends == DeadEnds::of_corridor ? "corridor, own blocks" : "corridor, blocks of all", world,
          [&](std::uint32_t s, std::uint32_t t) {
            return corridor(world.arcs(), world.metric, world.blocks, s, t, {excess, dead_ends}).arc.size();
          });
    }
  }
}

void corridors_of_sets(const World& world) {
  const double start = cpu_ms();
  const CorridorUnion all =
      corridors(world.arcs(), world.metric, world.blocks, world.ends(0, 64), world.ends(1, 64), 0.1, {1});
  std::printf("corridors 64 x 64: %.0f ms, %zu arcs\n", cpu_ms() - start, all.arc.size());
}

void alternatives(const World& world) {
  ViaNodeRoutes by_nodes(world.arcs(), world.metric);
  PenaltyRoutes by_penalty(world.arcs(), world.metric);
  for_pairs("alternatives by nodes, up to 3", world,
            [&](std::uint32_t s, std::uint32_t t) { return by_nodes.between(s, t).size(); });
  for_pairs("alternatives by nodes, up to 6, loose", world, [&](std::uint32_t s, std::uint32_t t) {
    return by_nodes.between(s, t, {6, 0.5, 0.8, 0.1}).size();
  });
  for_pairs("alternatives by penalty, up to 3", world,
            [&](std::uint32_t s, std::uint32_t t) { return by_penalty.between(s, t).size(); });
}

void areas(const World& world) {
  const Column sources = world.ends(0, 64);
  const Column limits = {50'000, 100'000, 200'000};
  const double start = cpu_ms();
  const Isochrones all = isochrones(world.arcs(), world.metric, sources, limits, Direction::from_roots, {1});
  std::printf("isochrones, 64 sources, 3 limits: %.0f ms, %zu arcs\n", cpu_ms() - start, all.arc.size());
}

void fronts(const World& world, std::uint32_t levels) {
  RandomStream random(3, 0);
  Column risk(world.graph.tail.size(), 0);
  for (std::uint32_t& r : risk) r = random.below(50) == 0 ? 1 + random.below(levels) : 0;
  const Metric by_risk(world.hierarchy, risk);
  std::printf("%u levels of risk ", levels);
  std::size_t labels = 0, complete = 0;
  for_pairs("front", world, [&](std::uint32_t s, std::uint32_t t) {
    const ParetoFront front =
        pareto_front(world.arcs(), world.metric, by_risk, s, t, {.excess = 0.5, .most_labels = 2'000'000});
    labels += front.labels;
    complete += front.status == ParetoStatus::complete ? 1U : 0U;
    return front.size();
  });
  std::printf("  mean labels %zu, complete %zu of %zu\n", labels / kPairs, complete, kPairs);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 1;
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  const World world(argv[1]);
  std::printf("%u nodes, %zu arcs, %zu blocks\n", world.graph.nodes, world.graph.tail.size(),
              world.blocks.block_count());
  const double start = cpu_ms();
  const BlockTree again(world.graph.nodes, world.arcs(), open_arcs(world.graph.weight));
  std::printf("block tree %.0f ms\n", cpu_ms() - start);
  corridors_of_pairs(world);
  corridors_of_sets(world);
  alternatives(world);
  areas(world);
  fronts(world, 1);
  fronts(world, 1000);
}
