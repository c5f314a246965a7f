#include "waywarden/judgement/sensitivity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "interdiction/made_sites.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/greedy.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

constexpr Awareness kAwareness{.share = 0.5, .risk_aversion = 200.0};

TEST(Sensitivity, VariantsHaveTheCostsOfOtherAssumptions) {
  const MadeMovement made(1);
  const Sites sites = worlds::sites_of(made, 1, 9);
  const Variant bold = variant_of(made.movement(), sites, kAwareness, Assumption::risk_aversion, 0.5);
  CostAssumptions assumptions;
  assumptions.risk_aversion = 100.0;
  const EdgeCosts expected = edge_costs(made.network, assumptions);
  for (std::size_t e = 0; e < expected.generalised.size(); ++e) {
    EXPECT_NEAR(bold.costs.generalised[e], expected.generalised[e], 1e-9);
  }
  EXPECT_EQ(bold.awareness.risk_aversion, 100.0);
  EXPECT_EQ(bold.sites.detection, sites.detection);

  const Variant noisy = variant_of(made.movement(), sites, kAwareness, Assumption::route_noise, 2.0);
  EXPECT_EQ(noisy.perception.deviation(), 1.0);
  EXPECT_EQ(noisy.costs.generalised, made.costs.generalised);
}

TEST(Sensitivity, DetectionIsScaledAsHazard) {
  const MadeMovement made(1);
  Sites sites = worlds::sites_of(made, 1, 9);
  sites.detection[0] = 0.5;
  const Movement movement = made.movement();
  EXPECT_DOUBLE_EQ(variant_of(movement, sites, kAwareness, Assumption::detection, 2.0).sites.detection[0],
                   0.75);
  EXPECT_DOUBLE_EQ(variant_of(movement, sites, kAwareness, Assumption::detection, 0.5).sites.detection[0],
                   1.0 - std::sqrt(0.5));
  // On edges: what the same factor on risk aversion does to costs.
  EXPECT_EQ(variant_of(movement, sites, kAwareness, Assumption::detection, 2.0).costs.generalised,
            variant_of(movement, sites, kAwareness, Assumption::risk_aversion, 2.0).costs.generalised);
}

TEST(Sensitivity, RanksAreThoseOfPlacementsMadeAnew) {
  for (const EvaderModel model : kPerceivingModels) {
    const MadeMovement made(7);
    const Sites sites = worlds::sites_of(made, 7, 9);
    const Movement movement = made.movement();
    const SensitivityOptions options{
        .draws = 8, .model = model, .placement = {.limits = {team_limit(sites, 4)}}};
    const Placements placements =
        place_teams(movement, load_flows(movement, {}, {}), sites, kAwareness, options.placement, {});
    const Placement& base = placements.placed_for(model);
    const Sensitivity result = rank_ranges(movement, sites, kAwareness, base, options, {});
    ASSERT_EQ(result.assumption.size(), 6U);
    EXPECT_EQ(result.draws, 8U);
    for (std::size_t v = 0; v < 6; ++v) {
      const Variant variant = variant_of(movement, sites, kAwareness, result.assumption[v], result.factor[v]);
      const Movement changed{made.network, made.core,          variant.costs,    made.demand,
                             made.places,  variant.perception, made.site_of_edge};
      const Placements anew = place_teams(changed, load_flows(changed, {}, {}), variant.sites,
                                          variant.awareness, options.placement, {});
      const std::vector<SiteId>& ranking = anew.placed_for(model).site;
      for (std::size_t row = 0; row < base.site.size(); ++row) {
        const auto found = std::find(ranking.begin(), ranking.end(), base.site[row]);
        const auto rank = result.rank[row][v];
        EXPECT_EQ(rank.has_value(), found != ranking.end());
        if (rank) {
          EXPECT_EQ(*rank, static_cast<std::size_t>(found - ranking.begin()) + 1);
        }
      }
    }
  }
}

TEST(Sensitivity, RangesSpanTheVariantsAndTheRankItself) {
  const MadeMovement made(9);
  const Sites sites = worlds::sites_of(made, 9, 9);
  const Movement movement = made.movement();
  const Loading loading = load_flows(movement, {}, {});
  const Placement base = greedy_placement(loading.site_trees, 8, loading.journeys, sites, 4);
  const Sensitivity result = rank_ranges(movement, sites, kAwareness, base,
                                         {.draws = 4, .placement = {.limits = {team_limit(sites, 4)}}}, {});
  ASSERT_EQ(result.rank.size(), base.site.size());
  for (std::size_t row = 0; row < base.site.size(); ++row) {
    std::size_t low = row + 1, high = row + 1;
    bool stays = true;
    for (const auto& rank : result.rank[row]) {
      stays = stays && rank.has_value();
      low = std::min(low, rank.value_or(low));
      high = std::max(high, rank.value_or(high));
    }
    EXPECT_EQ(result.rank_low[row], low);
    EXPECT_EQ(result.rank_high[row], stays ? std::optional(high) : std::nullopt);
  }
}

TEST(Sensitivity, RefusesOptionsThatMakeNoSense) {
  const MadeMovement made(1);
  const Sites sites = worlds::sites_of(made, 1, 9);
  EXPECT_THROW(rank_ranges(made.movement(), sites, {}, {}, {.factor = 1.0}, {}), OptionError);
  EXPECT_THROW(rank_ranges(made.movement(), sites, {}, {}, {.draws = 1}, {}), OptionError);
  EXPECT_EQ(name(Assumption::route_noise), "route_noise");
}

}  // namespace
}  // namespace waywarden
