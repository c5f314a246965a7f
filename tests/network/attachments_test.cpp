#include "waywarden/network/attachments.h"

#include <gtest/gtest.h>

namespace waywarden {
namespace {

std::vector<Link> links() {
  Link road, rail;
  road.line = {{0, 0}, {1, 0}, {2, 0}};
  rail.line = {{0, 0.1}, {2, 0.1}};
  rail.facts.mode = Mode::rail;
  return {road, rail};
}

TEST(LinkLocator, FindsTheNearestLinkOfAMode) {
  const LinkLocator locator(links());
  const auto road = locator.nearest({1.5, 0.05}, Mode::road, Metres{1e4});
  ASSERT_TRUE(road);
  EXPECT_EQ(road->link, 0U);
  EXPECT_EQ(road->segment, 1U);
  EXPECT_NEAR(road->t, 0.5, 1e-6);
  EXPECT_NEAR(road->distance_m, 5529, 5);
  EXPECT_EQ(locator.nearest({1.5, 0.05}, Mode::rail, Metres{1e4})->link, 1U);
}

TEST(LinkLocator, FindsNothingBeyondTheLimitOrOfAnotherMode) {
  const LinkLocator locator(links());
  EXPECT_FALSE(locator.nearest({1.5, 0.05}, Mode::road, Metres{5000}));
  EXPECT_FALSE(locator.nearest({1.5, 0.0}, Mode::sea, Metres{1e6}));
}

TEST(LinkLocator, TakesTheNearestOfSeveralModes) {
  const LinkLocator locator(links());
  EXPECT_EQ(locator.nearest({1, 0.09}, {Mode::road, Mode::rail}, Metres{1e5})->link, 1U);
  EXPECT_EQ(locator.nearest({1, 0.01}, {Mode::road, Mode::rail}, Metres{1e5})->link, 0U);
}

}  // namespace
}  // namespace waywarden
