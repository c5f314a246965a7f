#include "waywarden/interdiction/interception.h"

#include <gtest/gtest.h>

#include "interdiction/site_forest.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using forests::caught_by_walking;
using forests::SiteForest;

TEST(Interception, CaughtAndGainsEqualWalkingEveryWay) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    const SiteForest forest = forests::random_forest(seed, 9, 3, 4, 14);
    WatchedTrees trees(forest.trees, forest.draws, forest.sites.detection);
    RandomStream random(seed, 2);
    std::vector<SiteId> placement;
    for (int step = 0; step < 5; ++step) {
      const double caught = caught_by_walking(forest.trees, forest.draws, forest.sites.detection, placement);
      EXPECT_NEAR(trees.caught(), caught, 1e-12);
      const std::vector<double> gains = trees.gains();
      for (std::size_t site = 0; site < forest.sites.size(); ++site) {
        std::vector<SiteId> more = placement;
        more.push_back(SiteId(site));
        const double with = caught_by_walking(forest.trees, forest.draws, forest.sites.detection, more);
        EXPECT_NEAR(gains[site], trees.watched(SiteId(site)) ? 0.0 : with - caught, 1e-12);
      }
      placement.push_back(SiteId(random.below(9)));
      trees.watch(placement.back());
    }
  }
}

TEST(Interception, DrawsAverageToTheMean) {
  const SiteForest forest = forests::random_forest(7, 6, 5, 3, 10);
  WatchedTrees trees(forest.trees, forest.draws, forest.sites.detection);
  trees.watch(SiteId(2));
  const std::vector<double> per_draw = trees.caught_per_draw();
  ASSERT_EQ(per_draw.size(), 5U);
  for (std::size_t draw = 0; draw < 5; ++draw) {
    double expected = 0.0;
    for (const SiteTree& tree : forest.trees) {
      if (tree.draw == draw) expected += caught_by_walking(tree, forest.sites.detection, {SiteId(2)});
    }
    EXPECT_NEAR(per_draw[draw], expected, 1e-12);
  }
  const std::vector<double> gain = trees.gain_per_draw(SiteId(4));
  double mean = 0.0;
  for (const double value : gain) mean += value / 5.0;
  EXPECT_NEAR(trees.gains()[4], mean, 1e-12);
  EXPECT_GT(mean, 0.0);
}

TEST(Interception, ReachingIsExposureWhileNothingIsWatched) {
  // 0 and 1 join at 2; 3 stands behind it.
  const SiteTree tree{.draw = 0,
                      .destination = PlaceId(0),
                      .site = {SiteId(0), SiteId(1), SiteId(2), SiteId(3)},
                      .parent = {2, 2, 3, 3},
                      .injected = {1.0, 2.0, 4.0, 8.0}};
  WatchedTrees trees(std::vector{tree}, 1, std::vector{0.5, 0.5, 0.25, 0.5});
  EXPECT_EQ(trees.reaching(), (std::vector{1.0, 2.0, 7.0, 15.0}));
  trees.watch(SiteId(2));
  EXPECT_EQ(trees.reaching(), (std::vector{1.0, 2.0, 7.0, 8.0 + 0.75 * 7.0}));
  EXPECT_EQ(trees.reaching_per_draw(SiteId(3)), std::vector{13.25});
  EXPECT_DOUBLE_EQ(trees.caught(), 0.25 * 7.0);
  EXPECT_EQ(trees.gains(), (std::vector{0.5 * 1.0 * 0.75, 0.5 * 2.0 * 0.75, 0.0, 0.5 * 13.25}));
}

TEST(Interception, WatchingTwiceIsWatchingOnce) {
  const SiteForest forest = forests::random_forest(3, 5, 2, 2, 8);
  const auto once =
      interceptions_per_draw(forest.trees, forest.draws, forest.sites.detection, std::vector{SiteId(1)});
  const auto twice = interceptions_per_draw(forest.trees, forest.draws, forest.sites.detection,
                                            std::vector{SiteId(1), SiteId(1)});
  EXPECT_EQ(once, twice);
}

TEST(Interception, SameBitsWithAnyNumberOfThreads) {
  const SiteForest forest = forests::random_forest(11, 200, 16, 20, 60);
  const auto outcome = [&](unsigned threads) {
    const Execution execution{.threads = threads};
    WatchedTrees trees(forest.trees, forest.draws, forest.sites.detection, execution);
    for (std::size_t site = 0; site < 30; ++site) trees.watch(SiteId(site), execution);
    std::vector<double> all = trees.gains();
    for (const double value : trees.caught_per_draw()) all.push_back(value);
    for (const double value : trees.reaching()) all.push_back(value);
    return all;
  };
  const auto alone = outcome(1);
  EXPECT_EQ(alone, outcome(2));
  EXPECT_EQ(alone, outcome(8));
}

class GroupedTrees : public testing::TestWithParam<std::uint64_t> {};

TEST_P(GroupedTrees, CaughtAndGainsEqualWalkingEveryWay) {
  const SiteForest forest = forests::grouped_forest(GetParam(), 9, 3, 4, 14);
  WatchedTrees trees(forest.trees, forest.draws, forest.sites.detection, {}, forest.sites.group);
  RandomStream random(GetParam(), 2);
  std::vector<SiteId> placement;
  for (int step = 0; step < 5; ++step) {
    const double caught = forests::caught_with_groups(forest, placement);
    EXPECT_NEAR(trees.caught(), caught, 1e-12);
    const std::vector<double> gains = trees.gains();
    for (std::size_t site = 0; site < forest.sites.size(); ++site) {
      std::vector<SiteId> more = placement;
      more.push_back(SiteId(site));
      EXPECT_NEAR(gains[site], forests::caught_with_groups(forest, more) - caught, 1e-12);
    }
    placement.push_back(SiteId(random.below(9)));
    trees.watch(placement.back());
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GroupedTrees, testing::Range(std::uint64_t{0}, std::uint64_t{60}));

TEST(Interception, OfAGroupOnlyTheLargestDetectionCounts) {
  // 0, 1, 2 and 3 one after the other; 0 and 2 under one authority.
  const SiteTree tree{.draw = 0,
                      .destination = PlaceId(0),
                      .site = {SiteId(0), SiteId(1), SiteId(2), SiteId(3)},
                      .parent = {1, 2, 3, 3},
                      .injected = {16.0, 0.0, 0.0, 0.0}};
  const std::vector<SiteId> group = {SiteId(0), SiteId(1), SiteId(0), SiteId(3)};
  WatchedTrees trees(std::vector{tree}, 1, std::vector{0.5, 0.5, 0.75, 0.5}, {}, group);
  trees.watch(SiteId(0));
  EXPECT_DOUBLE_EQ(trees.caught(), 8.0);
  EXPECT_DOUBLE_EQ(trees.gains()[2], 4.0);
  EXPECT_EQ(trees.reaching(), (std::vector{16.0, 8.0, 8.0, 8.0}));
  trees.watch(SiteId(2));
  EXPECT_DOUBLE_EQ(trees.caught(), 12.0);
  EXPECT_DOUBLE_EQ(trees.gains()[3], 2.0);
}

TEST(Interception, RefusesTreesThatDoNotFit) {
  const SiteTree tree{
      .draw = 1, .destination = PlaceId(0), .site = {SiteId(0)}, .parent = {0}, .injected = {1.0}};
  EXPECT_THROW(WatchedTrees(std::vector{tree}, 1, std::vector{0.5}), OptionError);
  EXPECT_THROW(WatchedTrees(std::vector{tree}, 2, std::vector<double>{}), OptionError);
  SiteTree turned = tree;
  turned.parent = {1};
  EXPECT_THROW(WatchedTrees(std::vector{turned}, 2, std::vector{0.5}), OptionError);
  WatchedTrees fits(std::vector{tree}, 2, std::vector{0.5});
  EXPECT_THROW(fits.watch(SiteId(1)), OptionError);
}

}  // namespace
}  // namespace waywarden
