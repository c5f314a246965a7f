#include "waywarden/patrols/evasive_route.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "patrols/patrol_world.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

StandMix random_mix(std::uint64_t seed, std::size_t sites, std::size_t teams) {
  RandomStream random(seed, 2, 91);
  StandMix mix;
  for (std::uint32_t stands = 1 + random.below(6); stands-- > 0;) {
    Stand& stand = mix.stand.emplace_back();
    for (std::size_t team = 0; team < teams; ++team)
      stand.emplace_back(random.below(static_cast<std::uint32_t>(sites)));
    std::sort(stand.begin(), stand.end());
    mix.probability.push_back(random.uniform());
  }
  const double all = std::accumulate(mix.probability.begin(), mix.probability.end(), 0.0);
  for (double& p : mix.probability) p /= all;
  return mix;
}

class EvasiveRouteSearch : public testing::TestWithParam<std::uint64_t> {};

TEST_P(EvasiveRouteSearch, FindsTheLeastDetectedOfAllRoutes) {
  const patrols::World world = patrols::random_world(GetParam());
  const SiteGraph parts = site_graph(world.graph, world.detection.size());
  for (std::size_t teams = 1; teams <= 4; ++teams) {
    const StandMix mix = random_mix(GetParam(), world.detection.size(), teams);
    const EvasiveRoutes routes(parts, world.detection, mix);
    for (std::uint32_t o = 0; o < world.graph.nodes; ++o) {
      for (std::uint32_t d = 0; d < world.graph.nodes; ++d) {
        const auto all = patrols::all_routes(world.graph, o, d);
        const auto found = routes.find(parts.part_of_node[o], parts.part_of_node[d]);
        ASSERT_EQ(found.has_value(), !all.empty());
        if (!found) continue;
        double least = 1.0;
        for (const auto& route : all) least = std::min(least, detection_of(route, mix, world.detection));
        EXPECT_NEAR(found->detection, least, 2e-9);
        EXPECT_LE(found->bound, least + 1e-14);
        EXPECT_GE(found->bound, least - 2e-9);
        std::vector<SiteId> own = found->sites;
        std::sort(own.begin(), own.end());
        EXPECT_TRUE(all.contains(own));
        EXPECT_NEAR(detection_of(own, mix, world.detection), found->detection, 1e-14);
      }
    }
  }
}

TEST_P(EvasiveRouteSearch, BoundHoldsWhateverTheLimits) {
  const patrols::World world = patrols::random_world(GetParam());
  const SiteGraph parts = site_graph(world.graph, world.detection.size());
  const EvasiveRoutes routes(parts, world.detection, random_mix(GetParam(), world.detection.size(), 3));
  for (std::uint32_t d = 0; d < parts.parts(); ++d) {
    const auto exact = routes.find(0, d);
    if (!exact) continue;
    for (const EvasionLimits limits : {EvasionLimits{0.0, 1}, EvasionLimits{0.0, 4}, EvasionLimits{0.05}}) {
      const auto quick = routes.find(0, d, limits);
      EXPECT_LE(quick->bound, exact->detection + 1e-14);
      EXPECT_GE(quick->detection, exact->detection - 2e-9);
      const double reach = limits.slack > 0.0 ? limits.slack : 1.0;
      EXPECT_GE(quick->bound, quick->detection - reach - 2e-9);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EvasiveRouteSearch, testing::Range(std::uint64_t{1}, std::uint64_t{151}));

/// The mean of products is not a sum: two sites always watched together cost less than two watched on
/// different days.
TEST(EvasiveRoute, TeamsThatStandTogetherAreOneDanger) {
  // Either both of sites 0 and 1 (watched on the same days), or both of 2 and 3 (on different days).
  const WatchedGraph graph{4, {0, 1, 0, 2}, {1, 3, 2, 3}, {SiteId(0), SiteId(1), SiteId(2), SiteId(3)}};
  const std::vector<double> detection(4, 0.5);
  const StandMix mix{{{SiteId(0), SiteId(1)}, {SiteId(2)}, {SiteId(3)}}, {0.4, 0.3, 0.3}};
  const SiteGraph parts = site_graph(graph, 4);
  const auto found = EvasiveRoutes(parts, detection, mix).find(0, 3);
  EXPECT_EQ(found->sites, (std::vector<SiteId>{SiteId(2), SiteId(3)}));
  EXPECT_NEAR(found->detection, 0.3, 1e-12);
  EXPECT_NEAR(detection_of(std::vector{SiteId(0), SiteId(1)}, mix, detection), 0.4 * 0.75, 1e-15);
}

TEST(EvasiveRoute, TwoTeamsAtOneSiteAreTwoChances) {
  const Stand both = {SiteId(0), SiteId(0)};
  EXPECT_NEAR(detection_of(std::vector{SiteId(0)}, both, std::vector{0.3}), 1.0 - 0.49, 1e-15);
}

TEST(EvasiveRoute, StandsThatDoNotFitAreErrors) {
  const SiteGraph parts = site_graph({2, {0}, {1}, {SiteId(0)}}, 1);
  const std::vector<double> detection = {0.5};
  EXPECT_THROW(EvasiveRoutes(parts, detection, {{{SiteId(1)}}, {1.0}}), OptionError);
  EXPECT_THROW(EvasiveRoutes(parts, detection, {{{SiteId(0)}}, {}}), OptionError);
  EXPECT_THROW(EvasiveRoutes(parts, detection, {}).find(0, 2), OptionError);
}

}  // namespace
}  // namespace waywarden
