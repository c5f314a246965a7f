#include "waywarden/linear_network/drawn_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/base/random.h"
#include "waywarden/geodesy/geodesic.h"
#include "waywarden/index/segment_index.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

Geometry line(std::vector<Point> vertices) { return Geometry::of_line(vertices); }

DrawnLines planar(std::vector<Geometry> lines) { return drawn_lines(lines, LengthKind::planar); }

TEST(DrawnLines, AreJoinedAtEqualEndsAndCutWhereAnEndLiesOnAVertex) {
  const DrawnLines lines =
      planar({line({{0, 0}, {1, 0}, {2, 0}}), line({{1, 0}, {1, 5}}), line({{2, 0}, {2, 3}})});
  EXPECT_EQ(lines.node_point, (std::vector<Point>{{0, 0}, {1, 0}, {1, 5}, {2, 0}, {2, 3}}));
  EXPECT_EQ(lines.source, (std::vector<std::uint32_t>{0, 1, 0, 2}));
  ASSERT_EQ(lines.network.edge_count(), 4U);
  EXPECT_EQ(lines.network.degree(1), 3U);
  EXPECT_EQ(lines.network.degree(3), 2U);
  EXPECT_EQ(lines.network.edge(1).length, 5.0);
  EXPECT_EQ(lines.network.total_length(), 10.0);
}

TEST(DrawnLines, BridgesAndEndsBesideAVertexAreNotJoined) {
  const DrawnLines lines =
      planar({line({{0, 0}, {5, 0}, {9, 0}}), line({{5, -3}, {5, 0}, {5, 3}}), line({{2, 0}, {2, 2}})});
  EXPECT_EQ(lines.network.edge_count(), 3U);
  for (std::size_t n = 0; n < lines.network.node_count(); ++n) EXPECT_EQ(lines.network.degree(n), 1U);
}

TEST(DrawnLines, RingsAreLoopsAndLinesWithoutLengthAreCounted) {
  Geometry parts;
  parts.type = GeometryType::multi_line_string;
  parts.add_part(std::vector<Point>{{0, 0}, {3, 0}, {3, 4}, {0, 0}});
  parts.add_part(std::vector<Point>{{7, 7}, {7, 7}});
  const DrawnLines lines = planar({Geometry{}, parts});
  ASSERT_EQ(lines.network.edge_count(), 1U);
  EXPECT_EQ(lines.network.edge(0).first, lines.network.edge(0).second);
  EXPECT_EQ(lines.network.edge(0).length, 12.0);
  EXPECT_EQ(lines.source[0], 1U);
  EXPECT_EQ(lines.left_out, 1U);
}

TEST(DrawnLines, NoLinesAreNoNetwork) {
  EXPECT_EQ(planar({}).network.edge_count(), 0U);
  EXPECT_FALSE(snapped(planar({}), std::vector<Point>{{0, 0}}, Metres{9.0}).at(0).has_value());
}

TEST(DrawnLines, WhatIsNoLineIsRefused) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THROW(planar({Geometry::of_point({0, 0})}), InputError);
  EXPECT_THROW(planar({line({{0, 0}, {infinity, 0}})}), InputError);
  const std::vector<Geometry> beyond = {line({{0, 0}, {0, 91}})};
  EXPECT_THROW(drawn_lines(beyond, LengthKind::geodesic), InputError);
}

class DrawnLinesOfSeeds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DrawnLinesOfSeeds, NeitherOrderNorDirectionOfDrawingMatters) {
  RandomStream stream(GetParam(), 5);
  std::vector<Geometry> drawn;
  for (int i = 0; i < 25; ++i) {
    std::vector<Point> vertices;
    for (std::uint32_t k = 0; k < 2 + stream.below(3); ++k) {
      vertices.push_back({static_cast<double>(stream.below(5)), static_cast<double>(stream.below(5))});
    }
    drawn.push_back(line(vertices));
  }
  std::vector<std::size_t> order(drawn.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[stream.below(static_cast<std::uint32_t>(i))]);
  }
  std::vector<Geometry> other;
  for (const std::size_t i : order) {
    other.push_back(drawn[i]);
    if (stream.below(2) == 0) std::ranges::reverse(other.back().points);
  }
  const DrawnLines a = planar(drawn), b = planar(other);
  EXPECT_EQ(a.node_point, b.node_point);
  EXPECT_EQ(a.vertex, b.vertex);
  EXPECT_EQ(a.vertex_along, b.vertex_along);
  EXPECT_EQ(a.first_vertex, b.first_vertex);
  for (std::size_t e = 0; e < a.network.edge_count(); ++e) {
    EXPECT_EQ(a.network.edge(e).first, b.network.edge(e).first);
    EXPECT_EQ(a.network.edge(e).second, b.network.edge(e).second);
  }
}

TEST_P(DrawnLinesOfSeeds, TheNearestPositionIsThatOfAllSegments) {
  RandomStream stream(GetParam(), 6);
  std::vector<Geometry> drawn;
  for (int i = 0; i < 20; ++i) {
    drawn.push_back(line({{stream.uniform(), stream.uniform()},
                          {stream.uniform(), stream.uniform()},
                          {stream.uniform(), stream.uniform()}}));
  }
  const DrawnLines lines = planar(drawn);
  std::vector<Point> points;
  for (int i = 0; i < 20; ++i) points.push_back({2.0 * stream.uniform(), stream.uniform()});
  const auto hits = snapped(lines, points, Metres{0.5});
  for (std::size_t i = 0; i < points.size(); ++i) {
    double best = 0.5;
    for (std::size_t v = 0; v + 1 < lines.vertex.size(); ++v) {
      if (lines.vertex_along[v + 1] == 0.0) continue;  // another edge begins
      const Foot foot = nearest_on_segment({lines.vertex[v], lines.vertex[v + 1]}, points[i]);
      best = std::min(best, std::hypot(foot.point.x - points[i].x, foot.point.y - points[i].y));
    }
    ASSERT_EQ(hits[i].has_value(), best < 0.5);
    if (!hits[i]) continue;
    EXPECT_NEAR(hits[i]->distance, best, 1e-12);
    const Point there = point_at(lines, hits[i]->position);
    EXPECT_NEAR(std::hypot(there.x - points[i].x, there.y - points[i].y), best, 1e-12);
  }
}

TEST_P(DrawnLinesOfSeeds, OfANetworkKeepTwinsOnceAndItsLengths) {
  const Network network = worlds::random_network(GetParam());
  const std::vector<Mode> modes = {Mode::road};
  const DrawnLines lines = drawn_lines(network, modes);
  std::size_t expected = 0;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const EdgeId twin = network.columns().twin[e];
    expected += network.mode(EdgeId(e)) == Mode::road && (!twin.exists() || e < twin.index()) ? 1 : 0;
  }
  ASSERT_EQ(lines.network.edge_count(), expected);
  EXPECT_GT(expected, 0U);
  EXPECT_EQ(lines.network.node_count(), network.node_count());
  for (std::size_t e = 0; e < expected; ++e) {
    const EdgeId source(lines.source[e]);
    EXPECT_EQ(lines.network.edge(e).first, network.tail(source).index());
    EXPECT_EQ(lines.network.edge(e).second, network.head(source).index());
    EXPECT_EQ(lines.network.edge(e).length, network.columns().length_m[source.index()]);
    EXPECT_EQ(lines.course(e).front(), network.point(network.tail(source)));
    EXPECT_EQ(lines.course(e).back(), network.point(network.head(source)));
    EXPECT_EQ(lines.vertex_along[lines.first_vertex[e + 1] - 1], lines.network.edge(e).length);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, DrawnLinesOfSeeds, testing::Range(std::uint64_t{0}, std::uint64_t{30}));

TEST(DrawnLines, PartsOfACourseRunFromPointToPoint) {
  const DrawnLines lines = planar({line({{0, 0}, {3, 0}, {3, 4}})});
  EXPECT_EQ(point_at(lines, {0, 0.0}), (Point{0, 0}));
  EXPECT_EQ(point_at(lines, {0, 3.0}), (Point{3, 0}));
  EXPECT_EQ(point_at(lines, {0, 5.0}), (Point{3, 2}));
  EXPECT_EQ(point_at(lines, {0, 7.0}), (Point{3, 4}));
  EXPECT_EQ(course_between(lines, 0, 1.0, 5.0), (std::vector<Point>{{1, 0}, {3, 0}, {3, 2}}));
  EXPECT_EQ(course_between(lines, 0, 3.0, 7.0), (std::vector<Point>{{3, 0}, {3, 4}}));
  EXPECT_THROW(point_at(lines, {0, 7.5}), InputError);
}

TEST(LineSnapper, MeasuresGeodesicMetresAndKnowsEnds) {
  const std::vector<Geometry> drawn = {line({{85.0, 27.0}, {85.1, 27.0}, {85.1, 27.2}})};
  const DrawnLines lines = drawn_lines(drawn, LengthKind::geodesic);
  const LineSnapper snapper(lines);
  const Point beside{85.2, 27.1};
  const auto hit = snapper.nearest(beside, Metres{20'000.0});
  ASSERT_TRUE(hit.has_value());
  EXPECT_NEAR(hit->distance, geodesic_distance(beside, {85.1, 27.1}).value, 1e-3);
  EXPECT_NEAR(hit->position.along,
              geodesic_distance({85.0, 27.0}, {85.1, 27.0}).value +
                  geodesic_distance({85.1, 27.0}, {85.1, 27.2}).value / 2.0,
              1.0);
  EXPECT_FALSE(snapper.nearest(beside, Metres{5'000.0}).has_value());
  const auto end = snapper.nearest({85.1, 27.3}, Metres{20'000.0});
  EXPECT_EQ(end->position.along, lines.network.edge(0).length);
  EXPECT_THROW(snapper.nearest(beside, Metres{-1.0}), OptionError);
  EXPECT_THROW(snapped(lines, std::vector<Point>{{500.0, 0.0}}, Metres{1.0}), InputError);
}

TEST(LineSnapper, TheFirstOfEdgesEquallyNear) {
  const DrawnLines lines = planar({line({{1, 0}, {1, 1}}), line({{0, 0}, {1, 0}}), line({{1, 0}, {2, 0}})});
  const auto hits = snapped(lines, std::vector<Point>{{1, -1}}, Metres{2.0});
  EXPECT_EQ(hits.at(0)->position, (LinePosition{0, 1.0}));
  EXPECT_EQ(lines.node_point[lines.network.edge(0).second], (Point{1, 0}));
}

}  // namespace
}  // namespace waywarden
