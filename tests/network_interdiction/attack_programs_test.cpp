#include "waywarden/network_interdiction/attack_programs.h"

#include <gtest/gtest.h>

#include "network_interdiction/arc_worlds.h"
#include "network_interdiction/program_value.h"
#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/minimum_cut.h"

namespace waywarden {
namespace {

using arc_worlds::kInfinity;
using arc_worlds::World;
using programs::value_at;

NodePairs random_pairs(const World& world, std::uint64_t seed) {
  RandomStream random(seed, 3, 4711);
  NodePairs pairs;
  for (std::uint32_t k = 0; k < 1 + seed % 4; ++k) {
    pairs.origin.push_back(random.below(world.nodes));
    pairs.destination.push_back(random.below(world.nodes));
    pairs.weight.push_back(arc_worlds::amount(random, seed, 4));
  }
  return pairs;
}

class AttackPrograms : public testing::TestWithParam<std::uint64_t> {
 protected:
  /// Calls see(flags, the program's value there) for some of the placements that are allowed.
  template <class See>
  void for_some_placements(const IntegerProgram& program, const See& see) const {
    std::size_t count = 0;
    arc_worlds::for_all_placements(world.sites, world.budget, [&](const auto& flags) {
      if (count++ % 11 != 0) return;
      see(flags, value_at(program, {flags.begin(), flags.end()}));
    });
  }

  /// By definition, whatever is watched.
  double length(std::size_t pair, const std::vector<std::uint8_t>& flags, bool removed) const {
    std::vector<double> lengths = world.length;
    for (std::size_t a = 0; a < lengths.size(); ++a) {
      if (arc_worlds::attacked(world, a, flags))
        lengths[a] = removed ? kInfinity : lengths[a] + world.delay[a];
    }
    return arc_worlds::distances(world, lengths, pairs.origin[pair])[pairs.destination[pair]];
  }

  World world = arc_worlds::random_world(GetParam());
  NodePairs pairs = random_pairs(world, GetParam());
};

TEST_P(AttackPrograms, OfShortestPathsAreExactAtEveryPlacement) {
  for (const std::optional<double> limit : {std::optional<double>(), std::optional(6.5)}) {
    const ShortestPathInterdictionOptions options{world.budget, limit, {}};
    const DelayableArcs lengths{world.length, world.delay};
    const double abandon =
        checked_abandon_at(world.nodes, world.arcs(), lengths, world.sites, pairs, options);
    const IntegerProgram program =
        shortest_path_program(world.nodes, world.arcs(), lengths, world.sites, pairs, options);
    for_some_placements(program, [&](const auto& flags, std::optional<double> value) {
      double sum = 0.0;
      for (std::size_t k = 0; k < pairs.size(); ++k)
        sum += pairs.weight[k] * std::min(abandon, length(k, flags, false));
      ASSERT_TRUE(value);
      EXPECT_NEAR(-*value, sum, 1e-6 * std::max(1.0, sum));
    });
  }
}

TEST_P(AttackPrograms, OfFlowsAreExactAtEveryPlacement) {
  const FlowEnds ends{0, world.nodes - 1};
  const IntegerProgram program =
      max_flow_program(world.nodes, world.arcs(), world.capacity, world.sites, ends, world.budget);
  for_some_placements(program, [&](const auto& flags, std::optional<double> value) {
    std::vector<double> left = world.capacity;
    for (std::size_t a = 0; a < left.size(); ++a)
      left[a] = arc_worlds::attacked(world, a, flags) ? 0.0 : left[a];
    ASSERT_TRUE(value);
    EXPECT_NEAR(*value, minimum_cut(world.nodes, world.arcs(), left, ends.source, ends.sink).value, 1e-6);
  });
}

/// The columns of pairs are the integers after those of the sites; each is 1 just where the pair is captured.
TEST_P(AttackPrograms, OfEvasiveCaptureLetThoseBeCapturedWhoAre) {
  const double detour = 1.0 + 0.25 * static_cast<double>(GetParam() % 3);
  const EvasivePairs evaders(world.nodes, world.arcs(), world.length, pairs, detour);
  const IntegerProgram program = evasive_capture_program(evaders, world.sites, world.budget);
  for_some_placements(program, [&](const auto& flags, std::optional<double> value) {
    ASSERT_TRUE(value);
    IntegerProgram decided = program;
    double captured = 0.0;
    std::size_t column = world.sites.size();
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const auto cheapest = evaders.cheapest()[k];
      if (!cheapest || pairs.origin[k] == pairs.destination[k] || pairs.weight[k] == 0.0) continue;
      while (program.integral[column] == 0) ++column;
      const bool is_captured = length(k, flags, true) > detour * *cheapest * (1.0 + 1e-9);
      IntegerProgram claimed = program;
      claimed.low[column] = 1.0;
      EXPECT_EQ(value_at(claimed, {flags.begin(), flags.end()}).has_value(), is_captured);
      decided.low[column] = decided.high[column] = is_captured ? 1.0 : 0.0;
      captured += is_captured ? pairs.weight[k] : 0.0;
      ++column;
    }
    const auto sum = value_at(decided, {flags.begin(), flags.end()});
    ASSERT_TRUE(sum);
    EXPECT_NEAR(-*sum, captured, 1e-6);
  });
}

INSTANTIATE_TEST_SUITE_P(Seeds, AttackPrograms, testing::Range(std::uint64_t{0}, std::uint64_t{200}));

TEST(AttackProgramsOf, NothingAreTheBudgetAlone) {
  const AttackSites none = one_site_per_arc(0);
  EXPECT_EQ(shortest_path_program(2, {}, {}, none, {}).rows(), 1U);
  EXPECT_EQ(max_flow_program(2, {}, {}, none, {0, 1}, 1.0).rows(), 1U);
  EXPECT_EQ(evasive_capture_program(EvasivePairs(2, {}, {}, {}), none, 1.0).rows(), 1U);
}

TEST(AttackProgramsOf, WhatMakesNoSenseAreRefused) {
  const World world = arc_worlds::random_world(4);
  const DelayableArcs lengths{world.length, world.delay};
  EXPECT_THROW(shortest_path_program(1, world.arcs(), lengths, world.sites, {}), OptionError);
  EXPECT_THROW(max_flow_program(world.nodes, world.arcs(), world.capacity, world.sites, {0, 0}, world.budget),
               OptionError);
  const EvasivePairs evaders(world.nodes, world.arcs(), world.length, {});
  EXPECT_THROW(evasive_capture_program(evaders, world.sites, -1.0), OptionError);
}

}  // namespace
}  // namespace waywarden
