#include "waywarden/interdiction/profit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"

namespace waywarden {
namespace {

struct Market {
  PairRoutes routes;
  Trade trade;
  TeamCosts sites;
};

/// Some pairs that never pay, some that cannot be broken; costs and journeys with ties, and free sites.
Market random_market(std::uint64_t seed) {
  RandomStream random(seed, 0, 92);
  Market m;
  const std::uint32_t sites = 1 + random.below(8), pairs = 1 + random.below(6);
  for (std::uint32_t x = 0; x < sites; ++x) {
    m.sites.detection.push_back(random.below(10) == 0 ? 1.0 : random.uniform());
    m.sites.cost.push_back(random.below(5));
    const std::uint32_t state = random.below(12);
    m.sites.state.push_back(state == 0   ? SiteState::required
                            : state == 1 ? SiteState::forbidden
                                         : SiteState::candidate);
  }
  for (std::uint32_t q = 0; q < pairs; ++q) {
    m.trade.journeys.push_back(1 + random.below(4));
    m.trade.revenue.push_back(10.0 * random.uniform());
    m.trade.cost.push_back(8.0 * random.uniform());
    m.trade.loss.push_back(20.0 * random.uniform());
    for (std::uint32_t r = 1 + random.below(3), all = r; r-- > 0;) {
      m.routes.pair.push_back(q);
      m.routes.probability.push_back(1.0 / all);
      std::vector<SiteId>& own = m.routes.sites.emplace_back();
      for (std::uint32_t x = 0; x < sites; ++x)
        if (random.below(2) == 0) own.emplace_back(x);
    }
  }
  return m;
}

double interception(const Market& m, std::size_t pair, std::uint32_t set) {
  double caught = 0.0;
  for (std::size_t r = 0; r < m.routes.size(); ++r) {
    if (m.routes.pair[r] != pair) continue;
    double unseen = 1.0;
    for (const SiteId site : m.routes.sites[r])
      if ((set >> site.index() & 1U) != 0) unseen *= 1.0 - m.sites.detection[site.index()];
    caught += m.routes.probability[r] * (1.0 - unseen);
  }
  return caught;
}

/// By the profit itself, not by the interception needed.
bool pays(const Market& m, std::size_t q, std::uint32_t set) {
  const double p = interception(m, q, set);
  return (1.0 - p) * m.trade.revenue[q] - m.trade.cost[q] - p * m.trade.loss[q] > 1e-10;
}

double cost(const Market& m, std::uint32_t set) {
  double sum = 0.0;
  for (std::size_t x = 0; x < m.sites.size(); ++x) sum += (set >> x & 1U) != 0 ? m.sites.cost[x] : 0.0;
  return sum;
}

std::vector<std::uint32_t> allowed_sets(const Market& m) {
  std::vector<std::uint32_t> sets;
  for (std::uint32_t set = 0; set < (1U << m.sites.size()); ++set) {
    bool allowed = true;
    for (std::size_t x = 0; x < m.sites.size(); ++x) {
      const bool in = (set >> x & 1U) != 0;
      if (m.sites.state[x] == (in ? SiteState::forbidden : SiteState::required)) allowed = false;
    }
    if (allowed) sets.push_back(set);
  }
  return sets;
}

double broken(const Market& m, std::uint32_t set) {
  double journeys = 0.0;
  for (std::size_t q = 0; q < m.trade.size(); ++q)
    if (pays(m, q, 0) && !pays(m, q, set)) journeys += m.trade.journeys[q];
  return journeys;
}

std::uint32_t set_of(const ProfitPlan& plan) {
  std::uint32_t set = 0;
  for (const SiteId site : plan.site) set |= 1U << site.index();
  return set;
}

class Profits : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Profits, CheapestOfAllPlacementsThatBreakAll) {
  const Market m = random_market(GetParam());
  const auto sets = allowed_sets(m);
  const std::uint32_t most = sets.back();
  double least = std::numeric_limits<double>::infinity();
  for (const std::uint32_t set : sets)
    if (broken(m, set) == broken(m, most)) least = std::min(least, cost(m, set));
  const ProfitPlan plan = break_profit(m.routes, m.trade, m.sites);
  EXPECT_EQ(plan.status, Status::optimal);
  EXPECT_NEAR(plan.cost, least, 1e-9);
  EXPECT_NEAR(plan.bound, least, 1e-7);
  EXPECT_EQ(broken(m, set_of(plan)), broken(m, most));
  EXPECT_NE(std::ranges::find(sets, set_of(plan)), sets.end());
}

TEST_P(Profits, MostOfAllPlacementsWithinABudget) {
  const Market m = random_market(GetParam());
  const auto sets = allowed_sets(m);
  for (const double budget : {0.0, 1.0, 3.0, 6.0, 100.0}) {
    double most = -1.0;
    for (const std::uint32_t set : sets)
      if (cost(m, set) <= budget) most = std::max(most, broken(m, set));
    if (most < 0.0) {
      EXPECT_THROW(break_profit(m.routes, m.trade, m.sites, {.budget = budget}), OptionError);
      continue;
    }
    const ProfitPlan plan = break_profit(m.routes, m.trade, m.sites, {.budget = budget});
    EXPECT_EQ(plan.status, Status::optimal);
    EXPECT_LE(plan.cost, budget);
    EXPECT_NEAR(plan.broken_journeys, most, 1e-9);
    EXPECT_NEAR(plan.bound, most, 1e-7);
    EXPECT_EQ(broken(m, set_of(plan)), most);
    const ProfitPlan quick = break_profit(m.routes, m.trade, m.sites, {.budget = budget, .branches = 1});
    EXPECT_GE(quick.bound, most - 1e-7);
    EXPECT_LE(quick.broken_journeys, most + 1e-9);
  }
}

TEST_P(Profits, PairsAreNamedByWhatCanBeDone) {
  const Market m = random_market(GetParam());
  const std::uint32_t most = allowed_sets(m).back();
  const ProfitPlan plan =
      break_profit(m.routes, m.trade, m.sites, {.budget = 6.0 + cost(m, allowed_sets(m)[0])});
  for (std::size_t q = 0; q < m.trade.size(); ++q) {
    const std::uint32_t set = set_of(plan);
    const PairState expected = !pays(m, q, 0)     ? PairState::never_paid
                               : pays(m, q, most) ? PairState::unbreakable
                               : pays(m, q, set)  ? PairState::pays
                                                  : PairState::broken;
    EXPECT_EQ(name(plan.state[q]), name(expected));
    EXPECT_NEAR(plan.interception[q], interception(m, q, set), 1e-11);
    EXPECT_EQ(plan.profit[q] > 1e-10, pays(m, q, set));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Profits, testing::Range(std::uint64_t{1}, std::uint64_t{201}));

/// Revenue 10, cost 2, loss 6: stops paying at P = 8 / 16. Two sites of 0.3 catch 0.51 together.
TEST(Profit, TwoHalfMeasuresByHand) {
  const PairRoutes routes{{0}, {1.0}, {{SiteId(0), SiteId(1), SiteId(2)}}};
  const Trade trade{{5.0}, {10.0}, {2.0}, {6.0}};
  const TeamCosts sites{{0.3, 0.3, 0.6}, {1.0, 1.0, 3.0}, std::vector<SiteState>(3, SiteState::candidate)};
  const ProfitPlan plan = break_profit(routes, trade, sites);
  EXPECT_EQ(plan.site, (std::vector<SiteId>{SiteId(0), SiteId(1)}));
  EXPECT_NEAR(plan.needed[0], 0.5, 1e-15);
  EXPECT_NEAR(plan.profit[0], 0.49 * 10.0 - 2.0 - 0.51 * 6.0, 1e-12);
  EXPECT_EQ(plan.cost, 2.0);
  EXPECT_EQ(plan.broken_journeys, 5.0);
  EXPECT_TRUE(break_profit(routes, trade, sites, {.budget = 1.0}).site.empty());
}

TEST(Profit, NothingToBreakCostsNothing) {
  const ProfitPlan none = break_profit({}, {}, {});
  EXPECT_EQ(none.status, Status::optimal);
  EXPECT_EQ(none.cost, 0.0);
  const ProfitPlan poor =
      break_profit({}, {{1.0}, {2.0}, {3.0}, {0.0}}, {{0.5}, {1.0}, {SiteState::candidate}});
  EXPECT_EQ(poor.state[0], PairState::never_paid);
  EXPECT_EQ(poor.bound, 0.0);
  const ProfitPlan unseen = break_profit({}, {{1.0}, {3.0}, {0.0}, {0.0}}, {});
  EXPECT_EQ(unseen.state[0], PairState::unbreakable);
  EXPECT_TRUE(unseen.site.empty());
}

TEST(Profit, MalformedMarketsAreErrors) {
  const Market m = random_market(1);
  const auto refuses = [](const Market& bad, const ProfitOptions& options = {}) {
    EXPECT_THROW(break_profit(bad.routes, bad.trade, bad.sites, options), OptionError);
  };
  Market bad = m;
  bad.trade.revenue.pop_back();
  refuses(bad);
  bad = m;
  bad.trade.loss[0] = std::nan("");
  refuses(bad);
  bad = m;
  bad.sites.detection[0] = 1.5;
  refuses(bad);
  bad = m;
  bad.sites.cost[0] = -1.0;
  refuses(bad);
  bad = m;
  bad.sites.state.pop_back();
  refuses(bad);
  refuses(m, {.budget = -1.0});
  refuses(m, {.budget = std::nan("")});
}

TEST(Profit, StopsWhenAskedTo) {
  const Market m = random_market(1);
  Progress progress;
  progress.cancel();
  EXPECT_THROW(break_profit(m.routes, m.trade, m.sites, {}, {1, &progress}), Cancelled);
}

}  // namespace
}  // namespace waywarden
