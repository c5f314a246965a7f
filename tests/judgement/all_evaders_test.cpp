#include "waywarden/judgement/all_evaders.h"

#include <gtest/gtest.h>

#include "judgement/plain_evaders.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr Awareness kAwareness{.share = 0.7, .risk_aversion = 6.0};
constexpr double kDetour = 1.4;

worlds::MadeOptions many_sites() {
  return {.world = {.rows = 4, .columns = 4},
          .places = 5,
          .draws = 4,
          .site_share = 0.7,
          .sites = 6,
          .second_site_share = 0.15};
}

class AllEvaders : public testing::TestWithParam<std::uint64_t> {};

TEST_P(AllEvaders, FaceAPlacementAsPlainlyDefined) {
  const MadeMovement made(GetParam(), many_sites());
  const Sites sites = worlds::sites_of(made, GetParam(), 6);
  const Movement movement = made.movement();
  const Loading loading = load_flows(movement, {}, {});
  const auto evaders = all_evaders(movement, loading, sites, kAwareness, kDetour, {});
  const double all = evaders.journeys;
  for (std::size_t teams = 0; teams <= 6; teams += 2) {
    for (const auto& placement : forests::all_placements(6, teams)) {
      const Faced caught = faced(evaders, placement, {});
      const double unaware =
          worlds::stopped_on_explicit_routes(movement, sites, placement, {}, kAwareness.risk_aversion);
      const double aware =
          worlds::stopped_on_explicit_routes(movement, sites, placement, placement, kAwareness.risk_aversion);
      EXPECT_NEAR(caught[0].mean, unaware, 1e-9 * all);
      EXPECT_NEAR(caught[1].mean, 0.3 * unaware + 0.7 * aware, 1e-9 * all);
      EXPECT_NEAR(caught[2].mean, worlds::cut_off(movement, placement, kDetour), 1e-9 * all);
      EXPECT_NEAR(caught[3].mean, worlds::least_caught(movement, sites, placement), 1e-7 * all);
      EXPECT_EQ(caught[4].mean, caught[3].mean);
      EXPECT_EQ(caught[2].standard_error, 0.0);
    }
  }
}

TEST_P(AllEvaders, TheWorstCaseProblemCountsNoLessEvasion) {
  const MadeMovement made(GetParam(), many_sites());
  const Sites sites = worlds::sites_of(made, GetParam(), 6);
  const Movement movement = made.movement();
  const auto evaders = all_evaders(movement, load_flows(movement, {}, {}), sites, kAwareness, kDetour, {});
  const WorstCaseProblem problem = worst_case_of(evaders, sites.cost, 100.0);
  for (const auto& placement : forests::all_placements(6, 3)) {
    double through = 0.0, moving = 0.0;
    const std::vector<double> evasion = greatest_evasion(problem, placement);
    for (std::size_t i = 0; i < evasion.size(); ++i) {
      through += evasion[i] * problem.pairs.weight[i];
      moving += problem.pairs.weight[i];
    }
    // It sees a journey at every arc of a site, so it may count more as caught, never less.
    EXPECT_GE(moving - through, faced(evaders, placement, {})[3].mean - 1e-7 * evaders.journeys);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, AllEvaders, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(AllEvaders, SameBitsWithAnyNumberOfThreads) {
  const MadeMovement made(3, many_sites());
  const Sites sites = worlds::sites_of(made, 3, 6);
  const Movement movement = made.movement();
  const Loading loading = load_flows(movement, {}, {});
  const std::vector<SiteId> placement{SiteId(4), SiteId(1), SiteId(3)};
  const auto at = [&](unsigned threads) {
    const Execution execution{.threads = threads};
    return faced(all_evaders(movement, loading, sites, kAwareness, kDetour, execution), placement, execution);
  };
  const Faced alone = at(1), together = at(8);
  for (std::size_t model = 0; model < alone.size(); ++model)
    EXPECT_EQ(alone[model].mean, together[model].mean);
}

TEST(AllEvaders, RefuseWhatDoesNotFit) {
  const MadeMovement made(1, many_sites());
  const Sites sites = worlds::sites_of(made, 1, 6);
  const Movement movement = made.movement();
  const Loading loading = load_flows(movement, {}, {});
  EXPECT_THROW(all_evaders(movement, loading, sites, kAwareness, 0.9, {}), OptionError);
  EXPECT_THROW(all_evaders(movement, loading, sites, {.share = 2.0}, kDetour, {}), OptionError);
  const LoadingOptions known{.site_cost = team_costs(sites, std::vector{SiteId(0)}, 1.0)};
  EXPECT_THROW(all_evaders(movement, load_flows(movement, known, {}), sites, kAwareness, kDetour, {}),
               OptionError);
}

}  // namespace
}  // namespace waywarden
