#include "waywarden/network/border_finder.h"

#include <gtest/gtest.h>

#include "waywarden/geodesy/geodesic.h"
#include "world.h"

namespace waywarden {
namespace {

Link link(std::vector<Point> line, Mode mode = Mode::road) {
  Link made;
  made.line = std::move(line);
  made.facts.mode = mode;
  return made;
}

Borders borders(const std::vector<Link>& links, double accuracy_m = 1000.0) {
  ImportReport report;
  const CountryAreas areas(test::two_countries(accuracy_m), report);
  return find_borders(links, areas, {});
}

TEST(BorderFinder, FindsTheExactPlace) {
  const auto found = borders({link({{-1, 0}, {-0.5, 0}, {1, 1}})});
  ASSERT_EQ(found.cuts.size(), 1U);
  EXPECT_EQ(found.cuts[0].segment, 1U);
  EXPECT_NEAR(found.cuts[0].t, 1.0 / 3.0, 1e-6);
  EXPECT_EQ(found.cuts[0].from, 0);
  EXPECT_EQ(found.cuts[0].to, 1);
  EXPECT_EQ(found.start_country[0], 0);
}

TEST(BorderFinder, AVertexOnTheBorderIsOneCrossing) {
  const auto found = borders({link({{-1, 0}, {0, 0}, {1, 0}})});
  ASSERT_EQ(found.cuts.size(), 1U);
  EXPECT_EQ(found.cuts[0].from, 0);
  EXPECT_EQ(found.cuts[0].to, 1);
}

TEST(BorderFinder, ARoadThatWeavesAlongTheBorderHasNotCrossedIt) {
  std::vector<Point> weaving = {{-0.5, -1}};
  for (int i = 0; i < 40; ++i) weaving.push_back({(i % 2 == 0 ? 1 : -1) * 0.002, -0.5 + i * 0.01});
  weaving.push_back({-0.5, 1});
  EXPECT_TRUE(borders({link(weaving)}).cuts.empty() || borders({link(weaving)}).cuts.size() % 2 == 0);
  EXPECT_EQ(borders({link(weaving)}, 3000.0).cuts.size(), 0U);
}

TEST(BorderFinder, ARoadThatWeavesAndThenCrossesCrossesOnce) {
  std::vector<Point> weaving = {{-0.5, -1}};
  for (int i = 0; i < 21; ++i) weaving.push_back({(i % 2 == 0 ? 1 : -1) * 0.002, -0.5 + i * 0.01});
  weaving.push_back({0.5, 1});
  const auto found = borders({link(weaving)}, 3000.0);
  ASSERT_EQ(found.cuts.size(), 1U);
  EXPECT_EQ(found.cuts[0].from, 0);
  EXPECT_EQ(found.cuts[0].to, 1);
}

TEST(BorderFinder, NoiseIsSeenAcrossLinksOfOneRoad) {
  // The short stay in B is split over two links.
  const auto found = borders({link({{-1, 0}, {0.002, 0}}), link({{0.002, 0}, {-1, 0.01}})});
  EXPECT_TRUE(found.cuts.empty());
  EXPECT_EQ(found.start_country, (std::vector<std::uint16_t>{0, 0}));
}

TEST(BorderFinder, AJunctionJustOverTheLineIsNoise) {
  const auto found =
      borders({link({{-1, 0}, {0.002, 0}}), link({{0.002, 0}, {-1, 1}}), link({{0.002, 0}, {-1, -1}})});
  EXPECT_TRUE(found.cuts.empty());
  // But not where a road goes on into the other country.
  const auto real =
      borders({link({{-1, 0}, {0.002, 0}}), link({{0.002, 0}, {-1, 1}}), link({{0.002, 0}, {1, -1}})});
  EXPECT_EQ(real.cuts.size(), 2U);
}

TEST(BorderFinder, LandBetweenTwoCountriesIsCrossedOnceInTheMiddle) {
  CountryLayer layer{test::table("countries"), "code", "", "", Metres{100}};
  test::add_box(layer.table, "1", {-10, -10}, {-0.1, 10});
  test::add_box(layer.table, "2", {0.1, -10}, {10, 10});
  layer.table.add(Column("code", Column::Texts{"A", "B"}));
  ImportReport report;
  const CountryAreas areas(layer, report);
  const auto found = find_borders({link({{-1, 0}, {1, 0}}), link({{-1, 5}, {1, 5}}, Mode::sea)}, areas, {});
  ASSERT_EQ(found.cuts.size(), 3U);
  EXPECT_NEAR(found.cuts[0].t, 0.5, 1e-6);
  EXPECT_EQ(found.cuts[1].to, kNoCountry);
  EXPECT_EQ(found.cuts[2].from, kNoCountry);
}

TEST(BorderFinder, FlightsHaveNoCrossing) {
  EXPECT_TRUE(borders({link({{-1, 0}, {1, 0}}, Mode::air)}).cuts.empty());
}

TEST(BorderFinder, ReversingALinkReversesItsCrossing) {
  const auto there = borders({link({{-1, 0}, {2, 0.7}})}), back = borders({link({{2, 0.7}, {-1, 0}})});
  ASSERT_EQ(there.cuts.size(), 1U);
  ASSERT_EQ(back.cuts.size(), 1U);
  EXPECT_NEAR(there.cuts[0].t, 1.0 - back.cuts[0].t, 1e-9);
  EXPECT_EQ(there.cuts[0].from, back.cuts[0].to);
}

}  // namespace
}  // namespace waywarden
