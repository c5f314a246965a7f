#include "waywarden/routing/detail/disjoint_paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "waywarden/base/random.h"

namespace waywarden::detail {
namespace {

using Nodes = std::vector<std::uint32_t>;

constexpr std::uint32_t kNodes = 10;

Adjacency random_adjacency(RandomStream& random) {
  std::vector<Joint> joints(random.below(3 * kNodes));
  for (Joint& joint : joints) joint = {random.below(kNodes), random.below(kNodes)};
  return adjacency(kNodes, joints);
}

Nodes shuffled(RandomStream& random) {
  Nodes nodes(kNodes);
  std::iota(nodes.begin(), nodes.end(), 0U);
  for (std::uint32_t i = kNodes; i-- > 1;) std::swap(nodes[i], nodes[random.below(i + 1)]);
  return nodes;
}

/// Whether the sources reach a sink when some nodes, given as bits, are taken out.
bool connects(const Adjacency& graph, unsigned out, const Nodes& sources, const Nodes& sinks) {
  unsigned seen = out;
  Nodes open;
  const auto see = [&](std::uint32_t n) {
    if ((seen >> n & 1U) == 0) open.push_back(n);
    seen |= 1U << n;
  };
  for (const std::uint32_t n : sources) see(n);
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (const std::uint32_t other : graph.of(open[i])) see(other);
  }
  return std::any_of(sinks.begin(), sinks.end(),
                     [&](std::uint32_t n) { return ((seen & ~out) >> n & 1U) != 0; });
}

std::size_t smallest_separator(const Adjacency& graph, const Nodes& sources, const Nodes& sinks) {
  int smallest = kNodes;
  for (unsigned out = 0; out < 1U << kNodes; ++out) {
    if (std::popcount(out) < smallest && !connects(graph, out, sources, sinks)) smallest = std::popcount(out);
  }
  return static_cast<std::size_t>(smallest);
}

unsigned bits_of(const std::vector<Side>& sides, Side wanted) {
  unsigned bits = 0;
  for (std::size_t n = 0; n < sides.size(); ++n) bits |= static_cast<unsigned>(sides[n] == wanted) << n;
  return bits;
}

class RandomPaths : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomPaths, AreAsManyAsTheSmallestSeparatorHasNodes) {
  RandomStream random(GetParam(), 0);
  const Adjacency graph = random_adjacency(random);
  const Nodes nodes = shuffled(random);
  DisjointPaths paths(graph);
  Nodes sources, sinks;
  for (std::size_t i = 0; i < 4; ++i) {
    sources.push_back(nodes[i]);
    sinks.push_back(nodes[kNodes - 1 - i]);
    paths.add(std::span(sources).last(1), std::span(sinks).last(1));
    while (paths.augment()) {
    }
    EXPECT_EQ(paths.count(), smallest_separator(graph, sources, sinks)) << "seed " << GetParam();
    for (const Side nearest_to : {Side::sources, Side::sinks}) {
      const std::vector<Side> sides = paths.separate(nearest_to);
      const unsigned out = bits_of(sides, Side::separator);
      EXPECT_EQ(static_cast<std::size_t>(std::popcount(out)), paths.count()) << "seed " << GetParam();
      EXPECT_FALSE(connects(graph, out, sources, sinks)) << "seed " << GetParam();
      for (const std::uint32_t n : sources) EXPECT_NE(sides[n], Side::sinks) << "seed " << GetParam();
      for (const std::uint32_t n : sinks) EXPECT_NE(sides[n], Side::sources) << "seed " << GetParam();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPaths, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

/// Rounds had left a circle beside the paths, and adding sources on it never ended.
TEST(DisjointPaths, BearsCirclesThatRoundsLeaveBehind) {
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    RandomStream random(seed, 1);
    const Adjacency graph = random_adjacency(random);
    const Nodes nodes = shuffled(random);
    DisjointPaths paths(graph);
    for (std::size_t i = 0; i < kNodes / 2; ++i) {
      paths.add(std::span(nodes).subspan(i, 1), std::span(nodes).subspan(kNodes - 1 - i, 1));
      while (paths.augment()) {
      }
    }
    EXPECT_LE(paths.count(), kNodes / 2) << "seed " << seed;
  }
}

/// A lattice with three of five links: all paths are long and few are equally long. Shortest ones alone took
/// a round for one or two.
TEST(DisjointPaths, OfALongMazeTakeFewRounds) {
  constexpr std::uint32_t kSide = 200, kAll = kSide * kSide;
  RandomStream random(7, 2);
  std::vector<Joint> joints;
  for (std::uint32_t n = 0; n < kAll; ++n) {
    if (n % kSide + 1 < kSide && random.below(5) < 3) joints.push_back({n, n + 1});
    if (n + kSide < kAll && random.below(5) < 3) joints.push_back({n, n + kSide});
  }
  const Adjacency graph = adjacency(kAll, joints);
  Nodes nodes(kAll);
  std::iota(nodes.begin(), nodes.end(), 0U);
  DisjointPaths paths(graph);
  paths.add(std::span(nodes).first(kAll / 5), std::span(nodes).last(kAll / 5));
  std::size_t rounds = 1;
  while (paths.augment()) ++rounds;
  EXPECT_GT(paths.count(), 2 * rounds);
  EXPECT_LE(rounds, 20U);
}

}  // namespace
}  // namespace waywarden::detail
