#include "waywarden/hotspots/mann_kendall.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

std::int64_t s_by_pairs(const std::vector<double>& values) {
  std::int64_t s = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j)
      s += (values[j] > values[i]) - (values[j] < values[i]);
  }
  return s;
}

std::vector<double> random_series(std::uint64_t seed, std::size_t n, std::uint32_t distinct) {
  RandomStream stream(seed, n, distinct);
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(stream.below(distinct));
  return values;
}

/// S of every order of the values, each of the n! orders once.
std::vector<std::int64_t> s_of_all_orders(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::int64_t> all;
  do {
    std::vector<double> dealt;
    for (const std::size_t i : order) dealt.push_back(values[i]);
    all.push_back(s_by_pairs(dealt));
  } while (std::next_permutation(order.begin(), order.end()));
  return all;
}

TEST(MannKendall, PublishedExample) {
  const std::vector<double> x = {1, 2, 3, 4, 5, 4, 6, 7, 9, 8};
  const MannKendall trend = mann_kendall(x);
  EXPECT_EQ(trend.n, 10U);
  EXPECT_EQ(trend.s, 40);
  EXPECT_EQ(trend.variance, 124.0);
  EXPECT_NEAR(trend.z.value(), 3.502303389522111, 1e-14);
  EXPECT_NEAR(trend.p.value(), 0.0004612540671705493, 1e-17);
}

TEST(MannKendall, FallsAreMirroredRises) {
  const auto values = random_series(3, 40, 9);
  const std::vector<double> mirrored(values.rbegin(), values.rend());
  const MannKendall rise = mann_kendall(values), fall = mann_kendall(mirrored);
  EXPECT_EQ(rise.s, -fall.s);
  EXPECT_EQ(rise.z.value(), -fall.z.value());
  EXPECT_EQ(rise.p, fall.p);
}

TEST(MannKendall, WithoutDifferencesThereIsNoTest) {
  for (const std::size_t n : {0U, 1U, 2U, 7U}) {
    const std::vector<double> same(n, 4.0);
    const MannKendall trend = mann_kendall(same);
    EXPECT_EQ(trend.n, n);
    EXPECT_EQ(trend.s, 0);
    EXPECT_EQ(trend.variance, 0.0);
    EXPECT_FALSE(trend.z || trend.p || mann_kendall_exact_p(same));
  }
}

TEST(MannKendall, SOfZeroIsNoTrendAtAll) {
  const std::vector<double> values = {1, 2, 2, 1};
  EXPECT_EQ(mann_kendall(values).z, 0.0);
  EXPECT_EQ(mann_kendall(values).p, 1.0);
  EXPECT_EQ(mann_kendall_exact_p(values), 1.0);
}

TEST(MannKendall, ValuesMustBeFinite) {
  const std::vector<double> missing = {1, std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THROW(mann_kendall(missing), InputError);
  EXPECT_THROW(mann_kendall_exact_p(missing), InputError);
  EXPECT_THROW(mann_kendall_exact_p(std::vector<double>(101, 1.0)), OptionError);
}

/// Strictly rising: only one order of n! is as extreme on either side.
TEST(MannKendall, ExactTailsStayExactWhenTheyAreTiny) {
  std::vector<double> rising(20);
  std::iota(rising.begin(), rising.end(), 0.0);
  const double orders = std::tgamma(21.0);
  EXPECT_NEAR(mann_kendall_exact_p(rising).value() * orders / 2.0, 1.0, 1e-12);
}

TEST(MannKendall, ExactAgreesWithTheNormalForLongSeries) {
  const auto values = random_series(8, 100, 40);
  const MannKendall trend = mann_kendall(values);
  EXPECT_NEAR(mann_kendall_exact_p(values).value(), trend.p.value(), 0.01);
}

class Series : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Series, EqualsTheSumOverPairs) {
  const std::uint64_t seed = GetParam();
  const auto values = random_series(seed, 1 + seed % 60, 1 + static_cast<std::uint32_t>(seed % 17));
  EXPECT_EQ(mann_kendall(values).s, s_by_pairs(values));
}

TEST_P(Series, VarianceAndExactTailsAreThoseOfAllOrders) {
  const std::uint64_t seed = GetParam();
  const auto values = random_series(seed, 2 + seed % 6, 2 + static_cast<std::uint32_t>(seed % 5));
  const auto all = s_of_all_orders(values);
  const auto count = static_cast<double>(all.size());
  double squares = 0.0, low = 0.0, high = 0.0;
  for (const std::int64_t s : all) {
    squares += static_cast<double>(s * s);
    low += s <= s_by_pairs(values) ? 1.0 : 0.0;
    high += s >= s_by_pairs(values) ? 1.0 : 0.0;
  }
  const MannKendall trend = mann_kendall(values);
  EXPECT_NEAR(trend.variance, squares / count, 1e-9);
  const auto exact = mann_kendall_exact_p(values);
  ASSERT_EQ(exact.has_value(), trend.z.has_value());
  if (!exact) return;
  EXPECT_NEAR(*exact, std::min(1.0, 2.0 * std::min(low, high) / count), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Series, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

}  // namespace
}  // namespace waywarden
