#include "waywarden/interdiction/certificate.h"

#include <gtest/gtest.h>

#include "interdiction/site_forest.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/relaxation.h"
#include "waywarden/interdiction/swaps.h"

namespace waywarden {
namespace {

using forests::SiteForest;
using Flags = std::vector<std::uint8_t>;

constexpr std::size_t kSites = 9;

Flags flags(const std::vector<SiteId>& placement) {
  Flags set(kSites, 0);
  for (const SiteId site : placement) set[site.index()] = 1;
  return set;
}

bool keeps(const Limits& limits, const std::vector<SiteId>& placement) {
  const std::vector<double> used = used_by(limits, placement);
  for (std::size_t row = 0; row < limits.size(); ++row) {
    if (used[row] > limits[row].capacity * (1.0 + 1e-12)) return false;
  }
  return true;
}

/// Teams, a budget, and a budget with a second limit.
std::vector<Limits> some_limits(const SiteForest& forest, std::uint64_t seed) {
  std::vector<Limits> all;
  for (std::size_t teams = 0; teams <= 4; ++teams) all.push_back({team_limit(forest.sites, teams)});
  RandomStream random(seed, 6);
  for (int i = 0; i < 3; ++i) {
    all.push_back({budget_limit(forest.sites, 1.0 + 8.0 * random.uniform())});
    Limit second{{}, 2.0 * random.uniform()};
    for (std::size_t site = 0; site < kSites; ++site) second.use.push_back(random.uniform());
    all.push_back({budget_limit(forest.sites, 1.0 + 8.0 * random.uniform()), second});
  }
  return all;
}

class Search : public testing::TestWithParam<std::uint64_t> {
 protected:
  double best(const Limits& limits, SiteId fixed = SiteId::none()) const {
    double most = 0.0;
    for (std::size_t count = 0; count <= kSites; ++count) {
      for (const auto& placement : forests::all_placements(kSites, count)) {
        const bool has = !fixed.exists() || std::ranges::find(placement, fixed) != placement.end();
        if (has && keeps(limits, placement))
          most = std::max(most, forests::caught_with_groups(forest, placement));
      }
    }
    return most;
  }

  SiteForest forest = forests::grouped_forest(GetParam(), kSites, 2, 4, 14);
  SiteWays ways = ways_of(forest.trees, forest.draws, forest.sites);
};

TEST_P(Search, EndsWithTheOptimum) {
  for (const Limits& limits : some_limits(forest, GetParam())) {
    const Certificate found = certify(ways, limits, flags({}), flags({}), {}, {});
    const double optimum = best(limits);
    EXPECT_EQ(found.status, Status::optimal);
    EXPECT_NEAR(found.caught, optimum, 1e-8 * optimum);
    EXPECT_NEAR(caught_on(ways, found.chosen), found.caught, 1e-12);
    std::vector<SiteId> placement;
    for (std::size_t site = 0; site < kSites; ++site) {
      if (found.chosen[site] != 0) placement.emplace_back(site);
    }
    EXPECT_TRUE(keeps(limits, placement));
  }
}

TEST_P(Search, KeepsWhatIsFixed) {
  const SiteId fixed(GetParam() % kSites);
  const Limits limits = {team_limit(forest.sites, 3)};
  const Certificate found = certify(ways, limits, flags({fixed}), flags({fixed}), {}, {});
  const double optimum = best(limits, fixed);
  EXPECT_EQ(found.status, Status::optimal);
  EXPECT_NE(found.chosen[fixed.index()], 0);
  EXPECT_NEAR(found.caught, optimum, 1e-8 * optimum);
}

TEST_P(Search, StoppedEarlyItsBoundIsNotBelowTheOptimum) {
  for (const Limits& limits : some_limits(forest, GetParam())) {
    for (const std::size_t nodes : {0U, 1U, 2U, 4U}) {
      const Certificate found = certify(ways, limits, flags({}), flags({}), {.nodes = nodes}, {});
      const double optimum = best(limits);
      EXPECT_GE(found.bound, optimum * (1.0 - 1e-8));
      EXPECT_LE(found.caught, optimum * (1.0 + 1e-12));
      if (found.status == Status::optimal) {
        EXPECT_NEAR(found.caught, optimum, 1e-8 * optimum);
      }
    }
  }
}

TEST_P(Search, SwapsEndAtALocalOptimumThatKeepsTheLimits) {
  for (const Limits& limits : some_limits(forest, GetParam())) {
    const Swapped found = swap_sites(ways, limits, flags({}), flags({}), 100, {});
    std::vector<SiteId> placement;
    for (std::size_t site = 0; site < kSites; ++site) {
      if (found.chosen[site] != 0) placement.emplace_back(site);
    }
    EXPECT_TRUE(keeps(limits, placement));
    EXPECT_NEAR(found.caught, forests::caught_with_groups(forest, placement), 1e-12);
    for (std::size_t out = 0; out < placement.size(); ++out) {
      for (std::size_t in = 0; in < kSites; ++in) {
        if (found.chosen[in] != 0) continue;
        std::vector<SiteId> other = placement;
        other[out] = SiteId(in);
        if (keeps(limits, other)) {
          EXPECT_LE(forests::caught_with_groups(forest, other), found.caught * (1.0 + 2e-9));
        }
      }
    }
  }
}

TEST_P(Search, EveryMajorantIsAboveEveryPlacement) {
  for (const Limits& limits : some_limits(forest, GetParam())) {
    for (const int rounds : {0, 1, 7, 60}) {
      const Relaxation found = relax({ways, limits}, {}, {.rounds = rounds}, {});
      for (std::size_t count = 0; count <= kSites; ++count) {
        for (const auto& placement : forests::all_placements(kSites, count)) {
          if (!keeps(limits, placement)) continue;
          double above = found.majorant.constant;
          for (const SiteId site : placement) above += found.majorant.slope[site.index()];
          const double caught = forests::caught_with_groups(forest, placement);
          EXPECT_GE(above, caught - 1e-9);
          double bound = found.at.bound;
          const Flags chosen = flags(placement);
          for (std::size_t site = 0; site < kSites; ++site) {
            const bool against = (found.at.reduced[site] > 0.0) != (chosen[site] != 0);
            if (against) bound = std::min(bound, found.at.bound - std::abs(found.at.reduced[site]));
          }
          EXPECT_LE(caught, bound + 1e-9);
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Search, testing::Range(std::uint64_t{0}, std::uint64_t{12}));

}  // namespace
}  // namespace waywarden
