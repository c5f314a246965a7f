#include "waywarden/prediction/rolling_origin.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Doubles = std::vector<double>;
using Counts = std::vector<std::int64_t>;

TEST(RollingOrigin, OriginsMoveByOnePeriod) {
  EXPECT_EQ(rolling_origins(4), (std::vector<EvaluationOrigin>{{0, 1, 2}, {0, 2, 3}, {0, 3, 4}}));
  EXPECT_EQ(rolling_origins(5, {.least_seen = 2, .horizon = 2, .window = 2}),
            (std::vector<EvaluationOrigin>{{0, 2, 4}, {1, 3, 5}}));
  EXPECT_EQ(hold_out(5, 3), (EvaluationOrigin{0, 3, 5}));
}

TEST(RollingOrigin, RefusesTooFewPeriods) {
  EXPECT_THROW(rolling_origins(0), OptionError);
  EXPECT_THROW(rolling_origins(1), OptionError);
  EXPECT_THROW(rolling_origins(3, {.least_seen = 2, .horizon = 2}), OptionError);
  EXPECT_THROW(rolling_origins(3, {.least_seen = 0}), OptionError);
  EXPECT_THROW(rolling_origins(3, {.horizon = 0}), OptionError);
  EXPECT_THROW(rolling_origins(9, {.least_seen = 3, .window = 2}), OptionError);
  EXPECT_THROW(hold_out(3, 0), OptionError);
  EXPECT_THROW(hold_out(3, 3), OptionError);
}

/// Four cells, three periods; the last cell is twice as large.
CellPeriods small() { return {3, {1, 1, 1, 2}, {5, 0, 0, 0, 0, 4, 0, 6, 1, 2, 7, 0}}; }

TEST(RollingOrigin, TheBenchmarkIsTheLastPeriodPerSize) {
  const CellPeriods cells = small();
  EXPECT_EQ(cells.naive_scores({0, 2, 3}), (Doubles{0, 4, 0, 3}));
  EXPECT_EQ(cells.total(0, 2), (Counts{5, 4, 0, 6}));
}

TEST(RollingOrigin, JudgesMethodAndBenchmarkAlike) {
  const CellPeriods cells = small();
  const auto origins = rolling_origins(3);
  // The method knows the future; the benchmark does not.
  const Doubles scores = {0, 4, 0, 3, 1, 2, 7, 0};
  const auto found = evaluate(cells, origins, scores, {.shares = {0.2}});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.origin, (std::vector<std::optional<std::size_t>>{1, 2, std::nullopt}));
  EXPECT_EQ(found.method[0].hits, 4.0);
  EXPECT_EQ(found.naive[0].hits, 0.0);
  EXPECT_EQ(found.method[1].hits, 7.0);
  EXPECT_EQ(found.naive[1].hits, 2.0);
  EXPECT_EQ(found.method[2].hits, 11.0);
  EXPECT_EQ(found.method[2].incidents, 20);
  EXPECT_DOUBLE_EQ(*found.method[2].pai, 11.0 / 20.0 / 0.2);
  EXPECT_DOUBLE_EQ(*found.method[1].pei, 1.0);
  EXPECT_DOUBLE_EQ(*found.naive[1].rri, (2.0 / 4.0) / (10.0 / 10.0));
  EXPECT_FALSE(found.method[2].rri);
  EXPECT_LT(found.hit_rate[2]->low, 11.0 / 20.0);
  EXPECT_GT(found.hit_rate[2]->high, 11.0 / 20.0);
  EXPECT_LT(found.against_naive[2]->p_no_better, 0.05);
}

TEST(RollingOrigin, APeriodWithoutIncidentsIsNamed) {
  const CellPeriods quiet = {2, {1, 1}, {3, 1, 0, 0}};
  const auto found = evaluate(quiet, rolling_origins(2), Doubles{1, 2}, {.shares = {0.5}});
  EXPECT_EQ(found.method[0].state, AccuracyState::no_incidents);
  EXPECT_EQ(found.method[1].state, AccuracyState::no_incidents);
  EXPECT_FALSE(found.hit_rate[0] || found.against_naive[0]);
}

TEST(RollingOrigin, RefusesWhatDoesNotFit) {
  const CellPeriods cells = small();
  const std::vector<EvaluationOrigin> one = {{0, 1, 2}}, beyond = {{0, 1, 4}};
  EXPECT_THROW(evaluate(cells, one, Doubles{1, 2}), InputError);
  EXPECT_THROW(evaluate(cells, beyond, Doubles(4)), InputError);
  EXPECT_THROW(evaluate({2, {1}, {1}}, one, Doubles{1}), InputError);
  EXPECT_THROW(evaluate(cells, one, Doubles(4), {.shares = {}}), OptionError);
  EXPECT_THROW(evaluate(cells, one, Doubles(4), {.shares = {2.0}}), OptionError);
}

class RandomPeriods : public ::testing::TestWithParam<std::uint64_t> {};

/// Every figure against what the one-period function says, and the sums against the rows.
TEST_P(RandomPeriods, EqualsOnePeriodAtATime) {
  RandomStream stream(GetParam(), 0);
  CellPeriods cells{6, {}, {}};
  for (int i = 0; i < 12; ++i) cells.size.push_back(1 + stream.uniform());
  for (int i = 0; i < 72; ++i) cells.counts.push_back(stream.below(4));
  const auto origins = rolling_origins(6, {.least_seen = 2, .horizon = 2});
  Doubles scores;
  for (std::size_t i = 0; i < 12 * origins.size(); ++i) scores.push_back(stream.below(5));
  const auto found =
      evaluate(cells, origins, scores, {.shares = {0.1, 0.3}, .bootstrap = {.replicates = 19}});
  ASSERT_EQ(found.size(), 2 * origins.size() + 2);
  double hits = 0.0, best = 0.0, naive = 0.0;
  std::int64_t incidents = 0;
  for (std::size_t o = 0; o < origins.size(); ++o) {
    const PredictionCells one = {cells.size, cells.total(origins[o].origin, origins[o].end),
                                 cells.total(origins[o].origin - 2, origins[o].origin)};
    const auto mine = predictive_accuracy(std::span(scores).subspan(o * 12, 12), one, 0.3);
    EXPECT_EQ(found.method[2 * o + 1].hits, mine.hits);
    EXPECT_EQ(found.method[2 * o + 1].rri, mine.rri);
    hits += mine.hits, best += mine.best_hits, incidents += mine.incidents;
    naive += predictive_accuracy(cells.naive_scores(origins[o]), one, 0.3).hits;
  }
  EXPECT_EQ(found.method.back().hits, hits);
  EXPECT_EQ(found.naive.back().hits, naive);
  EXPECT_EQ(found.method.back().incidents, incidents);
  EXPECT_NEAR(*found.method.back().pei, hits / best, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPeriods, ::testing::Range(std::uint64_t{1}, std::uint64_t{21}));

}  // namespace
}  // namespace waywarden
