#include "waywarden/scan/clusters_found.h"

#include <gtest/gtest.h>

#include "scan/studies.h"
#include "waywarden/scan/distance_windows.h"

namespace waywarden {
namespace {

class FoundClusters : public testing::TestWithParam<std::uint64_t> {};

/// The best window of each row by the formula, taken greedily where no place is taken yet.
TEST_P(FoundClusters, AreTheBestOfRowsThatShareNoPlace) {
  const auto study = studies::random_study(GetParam(), ScanModel::poisson, 18, 3);
  ScanTask task;
  task.table = scan_table(ScanModel::poisson, study.counts);
  task.period = scan_period(3, 0.7, ScanTime::retrospective);
  task.rates = GetParam() % 2 == 0 ? ScanRates::high : ScanRates::both;
  task.windows = elliptic_windows(study.places, task.table.place_measure(), {{1.0, 3.0}, {1, 4}, 0.5}, {});
  const auto found = found_clusters(task, 100, {.threads = 2});
  std::vector<double> best(task.windows.rows());
  for (std::size_t row = 0; row < best.size(); ++row) {
    std::vector<studies::Set> sets;
    for (std::size_t k = 0; k < task.windows.steps(row).size(); ++k) {
      if ((task.windows.steps(row)[k] & Windows::kOpen) == 0) sets.push_back(members(task.windows, row, k));
    }
    best[row] = studies::best_of_all(task, study.counts.cases, sets).ratio * task.windows.factor[row];
  }
  std::set<std::uint32_t> taken;
  double before = INFINITY;
  for (const FoundCluster& cluster : found) {
    EXPECT_NEAR(cluster.statistic, best[cluster.row], 1e-9);
    EXPECT_LE(cluster.statistic, before);
    before = cluster.statistic;
    EXPECT_EQ(cluster.members, members(task.windows, cluster.row, cluster.step));
    for (const std::uint32_t place : cluster.members) EXPECT_TRUE(taken.insert(place).second);
    const auto judged = studies::judged(task, study.counts.cases, cluster.members, cluster.first_interval,
                                        cluster.last_interval);
    EXPECT_NEAR(judged.ratio, cluster.ratio, 1e-9);
    EXPECT_EQ(judged.cases, cluster.cases);
    EXPECT_EQ(judged.measure, cluster.measure);
  }
  ASSERT_FALSE(found.empty());
  EXPECT_NEAR(found[0].statistic, *std::max_element(best.begin(), best.end()), 1e-9);
  EXPECT_EQ(found_clusters(task, 1).size(), 1U);
  EXPECT_TRUE(found_clusters(task, 0).empty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, FoundClusters, testing::Range<std::uint64_t>(0, 12));

}  // namespace
}  // namespace waywarden
