#include "waywarden/interdiction/certificate.h"

#include <gtest/gtest.h>

#include "interdiction/limited_forest.h"

namespace waywarden {
namespace {

using forests::flags;
using forests::keeps;
using forests::kSites;
using forests::placement_of;
using forests::some_limits;

class Search : public forests::LimitedForest {};

TEST_P(Search, EndsWithTheOptimum) {
  for (const Limits& limits : some_limits(forest, GetParam())) {
    const Certificate found = certify(ways, limits, flags({}), flags({}), {}, {});
    const double optimum = best(limits);
    EXPECT_EQ(found.status, Status::optimal);
    EXPECT_NEAR(found.caught, optimum, 1e-8 * optimum);
    EXPECT_NEAR(caught_on(ways, found.chosen), found.caught, 1e-12);
    const std::vector<SiteId> placement = placement_of(found.chosen);
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

INSTANTIATE_TEST_SUITE_P(Seeds, Search, testing::Range(std::uint64_t{0}, std::uint64_t{12}));

}  // namespace
}  // namespace waywarden
