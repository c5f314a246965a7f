#include "waywarden/flow/edge_sites.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<SiteId> on(const EdgeSites& sites, std::size_t edge) {
  const auto found = sites.on(EdgeId(edge));
  return {found.begin(), found.end()};
}

TEST(EdgeSites, SeveralOnAnEdgeInAscendingOrder) {
  const EdgeSites sites(
      4, {{EdgeId(2), SiteId(7)}, {EdgeId(0), SiteId(1)}, {EdgeId(2), SiteId(3)}, {EdgeId(2), SiteId(7)}});
  EXPECT_EQ(sites.edge_count(), 4U);
  EXPECT_EQ(on(sites, 0), std::vector{SiteId(1)});
  EXPECT_TRUE(on(sites, 1).empty());
  EXPECT_EQ(on(sites, 2), (std::vector{SiteId(3), SiteId(7)}));
  EXPECT_TRUE(on(sites, 3).empty());
}

TEST(EdgeSites, OneEachIsTheSameAsRows) {
  const std::vector<SiteId> each = {SiteId::none(), SiteId(4), SiteId(0)};
  EXPECT_EQ(EdgeSites(each), EdgeSites(3, {{EdgeId(2), SiteId(0)}, {EdgeId(1), SiteId(4)}}));
  EXPECT_NE(EdgeSites(each), EdgeSites(3, {{EdgeId(1), SiteId(4)}}));
  EXPECT_EQ(EdgeSites().edge_count(), 0U);
}

TEST(EdgeSites, SumsOverSites) {
  const EdgeSites sites(3, {{EdgeId(0), SiteId(0)}, {EdgeId(0), SiteId(1)}, {EdgeId(2), SiteId(5)}});
  EXPECT_EQ(sums_over_sites(sites, std::vector{2.0, 3.0}), (std::vector{5.0, 0.0, 0.0}));
}

TEST(EdgeSites, RefuseEdgesThatAreNotThere) {
  EXPECT_THROW(EdgeSites(2, {{EdgeId(2), SiteId(0)}}), OptionError);
  EXPECT_THROW(EdgeSites(2, {{EdgeId::none(), SiteId(0)}}), OptionError);
}

}  // namespace
}  // namespace waywarden
