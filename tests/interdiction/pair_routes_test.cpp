#include "waywarden/interdiction/pair_routes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "interdiction/made_sites.h"
#include "waywarden/base/errors.h"
#include "waywarden/interdiction/interception.h"

namespace waywarden {
namespace {

using worlds::MadeMovement;

class PairRoutesOf : public testing::TestWithParam<std::uint64_t> {};

/// Pair by pair or tree by tree, the same journeys are stopped.
TEST_P(PairRoutesOf, ALoadingStopWhatItsTreesStop) {
  const MadeMovement made(GetParam());
  const Sites sites = worlds::sites_of(made, GetParam(), 9);
  const Loading loading = load_flows(made.movement(), {}, {});
  const PairRoutes routes = pair_routes(made.movement(), loading);
  check_routes(routes, made.demand.size(), sites.size());
  const PairInterceptions interceptions(routes, made.demand.size(), sites.detection);
  for (std::uint64_t set = 0; set < 512; set += 37) {
    Watched watched(9, 0);
    std::vector<SiteId> teams;
    for (std::size_t x = 0; x < 9; ++x)
      if ((set >> x & 1U) != 0) {
        watched[x] = 1;
        teams.emplace_back(x);
      }
    const std::vector<double> caught = interceptions.by(watched);
    const double journeys =
        std::inner_product(caught.begin(), caught.end(), made.demand.journeys.begin(), 0.0);
    const std::vector<double> stopped =
        interceptions_per_draw(loading.site_trees, loading.forest.draws, sites.detection, teams);
    const double mean = std::accumulate(stopped.begin(), stopped.end(), 0.0) / loading.forest.draws;
    EXPECT_NEAR(journeys, mean, 1e-9 * (1.0 + mean));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PairRoutesOf, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(PairRoutes, GainsAreDifferences) {
  const PairRoutes routes{{0, 0, 1}, {0.5, 0.25, 1.0}, {{SiteId(0), SiteId(1)}, {SiteId(1)}, {SiteId(2)}}};
  const PairInterceptions interceptions(routes, 2, {0.5, 0.4, 1.0});
  const Watched before = {1, 0, 0};
  std::vector<double> gain(2, 0.0);
  interceptions.each_gain(before, [&](std::size_t pair, std::size_t site, double more) {
    if (site == 1) gain[pair] += more;
  });
  EXPECT_NEAR(gain[0], interceptions.by({1, 1, 0})[0] - interceptions.by(before)[0], 1e-15);
  EXPECT_NEAR(gain[0], 0.5 * 0.5 * 0.4 + 0.25 * 0.4, 1e-15);
  EXPECT_EQ(gain[1], 0.0);
  EXPECT_NEAR(interceptions.by({0, 0, 1})[1], 1.0, 1e-11);
}

TEST(PairRoutes, MalformedRoutesAreErrors) {
  EXPECT_THROW(check_routes({{0}, {}, {}}, 1, 1), OptionError);
  EXPECT_THROW(check_routes({{1}, {0.5}, {{}}}, 1, 1), OptionError);
  EXPECT_THROW(check_routes({{0}, {std::nan("")}, {{}}}, 1, 1), OptionError);
  EXPECT_THROW(check_routes({{0}, {0.5}, {{SiteId(1)}}}, 1, 1), OptionError);
  EXPECT_THROW(check_routes({{0}, {0.5}, {{SiteId(1), SiteId(0)}}}, 1, 2), OptionError);
  EXPECT_THROW(check_routes({{0, 0}, {0.6, 0.6}, {{}, {}}}, 1, 1), OptionError);
}

}  // namespace
}  // namespace waywarden
