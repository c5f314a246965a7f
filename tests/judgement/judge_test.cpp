#include "waywarden/judgement/judge.h"

#include <gtest/gtest.h>

#include "judgement/plain_evaders.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;
using Teams = std::vector<SiteId>;

constexpr Awareness kAwareness{.share = 0.7, .risk_aversion = 6.0};
constexpr double kDetour = 1.4;

struct World {
  explicit World(std::uint64_t seed)
      : made(seed, {.world = {.rows = 4, .columns = 4},
                    .places = 5,
                    .draws = 4,
                    .site_share = 0.7,
                    .sites = 6,
                    .second_site_share = 0.15}),
        sites(worlds::sites_of(made, seed, 6)),
        loading(load_flows(made.movement(), {}, {})) {
    for (std::size_t site = 0; site < 6; ++site)
      sites.cost[site] = 1.0 + static_cast<double>((seed + site) % 3);
  }

  AllEvaders evaders() const { return all_evaders(made.movement(), loading, sites, kAwareness, kDetour, {}); }
  /// In the order of the models, by plain definition.
  std::vector<double> caught(const Teams& teams) const {
    const Movement m = made.movement();
    const double unaware = worlds::stopped_on_explicit_routes(m, sites, teams, {}, 6.0);
    const double aware = worlds::stopped_on_explicit_routes(m, sites, teams, teams, 6.0);
    const double worst = worlds::least_caught(m, sites, teams);
    return {unaware, 0.3 * unaware + 0.7 * aware, worlds::cut_off(m, teams, kDetour), worst, worst};
  }
  /// The best per model of all placements that keep the limits.
  std::vector<double> best(const Limits& limits) const {
    std::vector<double> best(5, 0.0);
    for (std::size_t teams = 1; teams <= 6; ++teams) {
      for (const Teams& placement : forests::all_placements(6, teams)) {
        if (!keeps(limits, placement)) continue;
        const std::vector<double> one = caught(placement);
        for (std::size_t model = 0; model < 5; ++model) best[model] = std::max(best[model], one[model]);
      }
    }
    return best;
  }

  MadeMovement made;
  Sites sites;
  Loading loading;
};

/// Every figure against all placements one by one.
void expect_judged(const World& world, const Judgement& judged, const Limits& limits) {
  const std::vector<double> best = world.best(limits);
  const double slack = 1e-7 * judged.journeys;
  for (const BestKnown& known : judged.best) {
    const double true_best = best[static_cast<std::size_t>(known.model)];
    SCOPED_TRACE(name(known.model));
    EXPECT_GE(known.bound, true_best - slack);
    EXPECT_GE(known.bound, known.caught);
    if (known.model == EvaderModel::mixed_patrol) {
      EXPECT_GE(known.caught, true_best - 2e-4 * judged.journeys);
      continue;
    }
    EXPECT_LE(known.caught, true_best + slack);
    if (known.status == Status::optimal) {
      EXPECT_NEAR(known.caught, true_best, slack);
    }
  }
  for (std::size_t row = 0; row < judged.caught.size(); ++row) {
    const auto model = static_cast<std::size_t>(judged.facing[row]);
    const double caught = world.caught(judged.placement[judged.row_placement[row]])[model];
    EXPECT_NEAR(judged.caught[row], caught, slack);
    EXPECT_GE(judged.regret[row], 0.0);
    EXPECT_NEAR(judged.regret[row], judged.best[row % judged.best.size()].caught - caught, slack);
  }
}

class Judge : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Judge, TeamsAgainstAllPlacements) {
  const World world(GetParam());
  const AllEvaders evaders = world.evaders();
  const Limits limits = {team_limit(world.sites, 3)};
  const std::vector<Teams> given = {{SiteId(0), SiteId(1), SiteId(2)}, {SiteId(5)}, {}};
  const Judgement judged = judge(evaders, given, {.limits = limits, .patrol = PatrolOptions{.teams = 3}}, {});
  ASSERT_EQ(judged.best.size(), 5U);
  ASSERT_EQ(judged.caught.size(), judged.placement.size() * 5);
  expect_judged(world, judged, limits);
  // These two are proved on so small a network.
  EXPECT_EQ(judged.best[0].status, Status::optimal);
  EXPECT_EQ(judged.best[2].status, Status::optimal);
  EXPECT_NEAR(judged.best[3].caught, world.best(limits)[3], 1e-7 * judged.journeys + 1e-4 * judged.journeys);
}

TEST_P(Judge, SeveralLimitsAgainstAllPlacements) {
  const World world(GetParam());
  const Limits limits = {budget_limit(world.sites, 5.0), team_limit(world.sites, 3)};
  const Judgement judged = judge(world.evaders(), {{SiteId(1)}}, {.limits = limits}, {});
  ASSERT_EQ(judged.best.size(), 4U);
  expect_judged(world, judged, limits);
  for (const Teams& teams : judged.placement) EXPECT_TRUE(keeps(limits, teams));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Judge, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(Judge, FoundPlacementsStandOnce) {
  const World world(2);
  const AllEvaders evaders = world.evaders();
  const JudgeOptions options{.limits = {team_limit(world.sites, 2)}};
  const Judgement first = judge(evaders, {}, options, {});
  const Judgement again = judge(evaders, first.placement, options, {});
  EXPECT_EQ(again.placement, first.placement);
  for (const auto& found_for : again.found_for) EXPECT_FALSE(found_for.has_value());
  EXPECT_EQ(again.regret, first.regret);
}

TEST(Judge, KeepsRequiredAndForbiddenSites) {
  World world(4);
  world.sites.state[1] = SiteState::required;
  world.sites.state[3] = SiteState::forbidden;
  const Judgement judged = judge(world.evaders(), {}, {.limits = {team_limit(world.sites, 3)}}, {});
  ASSERT_FALSE(judged.placement.empty());
  for (const Teams& teams : judged.placement) {
    EXPECT_NE(std::ranges::find(teams, SiteId(1)), teams.end());
    EXPECT_EQ(std::ranges::find(teams, SiteId(3)), teams.end());
  }
}

TEST(Judge, NamesThePlacementThatCannotBeJudged) {
  World world(1);
  world.sites.state[0] = SiteState::required;
  world.sites.state[5] = SiteState::forbidden;
  const AllEvaders evaders = world.evaders();
  const JudgeOptions options{.limits = {team_limit(world.sites, 2)}};
  const std::vector<Teams> bad = {{SiteId(0), SiteId(1), SiteId(2)},
                                  {SiteId(0), SiteId(0)},
                                  {SiteId(0), SiteId(5)},
                                  {SiteId(0), SiteId(9)},
                                  {SiteId(1)},
                                  {SiteId(0), SiteId::none()}};
  for (const Teams& teams : bad) {
    try {
      judge(evaders, {{SiteId(0)}, teams}, options, {});
      FAIL() << "was judged";
    } catch (const OptionError& error) {
      EXPECT_NE(std::string(error.what()).find("placement 2 of 2"), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW(judge(evaders, {}, {}, {}), OptionError);
}

TEST(Judge, NoTeamsCatchNobody) {
  const World world(1);
  const JudgeOptions options{.limits = {team_limit(world.sites, 0)}, .patrol = PatrolOptions{.teams = 0}};
  const Judgement judged = judge(world.evaders(), {{}}, options, {});
  for (const double caught : judged.caught) EXPECT_EQ(caught, 0.0);
  for (const double regret : judged.regret) EXPECT_EQ(regret, 0.0);
}

TEST(Judge, StopsWhenAskedTo) {
  const World world(5);
  const AllEvaders evaders = world.evaders();
  Progress progress;
  progress.cancel();
  EXPECT_THROW(
      judge(evaders, {}, {.limits = {team_limit(world.sites, 3)}}, {.threads = 2, .progress = &progress}),
      Cancelled);
}

}  // namespace
}  // namespace waywarden
