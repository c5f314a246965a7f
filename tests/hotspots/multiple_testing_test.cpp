#include "waywarden/hotspots/multiple_testing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

using Column = std::vector<std::optional<double>>;

void expect_near(const Column& actual, const Column& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(actual[i].has_value(), expected[i].has_value()) << i;
    if (!expected[i]) continue;
    EXPECT_NEAR(*actual[i], *expected[i], 1e-15) << i;
  }
}

TEST(Adjusted, WorkedByHand) {
  const Column p = {0.01, std::nullopt, 0.04, 0.03, 0.5};
  expect_near(adjusted(p, Adjustment::none), p);
  // Ranks 1, 3, 2, 4 of 4: .04, .0533, .06 -> .0533, .5
  expect_near(adjusted(p, Adjustment::benjamini_hochberg), {0.04, std::nullopt, 0.16 / 3, 0.16 / 3, 0.5});
  // times 1 + 1/2 + 1/3 + 1/4
  const double c = 25.0 / 12.0;
  expect_near(adjusted(p, Adjustment::benjamini_yekutieli),
              {0.04 * c, std::nullopt, 0.16 / 3 * c, 0.16 / 3 * c, 1.0});
  expect_near(adjusted(p, Adjustment::bonferroni), {0.04, std::nullopt, 0.16, 0.12, 1.0});
}

/// The fifteen probabilities of Benjamini and Hochberg's own example (1995, section 4): four rejected at .05,
/// where Bonferroni rejects three.
TEST(Adjusted, ExampleOfBenjaminiAndHochberg) {
  const Column p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const auto rejected = [&](Adjustment adjustment) {
    const auto q = adjusted(p, adjustment);
    return std::count_if(q.begin(), q.end(), [](const auto& value) { return *value <= 0.05; });
  };
  EXPECT_EQ(rejected(Adjustment::benjamini_hochberg), 4);
  EXPECT_EQ(rejected(Adjustment::bonferroni), 3);
}

/// By the definition: reject the k smallest, k the largest rank with p(k) <= k a / m.
TEST(Adjusted, RejectsWhatTheStepUpRuleRejects) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    RandomStream stream(seed, 0);
    Column p(60);
    for (auto& value : p) value = stream.below(2) == 0 ? stream.uniform() : stream.uniform() / 50;
    const auto q = adjusted(p, Adjustment::benjamini_hochberg);
    Column sorted = p;
    std::sort(sorted.begin(), sorted.end());
    for (const double a : {0.01, 0.05, 0.1, 0.3}) {
      double threshold = -1.0;
      for (std::size_t k = 1; k <= sorted.size(); ++k) {
        if (*sorted[k - 1] <= static_cast<double>(k) * a / 60.0) threshold = *sorted[k - 1];
      }
      for (std::size_t i = 0; i < p.size(); ++i) EXPECT_EQ(*q[i] <= a, *p[i] <= threshold);
    }
    for (std::size_t i = 0; i < p.size(); ++i) EXPECT_GE(*q[i], *p[i]);
  }
}

TEST(Adjusted, OfNothingAndOfNonsense) {
  EXPECT_TRUE(adjusted({}, Adjustment::benjamini_hochberg).empty());
  expect_near(adjusted(Column{std::nullopt}, Adjustment::bonferroni), {std::nullopt});
  EXPECT_THROW(adjusted(Column{1.5}, Adjustment::none), InputError);
  EXPECT_THROW(adjusted(Column{std::numeric_limits<double>::quiet_NaN()}, Adjustment::none), InputError);
}

TEST(Adjusted, NamesAreThoseOfTheirAuthors) {
  EXPECT_EQ(name(Adjustment::benjamini_hochberg), "Benjamini-Hochberg");
  EXPECT_EQ(name(Adjustment::none), "none");
}

}  // namespace
}  // namespace waywarden
