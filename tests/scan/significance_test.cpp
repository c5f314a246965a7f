#include "waywarden/scan/significance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "scan/studies.h"
#include "waywarden/scan/clusters_found.h"
#include "waywarden/scan/distance_windows.h"
#include "waywarden/scan/replicates.h"

namespace waywarden {
namespace {

TEST(MonteCarloP, CountsTiesAndTheObservedStudy) {
  const NullDistribution null{{1.0, 2.0, 3.0, 2.0}, false};
  EXPECT_DOUBLE_EQ(monte_carlo_p(null, 2.0, 2.0).value(), 4.0 / 5);
  EXPECT_DOUBLE_EQ(monte_carlo_p(null, 2.0 + 1e-13, 2.0).value(), 4.0 / 5);
  EXPECT_DOUBLE_EQ(monte_carlo_p(null, 3.5, 3.5).value(), 1.0 / 5);
  EXPECT_DOUBLE_EQ(monte_carlo_p(null, 0.5, 2.0).value(), 1.0);
  EXPECT_FALSE(monte_carlo_p({}, 1.0, 1.0));
  const NullDistribution stopped{{1.0, 2.0, 3.0, 2.0}, true};
  EXPECT_DOUBLE_EQ(monte_carlo_p(stopped, 2.0, 2.0).value(), 3.0 / 4);
  EXPECT_DOUBLE_EQ(monte_carlo_p(stopped, 0.5, 2.0).value(), 1.0);
}

TEST(GumbelP, IsThatOfTheFittedDistribution) {
  // Quantiles of a Gumbel distribution with location 5 and scale 2.
  std::vector<double> maxima;
  for (int i = 0; i < 20'000; ++i) maxima.push_back(5.0 - 2.0 * std::log(-std::log((i + 0.5) / 20'000)));
  for (const double x : {2.0, 5.0, 9.0, 20.0}) {
    const double p = 1.0 - std::exp(-std::exp(-(x - 5.0) / 2.0));
    EXPECT_NEAR(gumbel_p(maxima, x).value(), p, 0.002 * p + 1e-6);
  }
  EXPECT_GT(gumbel_p(maxima, 100.0).value(), 0.0);
  EXPECT_FALSE(gumbel_p(std::vector<double>{1.0}, 1.0));
  EXPECT_FALSE(gumbel_p(std::vector<double>{1.0, 1.0}, 1.0));
}

ScanTask task_of(const studies::Study& study, ScanModel model) {
  ScanTask task;
  task.table = scan_table(model, study.counts);
  task.period = scan_period(study.counts.intervals, 0.5, ScanTime::retrospective);
  task.windows = circular_windows(study.places, task.table.place_measure(), ScanSpace::plane, {});
  return task;
}

TEST(NullDistribution, StopsAtTheStudyThatReachesTheBestOnceMore) {
  const auto study = studies::random_study(3, ScanModel::poisson, 30, 1);
  const ScanTask task = task_of(study, ScanModel::poisson);
  const NullDistribution full = null_distribution(task, 1.0, {999, 4, 0});
  ASSERT_EQ(full.maxima.size(), 999U);
  auto sorted = full.maxima;
  std::sort(sorted.begin(), sorted.end());
  const double best = sorted[950];
  const NullDistribution stopped = null_distribution(task, best, {999, 4, 10});
  EXPECT_TRUE(stopped.stopped_early);
  EXPECT_TRUE(std::equal(stopped.maxima.begin(), stopped.maxima.end(), full.maxima.begin()));
  EXPECT_EQ(std::count_if(stopped.maxima.begin(), stopped.maxima.end(), [&](double m) { return m >= best; }),
            10);
  EXPECT_GE(stopped.maxima.back(), best);
  EXPECT_FALSE(null_distribution(task, best, {999, 4, 100}).stopped_early);
  EXPECT_TRUE(null_distribution(task, best, {0, 4, 0}).maxima.empty());
}

/// Cases dealt as the model says, by the standard library's random numbers.
std::vector<std::int64_t> dealt(const ScanTable& table, std::mt19937_64& random) {
  std::vector<std::int64_t> cases(table.cases.size());
  const auto total = static_cast<std::size_t>(table.total_cases);
  if (table.model == ScanModel::bernoulli) {
    std::vector<std::size_t> people;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      people.insert(people.end(), static_cast<std::size_t>(table.measure[i]), i);
    }
    std::shuffle(people.begin(), people.end(), random);
    for (std::size_t k = 0; k < total; ++k) ++cases[people[k]];
  } else if (table.model == ScanModel::poisson) {
    std::discrete_distribution<std::size_t> cell(table.measure.begin(), table.measure.end());
    for (std::size_t k = 0; k < total; ++k) ++cases[cell(random)];
  } else {
    std::vector<std::size_t> place, time;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      place.insert(place.end(), static_cast<std::size_t>(table.cases[i]), i / table.intervals);
      time.insert(time.end(), static_cast<std::size_t>(table.cases[i]), i % table.intervals);
    }
    std::shuffle(time.begin(), time.end(), random);
    for (std::size_t k = 0; k < total; ++k) ++cases[place[k] * table.intervals + time[k]];
  }
  return cases;
}

/// Against a slow test that shares no code with the engine but the list of windows.
TEST(MonteCarloP, IsThatOfASlowIndependentTest) {
  for (const ScanModel model :
       {ScanModel::poisson, ScanModel::bernoulli, ScanModel::space_time_permutation}) {
    SCOPED_TRACE(name(model));
    const std::size_t intervals = model == ScanModel::space_time_permutation ? 4 : 1;
    const auto study = studies::random_study(9, model, 12, intervals, 4);
    const ScanTask task = task_of(study, model);
    const auto sets =
        studies::circles(study.places, task.table.place_measure(), task.table.total_measure / 2);
    const NullDistribution null = null_distribution(task, 1.0, {1'999, 1, 0});
    std::mt19937_64 random(77);
    std::vector<double> slow;
    for (int r = 0; r < 1'000; ++r)
      slow.push_back(studies::best_of_all(task, dealt(task.table, random), sets).ratio);
    for (const double statistic : {1.5, 2.5, 4.0}) {
      const double p = monte_carlo_p(null, statistic, statistic).value();
      const double q =
          (1.0 + static_cast<double>(std::count_if(slow.begin(), slow.end(),
                                                   [&](double m) { return m >= statistic - 1e-9; }))) /
          1'001;
      EXPECT_NEAR(p, q, 4 * std::sqrt(p * (1 - p) * (1.0 / 1'000 + 1.0 / 2'000)) + 0.001) << statistic;
    }
  }
}

/// Where nothing clusters, a share a of studies has p <= a: coarsely, over 300 of them.
TEST(MonteCarloP, IsUniformWhereNothingClusters) {
  studies::Study study;
  std::mt19937_64 random(21);
  study.places = studies::random_places(random, 40);
  study.counts.population.assign(40, 30.0);
  study.counts.cases.assign(40, 4);
  const ScanTable even = scan_table(ScanModel::poisson, study.counts);
  std::vector<double> p;
  for (int r = 0; r < 300; ++r) {
    study.counts.cases = dealt(even, random);
    const ScanTask task = task_of(study, ScanModel::poisson);
    const double best = found_clusters(task, 1)[0].statistic;
    p.push_back(
        monte_carlo_p(null_distribution(task, best, {99, static_cast<std::uint64_t>(r), 0}), best, best)
            .value());
  }
  for (const double level : {0.05, 0.2, 0.5, 0.8}) {
    const auto below =
        static_cast<double>(std::count_if(p.begin(), p.end(), [&](double x) { return x <= level; }));
    EXPECT_NEAR(below / 300, level, 4 * std::sqrt(level * (1 - level) / 300)) << level;
  }
}

}  // namespace
}  // namespace waywarden
