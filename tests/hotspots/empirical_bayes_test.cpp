#include "waywarden/hotspots/empirical_bayes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "hotspots/shuffled.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using testing::random_order;
using testing::reordered;
using Doubles = std::vector<double>;

/// The example of PySAL's documentation.
TEST(EmpiricalBayes, StandardisesAsPysalDoes) {
  const Doubles counts = {30, 25, 25, 15, 33, 21, 30, 20};
  const auto z = empirical_bayes_standardised(counts, {{100, 100, 110, 90, 100, 90, 110, 90}});
  const Doubles expected = {1.03843594, -0.04099089, -0.56250375, -1.73061861};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(*z.rate[i], expected[i], 1e-8);
  EXPECT_EQ(z.caution, kReportingCaution);
}

struct World {
  Doubles counts, people;
  std::vector<std::vector<std::uint32_t>> neighbours;
};

World world(std::uint64_t seed) {
  RandomStream stream(seed, 0);
  World out;
  out.neighbours.resize(25);
  for (std::uint32_t i = 0; i < 25; ++i) {
    out.people.push_back(stream.below(6) == 0 ? 0.0 : 10 + 1000 * stream.uniform());
    out.counts.push_back(stream.below(seed % 2 == 0 ? 60 : 4));
    for (std::uint32_t j = 0; j < 25; ++j)
      if (j != i && stream.below(5) == 0) out.neighbours[i].push_back(j);
  }
  return out;
}

/// Marshall's formulas for row i, written out over the rows given.
double marshall(const World& w, std::size_t i, const std::vector<std::size_t>& rows) {
  double counts = 0, people = 0, n = 0, squares = 0;
  for (const std::size_t j : rows) {
    if (w.people[j] == 0) continue;
    counts += w.counts[j], people += w.people[j], n += 1;
  }
  const double m = counts / people;
  for (const std::size_t j : rows)
    if (w.people[j] > 0) squares += w.people[j] * std::pow(w.counts[j] / w.people[j] - m, 2);
  const double a = std::max(0.0, squares / people - m / (people / n));
  const double weight = a > 0 ? a / (a + m / w.people[i]) : 0.0;
  return weight * w.counts[i] / w.people[i] + (1 - weight) * m;
}

class RandomWorlds : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomWorlds, EqualsTheFormulas) {
  const World w = world(GetParam());
  const auto global = global_empirical_bayes(w.counts, {w.people});
  const auto local = local_empirical_bayes(w.counts, {w.people}, binary_weights(w.neighbours));
  std::vector<std::size_t> all(25);
  for (std::size_t i = 0; i < 25; ++i) all[i] = i;
  for (std::size_t i = 0; i < 25; ++i) {
    ASSERT_EQ(global.rate[i].has_value(), w.people[i] > 0);
    if (!global.rate[i]) continue;
    std::vector<std::size_t> around(w.neighbours[i].begin(), w.neighbours[i].end());
    around.push_back(i);
    EXPECT_NEAR(*global.rate[i], marshall(w, i, all), 1e-14);
    EXPECT_NEAR(*local.rate[i], marshall(w, i, around), 1e-14);
    // Between the raw rate and the mean.
    const double raw = w.counts[i] / w.people[i], mean = *global.overall;
    EXPECT_GE(*global.rate[i], std::min(raw, mean) - 1e-12);
    EXPECT_LE(*global.rate[i], std::max(raw, mean) + 1e-12);
  }
}

TEST_P(RandomWorlds, OrderOfRowsChangesNoBit) {
  const World w = world(GetParam());
  const auto order = random_order(GetParam(), 25);
  const auto counts = reordered<double>(w.counts, order), people = reordered<double>(w.people, order);
  const Weights weights = binary_weights(w.neighbours);
  const auto same = [&](const Rates& now, const Rates& before) {
    EXPECT_EQ(now.rate, reordered<std::optional<double>>(before.rate, order));
    EXPECT_EQ(now.state, reordered<RateState>(before.state, order));
  };
  same(global_empirical_bayes(counts, {people}), global_empirical_bayes(w.counts, {w.people}));
  same(empirical_bayes_standardised(counts, {people}), empirical_bayes_standardised(w.counts, {w.people}));
  same(local_empirical_bayes(counts, {people}, reordered(weights, order)),
       local_empirical_bayes(w.counts, {w.people}, weights));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorlds, ::testing::Range(std::uint64_t{1}, std::uint64_t{41}));

TEST(EmpiricalBayes, FewPeopleAreDrawnFurther) {
  const Doubles counts = {2, 200, 10, 40}, people = {10, 1000, 1000, 1000};
  const auto rates = global_empirical_bayes(counts, {people});
  const double mean = *rates.overall;
  EXPECT_LT(*rates.rate[0] - mean, *rates.rate[1] - mean);
}

TEST(EmpiricalBayes, EdgeCases) {
  EXPECT_TRUE(global_empirical_bayes({}, {}).rate.empty());
  EXPECT_EQ(global_empirical_bayes(Doubles{3}, {{0}}).state[0], RateState::no_exposure);
  EXPECT_EQ(*global_empirical_bayes(Doubles{0, 0}, {{5, 5}}).rate[0], 0.0);
  EXPECT_EQ(*global_empirical_bayes(Doubles{3, 3}, {{5, 5}}).rate[0], 0.6);
  // An island is its own neighbourhood.
  EXPECT_EQ(*local_empirical_bayes(Doubles{3, 1}, {{5, 5}}, binary_weights({{}, {}})).rate[0], 0.6);
  const auto none = empirical_bayes_standardised(Doubles{0, 0}, {{5, 0}});
  EXPECT_EQ(none.state[0], RateState::no_expectation);
  EXPECT_EQ(none.state[1], RateState::no_exposure);
  EXPECT_EQ(empirical_bayes_standardised(Doubles{0}, {{0}}).state[0], RateState::no_exposure);
  EXPECT_THROW(local_empirical_bayes(Doubles{3, 1}, {{5, 5}}, binary_weights({{}})), InputError);
  EXPECT_THROW(global_empirical_bayes(Doubles{-3}, {{5}}), InputError);
}

TEST(EmpiricalBayes, EffortIsPartOfTheExposure) {
  const Doubles counts = {3, 9, 1};
  const auto with_effort = global_empirical_bayes(counts, {{10, 20, 30}, {2, 3, 1}});
  const auto product = global_empirical_bayes(counts, {{20, 60, 30}});
  EXPECT_EQ(with_effort.rate, product.rate);
  EXPECT_TRUE(with_effort.caution.empty());
}

}  // namespace
}  // namespace waywarden
