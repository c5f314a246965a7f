#include "waywarden/network/network.h"

#include <gtest/gtest.h>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// 0 -> 1 -> 2, 1 -> 0, and a loop at 2.
NetworkColumns small_columns() {
  NetworkColumns c;
  c.node_point = {{0, 0}, {1, 0}, {2, 0}};
  c.node_mode.assign(3, Mode::road);
  c.node_country = {0, 0, kNoCountry};
  c.countries = {"NP"};
  c.tail = {NodeId(0), NodeId(1), NodeId(1), NodeId(2)};
  c.head = {NodeId(1), NodeId(0), NodeId(2), NodeId(2)};
  c.mode.assign(4, Mode::road);
  c.kind.assign(4, EdgeKind::link);
  c.length_m = {10, 10, 20, 5};
  c.speed_kmh.assign(4, kSpeedNotStated);
  c.wait_s.assign(4, 0);
  c.money.assign(4, 0);
  c.detection.assign(4, 0);
  c.twin = {EdgeId(1), EdgeId(0), EdgeId::none(), EdgeId::none()};
  c.shape = {0, 0, 1, 2};
  c.source = {0, 0, 1, 1};
  c.shape_vertices = {{0, 0}, {0.5, 1}, {1, 0}, {1, 0}, {2, 0}, {2, 0}, {3, 0}, {2, 0}};
  c.shape_ends = {3, 5, 8};
  c.sources = {{"roads", "r1"}, {"roads", "r2"}};
  return c;
}

TEST(Network, RowsHoldTheEdgesAroundEachNode) {
  const Network network(small_columns());
  for (std::size_t node = 0; node < network.node_count(); ++node) {
    std::vector<EdgeId> out, in;
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      if (network.tail(EdgeId(e)) == NodeId(node)) out.push_back(EdgeId(e));
      if (network.head(EdgeId(e)) == NodeId(node)) in.push_back(EdgeId(e));
    }
    std::vector<EdgeId> out_row;
    for (auto e = network.first_out()[node]; e < network.first_out()[node + 1]; ++e) out_row.emplace_back(e);
    const std::vector<EdgeId> in_row(network.in_edges().begin() + network.first_in()[node],
                                     network.in_edges().begin() + network.first_in()[node + 1]);
    EXPECT_EQ(out_row, out);
    EXPECT_EQ(in_row, in);
  }
}

TEST(Network, PolylinesRunFromTailToHead) {
  const Network network(small_columns());
  EXPECT_EQ(network.polyline(EdgeId(0)), (std::vector<Point>{{0, 0}, {0.5, 1}, {1, 0}}));
  EXPECT_EQ(network.polyline(EdgeId(1)), (std::vector<Point>{{1, 0}, {0.5, 1}, {0, 0}}));
  EXPECT_EQ(network.polyline(EdgeId(3)).size(), 3U);
}

TEST(Network, KnowsCountriesAndSources) {
  const Network network(small_columns());
  EXPECT_EQ(network.country(NodeId(0)), "NP");
  EXPECT_EQ(network.country(NodeId(2)), "");
  EXPECT_EQ(network.source(EdgeId(2)).id, "r2");
}

TEST(Network, RefusesColumnsThatDoNotFit) {
  const auto refused = [](auto change) {
    NetworkColumns c = small_columns();
    change(c);
    EXPECT_THROW(Network{c}, OptionError);
  };
  refused([](NetworkColumns& c) { c.head.pop_back(); });
  refused([](NetworkColumns& c) { c.node_mode.pop_back(); });
  refused([](NetworkColumns& c) { c.head[0] = NodeId(9); });
  refused([](NetworkColumns& c) { c.detection[0] = 1.0; });
  refused([](NetworkColumns& c) { std::swap(c.tail[0], c.tail[3]); });
  refused([](NetworkColumns& c) { c.shape[0] = 9; });
}

}  // namespace
}  // namespace waywarden
