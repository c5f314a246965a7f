#include "waywarden/interdiction/placement.h"

#include <gtest/gtest.h>

#include <cmath>

#include "interdiction/site_forest.h"
#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(Placement, TiesWithinRoundingGoToTheFirst) {
  EXPECT_EQ(first_of_largest(std::vector{0.1 + 0.2, 0.5, 0.5 + 1e-12, 0.4}), 1U);
  EXPECT_EQ(first_of_largest(std::vector{0.5, 0.5 + 1e-6}), 1U);
  EXPECT_EQ(first_of_largest(std::vector{-2.0, -1.0}), 1U);
  EXPECT_EQ(first_of_largest({}), std::nullopt);
}

TEST(Placement, RequiredAndOpenSites) {
  Sites sites = forests::made_up_sites(1, 5);
  sites.state[3] = SiteState::required;
  sites.state[1] = SiteState::forbidden;
  EXPECT_EQ(required_sites(sites, 1), std::vector{SiteId(3)});
  EXPECT_EQ(open_sites(sites, std::vector{SiteId(3), SiteId(0)}), (std::vector{SiteId(2), SiteId(4)}));
  EXPECT_THROW(required_sites(sites, 0), OptionError);
}

TEST(Placement, GainsComeWithTheErrorOfTheDifferencePerDraw) {
  Placement placement;
  placement.journeys = 100.0;
  add_team(placement, SiteId(4), std::vector{0.0, 0.0}, std::vector{10.0, 30.0});
  add_team(placement, SiteId(2), std::vector{10.0, 30.0}, std::vector{15.0, 35.0});
  EXPECT_EQ(placement.site, (std::vector{SiteId(4), SiteId(2)}));
  EXPECT_EQ(placement.gain, (std::vector{20.0, 5.0}));
  EXPECT_DOUBLE_EQ(placement.gain_error[0], 10.0);
  EXPECT_DOUBLE_EQ(placement.gain_error[1], 0.0);
  EXPECT_DOUBLE_EQ(placement.caught_error[1], 10.0);
  EXPECT_EQ(placement.share, (std::vector{0.2, 0.25}));
  EXPECT_EQ(placement.total_caught(), 25.0);
}

TEST(Placement, StatusSaysWhetherTheBoundIsMet) {
  EXPECT_EQ(status_of(2.0, 2.0), Status::optimal);
  EXPECT_EQ(status_of(2.0, 2.1), Status::gap);
  EXPECT_EQ(name(Status::limit), "limit");
}

}  // namespace
}  // namespace waywarden
