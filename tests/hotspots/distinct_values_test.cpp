#include "waywarden/hotspots/distinct_values.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

class Distinct : public ::testing::TestWithParam<std::uint64_t> {};

/// Counts, counts far apart, and real numbers, by turns.
TEST_P(Distinct, EqualACountInAMap) {
  RandomStream stream(GetParam(), 0);
  std::vector<double> values;
  std::map<double, std::size_t> counted;
  for (std::uint32_t i = stream.below(200); i > 0; --i) {
    const double value = static_cast<double>(stream.below(9)) - 4.0;
    values.push_back(GetParam() % 3 == 0 ? value : GetParam() % 3 == 1 ? value * 1e9 : value / 7.0);
    ++counted[values.back() + 0.0];
  }
  const DistinctValues distinct = distinct_values(values);
  ASSERT_EQ(distinct.size(), counted.size());
  ASSERT_EQ(distinct.rows(), values.size());
  std::size_t g = 0;
  for (const auto& [value, copies] : counted) {
    EXPECT_EQ(distinct.value[g], value);
    EXPECT_EQ(distinct.copies[g++], copies);
  }
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(distinct.value[distinct.group[i]], values[i]);
}
INSTANTIATE_TEST_SUITE_P(Seeds, Distinct, ::testing::Range(std::uint64_t{1}, std::uint64_t{31}));

TEST(DistinctValuesOf, ZeroAndMinusZeroAreOne) {
  for (const double other : {1.0, 0.5}) {
    const DistinctValues distinct = distinct_values(std::vector<double>{-0.0, 0.0, other});
    EXPECT_EQ(distinct.copies, (std::vector<std::size_t>{2, 1}));
    EXPECT_FALSE(std::signbit(distinct.value[0]));
  }
}

TEST(DistinctValuesOf, WholeMeansWholeAndNotTooLarge) {
  EXPECT_TRUE(all_whole(distinct_values(std::vector<double>{-3, 0, 1e12})));
  EXPECT_FALSE(all_whole(distinct_values(std::vector<double>{1, 0.5})));
  EXPECT_FALSE(all_whole(distinct_values(std::vector<double>{1, 1e13})));
}

TEST(DistinctValuesOf, RefuseWhatIsNotFinite) {
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity(), 1e101})
    EXPECT_THROW(distinct_values(std::vector<double>{1, bad}), InputError);
}

}  // namespace
}  // namespace waywarden
