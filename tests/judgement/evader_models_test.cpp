#include "waywarden/judgement/evader_models.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "interdiction/made_sites.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr Awareness kAwareness{.share = 0.8, .risk_aversion = 6.0};

TEST(EvaderModels, EachPlacementIsJudgedAgainstEachModel) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    const MadeMovement made(seed);
    const Sites sites = worlds::sites_of(made, seed, 9);
    const Movement movement = made.movement();
    const Placements placements = place_teams(movement, load_flows(movement, {}, {}), sites, kAwareness,
                                              {.limits = {team_limit(sites, 3)}}, {});
    const Outcomes& rows = placements.outcomes;
    ASSERT_EQ(rows.caught.size(), 4U);
    for (std::size_t row = 0; row < 4; ++row) {
      const std::vector<SiteId>& teams = placements.placed_for(rows.placed_for[row]).site;
      const double unaware =
          worlds::stopped_on_explicit_routes(movement, sites, teams, {}, kAwareness.risk_aversion);
      const double aware =
          worlds::stopped_on_explicit_routes(movement, sites, teams, teams, kAwareness.risk_aversion);
      const double expected =
          rows.facing[row] == EvaderModel::unaware ? unaware : 0.2 * unaware + 0.8 * aware;
      EXPECT_NEAR(rows.caught[row], expected, 1e-9 * placements.unaware.journeys);
      EXPECT_NEAR(rows.share[row], expected / placements.unaware.journeys, 1e-9);
      EXPECT_GE(rows.regret[row], 0.0);
      EXPECT_LE(rows.caught[row], rows.bound[row] * (1.0 + 1e-9));
      const std::size_t rival = rows.facing[row] == EvaderModel::unaware ? 2 - row : 4 - row;
      EXPECT_NEAR(rows.regret[row], std::max(0.0, rows.caught[rival] - rows.caught[row]), 1e-12);
    }
    EXPECT_NEAR(rows.caught[0], placements.unaware.total_caught(), 1e-9);
    EXPECT_NEAR(rows.caught[3], placements.partly_aware.total_caught(), 1e-9);
    EXPECT_EQ(placements.unaware.bound, placements.partly_aware.bound);
  }
}

TEST(EvaderModels, RefuseALoadingThatKnowsOfTeams) {
  const MadeMovement made(1);
  const Sites sites = worlds::sites_of(made, 1, 9);
  const LoadingOptions options{.site_cost = team_costs(sites, std::vector{SiteId(0)}, 1.0)};
  const Loading loading = load_flows(made.movement(), options, {});
  EXPECT_THROW(place_teams(made.movement(), loading, sites, {}, {}, {}), OptionError);
}

TEST(EvaderModels, Names) {
  EXPECT_EQ(name(EvaderModel::unaware), "unaware");
  EXPECT_EQ(name(EvaderModel::partly_aware), "partly_aware");
  EXPECT_EQ(name(EvaderModel::mixed_patrol), "mixed_patrol");
}

}  // namespace
}  // namespace waywarden
