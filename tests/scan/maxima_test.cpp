#include "waywarden/scan/maxima.h"

#include <gtest/gtest.h>

#include "scan/studies.h"
#include "waywarden/scan/connected_windows.h"
#include "waywarden/scan/distance_windows.h"
#include "waywarden/scan/replicates.h"

namespace waywarden {
namespace {

using studies::Study;

constexpr std::array kModels = {ScanModel::poisson, ScanModel::bernoulli, ScanModel::space_time_permutation};
constexpr std::array kRates = {ScanRates::high, ScanRates::low, ScanRates::both};

ScanTask task_of(const Study& study, ScanModel model, std::uint64_t seed) {
  ScanTask task;
  task.table = scan_table(model, study.counts);
  task.rates = kRates[seed % 3];
  task.fewest = 1 + static_cast<std::int64_t>(seed % 2);
  task.period = scan_period(study.counts.intervals, 0.6,
                            seed % 4 < 2 ? ScanTime::retrospective : ScanTime::prospective);
  return task;
}

/// Every study's maximum is that of all its windows, each judged by the formula.
void expect_exact(const ScanTask& task, std::uint64_t seed, std::size_t batches, std::size_t look_at) {
  const NullMaxima search(task, seed);
  const std::vector<double> maxima = search.of(5, batches, {.threads = 1});
  ASSERT_EQ(maxima.size(), batches * search.batch());
  EXPECT_EQ(maxima, search.of(5, batches, {.threads = 3}));
  const auto sets = studies::sets_of(task.windows);
  const ReplicateMaker maker(task.table, seed);
  for (std::size_t i = 0; i < maxima.size(); i += std::max<std::size_t>(1, maxima.size() / look_at)) {
    const auto drawn = maker.cases(5 + i);
    const std::vector<std::int64_t> cases(drawn.begin(), drawn.end());
    EXPECT_NEAR(maxima[i], studies::best_of_all(task, cases, sets).ratio, 1e-9) << i;
  }
}

class StudiesOfChance : public testing::TestWithParam<std::uint64_t> {};

TEST_P(StudiesOfChance, MaximaOfCirclesAreThoseOfAllWindows) {
  for (const ScanModel model : kModels) {
    SCOPED_TRACE(name(model));
    const bool timed = model == ScanModel::space_time_permutation || GetParam() % 2 == 0;
    const Study study = studies::random_study(GetParam(), model, 14, timed ? 5 : 1);
    ScanTask task = task_of(study, model, GetParam());
    task.windows = circular_windows(study.places, task.table.place_measure(), ScanSpace::plane, {});
    expect_exact(task, GetParam(), 2, 12);
  }
}

TEST_P(StudiesOfChance, MaximaOfConnectedSetsAreThoseOfAllWindows) {
  for (const ScanModel model : kModels) {
    SCOPED_TRACE(name(model));
    const bool timed = model == ScanModel::space_time_permutation || GetParam() % 2 == 1;
    const Study study = studies::random_study(GetParam(), model, 12, timed ? 4 : 1);
    ScanTask task = task_of(study, model, GetParam());
    const Weights near = studies::touching(study.places, 30.0);
    task.windows = connected_windows(study.places, near, task.table.place_measure(), {.most_places = 5}, {});
    expect_exact(task, GetParam(), 1, 6);
  }
}

/// To deal so many takes its time: fewer worlds.
class StudiesOfManyCases : public testing::TestWithParam<std::uint64_t> {};

/// More than 65,535 cases need the wider lanes.
TEST_P(StudiesOfManyCases, MaximaAreThoseOfAllWindows) {
  for (const ScanModel model : kModels) {
    SCOPED_TRACE(name(model));
    const std::size_t intervals = model == ScanModel::space_time_permutation ? 3 : 1;
    Study study = studies::random_study(GetParam(), model, 10, intervals, 30'000);
    for (double& people : study.counts.population) people *= 1e6;
    if (GetParam() % 2 == 0) {
      // Just within the narrow ones, and beyond half of their range.
      std::int64_t total = 0;
      for (const std::int64_t c : study.counts.cases) total += c;
      for (std::int64_t& c : study.counts.cases) c = c * 65'000 / total;
    }
    ScanTask task = task_of(study, model, GetParam());
    task.windows =
        circular_windows(study.places, task.table.place_measure(), ScanSpace::plane, {.share = 0.9});
    expect_exact(task, GetParam(), 1, 3);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, StudiesOfChance, testing::Range<std::uint64_t>(0, 12));
INSTANTIATE_TEST_SUITE_P(Seeds, StudiesOfManyCases, testing::Range<std::uint64_t>(0, 4));

TEST(NullMaxima, StudiesDoNotDependOnHowManyAreMade) {
  const Study study = studies::random_study(1, ScanModel::poisson, 30, 1);
  ScanTask task = task_of(study, ScanModel::poisson, 0);
  task.windows = circular_windows(study.places, task.table.place_measure(), ScanSpace::plane, {});
  const NullMaxima search(task, 7);
  const auto all = search.of(0, 3, {}), last = search.of(2 * search.batch(), 1, {});
  EXPECT_TRUE(std::equal(last.begin(), last.end(), all.end() - static_cast<std::ptrdiff_t>(last.size())));
  EXPECT_NE(all, NullMaxima(task, 8).of(0, 3, {}));
}

TEST(NullMaxima, PenaltiesOfShapesCount) {
  const Study study = studies::random_study(2, ScanModel::poisson, 25, 1);
  ScanTask task = task_of(study, ScanModel::poisson, 0);
  const auto measure = task.table.place_measure();
  const auto maxima = [&](double penalty) {
    task.windows = elliptic_windows(study.places, measure, {.penalty = penalty}, {});
    return NullMaxima(task, 3).of(0, 1, {});
  };
  const auto free = maxima(0.0), strong = maxima(1.0);
  const EllipseOptions all;
  std::vector<double> best(free.size(), 0.0);
  for (std::size_t i = 0; i < all.shapes.size(); ++i) {
    const double shape = all.shapes[i], factor = 4.0 * shape / ((shape + 1.0) * (shape + 1.0));
    task.windows = elliptic_windows(study.places, measure, {{shape}, {all.angles[i]}, 0.0}, {});
    const auto alone = NullMaxima(task, 3).of(0, 1, {});
    for (std::size_t r = 0; r < best.size(); ++r) best[r] = std::max(best[r], factor * alone[r]);
  }
  for (std::size_t r = 0; r < best.size(); ++r) {
    EXPECT_NEAR(strong[r], best[r], 1e-12);
    EXPECT_LE(strong[r], free[r]);
  }
}

}  // namespace
}  // namespace waywarden
