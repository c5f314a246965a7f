#include "waywarden/network/noding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace waywarden {
namespace {

Link line(const std::string& id, std::vector<Point> vertices, Mode mode = Mode::road) {
  for (Point& p : vertices) p = canonical(p);
  Link link;
  link.line = std::move(vertices);
  link.facts.source = {"roads", id};
  link.facts.mode = mode;
  return link;
}

std::size_t entries(const ImportReport& report, const std::string& reason) {
  return static_cast<std::size_t>(std::count_if(report.entries.begin(), report.entries.end(),
                                                [&](const auto& e) { return e.reason == reason; }));
}

TEST(Noding, CutsAtSharedVertices) {
  ImportReport report;
  const auto links = node_lines({line("a", {{0, 0}, {1, 0}, {2, 0}}), line("b", {{1, -1}, {1, 0}, {1, 1}})},
                                Metres{0}, report, {});
  EXPECT_EQ(links.size(), 4U);
  EXPECT_TRUE(report.entries.empty());
}

TEST(Noding, ABridgeIsNotAJunction) {
  ImportReport report;
  const auto links =
      node_lines({line("a", {{0, 0}, {2, 0}}), line("b", {{1, -1}, {1, 1}})}, Metres{1}, report, {});
  EXPECT_EQ(links.size(), 2U);
}

Link on_level(std::int16_t level, Link link) {
  link.facts.level = level;
  return link;
}

std::size_t links_of(const std::vector<Link>& lines) {
  ImportReport report;
  return node_lines(lines, Metres{1}, report, {}).size();
}

TEST(Noding, LevelsMeetWhereOneBeginsAndNotWhereBothPass) {
  const Link ground = line("a", {{0, 0}, {1, 0}, {2, 0}});
  const Link over = line("b", {{1, -1}, {1, 0}, {1, 1}});
  EXPECT_EQ(links_of({ground, over}), 4U);
  EXPECT_EQ(links_of({ground, on_level(1, over)}), 2U);
  // A bridge that begins on the road cuts it.
  EXPECT_EQ(links_of({ground, on_level(1, line("b", {{1, 0}, {1, 1}}))}), 3U);
  // A side road that ends under a bridge meets the road, not the bridge.
  const Link side = line("c", {{0.5, -1}, {1, 0}});
  EXPECT_EQ(links_of({ground, on_level(1, over), side}), 4U);
  // Nor is an end tied to a line of another level that passes close by.
  const Link near = line("d", {{0.5, 0.5}, {0.999999, 0.5}});
  EXPECT_EQ(links_of({on_level(1, over), near}), 2U);
  EXPECT_EQ(links_of({over, near}), 3U);
}

TEST(Noding, ModesDoNotMeet) {
  ImportReport report;
  const auto links = node_lines(
      {line("a", {{0, 0}, {1, 0}, {2, 0}}), line("b", {{1, -1}, {1, 0}}, Mode::rail)}, Metres{1}, report, {});
  EXPECT_EQ(links.size(), 2U);
}

TEST(Noding, TiesAnEndThatFallsJustShort) {
  ImportReport report;
  const auto links = node_lines({line("a", {{0, 0}, {0.02, 0}}), line("b", {{0.01, 0.01}, {0.01, 5e-6}})},
                                Metres{1}, report, {});
  EXPECT_EQ(links.size(), 3U);
  EXPECT_EQ(entries(report, "end of another line tied to this line"), 1U);
  ImportReport strict;
  EXPECT_EQ(node_lines({line("a", {{0, 0}, {0.02, 0}}), line("b", {{0.01, 0.01}, {0.01, 5e-6}})}, Metres{0.1},
                       strict, {})
                .size(),
            2U);
}

TEST(Noding, SnapsEnds) {
  ImportReport report;
  const auto links =
      node_lines({line("a", {{0, 0}, {1, 0}}), line("b", {{1.000004, 0}, {2, 0}})}, Metres{1}, report, {});
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].line.back(), links[1].line.front());
  EXPECT_EQ(entries(report, "end snapped to another end"), 1U);
}

TEST(Noding, ReportsDuplicatesAndLinesWithoutLength) {
  ImportReport report;
  const auto links =
      node_lines({line("a", {{0, 0}, {1, 0}}), line("b", {{1, 0}, {0, 0}}), line("c", {{3, 3}, {3, 3}})},
                 Metres{0}, report, {});
  EXPECT_EQ(links.size(), 1U);
  EXPECT_EQ(entries(report, "duplicate of another line"), 1U);
  EXPECT_EQ(entries(report, "line of length zero"), 1U);
}

TEST(Noding, ALineThatMeetsItselfIsCutThere) {
  ImportReport report;
  const auto links =
      node_lines({line("a", {{0, 0}, {1, 0}, {2, 0}, {1, 1}, {1, 0}, {1, -1}})}, Metres{0}, report, {});
  EXPECT_EQ(links.size(), 3U);
}

TEST(Noding, OneWayLinesKeepTheirDirection) {
  Link against = line("a", {{1, 0}, {0, 0}});
  against.facts.ways = Ways::backward;
  ImportReport report;
  const auto links = node_lines({against}, Metres{0}, report, {});
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].facts.ways, Ways::forward);
  EXPECT_EQ(links[0].line.front(), (Point{0, 0}));
}

TEST(Noding, DoesNotDependOnTheOrderOfLines) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> at(0, 6);
    std::vector<Link> lines;
    for (int i = 0; i < 40; ++i) {
      lines.push_back(line(std::to_string(i), {{at(random) * 0.01, at(random) * 0.01},
                                               {at(random) * 0.01 + 3e-6, at(random) * 0.01}}));
    }
    ImportReport report, again;
    const auto links = node_lines(lines, Metres{1}, report, {});
    std::shuffle(lines.begin(), lines.end(), random);
    EXPECT_EQ(node_lines(lines, Metres{1}, again, {}), links);
    EXPECT_EQ(again.summary(), report.summary());
  }
}

TEST(Canonical, HasNoNegativeZero) { EXPECT_FALSE(std::signbit(canonical({-1e-9, 0}).x)); }

}  // namespace
}  // namespace waywarden
