#include "waywarden/interdiction/relaxation.h"

#include <gtest/gtest.h>

#include "interdiction/limited_forest.h"

namespace waywarden {
namespace {

using forests::flags;
using forests::keeps;
using forests::kSites;
using forests::some_limits;

class Relaxed : public forests::LimitedForest {};

TEST_P(Relaxed, EveryMajorantIsAboveEveryPlacement) {
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
          const forests::Flags chosen = flags(placement);
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

INSTANTIATE_TEST_SUITE_P(Seeds, Relaxed, testing::Range(std::uint64_t{0}, std::uint64_t{12}));

}  // namespace
}  // namespace waywarden
