#include "waywarden/interdiction/swaps.h"

#include <gtest/gtest.h>

#include "interdiction/limited_forest.h"

namespace waywarden {
namespace {

using forests::flags;
using forests::keeps;
using forests::kSites;
using forests::placement_of;
using forests::some_limits;

class Swaps : public forests::LimitedForest {};

TEST_P(Swaps, EndAtALocalOptimumThatKeepsTheLimits) {
  for (const Limits& limits : some_limits(forest, GetParam())) {
    const Swapped found = swap_sites(ways, limits, flags({}), flags({}), 100, {});
    const std::vector<SiteId> placement = placement_of(found.chosen);
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

INSTANTIATE_TEST_SUITE_P(Seeds, Swaps, testing::Range(std::uint64_t{0}, std::uint64_t{25}));

}  // namespace
}  // namespace waywarden
