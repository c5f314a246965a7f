#include "waywarden/network/link_cutter.h"

#include <gtest/gtest.h>

#include "waywarden/geodesy/geodesic.h"

namespace waywarden {
namespace {

Link road(std::vector<Point> line) {
  Link link;
  link.line = std::move(line);
  link.facts.source = {"roads", "r"};
  return link;
}

const std::vector<std::string> kCodes = {"A", "B"};

double total_length(const NetworkDraft& draft) {
  double sum = 0.0;
  for (const DraftEdge& e : draft.edges) sum += e.length_m;
  return sum;
}

TEST(LinkCutter, KeepsTheLengthAndJoinsThePieces) {
  const std::vector<Link> links = {road({{0, 0}, {1, 0}, {2, 0}})};
  Borders borders{{{0, 1, 0.25, 0, 1, 100.0}}, {0}};
  const auto cut = cut_links(links, borders, kCodes, {{0, 0, 0.5, 0.0}, {0, 1, 0.75, 0.0}});
  ASSERT_EQ(cut.draft.edges.size(), 4U);
  EXPECT_NEAR(total_length(cut.draft), geodesic_length(links[0].line).value, 1e-3);
  ASSERT_EQ(cut.crossings.size(), 1U);
  EXPECT_EQ(cut.crossings[0].side_a.point, (Point{1.25, 0}));
  EXPECT_EQ(cut.draft.edges[1].to, cut.crossings[0].side_a);
  EXPECT_EQ(cut.draft.edges[2].from, cut.crossings[0].side_b);
  EXPECT_EQ(cut.attached[0].point, (Point{0.5, 0}));
  EXPECT_EQ(cut.attached[1].point, (Point{1.75, 0}));
  EXPECT_EQ(cut.draft.country.at(cut.attached[0]), 0);
  EXPECT_EQ(cut.draft.country.at(cut.attached[1]), 1);
}

TEST(LinkCutter, AnAttachmentAtAnEndUsesTheEnd) {
  const std::vector<Link> links = {road({{0, 0}, {1, 0}})};
  const auto cut = cut_links(links, {{}, {0}}, kCodes, {{0, 0, 1e-7, 0.0}, {0, 0, 1.0, 0.0}});
  EXPECT_EQ(cut.draft.edges.size(), 1U);
  EXPECT_EQ(cut.attached[0].point, (Point{0, 0}));
  EXPECT_EQ(cut.attached[1].point, (Point{1, 0}));
}

TEST(LinkCutter, ACrossingIsDirectedByCountryCode) {
  const std::vector<Link> links = {road({{0, 0}, {1, 0}})};
  const auto cut = cut_links(links, {{{0, 0, 0.5, 1, 0, 100.0}}, {1}}, kCodes, {});
  ASSERT_EQ(cut.crossings.size(), 1U);
  EXPECT_EQ(cut.crossings[0].country_a, 0);
  EXPECT_EQ(cut.crossings[0].side_a, cut.draft.edges[1].from);
}

TEST(LinkCutter, LinksOverTheBorderAtOnePointShareTheCrossing) {
  const std::vector<Link> links = {road({{0, 0}, {1, 0}}), road({{0, 1}, {1, -1}})};
  Borders borders{{{0, 0, 0.5, 0, 1, 100.0}, {1, 0, 0.5, 0, 1, 100.0}}, {0, 0}};
  EXPECT_EQ(cut_links(links, borders, kCodes, {}).crossings.size(), 1U);
}

TEST(LinkCutter, ALoopIsKept) {
  const std::vector<Link> links = {road({{0, 0}, {1, 0}, {1, 1}, {0, 0}})};
  EXPECT_EQ(cut_links(links, {{}, {0}}, kCodes, {}).draft.edges.size(), 1U);
}

TEST(LinkCutter, TheSeaHasACode) {
  EXPECT_EQ(country_code(kCodes, 1), "B");
  EXPECT_EQ(country_code(kCodes, kNoCountry), "XZ");
}

}  // namespace
}  // namespace waywarden
