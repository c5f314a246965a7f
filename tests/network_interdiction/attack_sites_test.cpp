#include "waywarden/network_interdiction/attack_sites.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

TEST(AttackSites, EveryArcCanBeASiteOfItsOwn) {
  const AttackSites sites = one_site_per_arc(3);
  EXPECT_EQ(sites.site_of_arc, (std::vector{SiteId(0), SiteId(1), SiteId(2)}));
  EXPECT_EQ(cost_of(sites, std::vector{SiteId(0), SiteId(2)}), 2.0);
  EXPECT_NO_THROW(check_sites(sites, 3, 0.0));
}

TEST(AttackSites, FlagsAndPlacementsAreTheSame) {
  const AttackSites sites = one_site_per_arc(4);
  const std::vector<SiteId> placement = {SiteId(3), SiteId(1), SiteId(3)};
  const std::vector<std::uint8_t> flags = flags_of(sites, placement);
  EXPECT_EQ(flags, (std::vector<std::uint8_t>{0, 1, 0, 1}));
  EXPECT_EQ(placement_of(flags), (std::vector{SiteId(1), SiteId(3)}));
  EXPECT_EQ(cost_of(sites, placement), 2.0);
  EXPECT_THROW(flags_of(sites, std::vector{SiteId(4)}), OptionError);
  EXPECT_THROW(flags_of(sites, std::vector{SiteId::none()}), OptionError);
}

TEST(AttackSites, SumsOfCostsMayBeRounded) {
  EXPECT_TRUE(affordable(0.1 + 0.2, 0.3));
  EXPECT_FALSE(affordable(0.31, 0.3));
  EXPECT_TRUE(affordable(1e300, std::numeric_limits<double>::infinity()));
}

TEST(AttackSites, RefusesWhatMakesNoSense) {
  const std::vector<std::uint32_t> tail = {0, 1}, head = {1, 2}, few = {1};
  EXPECT_NO_THROW(check_arcs(3, {tail, head}));
  EXPECT_THROW(check_arcs(2, {tail, head}), OptionError);
  EXPECT_THROW(check_arcs(3, {tail, few}), OptionError);
  AttackSites sites = one_site_per_arc(2);
  EXPECT_THROW(check_sites(sites, 3, 1.0), OptionError);
  EXPECT_THROW(check_sites(sites, 2, std::nan("")), OptionError);
  sites.state = {SiteState::required, SiteState::required};
  EXPECT_NO_THROW(check_sites(sites, 2, 2.0));
  EXPECT_THROW(check_sites(sites, 2, 1.0), OptionError);
  sites.site_of_arc[0] = SiteId(2);
  EXPECT_THROW(check_sites(sites, 2, 2.0), OptionError);
  AttackSites dear = one_site_per_arc(1);
  dear.cost[0] = std::numeric_limits<double>::infinity();
  EXPECT_THROW(check_sites(dear, 1, 1.0), OptionError);
  dear.cost.push_back(1.0);
  EXPECT_THROW(check_sites(dear, 1, 1.0), OptionError);
  EXPECT_THROW(check_per_arc(std::vector{1.0, std::nan("")}, 2, "length"), OptionError);
  EXPECT_THROW(check_per_arc(std::vector{1.0}, 2, "length"), OptionError);
}

}  // namespace
}  // namespace waywarden
