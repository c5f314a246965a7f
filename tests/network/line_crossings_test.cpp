#include "waywarden/network/line_crossings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "waywarden/base/random.h"

namespace waywarden {
namespace {

Link line(std::vector<Point> vertices, std::int16_t level = 0) {
  Link link;
  for (const Point p : vertices) link.line.push_back(canonical(p));
  link.facts.level = level;
  link.facts.at_crossings = AtCrossings::join;
  return link;
}

std::vector<Point> met(std::vector<Link> lines, std::size_t which) {
  return with_junctions(std::move(lines), {}).lines[which].line;
}

using Points = std::vector<Point>;

TEST(LineCrossings, BothLinesGetTheVertex) {
  const std::vector<Link> lines = {line({{0, 0}, {2, 0}}), line({{1, -1}, {1, 1}})};
  EXPECT_EQ(met(lines, 0), (Points{{0, 0}, {1, 0}, {2, 0}}));
  EXPECT_EQ(met(lines, 1), (Points{{1, -1}, {1, 0}, {1, 1}}));
  EXPECT_EQ(with_junctions(lines, {}).junctions, 2U);
}

TEST(LineCrossings, OnlyWhereBothSaySoAndOnOneLevel) {
  std::vector<Link> lines = {line({{0, 0}, {2, 0}}), line({{1, -1}, {1, 1}}, 1)};
  EXPECT_EQ(with_junctions(lines, {}).junctions, 0U);
  lines[1] = line({{1, -1}, {1, 1}});
  lines[1].facts.at_crossings = AtCrossings::pass;
  EXPECT_EQ(with_junctions(lines, {}).junctions, 0U);
}

TEST(LineCrossings, AnEndOnALineIsMet) {
  const std::vector<Link> lines = {line({{0, 0}, {2, 0}}), line({{1, 0}, {1, 1}})};
  EXPECT_EQ(met(lines, 0), (Points{{0, 0}, {1, 0}, {2, 0}}));
  EXPECT_EQ(met(lines, 1), (Points{{1, 0}, {1, 1}}));
}

TEST(LineCrossings, SharedVerticesStayAsTheyAre) {
  EXPECT_EQ(with_junctions({line({{0, 0}, {1, 0}}), line({{1, 0}, {1, 1}})}, {}).junctions, 0U);
  EXPECT_EQ(with_junctions({line({{0, 0}, {1, 0}, {2, 0}}), line({{1, -1}, {1, 0}, {1, 1}})}, {}).junctions,
            0U);
}

TEST(LineCrossings, LinesOnTopOfEachOtherShareTheEndsOfWhatTheyShare) {
  const std::vector<Link> lines = {line({{0, 0}, {3, 0}}), line({{1, 0}, {4, 0}})};
  EXPECT_EQ(met(lines, 0), (Points{{0, 0}, {1, 0}, {3, 0}}));
  EXPECT_EQ(met(lines, 1), (Points{{1, 0}, {3, 0}, {4, 0}}));
}

TEST(LineCrossings, ALineThatCrossesItself) {
  EXPECT_EQ(met({line({{0, 0}, {2, 2}, {2, 0}, {0, 2}})}, 0),
            (Points{{0, 0}, {1, 1}, {2, 2}, {2, 0}, {1, 1}, {0, 2}}));
}

TEST(LineCrossings, SeveralOnOneSegmentComeInOrder) {
  EXPECT_EQ(met({line({{4, 0}, {0, 0}}), line({{1, -1}, {1, 1}}), line({{3, -1}, {3, 1}})}, 0),
            (Points{{4, 0}, {3, 0}, {1, 0}, {0, 0}}));
}

TEST(LineCrossings, NothingIsNothing) { EXPECT_TRUE(with_junctions({}, {}).lines.empty()); }

class CrossingLines : public testing::TestWithParam<std::uint64_t> {};

std::vector<Link> random_lines(std::uint64_t seed) {
  RandomStream random(seed, 0, 99);
  std::vector<Link> lines;
  for (int i = 0; i < 12; ++i) {
    Points points;
    for (int k = 0; k < 4; ++k) {
      points.push_back({random.below(40) * 0.001 + (seed % 2 == 0 ? 0.0 : 1e-4 * random.uniform()),
                        random.below(40) * 0.001});
    }
    points.erase(std::unique(points.begin(), points.end()), points.end());
    if (points.size() > 1) lines.push_back(line(points));
  }
  return lines;
}

double side(Point a, Point b, Point p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

/// Ends well on either side of each other: no rounding can deny that they cross.
bool plainly_cross(Point a, Point b, Point c, Point d) {
  constexpr double kClear = 1e-9;
  const double p = side(a, b, c), q = side(a, b, d), r = side(c, d, a), s = side(c, d, b);
  return std::min(std::abs(p), std::abs(q)) > kClear && std::min(std::abs(r), std::abs(s)) > kClear &&
         (p > 0) != (q > 0) && (r > 0) != (s > 0);
}

TEST_P(CrossingLines, NoTwoSegmentsCrossAfterwards) {
  const std::vector<Link> lines = with_junctions(random_lines(GetParam()), {}).lines;
  std::vector<std::pair<Point, Point>> segments;
  for (const Link& link : lines) {
    for (std::size_t k = 0; k + 1 < link.line.size(); ++k)
      segments.emplace_back(link.line[k], link.line[k + 1]);
  }
  for (const auto& [a, b] : segments) {
    for (const auto& [c, d] : segments) EXPECT_FALSE(plainly_cross(a, b, c, d));
  }
}

TEST_P(CrossingLines, NoOrderOfLinesAndNoNumberOfThreadsMatters) {
  std::vector<Link> lines = random_lines(GetParam());
  const auto sorted = [](std::vector<Link> given) {
    std::sort(given.begin(), given.end());
    return given;
  };
  const auto one = sorted(with_junctions(lines, {.threads = 1}).lines);
  std::reverse(lines.begin(), lines.end());
  EXPECT_EQ(one, sorted(with_junctions(lines, {.threads = 3}).lines));
}

TEST_P(CrossingLines, LinesKeepTheirVertices) {
  const std::vector<Link> before = random_lines(GetParam()), after = with_junctions(before, {}).lines;
  for (std::size_t i = 0; i < before.size(); ++i) {
    auto at = after[i].line.begin();
    for (const Point p : before[i].line) {
      at = std::find(at, after[i].line.end(), p);
      ASSERT_NE(at, after[i].line.end());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, CrossingLines, testing::Range(std::uint64_t{0}, std::uint64_t{100}));

}  // namespace
}  // namespace waywarden
