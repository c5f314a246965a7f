#include "waywarden/incidents/spread_counts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Areas = std::vector<std::optional<std::uint32_t>>;

TEST(SpreadCounts, GivesEachCellItsShare) {
  const SpreadCells cells = {{0, 0, 1, std::nullopt}, {1.0, 3.0, 5.0, 9.0}};
  const Areas records = {0, 0, 1, std::nullopt, 7};
  const auto spread = spread_counts(records, cells, std::vector<std::int64_t>{2, 2, 10, 1, 5});
  EXPECT_EQ(spread.expected, (std::vector<double>{1.0, 3.0, 10.0, 0.0}));
  EXPECT_EQ(spread.unplaced, 6);
  EXPECT_EQ(spread_counts(records, cells).unplaced, 2);
}

TEST(SpreadCounts, AnAreaWithoutSharesPlacesNothing) {
  const auto spread = spread_counts(Areas{0, 0}, {{0, 0}, {0.0, 0.0}});
  EXPECT_EQ(spread.expected, (std::vector<double>{0.0, 0.0}));
  EXPECT_EQ(spread.unplaced, 2);
  EXPECT_TRUE(spread_counts({}, {}).expected.empty());
}

TEST(SpreadCounts, RefusesWhatDoesNotFit) {
  EXPECT_THROW(spread_counts(Areas{0}, {{0}, {}}), InputError);
  EXPECT_THROW(spread_counts(Areas{0}, {{0}, {-1.0}}), InputError);
  EXPECT_THROW(spread_counts(Areas{0}, {{0}, {std::numeric_limits<double>::quiet_NaN()}}), InputError);
  EXPECT_THROW(spread_counts(Areas{0}, {{4'000'000'000U}, {1.0}}), InputError);
  EXPECT_THROW(spread_counts(Areas{0}, {{0}, {1.0}}, std::vector<std::int64_t>{-1}), InputError);
  EXPECT_THROW(spread_counts(Areas{0}, {{0}, {1.0}}, std::vector<std::int64_t>{1, 1}), InputError);
}

class RandomAreas : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomAreas, KeepsTheSumAndTheBitsInAnyOrder) {
  RandomStream stream(GetParam(), 0);
  SpreadCells cells;
  for (int i = 0; i < 40; ++i) {
    cells.area.emplace_back(stream.below(5));
    cells.share.push_back(stream.uniform());
  }
  Areas records;
  for (int i = 0; i < 100; ++i) records.emplace_back(stream.below(5));
  const auto spread = spread_counts(records, cells);
  EXPECT_NEAR(std::accumulate(spread.expected.begin(), spread.expected.end(), 0.0) +
                  static_cast<double>(spread.unplaced),
              100.0, 1e-10);
  std::reverse(records.begin(), records.end());
  std::reverse(cells.area.begin(), cells.area.end());
  std::reverse(cells.share.begin(), cells.share.end());
  auto again = spread_counts(records, cells).expected;
  std::reverse(again.begin(), again.end());
  EXPECT_EQ(again, spread.expected);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomAreas, ::testing::Range(std::uint64_t{1}, std::uint64_t{21}));

}  // namespace
}  // namespace waywarden
