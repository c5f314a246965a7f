#include "waywarden/prediction/predictive_accuracy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Doubles = std::vector<double>;
using Counts = std::vector<std::int64_t>;

/// n = 50 of N = 200 incidents in a = 5 of A = 100 km2; the best choice of 5 km2 holds 80.
TEST(PredictiveAccuracy, HandCase) {
  EXPECT_DOUBLE_EQ(prediction_accuracy_index(50, 200, 5, 100).value(), 5.0);
  EXPECT_DOUBLE_EQ(prediction_efficiency_index(50, 80).value(), 0.625);
  Doubles sizes(100, 1.0), scores(100);
  Counts later(100);
  for (std::size_t i = 0; i < 5; ++i) scores[i] = 9, later[i] = 10, later[5 + i] = 16;
  for (std::size_t i = 10; i < 80; ++i) later[i] = 1;
  const auto accuracy = predictive_accuracy(scores, {sizes, later}, 0.05);
  EXPECT_EQ(accuracy.incidents, 200);
  EXPECT_DOUBLE_EQ(*accuracy.hit_rate, 0.25);
  EXPECT_DOUBLE_EQ(*accuracy.pai, 5.0);
  EXPECT_DOUBLE_EQ(*accuracy.pei, 0.625);
  EXPECT_FALSE(accuracy.rri);
}

TEST(PredictiveAccuracy, RecaptureRateComparesWithWhatWasThere) {
  // Inside 10 became 12, everywhere 20 became 40.
  const PredictionCells cells = {{1, 1}, {12, 28}, {10, 10}};
  const auto accuracy = predictive_accuracy(Doubles{2, 1}, cells, 0.5);
  EXPECT_DOUBLE_EQ(*accuracy.rri, (12.0 / 10.0) / (40.0 / 20.0));
  EXPECT_FALSE(predictive_accuracy(Doubles{2, 1}, {{1, 1}, {1, 1}, {0, 3}}, 0.5).rri);
}

TEST(PredictiveAccuracy, TiesAtTheCutShareIt) {
  const Doubles scores = {5, 3, 3, 3, 1}, sizes = {1, 1, 1, 2, 5};
  // 3 of 10: the first cell whole, half of the four units that score 3.
  EXPECT_EQ(flagged_fractions(scores, sizes, 0.3), (Doubles{1, 0.5, 0.5, 0.5, 0}));
  const auto accuracy = predictive_accuracy(scores, {sizes, {4, 1, 0, 2, 3}}, 0.3);
  EXPECT_DOUBLE_EQ(accuracy.hits, 5.5);
  EXPECT_DOUBLE_EQ(accuracy.flagged, 3.0);
}

TEST(PredictiveAccuracy, ScoringAllAlikeIsChance) {
  const auto accuracy = predictive_accuracy(Doubles(4, 7.0), {{1, 2, 3, 4}, {5, 1, 0, 2}}, 0.13);
  EXPECT_DOUBLE_EQ(*accuracy.pai, 1.0);
}

TEST(PredictiveAccuracy, NothingCame) {
  const auto accuracy = predictive_accuracy(Doubles{1, 2}, {{1, 1}, {0, 0}, {1, 1}}, 0.5);
  EXPECT_EQ(accuracy.state, AccuracyState::no_incidents);
  EXPECT_FALSE(accuracy.hit_rate || accuracy.pai || accuracy.pei || accuracy.rri);
  EXPECT_EQ(predictive_accuracy({}, {}, 0.5).state, AccuracyState::no_incidents);
}

TEST(PredictiveAccuracy, RefusesWhatDoesNotFit) {
  const Doubles one = {1.0};
  EXPECT_THROW(flagged_fractions(one, one, 0.0), OptionError);
  EXPECT_THROW(flagged_fractions(one, one, 1.0), OptionError);
  EXPECT_THROW(flagged_fractions(one, Doubles{0.0}, 0.5), InputError);
  EXPECT_THROW(flagged_fractions(Doubles{1, 2}, one, 0.5), InputError);
  EXPECT_THROW(flagged_fractions(Doubles{std::numeric_limits<double>::infinity()}, one, 0.5), InputError);
  EXPECT_THROW(predictive_accuracy(one, {{1.0}, {-1}}, 0.5), InputError);
  EXPECT_THROW(predictive_accuracy(one, {{1.0}, {1, 2}}, 0.5), InputError);
  EXPECT_THROW(predictive_accuracy(one, {{1.0}, {1}, {1, 2}}, 0.5), InputError);
}

class RandomScores : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  RandomStream stream_{GetParam(), 0};
  Doubles scores_, sizes_;
  Counts later_;

  void SetUp() override {
    for (int i = 0; i < 8; ++i) {
      scores_.push_back(stream_.below(4));
      sizes_.push_back(1 + stream_.below(3));
      later_.push_back(stream_.below(6));
    }
  }

  /// Hits when cells are taken in this order until the size is used up, the last one in part.
  double hits_in_order(const std::vector<std::size_t>& order, double left) const {
    double hits = 0.0;
    for (const std::size_t i : order) {
      const double part = std::min(1.0, left / sizes_[i]);
      hits += part * static_cast<double>(later_[i]);
      left -= part * sizes_[i];
    }
    return hits;
  }
};

TEST_P(RandomScores, TheBestChoiceIsTheBestOfAllOrders) {
  const double share = 0.1 + 0.8 * stream_.uniform();
  const double size = std::accumulate(sizes_.begin(), sizes_.end(), 0.0);
  const auto accuracy = predictive_accuracy(scores_, {sizes_, later_}, share);
  std::vector<std::size_t> order(8);
  std::iota(order.begin(), order.end(), std::size_t{0});
  double best = 0.0;
  do {
    best = std::max(best, hits_in_order(order, share * size));
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_NEAR(accuracy.best_hits, best, 1e-9);
  EXPECT_LE(accuracy.hits, accuracy.best_hits + 1e-9);
  EXPECT_LE(accuracy.pei.value_or(0.0), 1.0);
}

TEST_P(RandomScores, FlagsExactlyTheShareInAnyOrder) {
  const double share = 0.05 + 0.9 * stream_.uniform();
  const auto fractions = flagged_fractions(scores_, sizes_, share);
  double flagged = 0.0;
  for (std::size_t i = 0; i < 8; ++i) flagged += fractions[i] * sizes_[i];
  EXPECT_NEAR(flagged, share * std::accumulate(sizes_.begin(), sizes_.end(), 0.0), 1e-9);
  const auto accuracy = predictive_accuracy(scores_, {sizes_, later_, later_}, share);
  std::reverse(scores_.begin(), scores_.end());
  std::reverse(sizes_.begin(), sizes_.end());
  std::reverse(later_.begin(), later_.end());
  const auto again = predictive_accuracy(scores_, {sizes_, later_, later_}, share);
  EXPECT_EQ(again.hits, accuracy.hits);
  EXPECT_EQ(again.best_hits, accuracy.best_hits);
  EXPECT_EQ(again.rri, accuracy.rri);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomScores, ::testing::Range(std::uint64_t{1}, std::uint64_t{31}));

}  // namespace
}  // namespace waywarden
