#include "waywarden/interdiction/limits.h"

#include <gtest/gtest.h>

#include "interdiction/site_forest.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

struct Made {
  Sites sites;
  std::vector<double> value;
  Limits limits;
};

Made made(std::uint64_t seed, std::size_t rows) {
  RandomStream random(seed, 3);
  Made m{forests::made_up_sites(seed, 9), {}, {}};
  for (std::size_t i = 0; i < m.sites.size(); ++i) {
    m.value.push_back(random.uniform() < 0.2 ? 0.0 : random.uniform());
    m.sites.cost[i] = 0.2 + random.uniform();
  }
  m.limits.push_back(budget_limit(m.sites, 0.5 + 2.0 * random.uniform()));
  for (std::size_t row = 1; row < rows; ++row) {
    Limit limit{{}, random.uniform() < 0.1 ? 0.0 : 2.0 * random.uniform()};
    for (std::size_t i = 0; i < m.sites.size(); ++i)
      limit.use.push_back(random.uniform() < 0.2 ? 0.0 : random.uniform());
    m.limits.push_back(limit);
  }
  return m;
}

/// The best set by trying all.
double best_set(const Made& m, const std::vector<SiteId>& open, const std::vector<double>& used) {
  double best = 0.0;
  for (std::uint32_t set = 0; set < (1U << open.size()); ++set) {
    double value = 0.0;
    std::vector<double> uses = used;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      value += m.value[open[i].index()];
      for (std::size_t row = 0; row < uses.size(); ++row) uses[row] += m.limits[row].use[open[i].index()];
    }
    bool kept = true;
    for (std::size_t row = 0; row < uses.size(); ++row) kept = kept && uses[row] <= m.limits[row].capacity;
    if (kept) best = std::max(best, value);
  }
  return best;
}

class LimitSeeds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(LimitSeeds, LargestSumIsAtLeastTheBestSet) {
  for (std::size_t rows = 1; rows <= 3; ++rows) {
    const Made m = made(GetParam() * 10 + rows, rows);
    const std::vector<SiteId> taken = {SiteId(GetParam() % 9)};
    std::vector<SiteId> open = open_sites(m.sites, taken);
    std::vector<double> used = used_by(m.limits, taken);
    for (std::size_t row = 0; row < rows; ++row) used[row] = std::min(used[row], m.limits[row].capacity);
    const double best = best_set(m, open, used);
    EXPECT_GE(largest_sum(m.value, open, m.limits, used), best * (1.0 - 1e-12));
  }
}

TEST_P(LimitSeeds, OfTeamsAloneItIsTheSumOfTheLargest) {
  const Made m = made(GetParam(), 1);
  const std::vector<SiteId> open = open_sites(m.sites, {});
  for (std::size_t teams = 0; teams <= 10; ++teams) {
    std::vector<double> sorted = m.value;
    std::ranges::sort(sorted, std::greater<>());
    double sum = 0.0;
    for (std::size_t i = 0; i < std::min(teams, sorted.size()); ++i) sum += sorted[i];
    EXPECT_NEAR(largest_sum(m.value, open, {team_limit(m.sites, teams)}, std::vector{0.0}), sum, 1e-10);
  }
}

TEST_P(LimitSeeds, TheFractionalKnapsackHasItsPrice) {
  const Made m = made(GetParam(), 1);
  const Limit& limit = m.limits.front();
  const KnapsackBound bound = fractional_knapsack(m.value, limit.use, limit.capacity);
  // Duality: price * capacity + what every item is worth above its price.
  double dual = bound.price * limit.capacity;
  for (std::size_t i = 0; i < m.value.size(); ++i)
    dual += std::max(0.0, m.value[i] - bound.price * limit.use[i]);
  EXPECT_NEAR(dual, bound.sum, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Seeds, LimitSeeds, testing::Range(std::uint64_t{0}, std::uint64_t{100}));

TEST(Limits, FitAsLongAsThereIsRoomButForRounding) {
  Sites sites = forests::made_up_sites(1, 3);
  sites.cost = {0.1, 0.1, 0.1};
  const Limits limits = {budget_limit(sites, 0.3)};
  EXPECT_TRUE(fits(limits, used_by(limits, std::vector{SiteId(0), SiteId(1)}), SiteId(2)));
  EXPECT_FALSE(fits(limits, std::vector{0.21}, SiteId(2)));
}

TEST(Limits, RefuseWhatCannotBe) {
  Sites sites = forests::made_up_sites(1, 3);
  EXPECT_THROW(check_limits({}, sites), OptionError);
  EXPECT_THROW(check_limits({{{1.0, 1.0}, 2.0}}, sites), OptionError);
  EXPECT_THROW(check_limits({{{1.0, 0.0, 1.0}, 2.0}}, sites), OptionError);
  EXPECT_THROW(check_limits({{{1.0, 1.0, 1.0}, -2.0}}, sites), OptionError);
  EXPECT_NO_THROW(check_limits({team_limit(sites, 1), {{0.0, 0.0, 0.0}, 0.0}}, sites));
  sites.state = {SiteState::required, SiteState::required, SiteState::candidate};
  EXPECT_THROW(check_limits({team_limit(sites, 1)}, sites), OptionError);
  EXPECT_NO_THROW(check_limits({team_limit(sites, 2)}, sites));
}

}  // namespace
}  // namespace waywarden
