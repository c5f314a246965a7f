#include "waywarden/routing/route_lines.h"

#include <gtest/gtest.h>

#include "waywarden/routing/router.h"
#include "worlds/random_network.h"

namespace waywarden {
namespace {

TEST(RouteLine, RunsFromEndToEndWithoutRepeatingAVertex) {
  const Network network = worlds::random_network(4);
  const std::vector<Weight> weights(network.edge_count(), 1);
  const SearchTree tree =
      dijkstra_router(network)->search(std::array{NodeId(0)}, weights, Direction::from_roots);
  std::size_t lines = 0;
  for (const NodeId node : tree.order) {
    std::vector<std::uint32_t> edges;
    for (const EdgeId e : route(network, tree, node, Direction::from_roots)) {
      edges.push_back(static_cast<std::uint32_t>(e.index()));
    }
    const Geometry line = route_line(network, edges);
    if (edges.empty()) {
      EXPECT_EQ(line.type, GeometryType::none);
      continue;
    }
    ++lines;
    EXPECT_EQ(line.points.front(), network.point(NodeId(0)));
    EXPECT_EQ(line.points.back(), network.point(node));
    for (std::size_t i = 2; i < line.points.size(); ++i) EXPECT_NE(line.points[i - 1], line.points[i]);
  }
  EXPECT_GT(lines, 5U);
}

}  // namespace
}  // namespace waywarden
