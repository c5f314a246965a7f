#include "waywarden/scan/windows.h"

#include <gtest/gtest.h>

#include <cmath>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(NestedRow, PlacesEquallyFarEnterTogetherOrNotAtAll) {
  std::vector<ReachedPlace> reached = {{2.0, 3}, {1.0, 2}, {0.0, 0}, {1.0, 1}};
  const std::vector<double> measure = {1, 1, 1, 1};
  const NestedRow all = nested_row(reached, measure, 10);
  EXPECT_EQ(all.member, (std::vector<std::uint32_t>{0, 1 | Windows::kOpen, 2, 3}));
  EXPECT_FALSE(all.full);
  // Two fit, but the second and third come together.
  const NestedRow few = nested_row(reached, measure, 2);
  EXPECT_EQ(few.member, (std::vector<std::uint32_t>{0}));
  EXPECT_TRUE(few.full);
  EXPECT_EQ(few.end, 1.0);
  EXPECT_TRUE(nested_row(reached, measure, 0).member.empty());
}

TEST(Windows, MembersOfNestedAndOfTreeRows) {
  Windows nested;
  const NestedRow row{{7, 2 | Windows::kOpen, 5}, false, 0.0};
  append_rows(nested, {&row, 1}, 2.0, 45.0, 0.5);
  EXPECT_EQ(members(nested, 0, 2), (std::vector<std::uint32_t>{2, 5, 7}));
  EXPECT_EQ(nested.rows(), 1U);
  EXPECT_EQ(nested.shape[0], 2.0);
  EXPECT_EQ(nested.deepest(), 0U);
  Windows tree = nested;
  tree.member = {9, 4, 6, 5, 8};
  tree.depth = {1, 2, 3, 2, 3};
  tree.first = {0, 5};
  EXPECT_EQ(members(tree, 0, 2), (std::vector<std::uint32_t>{4, 6, 9}));
  EXPECT_EQ(members(tree, 0, 3), (std::vector<std::uint32_t>{5, 9}));
  EXPECT_EQ(members(tree, 0, 4), (std::vector<std::uint32_t>{5, 8, 9}));
  EXPECT_EQ(members(tree, 0, 0), (std::vector<std::uint32_t>{9}));
  EXPECT_EQ(tree.deepest(), 3U);
}

TEST(WindowLimits, MustMakeSense) {
  require_valid(WindowLimits{});
  EXPECT_THROW(require_valid(WindowLimits{0.0, {}}), OptionError);
  EXPECT_THROW(require_valid(WindowLimits{1.5, {}}), OptionError);
  EXPECT_THROW(require_valid(WindowLimits{0.5, 0.0}), OptionError);
  EXPECT_THROW(require_valid(WindowLimits{0.5, INFINITY}), OptionError);
  // A tenth of ten is one in spite of rounding.
  EXPECT_EQ(most_measure(std::vector<double>(10, 1.0), {0.1, {}}), 1.0);
}

}  // namespace
}  // namespace waywarden
