#include "waywarden/scan/scan.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

#include "linear_network/worlds.h"
#include "scan/studies.h"
#include "waywarden/base/errors.h"
#include "waywarden/scan/connected_windows.h"

namespace waywarden {
namespace {

using studies::Study;

const std::filesystem::path kShared =
    std::filesystem::path(WAYWARDEN_SOURCE_DIR) / "../shared/verification/hotspots";

/// Leukemia in upstate New York (Waller, Turnbull, Clark and Nasca 1994), x = latitude as in the reference
/// runs. Cases of several tracts were split there; their whole parts are what was scanned.
std::optional<Study> new_york() {
  std::ifstream file(kShared / "satscan_ny_nydf.csv");
  if (!file) return std::nullopt;
  Study study;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream fields(line);
    double longitude = 0, latitude = 0, people = 0, cases = 0;
    fields >> longitude >> latitude >> people >> cases;
    study.places.push_back({latitude, longitude});
    study.counts.population.push_back(people);
    study.counts.cases.push_back(static_cast<std::int64_t>(cases));
  }
  return study;
}

#define NEW_YORK_OR_SKIP(study)                                                  \
  const auto loaded = new_york();                                                \
  if (!loaded) GTEST_SKIP() << "the cases of leukemia in New York are not here"; \
  const Study& study = *loaded;                                                  \
  ASSERT_EQ(study.places.size(), 281U)

ScanOptions at_most(double share, std::size_t simulations = 0) {
  ScanOptions options;
  options.limits.share = share;
  options.monte_carlo.simulations = simulations;
  return options;
}

/// Numbers from 1 on, as the reference output lists them.
std::vector<std::uint32_t> listed(const ScanResult& result, std::size_t cluster) {
  std::vector<std::uint32_t> ids;
  for (std::size_t k = result.first_member[cluster]; k < result.first_member[cluster + 1]; ++k) {
    ids.push_back(result.member[k] + 1);
  }
  return ids;
}

std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(Scan, NewYorkCirclesOfAtMostTenPercent) {
  NEW_YORK_OR_SKIP(study);
  const ScanResult found = scan(study.places, study.counts, Circles{}, at_most(0.1, 999));
  ASSERT_GE(found.size(), 7U);
  const std::vector<double> ratios = {11.577255, 9.019716, 6.114140, 4.651839, 4.169203, 3.363518, 3.209485};
  const std::vector<std::int64_t> cases = {85, 38, 64, 25, 28, 12, 11};
  const std::vector<double> expected = {49.71, 17.79, 40.85, 12.82, 15.54, 5.14, 4.61};
  const std::vector<double> risks = {1.84, 2.22, 1.64, 1.99, 1.84, 2.37, 2.41};
  // 999 random studies of theirs and of ours: 4 standard errors of the difference.
  const std::vector<double> p = {0.0010, 0.013, 0.216, 0.609, 0.755, 0.961, 0.976};
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_NEAR(found.log_likelihood_ratio[i], ratios[i], 5.01e-7);
    EXPECT_EQ(found.observed[i], cases[i]);
    EXPECT_NEAR(found.expected[i], expected[i], 0.00501);
    EXPECT_NEAR(found.relative_risk[i].value(), risks[i], 0.00501);
    EXPECT_NEAR(found.p[i].value(), p[i], 4 * std::sqrt(2 * p[i] * (1 - p[i]) / 999) + 0.001);
    EXPECT_NEAR(found.p_gumbel[i].value(), p[i], 0.05);
  }
  EXPECT_EQ(listed(found, 0), sorted({49, 48, 50, 47, 1,  15, 51, 2,  13, 14, 3,  35, 16,
                                      52, 36, 37, 12, 11, 5,  17, 10, 4,  6,  38, 18, 9}));
  EXPECT_EQ(found.centre[0], 48U);
  EXPECT_NEAR(found.radius[0], 0.070, 0.0005);
  EXPECT_EQ(listed(found, 1), sorted({89, 88, 87, 84, 90, 86, 92, 85}));
  EXPECT_NEAR(found.radius[1], 0.13, 0.005);
  EXPECT_EQ(found.status, ScanStatus::complete);
  EXPECT_EQ(found.simulations, 999U);
  EXPECT_FALSE(found.recurrence_intervals[0]);
}

TEST(Scan, NewYorkCirclesOfAtMostHalf) {
  NEW_YORK_OR_SKIP(study);
  const ScanResult found = scan(study.places, study.counts, Circles{}, at_most(0.5));
  const std::vector<double> ratios = {14.083511, 9.019716, 6.114140, 4.651839, 3.363518, 3.209485};
  ASSERT_GE(found.size(), ratios.size());
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    EXPECT_NEAR(found.log_likelihood_ratio[i], ratios[i], 5.01e-7);
  }
  EXPECT_EQ(found.observed[0], 100);
  EXPECT_EQ(found.centre[0], 51U);
  EXPECT_EQ(listed(found, 3), sorted({62, 64, 67, 65}));
  EXPECT_FALSE(found.p[0]);
  EXPECT_EQ(found.simulations, 0U);
}

TEST(Scan, NewYorkOnTheGlobe) {
  NEW_YORK_OR_SKIP(study);
  std::vector<Point> places;
  for (const Point p : study.places) places.push_back({p.y, p.x});
  const ScanResult found = scan(places, study.counts, Circles{ScanSpace::globe}, at_most(0.5));
  const std::vector<double> ratios = {14.780276, 8.287056, 7.199672, 4.651839, 3.773422, 3.209485};
  const std::vector<double> radii = {7700, 13010, 2350, 5820, 1160, 1010};
  ASSERT_GE(found.size(), ratios.size());
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    EXPECT_NEAR(found.log_likelihood_ratio[i], ratios[i], 5.01e-7);
    // The reference is a sphere's.
    EXPECT_NEAR(found.radius[i], radii[i], 0.004 * radii[i] + 5);
  }
}

TEST(Scan, NewYorkEllipses) {
  NEW_YORK_OR_SKIP(study);
  struct Case {
    double share, penalty, statistic, ratio;
  };
  const std::vector<Case> cases = {{0.5, 0.0, 22.034279, 22.034279}, {0.5, 0.5, 17.627423, 22.034279},
                                   {0.5, 1.0, 15.504490, 17.442551}, {0.1, 0.0, 15.416469, 15.416469},
                                   {0.1, 0.5, 14.474236, 14.772705}, {0.1, 1.0, 14.181797, 14.772705}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.penalty);
    EllipseOptions ellipses;
    ellipses.penalty = c.penalty;
    const ScanResult found = scan(study.places, study.counts, ellipses, at_most(c.share));
    EXPECT_NEAR(found.statistic[0], c.statistic, 5.01e-7);
    EXPECT_NEAR(found.log_likelihood_ratio[0], c.ratio, 5.01e-7);
    if (c.share < 0.5 || c.penalty == 1.0) continue;
    EXPECT_EQ(found.observed[0], 337);
    EXPECT_EQ(found.centre[0], 9U);
    EXPECT_NEAR(found.radius[0], 0.26, 0.005);
    EXPECT_NEAR(found.longer_half_axis[0], 1.02, 0.005);
    EXPECT_EQ(found.angle[0], -15.0);
  }
}

TEST(Scan, NewYorkSecondaryEllipsesAtStrongPenalty) {
  NEW_YORK_OR_SKIP(study);
  EllipseOptions ellipses;
  ellipses.penalty = 1.0;
  const ScanResult found = scan(study.places, study.counts, ellipses, at_most(0.5));
  const std::vector<double> statistics = {15.504490, 9.019716, 7.388071, 4.651839,
                                          3.938613,  3.667327, 3.436309};
  const std::vector<double> angles = {90, 0, 60, 0, -60, 90, -45};
  ASSERT_GE(found.size(), statistics.size());
  for (std::size_t i = 0; i < statistics.size(); ++i) {
    EXPECT_NEAR(found.statistic[i], statistics[i], 5.01e-7) << i;
    // The three places of the sixth fit ellipses of this shape at two angles.
    if (i == 5) continue;
    EXPECT_EQ(found.angle[i], angles[i]) << i;
  }
}

struct Shuffled {
  Study study;
  std::vector<std::uint32_t> order;  ///< number before, of each place
};

Shuffled shuffled(const Study& study, std::uint64_t seed) {
  const std::size_t n = study.counts.intervals;
  Shuffled result{{{}, {n, {}, {}}}, std::vector<std::uint32_t>(study.places.size())};
  std::iota(result.order.begin(), result.order.end(), 0U);
  std::mt19937_64 random(seed);
  std::shuffle(result.order.begin(), result.order.end(), random);
  for (const std::uint32_t i : result.order) {
    result.study.places.push_back(study.places[i]);
    for (std::size_t cell = i * n; cell < (i + 1) * n; ++cell) {
      result.study.counts.cases.push_back(study.counts.cases[cell]);
      if (!study.counts.population.empty()) {
        result.study.counts.population.push_back(study.counts.population[cell]);
      }
    }
  }
  return result;
}

class ScannedStudies : public testing::TestWithParam<std::uint64_t> {};

void expect_same(const ScanResult& found, const Study& study, const ScanResult& again, const Study& other) {
  EXPECT_EQ(found.statistic, again.statistic);
  EXPECT_EQ(found.expected, again.expected);
  EXPECT_EQ(found.p, again.p);
  EXPECT_EQ(found.p_gumbel, again.p_gumbel);
  EXPECT_EQ(found.first_interval, again.first_interval);
  ASSERT_EQ(found.size(), again.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(study.places[found.centre[i]], other.places[again.centre[i]]);
    // Places in one spot with the same counts may stand for each other.
    std::vector<Point> before, after;
    for (const std::uint32_t id : listed(found, i)) before.push_back(study.places[id - 1]);
    for (const std::uint32_t id : listed(again, i)) after.push_back(other.places[id - 1]);
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    EXPECT_EQ(before, after);
  }
}

TEST_P(ScannedStudies, DoNotDependOnTheOrderOfPlacesNorOnThreads) {
  const LinearNetwork network = line_worlds::random_network(GetParam(), 12, 20);
  for (const ScanModel model :
       {ScanModel::poisson, ScanModel::bernoulli, ScanModel::space_time_permutation}) {
    const Study study = studies::random_study(GetParam(), model, 20, 3);
    const Shuffled other = shuffled(study, GetParam());
    ScanOptions options = at_most(0.4, 39);
    options.model = model;
    const auto compare = [&](const WindowKind& kind, const WindowKind& after) {
      SCOPED_TRACE(name(model) + " " + std::to_string(kind.index()));
      expect_same(scan(study.places, study.counts, kind, options, {.threads = 1}), study,
                  scan(other.study.places, other.study.counts, after, options, {.threads = 2}), other.study);
    };
    compare(Circles{}, Circles{});
    compare(EllipseOptions{}, EllipseOptions{});
    const auto sets = [](const Study& s) {
      return ConnectedSets{ScanSpace::plane, studies::touching(s.places, 30.0), 6};
    };
    compare(sets(study), sets(other.study));
    const auto positions = line_worlds::random_positions(GetParam(), network, 20);
    NetworkBalls balls{&network, positions}, moved{&network, {}};
    for (const std::uint32_t i : other.order) moved.positions.push_back(positions[i]);
    compare(balls, moved);
  }
}

/// The first cluster is the best of all windows, and clusters share no place.
TEST_P(ScannedStudies, TheBestClusterIsTheBestWindow) {
  for (const ScanModel model :
       {ScanModel::poisson, ScanModel::bernoulli, ScanModel::space_time_permutation}) {
    for (const ScanRates rates : {ScanRates::high, ScanRates::low, ScanRates::both}) {
      const Study study = studies::random_study(GetParam(), model, 16, 4);
      ScanOptions options = at_most(0.5, 0);
      options.model = model;
      options.rates = rates;
      options.time = GetParam() % 2 == 0 ? ScanTime::retrospective : ScanTime::prospective;
      const ScanResult found = scan(study.places, study.counts, Circles{}, options);
      ScanTask task;
      task.table = scan_table(model, study.counts);
      task.rates = rates;
      task.period = scan_period(4, 0.5, options.time);
      const auto measure = task.table.place_measure();
      const auto best = studies::best_of_all(
          task, study.counts.cases, studies::circles(study.places, measure, task.table.total_measure / 2));
      ASSERT_EQ(found.size() > 0, best.ratio > 1e-9);
      if (found.size() == 0) continue;
      EXPECT_NEAR(found.statistic[0], best.ratio, 1e-9);
      auto all = found.member;
      std::sort(all.begin(), all.end());
      EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
      EXPECT_TRUE(std::is_sorted(found.statistic.rbegin(), found.statistic.rend()));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ScannedStudies, testing::Range<std::uint64_t>(0, 10));

TEST(Scan, SequentialStoppingKeepsTheBeginning) {
  Study study;
  std::mt19937_64 random(11);
  study.places = studies::random_places(random, 40);
  for (std::size_t i = 0; i < 40; ++i) study.counts.cases.push_back(static_cast<std::int64_t>(random() % 5));
  study.counts.population.assign(40, 10.0);
  ScanOptions options = at_most(0.5, 999);
  const ScanResult full = scan(study.places, study.counts, Circles{}, options);
  options.monte_carlo.stop_after = 5;
  const ScanResult stopped = scan(study.places, study.counts, Circles{}, options);
  ASSERT_GT(full.p[0].value(), 0.02);
  EXPECT_EQ(stopped.status, ScanStatus::stopped_early);
  EXPECT_LT(stopped.simulations, 999U);
  EXPECT_DOUBLE_EQ(stopped.p[0].value(), 5.0 / static_cast<double>(stopped.simulations));
}

TEST(Scan, AnAlarmEndsWithTheStudyAndSaysHowOftenChanceBringsIt) {
  Study study;
  for (int x = 0; x < 6; ++x) {
    for (int y = 0; y < 6; ++y) study.places.push_back({double(x), double(y)});
  }
  study.counts.intervals = 10;
  for (std::size_t place = 0; place < 36; ++place) {
    for (std::size_t t = 0; t < 10; ++t) {
      // One outbreak early and gone, one at the end.
      const bool gone = place == 0 && t >= 2 && t <= 4, alive = place == 35 && t >= 8;
      study.counts.cases.push_back(gone ? 30 : alive ? 15 : 1);
      study.counts.population.push_back(100);
    }
  }
  ScanOptions options = at_most(0.5, 199);
  const ScanResult past = scan(study.places, study.counts, Circles{}, options);
  EXPECT_EQ(past.member[0], 0U);
  EXPECT_EQ(past.first_interval[0], 2U);
  EXPECT_EQ(past.last_interval[0], 4U);
  options.time = ScanTime::prospective;
  const ScanResult alarm = scan(study.places, study.counts, Circles{}, options);
  EXPECT_EQ(alarm.member[0], 35U);
  EXPECT_EQ(alarm.first_interval[0], 8U);
  EXPECT_EQ(alarm.last_interval[0], 9U);
  EXPECT_DOUBLE_EQ(alarm.p[0].value(), 1.0 / 200);
  EXPECT_DOUBLE_EQ(alarm.recurrence_intervals[0].value(), 200.0);
}

TEST(Scan, NothingToFindIsSaid) {
  EXPECT_EQ(scan({}, {}, Circles{}).status, ScanStatus::no_cluster);
  ScanCounts even{1, {2, 2, 2}, {10, 10, 10}};
  const std::vector<Point> places = {{0, 0}, {1, 0}, {5, 0}};
  EXPECT_EQ(scan(places, even, Circles{}).status, ScanStatus::no_cluster);
  even.cases = {0, 0, 0};
  EXPECT_EQ(scan(places, even, Circles{}).size(), 0U);
}

TEST(Scan, RefusesWhatItCannotUse) {
  const std::vector<Point> places = {{0, 0}, {1, 0}};
  const ScanCounts counts{1, {1, 2}, {10, 10}};
  ScanOptions options;
  options.fewest_cases = 0;
  EXPECT_THROW(scan(places, counts, Circles{}, options), OptionError);
  options = {};
  options.limits.share = 0.0;
  EXPECT_THROW(scan(places, counts, Circles{}, options), OptionError);
  options = {};
  options.time_share = 2.0;
  EXPECT_THROW(scan(places, counts, Circles{}, options), OptionError);
  EXPECT_THROW(scan(std::vector<Point>{{0, 0}}, counts, Circles{}), OptionError);
  EXPECT_THROW(scan(places, counts, NetworkBalls{}), OptionError);
  EXPECT_THROW(scan(places, counts, ConnectedSets{}), OptionError);
  EXPECT_THROW(scan(std::vector<Point>{{0, 0}, {INFINITY, 0}}, counts, Circles{}), InputError);
}

}  // namespace
}  // namespace waywarden
