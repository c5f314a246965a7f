#include "waywarden/scan/scan_counts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(ScanTable, MeasuresAreInProportionAndSumWithoutRounding) {
  const ScanTable table = scan_table(ScanModel::poisson, {2, {1, 0, 2, 3}, {10, 20, 30, 40}});
  EXPECT_EQ(table.total_cases, 6.0);
  EXPECT_EQ(table.places(), 2U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(table.measure[i] / table.total_measure, (10.0 + 10.0 * static_cast<double>(i)) / 100.0);
    EXPECT_EQ(table.measure[i], std::floor(table.measure[i]));
  }
  EXPECT_EQ(table.place_measure()[1], 0.7 * table.total_measure);
  const ScanTable thirds = scan_table(ScanModel::poisson, {1, {1, 1, 1}, {1.0 / 3, 1.0 / 7, 1e-3}});
  EXPECT_EQ(thirds.measure[0] + (thirds.measure[1] + thirds.measure[2]), thirds.total_measure);
  EXPECT_NEAR(thirds.measure[0] / thirds.measure[1], 7.0 / 3.0, 1e-14);
}

TEST(ScanTable, BernoulliCountsCasesAndControls) {
  const ScanTable table = scan_table(ScanModel::bernoulli, {1, {1, 2}, {4, 0}});
  EXPECT_EQ(table.measure, (std::vector<double>{5, 2}));
  EXPECT_EQ(table.total_measure, 7.0);
}

TEST(ScanTable, PermutationExpectsProductsOfMargins) {
  const ScanTable table = scan_table(ScanModel::space_time_permutation, {2, {1, 2, 3, 4}, {}});
  // Places have 3 and 7 cases, intervals 4 and 6.
  EXPECT_EQ(table.measure, (std::vector<double>{12, 18, 28, 42}));
  EXPECT_EQ(table.total_measure, 100.0);
}

TEST(ScanTable, RefusesWhatCannotBeCounted) {
  const auto poisson = [](const ScanCounts& counts) { return scan_table(ScanModel::poisson, counts); };
  EXPECT_THROW(poisson({0, {1}, {1}}), OptionError);
  EXPECT_THROW(poisson({2, {1, 2, 3}, {1, 1, 1}}), OptionError);
  EXPECT_THROW(poisson({1, {1, 2}, {1}}), OptionError);
  EXPECT_THROW(poisson({1, {-1}, {1}}), InputError);
  EXPECT_THROW(poisson({1, {1}, {-1}}), InputError);
  EXPECT_THROW(poisson({1, {1}, {NAN}}), InputError);
  EXPECT_THROW(poisson({1, {1, 1}, {1, 0}}), InputError);
  EXPECT_THROW(poisson({1, {0, 0}, {0, 0}}), InputError);
  EXPECT_THROW(poisson({1, {std::int64_t{1} << 40}, {1}}), InputError);
  EXPECT_THROW(scan_table(ScanModel::bernoulli, {1, {1}, {0.5}}), InputError);
  EXPECT_THROW(scan_table(ScanModel::space_time_permutation, {1, {1}, {}}), OptionError);
  EXPECT_THROW(scan_table(ScanModel::space_time_permutation, {2, {1, 1}, {1, 1}}), OptionError);
  EXPECT_EQ(poisson({}).places(), 0U);
}

TEST(ScanTable, NamesModels) {
  EXPECT_EQ(name(ScanModel::poisson), "poisson");
  EXPECT_EQ(name(ScanModel::bernoulli), "bernoulli");
  EXPECT_EQ(name(ScanModel::space_time_permutation), "space-time permutation");
}

}  // namespace
}  // namespace waywarden
