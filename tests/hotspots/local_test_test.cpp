#include "waywarden/hotspots/local_test.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Five cells in a row; the last has no neighbour.
Weights row_of_four_and_an_island() { return binary_weights({{1}, {0, 2}, {1, 3}, {2}, {}}); }

const std::vector<double> kCounts = {0, 1, 5, 4, 2};

LocalTests test_all(const LocalTestOptions& options, SumDirection direction = SumDirection::rises) {
  return local_tests(kCounts, row_of_four_and_an_island(), Summand::value,
                     [=](std::size_t) { return direction; }, LocalState::absent, options, {});
}

/// Cell 0 has one neighbour of the four other values 1, 5, 4, 2: it holds 1, the least of them.
TEST(LocalTest, ExactTailsByHand) {
  const LocalTests tests = test_all({});
  EXPECT_EQ(tests.p_name(), "p_exact");
  EXPECT_EQ(tests.method, ProbabilityMethod::exact);
  EXPECT_NEAR(tests.p[0].value(), 0.5, 1e-15);
  EXPECT_EQ(tests.p_error[0], 0.0);
  EXPECT_EQ(tests.neighbours, (std::vector<std::uint32_t>{1, 2, 2, 1, 0}));
}

TEST(LocalTest, OneSidedTailsFollowTheDirection) {
  const LocalTests up = test_all({.alternative = Alternative::greater});
  EXPECT_NEAR(up.p[0].value(), 1.0, 1e-15);
  const LocalTests down = test_all({.alternative = Alternative::greater}, SumDirection::falls);
  EXPECT_NEAR(down.p[0].value(), 0.25, 1e-15);
}

TEST(LocalTest, WhatHasNoTestSaysWhy) {
  const LocalTests tests = test_all({});
  EXPECT_EQ(tests.state[4], LocalState::island);
  EXPECT_FALSE(tests.p[4] || tests.q[4] || tests.z_sim[4]);
  EXPECT_EQ(tests.count(LocalState::defined), 4U);
  const LocalTests none = test_all({}, SumDirection::absent);
  EXPECT_EQ(none.count(LocalState::defined), 0U);
  EXPECT_EQ(none.state[0], LocalState::absent);
}

TEST(LocalTest, PermutationsSayHowFarOffTheyMayBe) {
  const LocalTests tests = test_all({.method = ProbabilityMethod::permutations});
  EXPECT_EQ(tests.p_name(), "p_sim");
  EXPECT_GT(tests.p_error[0].value(), 0.0);
  EXPECT_NEAR(tests.p[0].value(), 0.5, 5.0 * tests.p_error[0].value());
}

TEST(LocalTest, ExactWhereItDoesNotApplyIsAnError) {
  const std::vector<double> shares = {0.5, 0.1, 0.2, 0.7, 0.3};
  EXPECT_THROW(find_tails(shares, row_of_four_and_an_island(), Summand::value,
                          {.method = ProbabilityMethod::exact}, {}),
               OptionError);
}

TEST(LocalTest, WeightsMustFitTheValues) {
  EXPECT_THROW(require_fitting(std::vector<double>{1.0}, row_of_four_and_an_island()), InputError);
  EXPECT_NO_THROW(require_fitting(kCounts, row_of_four_and_an_island()));
}

TEST(LocalTest, NamesAreWords) {
  EXPECT_EQ(name(LocalState::all_neighbours), "all_neighbours");
  EXPECT_EQ(name(ProbabilityMethod::permutations), "permutations");
}

}  // namespace
}  // namespace waywarden
