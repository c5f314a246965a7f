#include "waywarden/network/antimeridian.h"

#include <gtest/gtest.h>

#include <random>

#include "waywarden/geodesy/geodesic.h"
#include "waywarden/network/builder.h"
#include "waywarden/network/noding.h"
#include "world.h"

namespace waywarden {
namespace {

using Lines = std::vector<std::vector<Point>>;

TEST(Antimeridian, LeavesOtherLinesAlone) {
  const std::vector<Point> line = {{-179, 0}, {0, 0}, {179, 1}};
  EXPECT_EQ(split_at_antimeridian(line), Lines{line});
  EXPECT_TRUE(split_at_antimeridian({}).empty());
}

TEST(Antimeridian, CutsWhereTheLineCrosses) {
  const std::vector<Point> line = {{179, 0}, {-179, 0}, {-178, 1}};
  EXPECT_EQ(split_at_antimeridian(line), (Lines{{{179, 0}, {180, 0}}, {{-180, 0}, {-179, 0}, {-178, 1}}}));
  const std::vector<Point> touching = {{179, 0}, {180, 0}, {-179, 0}};
  EXPECT_EQ(split_at_antimeridian(touching), (Lines{{{179, 0}, {180, 0}}, {{-180, 0}, {-179, 0}}}));
  const std::vector<Point> from_the_edge = {{-180, 2}, {179, 2}};
  const Lines pieces = split_at_antimeridian(from_the_edge);
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].front(), (Point{180, 2}));
}

class EveryWayOver : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, EveryWayOver, testing::Range(0U, 100U));

TEST_P(EveryWayOver, KeepsTheLengthAndTurnsRound) {
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<double> east(150.0, 210.0), north(-85.0, 85.0);
  std::vector<Point> line;
  for (int i = 0; i < 8; ++i) line.push_back(canonical({east(random), north(random)}));
  const Lines pieces = split_at_antimeridian(line);
  double metres = 0.0;
  for (const auto& piece : pieces) {
    metres += geodesic_length(piece).value;
    for (std::size_t i = 0; i + 1 < piece.size(); ++i)
      EXPECT_LE(std::abs(piece[i].x - piece[i + 1].x), 180.0);
  }
  const double whole = geodesic_length(line).value;
  EXPECT_NEAR(metres, whole, 1e-9 * whole);
  EXPECT_EQ(split_at_antimeridian(pieces[0]), Lines{pieces[0]});
}

BuiltNetwork built(const Lines& lines) {
  LinkLayer roads{test::table("roads"), Mode::road, "", "", ""};
  for (std::size_t i = 0; i < lines.size(); ++i) test::add_line(roads.table, std::to_string(i), lines[i]);
  NetworkLayers layers;
  layers.links = {roads};
  return build_network(layers, {}, {});
}

double total_m(const Network& network) {
  double metres = 0.0;
  for (const double length : network.columns().length_m) metres += length / 2;
  return metres;
}

TEST(Antimeridian, RoadsJoinOverIt) {
  const double across = geodesic_distance({179, 10}, {-179, 10}).value;
  // As one line, as two that end on either side of the map, and in longitudes that go on.
  for (const Lines& lines : {Lines{{{179, 10}, {-179, 10}}}, Lines{{{179, 10}, {181, 10}}}}) {
    const Network network = built(lines).network;
    EXPECT_EQ(network.node_count(), 4U);
    EXPECT_EQ(network.edge_count(), 6U);
    EXPECT_NEAR(total_m(network), across, 1e-9 * across);
  }
  const Network two = built({{{179, 10}, {180, 10}}, {{-180, 10}, {-179, 10}}}).network;
  EXPECT_EQ(two.node_count(), 4U);
  EXPECT_EQ(two.edge_count(), 6U);
  const Network apart = built({{{179, 10}, {180, 10}}, {{-180, 11}, {-179, 10}}}).network;
  EXPECT_EQ(apart.edge_count(), 4U);
}

TEST(Antimeridian, EndsSnapOverIt) {
  const Network network = built({{{179, 10}, {179.999999, 10}}, {{-179.999999, 10}, {-179, 10}}}).network;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    const auto line = network.polyline(EdgeId(e));
    if (network.columns().length_m[e] > 0) {
      EXPECT_LE(std::abs(line.front().x - line.back().x), 180.0);
    }
  }
  const double across = geodesic_distance({179, 10}, {-179, 10}).value;
  EXPECT_NEAR(total_m(network), across, 0.5);
  // One piece: from either end the other is reached.
  EXPECT_EQ(network.edge_count(), 2 * (network.node_count() - 1));
}

TEST(Antimeridian, APoleIsOnePlace) {
  const Network network = built({{{0, 89}, {0, 90}}, {{120, 90}, {120, 89}}, {{-90, 89}, {-90, 90}}}).network;
  EXPECT_EQ(network.node_count(), 4U);
  EXPECT_EQ(network.edge_count(), 6U);
  const double spoke = geodesic_distance({0, 89}, {0, 90}).value;
  EXPECT_NEAR(total_m(network), 3 * spoke, 1e-6);
}

}  // namespace
}  // namespace waywarden
