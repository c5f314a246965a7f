#include "waywarden/interdiction/collateral.h"

#include <gtest/gtest.h>

#include "interdiction/site_forest.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/capture.h"

namespace waywarden {
namespace {

using forests::SiteForest;

constexpr std::size_t kSites = 8;

std::vector<double> random_stops(std::uint64_t seed) {
  RandomStream random(seed, 8);
  std::vector<double> passing;
  for (std::size_t i = 0; i < kSites; ++i)
    passing.push_back(random.uniform() < 0.2 ? 0.0 : 100.0 * random.uniform());
  return lawful_stops(forests::made_up_sites(seed, kSites), passing, 0.9);
}

double sum_over(const std::vector<double>& stops, const std::vector<SiteId>& placement) {
  double sum = 0.0;
  for (const SiteId site : placement) sum += stops[site.index()];
  return sum;
}

class Collateral : public testing::TestWithParam<std::uint64_t> {
 protected:
  double best(std::size_t teams, double most) const {
    double caught = 0.0;
    for (std::size_t count = 0; count <= teams; ++count) {
      for (const auto& placement : forests::all_placements(kSites, count)) {
        if (sum_over(stops, placement) <= most * (1.0 + 1e-12))
          caught = std::max(caught, forests::caught_with_groups(forest, placement));
      }
    }
    return caught;
  }

  SiteForest forest = forests::grouped_forest(GetParam(), kSites, 2, 4, 14);
  std::vector<double> stops = random_stops(GetParam());
};

TEST_P(Collateral, AsALimitItIsKeptAndTheBestPlacementFound) {
  for (const double most : {0.0, 3.0, 8.0, 15.0}) {
    const Limits limits = {team_limit(forest.sites, 3), stop_limit(stops, most)};
    const Placement found =
        capture_placement(forest.trees, forest.draws, forest.journeys, forest.sites, limits, {}, {});
    const double optimum = best(3, most);
    EXPECT_LE(sum_over(stops, found.site), most * (1.0 + 1e-12));
    EXPECT_EQ(found.status, Status::optimal);
    EXPECT_NEAR(found.total_caught(), optimum, 1e-8 * optimum);
  }
}

TEST_P(Collateral, TheFrontierIsWhatItSays) {
  const Limits limits = {team_limit(forest.sites, 4)};
  const CollateralFrontier f =
      collateral_frontier(forest.trees, forest.draws, forest.sites, limits, stops, 12, {});
  ASSERT_FALSE(f.price.empty());
  for (std::size_t i = 0; i < f.price.size(); ++i) {
    EXPECT_NEAR(f.caught[i], forests::caught_with_groups(forest, f.sites[i]), 1e-12);
    EXPECT_NEAR(f.stops[i], sum_over(stops, f.sites[i]), 1e-12);
    EXPECT_NEAR(f.stops_per_capture[i] * f.caught[i], f.stops[i], 1e-9);
    EXPECT_LE(f.sites[i].size(), 4U);
    const double optimum = best(4, f.stops[i]);
    EXPECT_GE(f.bound[i], optimum * (1.0 - 1e-12));
    EXPECT_LE(f.caught[i], optimum * (1.0 + 1e-12));
    if (i > 0) {
      EXPECT_GT(f.stops[i], f.stops[i - 1]);
      EXPECT_GT(f.caught[i], f.caught[i - 1]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Collateral, testing::Range(std::uint64_t{0}, std::uint64_t{25}));

TEST(LawfulStops, AreTravellersTimesHoursTimesWhatIsNotLetPass) {
  Sites sites = forests::made_up_sites(1, 2);
  EXPECT_EQ(lawful_stops(sites, std::vector{100.0, 0.0}, 0.5), (std::vector{50.0, 0.0}));
  EXPECT_EQ(lawful_stops(sites, std::vector{100.0, 0.0}, 1.0), (std::vector{0.0, 0.0}));
  sites.hours = {0.5, 0.25};
  EXPECT_EQ(lawful_stops(sites, std::vector{100.0, 8.0}, 0.0), (std::vector{50.0, 2.0}));
}

TEST(LawfulStops, RefuseWhatMakesNoSense) {
  const Sites sites = forests::made_up_sites(1, 1);
  EXPECT_THROW(lawful_stops(sites, std::vector{1.0}, 1.5), OptionError);
  EXPECT_THROW(lawful_stops(sites, std::vector{-1.0}, 0.5), OptionError);
  EXPECT_THROW(lawful_stops(sites, std::vector{1.0, 1.0}, 0.5), OptionError);
  const SiteForest forest = forests::random_forest(1, 4, 2, 2, 8);
  const Limits limits = {team_limit(forest.sites, 2)};
  const std::vector<double> stops(4, 1.0);
  EXPECT_THROW(collateral_frontier(forest.trees, 2, forest.sites, limits, stops, 1, {}), OptionError);
  EXPECT_THROW(collateral_frontier(forest.trees, 2, forest.sites, limits, std::vector{1.0}, 5, {}),
               OptionError);
}

}  // namespace
}  // namespace waywarden
