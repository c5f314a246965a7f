#include "waywarden/interdiction/capture.h"

#include <gtest/gtest.h>

#include "interdiction/site_forest.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/greedy.h"

namespace waywarden {
namespace {

using forests::SiteForest;

Placement capture(const SiteForest& forest, const Limits& limits, const CaptureOptions& options = {},
                  unsigned threads = 0) {
  return capture_placement(forest.trees, forest.draws, forest.journeys, forest.sites, limits, options,
                           {.threads = threads});
}

class Capture : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Capture, IsTheBestOfAllPlacements) {
  SiteForest forest = forests::grouped_forest(GetParam(), 10, 3, 4, 14);
  const SiteId required(GetParam() % 10), forbidden((GetParam() + 3) % 10);
  forest.sites.state[required.index()] = SiteState::required;
  forest.sites.state[forbidden.index()] = SiteState::forbidden;
  for (std::size_t teams = 1; teams <= 4; ++teams) {
    const Placement found = capture(forest, {team_limit(forest.sites, teams)});
    double best = 0.0;
    for (const auto& placement : forests::all_placements(10, teams)) {
      if (std::ranges::find(placement, required) == placement.end()) continue;
      if (std::ranges::find(placement, forbidden) != placement.end()) continue;
      best = std::max(best, forests::caught_with_groups(forest, placement));
    }
    EXPECT_EQ(found.status, Status::optimal);
    EXPECT_EQ(found.site.front(), required);
    EXPECT_NEAR(found.total_caught(), best, 1e-8 * best);
    EXPECT_NEAR(found.bound, best, 1e-8 * best);
  }
}

TEST_P(Capture, RowsAreThoseOfTheSitesInTheirOrder) {
  const SiteForest forest = forests::grouped_forest(GetParam(), 10, 3, 4, 14);
  const Placement found = capture(forest, {budget_limit(forest.sites, 7.0)});
  std::vector<SiteId> placed;
  double before = 0.0;
  for (std::size_t i = 0; i < found.site.size(); ++i) {
    placed.push_back(found.site[i]);
    const double caught = forests::caught_with_groups(forest, placed);
    EXPECT_NEAR(found.caught[i], caught, 1e-12);
    EXPECT_NEAR(found.gain[i], caught - before, 1e-12);
    before = caught;
  }
}

TEST_P(Capture, WithoutAProofItIsAtLeastGreedyAndSaysSo) {
  const SiteForest forest = forests::grouped_forest(GetParam(), 12, 3, 4, 20);
  const Limits limits = {budget_limit(forest.sites, 6.0)};
  const Placement greedy =
      greedy_placement(forest.trees, forest.draws, forest.journeys, forest.sites, limits);
  const Placement found = capture(forest, limits, {.search = {.nodes = 0}});
  const Placement proved = capture(forest, limits);
  EXPECT_NE(found.status, Status::limit);
  EXPECT_GE(found.total_caught(), greedy.total_caught() * (1.0 - 1e-12));
  EXPECT_GE(proved.total_caught(), found.total_caught() * (1.0 - 1e-12));
  EXPECT_LE(found.bound, greedy.bound);
  EXPECT_GE(found.bound, proved.total_caught() * (1.0 - 1e-9));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Capture, testing::Range(std::uint64_t{0}, std::uint64_t{50}));

TEST(Capture, SameBitsWithAnyNumberOfThreads) {
  const SiteForest forest = forests::grouped_forest(5, 60, 8, 10, 60);
  const Limits limits = {budget_limit(forest.sites, 12.0)};
  const CaptureOptions options{.search = {.nodes = 20}};
  const Placement alone = capture(forest, limits, options, 1);
  for (const unsigned threads : {2U, 8U}) {
    const Placement together = capture(forest, limits, options, threads);
    EXPECT_EQ(alone.site, together.site);
    EXPECT_EQ(alone.gain, together.gain);
    EXPECT_EQ(alone.bound, together.bound);
  }
}

TEST(Capture, NothingToStopAndNoTeamsAreNoError) {
  const SiteForest nothing{.trees = {}, .draws = 2, .sites = forests::made_up_sites(1, 4), .journeys = 0.0};
  EXPECT_TRUE(capture(nothing, {team_limit(nothing.sites, 2)}).site.empty());
  const SiteForest forest = forests::random_forest(1, 5, 2, 2, 8);
  const Placement idle = capture(forest, {team_limit(forest.sites, 0)});
  EXPECT_TRUE(idle.site.empty());
  EXPECT_EQ(idle.status, Status::optimal);
}

TEST(Capture, RefusesLimitsOfSearchThatMakeNoSense) {
  const SiteForest forest = forests::grouped_forest(3, 12, 3, 4, 20);
  const Limits limits = {team_limit(forest.sites, 3)};
  EXPECT_THROW(capture(forest, limits, {.search = {.passages = -1.0}}), OptionError);
  EXPECT_THROW(capture(forest, limits, {.search = {.seconds = -1.0}}), OptionError);
}

TEST(Capture, StopsWhenAskedTo) {
  const SiteForest forest = forests::grouped_forest(5, 50, 8, 10, 40);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(capture_placement(forest.trees, forest.draws, forest.journeys, forest.sites,
                                 {team_limit(forest.sites, 5)}, {}, {.threads = 2, .progress = &progress}),
               Cancelled);
}

}  // namespace
}  // namespace waywarden
