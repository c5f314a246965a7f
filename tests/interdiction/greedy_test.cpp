#include "waywarden/interdiction/greedy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "interdiction/site_forest.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using forests::caught_by_walking;
using forests::SiteForest;

Placement greedy(const SiteForest& forest, std::size_t teams, unsigned threads = 0) {
  return greedy_placement(forest.trees, forest.draws, forest.journeys, forest.sites, teams,
                          {.threads = threads});
}

double walked(const SiteForest& forest, const std::vector<SiteId>& placement) {
  return caught_by_walking(forest.trees, forest.draws, forest.sites.detection, placement);
}

double best_of_all(const SiteForest& forest, std::size_t teams) {
  double best = 0.0;
  for (const auto& placement : forests::all_placements(forest.sites.size(), teams)) {
    best = std::max(best, walked(forest, placement));
  }
  return best;
}

TEST(Greedy, EachTeamGoesWhereBruteForceGainsMost) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    SCOPED_TRACE(seed);
    const SiteForest forest = forests::random_forest(seed, 10, 3, 3, 15);
    const Placement placement = greedy(forest, 4);
    ASSERT_EQ(placement.site.size(), 4U);
    std::vector<SiteId> placed;
    for (std::size_t i = 0; i < 4; ++i) {
      const double before = walked(forest, placed);
      double best = 0.0;
      for (std::size_t site = 0; site < forest.sites.size(); ++site) {
        std::vector<SiteId> more = placed;
        more.push_back(SiteId(site));
        best = std::max(best, walked(forest, more) - before);
      }
      placed.push_back(placement.site[i]);
      EXPECT_NEAR(placement.gain[i], best, 1e-12);
      EXPECT_NEAR(placement.caught[i], walked(forest, placed), 1e-12);
      EXPECT_NEAR(placement.share[i], placement.caught[i] / forest.journeys, 1e-12);
    }
  }
}

TEST(Greedy, OptimumLiesBetweenValueAndBound) {
  std::size_t optimal = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    const SiteForest forest = forests::random_forest(seed, 9, 2, 4, 12);
    for (std::size_t teams = 1; teams <= 5; ++teams) {
      const Placement placement = greedy(forest, teams);
      const double best = best_of_all(forest, teams);
      EXPECT_LE(best, placement.bound * (1.0 + 1e-12));
      EXPECT_LE(placement.total_caught(), best * (1.0 + 1e-12));
      EXPECT_GE(placement.total_caught(), (1.0 - 1.0 / std::exp(1.0)) * best);
      EXPECT_LE(placement.bound, forest.journeys);
      if (placement.status == Status::optimal) {
        EXPECT_NEAR(placement.total_caught(), best, 1e-9 * best);
      }
      optimal += placement.status == Status::optimal ? 1 : 0;
    }
  }
  EXPECT_GE(optimal, 60U);  // one team alone is always proved
}

TEST(Greedy, RequiredSitesComeFirstAndForbiddenOnesNever) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    SiteForest forest = forests::random_forest(seed, 8, 2, 3, 12);
    const SiteId favourite = greedy(forest, 1).site.at(0);
    forest.sites.state[favourite.index()] = SiteState::forbidden;
    const SiteId imposed((favourite.index() + 1) % 8);
    forest.sites.state[imposed.index()] = SiteState::required;
    const Placement placement = greedy(forest, 3);
    EXPECT_EQ(placement.site.at(0), imposed);
    double best = 0.0;
    for (const auto& other : forests::all_placements(8, 3)) {
      const bool allowed = std::find(other.begin(), other.end(), imposed) != other.end() &&
                           std::find(other.begin(), other.end(), favourite) == other.end();
      if (allowed) best = std::max(best, walked(forest, other));
    }
    EXPECT_LE(best, placement.bound * (1.0 + 1e-12));
    EXPECT_LE(placement.total_caught(), best * (1.0 + 1e-12));
  }
}

class LimitedGreedy : public testing::TestWithParam<std::uint64_t> {};

TEST_P(LimitedGreedy, WithABudgetAndGroupsTheOptimumLiesBetweenValueAndBound) {
  const SiteForest forest = forests::grouped_forest(GetParam(), 9, 2, 4, 12);
  for (const double budget : {0.5, 2.0, 4.0, 7.0, 30.0}) {
    const Limits limits = {budget_limit(forest.sites, budget)};
    const Placement placement =
        greedy_placement(forest.trees, forest.draws, forest.journeys, forest.sites, limits);
    double best = 0.0;
    for (std::size_t count = 0; count <= 9; ++count) {
      for (const auto& other : forests::all_placements(9, count)) {
        if (used_by(limits, other)[0] <= budget)
          best = std::max(best, forests::caught_with_groups(forest, other));
      }
    }
    EXPECT_LE(used_by(limits, placement.site)[0], budget * (1.0 + 1e-12));
    EXPECT_NEAR(placement.total_caught(), forests::caught_with_groups(forest, placement.site), 1e-12);
    EXPECT_LE(best, placement.bound * (1.0 + 1e-12));
    EXPECT_LE(placement.total_caught(), best * (1.0 + 1e-12));
    EXPECT_GE(placement.total_caught(), 0.5 * (1.0 - 1.0 / std::exp(1.0)) * best);
    if (placement.status == Status::optimal) {
      EXPECT_NEAR(placement.total_caught(), best, 1e-9 * best);
    }
  }
}

TEST_P(LimitedGreedy, TheOrderOfGainIsThatOfGreedyOnTheSitesGiven) {
  SiteForest forest = forests::grouped_forest(GetParam(), 9, 2, 4, 12);
  forest.sites.state[4] = SiteState::required;
  const std::vector<SiteId> placement = {SiteId(8), SiteId(4), SiteId(1), SiteId(6)};
  const Placement ordered =
      in_order_of_gain(forest.trees, forest.draws, forest.journeys, forest.sites, placement);
  for (std::size_t other = 0; other < 9; ++other) {
    const bool chosen = std::ranges::find(placement, SiteId(other)) != placement.end();
    forest.sites.state[other] = other == 4 ? SiteState::required
                                : chosen   ? SiteState::candidate
                                           : SiteState::forbidden;
  }
  const Placement alone = greedy(forest, 4);
  ASSERT_EQ(ordered.site.size(), 4U);
  for (std::size_t i = 0; i < alone.site.size(); ++i) {
    EXPECT_EQ(ordered.site[i], alone.site[i]);
    EXPECT_EQ(ordered.gain[i], alone.gain[i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LimitedGreedy, testing::Range(std::uint64_t{0}, std::uint64_t{40}));

TEST(Greedy, SitesOneAfterTheOtherGainTheSameAndTheFirstByIdIsTaken) {
  // All journeys pass 2, 0 and 1 in turn, in amounts whose sums round differently.
  SiteTree tree{.draw = 0, .destination = PlaceId(0), .site = {}, .parent = {}, .injected = {}};
  SiteForest forest{.trees = {}, .draws = 3, .sites = forests::made_up_sites(1, 3)};
  forest.sites.detection = {0.3, 0.3, 0.3};
  for (std::uint32_t draw = 0; draw < 3; ++draw) {
    tree.draw = draw;
    tree.site = {SiteId(2), SiteId(0), SiteId(1)};
    tree.parent = {1, 2, 2};
    tree.injected = {0.1 * (draw + 1), 0.0, 1e-14 * draw};
    forest.trees.push_back(tree);
    forest.journeys += 0.1 * (draw + 1) / 3.0;
  }
  const Placement placement = greedy(forest, 3);
  EXPECT_EQ(placement.site, (std::vector{SiteId(0), SiteId(1), SiteId(2)}));
}

TEST(Greedy, StopsWhereNothingMoreIsGained) {
  const SiteTree tree{.draw = 0,
                      .destination = PlaceId(0),
                      .site = {SiteId(1)},
                      .parent = {0},
                      .injected = {2.0},
                      .unseen = 1.0};
  SiteForest forest{.trees = {tree}, .draws = 2, .sites = forests::made_up_sites(1, 4), .journeys = 1.5};
  const Placement placement = greedy(forest, 3);
  EXPECT_EQ(placement.site, std::vector{SiteId(1)});
  EXPECT_EQ(placement.status, Status::optimal);
  EXPECT_DOUBLE_EQ(placement.bound, forest.sites.detection[1]);
}

TEST(Greedy, NothingToStopAndNoTeamsAreNoError) {
  const SiteForest nothing{.trees = {}, .draws = 2, .sites = forests::made_up_sites(1, 4), .journeys = 0.0};
  EXPECT_TRUE(greedy(nothing, 3).site.empty());
  const Placement idle = greedy(forests::random_forest(1, 5, 2, 2, 8), 0);
  EXPECT_TRUE(idle.site.empty());
  EXPECT_EQ(idle.bound, 0.0);
  EXPECT_EQ(idle.status, Status::optimal);
}

TEST(Greedy, SameBitsWithAnyNumberOfThreads) {
  const SiteForest forest = forests::random_forest(5, 150, 16, 10, 80);
  const Placement alone = greedy(forest, 10, 1);
  for (const unsigned threads : {2U, 8U}) {
    const Placement together = greedy(forest, 10, threads);
    EXPECT_EQ(alone.site, together.site);
    EXPECT_EQ(alone.gain, together.gain);
    EXPECT_EQ(alone.gain_error, together.gain_error);
    EXPECT_EQ(alone.bound, together.bound);
  }
}

TEST(Greedy, RefusesASingleDraw) {
  const SiteForest forest = forests::random_forest(1, 5, 1, 2, 8);
  EXPECT_THROW(greedy(forest, 2), OptionError);
}

TEST(Greedy, StopsWhenAskedTo) {
  const SiteForest forest = forests::random_forest(5, 50, 8, 10, 40);
  Progress progress;
  progress.cancel();
  const Execution execution{.threads = 2, .progress = &progress};
  EXPECT_THROW(greedy_placement(forest.trees, forest.draws, forest.journeys, forest.sites, 5, execution),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
