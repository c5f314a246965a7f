#include "waywarden/hotspots/rates.h"

#include <gtest/gtest.h>

#include <limits>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;
using Doubles = std::vector<double>;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Rates, DivideByPeopleTimesEffort) {
  const Doubles counts = {4, 0, 3};
  const auto rates = raw_rates(counts, {{100, 50, 10}, {2, 1, 0.5}});
  EXPECT_DOUBLE_EQ(*rates.rate[0], 0.02);
  EXPECT_EQ(*rates.rate[1], 0.0);
  EXPECT_DOUBLE_EQ(*rates.rate[2], 0.6);
  EXPECT_DOUBLE_EQ(*rates.overall, 7.0 / 255.0);
}

TEST(Rates, SayWhatDetectionsReflectUnlessEffortIsKnown) {
  const Doubles counts = {4, 1};
  EXPECT_TRUE(raw_rates(counts, {{100, 50}, {2, 1}}).caution.empty());
  EXPECT_NE(raw_rates(counts, {{100, 50}}).caution.find("policing and reporting"), std::string::npos);
  EXPECT_EQ(excess_risk(counts, {{100, 50}}).caution, kReportingCaution);
}

TEST(Rates, OverNothingAreNamedUndefined) {
  const Doubles counts = {4, 2, 0};
  const auto rates = raw_rates(counts, {{100, 0, 50}});
  EXPECT_EQ(rates.state[1], RateState::no_exposure);
  EXPECT_FALSE(rates.rate[1]);
  EXPECT_DOUBLE_EQ(*rates.overall, 4.0 / 150.0);
  EXPECT_FALSE(raw_rates(counts, {{0, 0, 0}}).overall);
  const auto none = excess_risk(Doubles{0, 0}, {{10, 0}});
  EXPECT_EQ(none.state[0], RateState::no_expectation);
  EXPECT_EQ(none.state[1], RateState::no_exposure);
  EXPECT_TRUE(raw_rates({}, {}).rate.empty());
}

TEST(Rates, ExcessRiskIsObservedOverExpected) {
  const auto risk = excess_risk(Doubles{30, 10}, {{100, 100}});
  EXPECT_DOUBLE_EQ(*risk.rate[0], 1.5);
  EXPECT_DOUBLE_EQ(*risk.rate[1], 0.5);
}

TEST(Rates, SpatialRatesPoolTheNeighbourhood) {
  const Weights line = binary_weights({{1}, {0, 2}, {1}, {}});
  const auto rates = spatial_rates(Doubles{1, 2, 6, 5}, {{10, 0, 20, 0}}, line);
  EXPECT_DOUBLE_EQ(*rates.rate[0], 3.0 / 10.0);
  EXPECT_DOUBLE_EQ(*rates.rate[1], 9.0 / 30.0);
  EXPECT_DOUBLE_EQ(*rates.rate[2], 8.0 / 20.0);
  EXPECT_EQ(rates.state[3], RateState::no_exposure);
}

/// Two areas, young and old: in the old area everything but its age is usual.
TEST(Rates, StandardisationTakesAgeOut) {
  const Strata areas = {2, {9, 10, 1, 90}, {900, 100, 100, 900}};
  const auto indirect = indirectly_standardised(areas);
  EXPECT_DOUBLE_EQ(*indirect.rate[0], 1.0);
  EXPECT_DOUBLE_EQ(*indirect.rate[1], 1.0);
  const auto direct = directly_standardised(areas, Doubles{500, 500});
  EXPECT_DOUBLE_EQ(*direct.rate[0], 0.055);
  EXPECT_DOUBLE_EQ(*direct.rate[1], 0.055);
  EXPECT_DOUBLE_EQ(*direct.overall, 110.0 / 2000.0);
}

TEST(Rates, StandardisationNamesWhatIsUndefined) {
  const Strata areas = {2, {1, 0, 0, 2, 0, 0}, {10, 0, 10, 10, 0, 0}};
  const auto direct = directly_standardised(areas, Doubles{1, 1});
  EXPECT_EQ(direct.state[0], RateState::no_exposure);
  EXPECT_DOUBLE_EQ(*direct.rate[1], 0.1);
  EXPECT_DOUBLE_EQ(*directly_standardised(areas, Doubles{1, 0}).rate[0], 0.1);
  EXPECT_EQ(indirectly_standardised(areas).state[2], RateState::no_exposure);
  EXPECT_EQ(indirectly_standardised({1, {0}, {5}}).state[0], RateState::no_expectation);
}

TEST(Rates, RefuseWhatIsNoAmount) {
  const Weights two = binary_weights({{1}, {0}});
  EXPECT_THROW(raw_rates(Doubles{-1, 0}, {{1, 1}}), InputError);
  EXPECT_THROW(raw_rates(Doubles{1, 0}, {{1, kNan}}), InputError);
  EXPECT_THROW(raw_rates(Doubles{1, 0}, {{1, 1}, {1}}), InputError);
  EXPECT_THROW(raw_rates(Doubles{1, 0}, {{1, 1}, {1, -1}}), InputError);
  EXPECT_THROW(raw_rates(Doubles{1}, {{1, 1}}), InputError);
  EXPECT_THROW(spatial_rates(Doubles{1}, {{1}}, two), InputError);
  EXPECT_THROW(indirectly_standardised({2, {1}, {1}}), InputError);
  EXPECT_THROW(indirectly_standardised({0, {}, {}}), OptionError);
  EXPECT_THROW(directly_standardised({1, {1}, {1}}, Doubles{0}), InputError);
  EXPECT_THROW(directly_standardised({1, {1}, {1}}, Doubles{1, 1}), InputError);
}

class RandomRates : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomRates, OrderOfRowsChangesNoBit) {
  RandomStream stream(GetParam(), 0);
  Doubles counts, people;
  std::vector<std::vector<std::uint32_t>> lists(30);
  for (std::uint32_t i = 0; i < 30; ++i) {
    counts.push_back(stream.below(20));
    people.push_back(stream.below(5) == 0 ? 0.0 : 1000 * stream.uniform());
    for (std::uint32_t j = 0; j < 30; ++j)
      if (j != i && stream.below(6) == 0) lists[i].push_back(j);
  }
  const Weights weights = binary_weights(lists);
  const auto order = random_order(GetParam(), 30);
  const auto new_counts = reordered<double>(counts, order), new_people = reordered<double>(people, order);
  const Weights new_weights = reordered(weights, order);
  EXPECT_EQ(excess_risk(new_counts, {new_people}).rate,
            reordered<std::optional<double>>(excess_risk(counts, {people}).rate, order));
  EXPECT_EQ(spatial_rates(new_counts, {new_people}, new_weights).rate,
            reordered<std::optional<double>>(spatial_rates(counts, {people}, weights).rate, order));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRates, ::testing::Range(std::uint64_t{1}, std::uint64_t{21}));

}  // namespace
}  // namespace waywarden
