#include "waywarden/network_interdiction/worst_case.h"

#include <gtest/gtest.h>

#include <cmath>

#include "network_interdiction/random_contest.h"
#include "network_interdiction/snip.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<bool> watched_at(const WorstCaseProblem& problem, const WorstCasePlacement& placement) {
  std::vector<bool> watched(problem.sites());
  for (const SiteId site : placement.site) watched[site.index()] = true;
  return watched;
}

/// What holds for every answer, whatever ended the search.
void expect_consistent(const WorstCaseProblem& problem, const WorstCasePlacement& placement) {
  const auto watched = watched_at(problem, placement);
  EXPECT_TRUE(contests::allowed(problem, watched));
  EXPECT_NEAR(placement.value, contests::value_of(problem, watched), 1e-9);
  EXPECT_LE(placement.bound, placement.value);
  double cost = 0.0;
  for (const SiteId site : placement.site) cost += problem.cost[site.index()];
  EXPECT_NEAR(placement.cost, cost, 1e-12);
  ASSERT_EQ(placement.evasion.size(), problem.pairs.size());
  double sum = 0.0;
  for (std::size_t pair = 0; pair < placement.evasion.size(); ++pair) {
    sum += placement.evasion[pair] * problem.pairs.weight[pair];
  }
  EXPECT_NEAR(placement.value, sum, 1e-9);
}

class RandomContests : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomContests, AreWonAsByTryingEveryPlacement) {
  const WorstCaseProblem problem = contests::random_contest(GetParam());
  const double best = contests::best_value(problem);
  const WorstCasePlacement placement = worst_case_placement(problem, {.gap = 0.0});
  expect_consistent(problem, placement);
  EXPECT_NEAR(placement.value, best, 1e-9 * (1.0 + best));
  EXPECT_LE(placement.bound, best * (1.0 + 1e-12));
  EXPECT_GE(placement.bound, best * (1.0 - 1e-6));
  EXPECT_NE(placement.status, Status::limit);
}

TEST_P(RandomContests, AreWonToTheGapAskedFor) {
  const WorstCaseProblem problem = contests::random_contest(GetParam() + 10000, 10);
  const double best = contests::best_value(problem);
  const WorstCasePlacement placement = worst_case_placement(problem, {.gap = 0.05});
  expect_consistent(problem, placement);
  EXPECT_LE(placement.value, best / 0.95 + 1e-12);
  EXPECT_LE(placement.bound, best * (1.0 + 1e-12));
  EXPECT_GE(placement.bound, placement.value * 0.95 - 1e-12);
  EXPECT_NE(placement.status, Status::limit);
}

TEST_P(RandomContests, AreBoundedWhereverTheSearchStops) {
  const WorstCaseProblem problem = contests::random_contest(GetParam() + 20000, 10);
  const double best = contests::best_value(problem);
  for (const std::size_t nodes : {0U, 1U, 2U}) {
    const WorstCasePlacement placement = worst_case_placement(problem, {.gap = 0.0, .nodes = nodes});
    expect_consistent(problem, placement);
    EXPECT_GE(placement.value, best * (1.0 - 1e-12));
    EXPECT_LE(placement.bound, best * (1.0 + 1e-12));
    EXPECT_LE(placement.nodes, nodes);
  }
  const WorstCasePlacement hasty = worst_case_placement(problem, {.gap = 0.0, .seconds = 0.0});
  expect_consistent(problem, hasty);
  EXPECT_GE(hasty.value, best * (1.0 - 1e-12));
  EXPECT_LE(hasty.bound, best * (1.0 + 1e-12));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomContests, testing::Range(std::uint64_t{1}, std::uint64_t{501}));

TEST(WorstCase, RequiredTeamsStandForbiddenOnesDoNot) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    const WorstCaseProblem problem = contests::random_contest(seed);
    const auto watched = watched_at(problem, worst_case_placement(problem));
    for (std::size_t site = 0; site < problem.sites(); ++site) {
      EXPECT_TRUE(watched[site] || problem.state[site] != SiteState::required);
      EXPECT_FALSE(watched[site] && problem.state[site] == SiteState::forbidden);
    }
  }
}

TEST(WorstCase, NothingToDoIsNoError) {
  const WorstCasePlacement placement = worst_case_placement({});
  EXPECT_TRUE(placement.site.empty());
  EXPECT_EQ(placement.value, 0.0);
  EXPECT_EQ(placement.bound, 0.0);
  EXPECT_EQ(placement.status, Status::optimal);
}

TEST(WorstCase, TeamsThatChangeNothingStayAtHome) {
  const WorstCaseProblem problem{
      .network = {.nodes = 3,
                  .tail = {NodeId(0), NodeId(1), NodeId(2)},
                  .head = {NodeId(1), NodeId(0), NodeId(1)},
                  .evasion = {0.9, 0.9, 0.9},
                  .watched_evasion = {0.3, 0.1, 0.1},
                  .site = {SiteId(0), SiteId(1), SiteId(2)}},
      .pairs = {.origin = {NodeId(0)}, .destination = {NodeId(1)}, .weight = {2.0}},
      .cost = {1.0, 1.0, 1.0},
      .state = std::vector(3, SiteState::candidate),
      .budget = 3.0};
  const WorstCasePlacement placement = worst_case_placement(problem);
  EXPECT_EQ(placement.site, std::vector{SiteId(0)});
  EXPECT_DOUBLE_EQ(placement.value, 0.6);
  EXPECT_EQ(placement.status, Status::optimal);
}

TEST(WorstCase, RefusesOptionsOutsideTheirDomain) {
  const WorstCaseProblem problem = contests::random_contest(1);
  EXPECT_THROW(worst_case_placement(problem, {.gap = -0.1}), OptionError);
  EXPECT_THROW(worst_case_placement(problem, {.gap = 1.0}), OptionError);
  EXPECT_THROW(worst_case_placement(problem, {.gap = std::nan("")}), OptionError);
  EXPECT_THROW(worst_case_placement(problem, {.seconds = -1.0}), OptionError);
  EXPECT_THROW(worst_case_placement(problem, {.seconds = std::nan("")}), OptionError);
}

TEST(WorstCase, StopsWhenAskedTo) {
  Progress progress;
  progress.cancel();
  EXPECT_THROW(worst_case_placement(contests::random_contest(3), {}, {.progress = &progress}), Cancelled);
}

/// Rows of which each takes the engine less than a second or two.
bool is_quick(const snip::Row& row) { return row.variant < 3 || row.budget <= 30.0; }

TEST(WorstCase, MeetsTheReferenceOfPanAndMortonsInstances) {
  const std::vector<snip::Row> rows = snip::rows();
  if (rows.empty()) GTEST_SKIP() << "the instances of Pan and Morton (2008) are not here";
  std::size_t solved = 0;
  for (const snip::Row& row : rows) {
    if (row.gap >= 1e-4 || !is_quick(row)) continue;
    SCOPED_TRACE(testing::Message() << row.instance << ", variant " << row.variant << ", budget "
                                    << row.budget);
    const WorstCasePlacement placement = worst_case_placement(snip::Reader().read(row));
    // The reference has six digits.
    EXPECT_LE(placement.value, row.value * (1.0 + 1e-4) + 1e-6);
    EXPECT_LE(placement.bound, row.value + 1e-6);
    EXPECT_GE(placement.bound, placement.value * (1.0 - 1e-4) - 1e-15);
    EXPECT_LE(placement.cost, row.budget);
    ++solved;
  }
  EXPECT_GE(solved, 15U);
}

TEST(WorstCase, SameBitsWithAnyNumberOfThreads) {
  const std::vector<snip::Row> rows = snip::rows();
  if (rows.empty()) GTEST_SKIP() << "the instances of Pan and Morton (2008) are not here";
  const WorstCaseProblem problem = snip::Reader().read({0, 2, 60.0, 0.0, 0.0});
  const WorstCasePlacement alone = worst_case_placement(problem, {.gap = 0.0}, {.threads = 1});
  for (const unsigned threads : {1U, 2U, 7U}) {
    const WorstCasePlacement again = worst_case_placement(problem, {.gap = 0.0}, {.threads = threads});
    EXPECT_EQ(alone.site, again.site);
    EXPECT_EQ(alone.evasion, again.evasion);
    EXPECT_EQ(alone.value, again.value);
    EXPECT_EQ(alone.bound, again.bound);
    EXPECT_EQ(alone.nodes, again.nodes);
    EXPECT_EQ(alone.cuts, again.cuts);
  }
}

}  // namespace
}  // namespace waywarden
