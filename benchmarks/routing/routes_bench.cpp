/// Time and size of corridors, alternative routes, isochrones and fronts of two costs.
///
///   routes_bench <folder>
///
/// The folder has the files tail, head, weight (per arc) and order (node by rank) as uint32, 0-based. Between
/// pairs of nodes drawn at random; the second cost is made up: one arc in fifty is watched. Milliseconds of
/// CPU for one question, the mean over pairs, one thread.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/routing/alternatives.h"
#include "waywarden/routing/corridor.h"
#include "waywarden/routing/isochrone.h"
#include "waywarden/routing/pareto.h"

namespace {

using namespace waywarden;
using Numbers = std::vector<std::uint32_t>;

constexpr std::size_t kPairs = 10;

Numbers read(const std::string& name) {
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  if (!file) return {};
  Numbers values(static_cast<std::size_t>(file.tellg()) / sizeof(std::uint32_t));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(std::uint32_t)));
  return values;
}

struct World {
  explicit World(const std::string& folder)
      : tail(read(folder + "/tail")),
        head(read(folder + "/head")),
        weight(read(folder + "/weight")),
        hierarchy({tail, head}, read(folder + "/order")),
        metric(hierarchy, weight),
        blocks(hierarchy.node_count(), {tail, head}, open_arcs(weight)) {
    RandomStream random(1, 0);
    while (pairs.size() < kPairs) {
      pairs.push_back({random.below(nodes()), random.below(nodes())});
    }
  }

  std::uint32_t nodes() const { return static_cast<std::uint32_t>(hierarchy.node_count()); }
  ArcColumns arcs() const { return {tail, head}; }
  Numbers ends(std::size_t which, std::size_t count) const {
    RandomStream random(2, which);
    Numbers some(count);
    for (std::uint32_t& n : some) n = random.below(nodes());
    return some;
  }

  Numbers tail, head, weight;
  Hierarchy hierarchy;
  Metric metric;
  BlockTree blocks;
  std::vector<std::array<std::uint32_t, 2>> pairs;
};

/// Of CPU: the rest of what the machine does does not count.
double milliseconds(std::clock_t start) {
  return 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Asks for all pairs; `size` makes a number of an answer.
template <class Ask>
void for_pairs(const char* what, const World& world, const Ask& size) {
  double sum = 0, slowest = 0;
  const std::clock_t start = std::clock();
  for (const auto& [s, t] : world.pairs) {
    const std::clock_t one = std::clock();
    sum += static_cast<double>(size(s, t));
    slowest = std::max(slowest, milliseconds(one));
  }
  const double mean = milliseconds(start) / kPairs;
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
  const std::clock_t start = std::clock();
  const CorridorUnion all =
      corridors(world.arcs(), world.metric, world.blocks, world.ends(0, 64), world.ends(1, 64), 0.1, {1});
  std::printf("corridors 64 x 64: %.0f ms, %zu arcs\n", milliseconds(start), all.arc.size());
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
  const Numbers sources = world.ends(0, 64);
  const Numbers limits = {50'000, 100'000, 200'000};
  const std::clock_t start = std::clock();
  const Isochrones all = isochrones(world.arcs(), world.metric, sources, limits, Direction::from_roots, {1});
  std::printf("isochrones, 64 sources, 3 limits: %.0f ms, %zu arcs\n", milliseconds(start), all.arc.size());
}

void fronts(const World& world, std::uint32_t levels) {
  RandomStream random(3, 0);
  Numbers risk(world.tail.size(), 0);
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
  std::printf("%u nodes, %zu arcs, %zu blocks\n", world.nodes(), world.tail.size(),
              world.blocks.block_count());
  const std::clock_t start = std::clock();
  const BlockTree again(world.nodes(), world.arcs(), open_arcs(world.weight));
  std::printf("block tree %.0f ms\n", milliseconds(start));
  corridors_of_pairs(world);
  corridors_of_sets(world);
  alternatives(world);
  areas(world);
  fronts(world, 1);
  fronts(world, 1000);
}
