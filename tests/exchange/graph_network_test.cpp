#include "waywarden/exchange/graph_network.h"

#include <gtest/gtest.h>

#include "network/world.h"
#include "waywarden/base/errors.h"
#include "waywarden/network/draft.h"

namespace waywarden {
namespace {

NodeKey key(double x, double y, Mode mode, std::uint32_t part) { return {canonical({x, y}), mode, part}; }

/// Edges of all kinds between nodes of which several lie at one point, parallels and loops among them.
enum class Sources { few, all_different };

Network random_network(unsigned seed, Sources sources = Sources::few) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> at(0, 3), way(0, 2), part(0, 1), third(0, 2);
  NetworkDraft draft;
  draft.countries = {"A", "B"};
  for (int i = 0; i < 40; ++i) {
    DraftEdge edge;
    const Mode mode = third(random) == 0 ? Mode::rail : Mode::road;
    edge.from = key(at(random) * 0.1, at(random) * 0.1, mode, static_cast<std::uint32_t>(part(random)));
    edge.to = key(at(random) * 0.1, at(random) * 0.1, mode, static_cast<std::uint32_t>(part(random)));
    if (edge.from.point == edge.to.point) edge.to = edge.from;
    // Equally long, so that a round trip is not let off by a length.
    edge.kind = static_cast<EdgeKind>(third(random));
    edge.ways = edge.from == edge.to ? Ways::both : static_cast<Ways>(way(random));
    edge.mode = mode;
    edge.length_m = third(random);
    edge.speed_kmh = third(random) * 10.0;
    edge.wait_s = third(random);
    edge.money = third(random);
    edge.detection = third(random) * 0.25;
    edge.source = {"layer", std::to_string(sources == Sources::few ? third(random) : i)};
    edge.line = {edge.from.point, canonical({0.05, 0.01 * third(random)}), edge.to.point};
    draft.edges.push_back(edge);
    draft.country[edge.from] = static_cast<std::uint16_t>(edge.from.point.x < 0.15 ? 0 : 1);
  }
  return Network(number(draft).columns);
}

struct Graph {
  GraphNodes nodes;
  GraphEdges edges;
};

template <class Take>
Column texts(const char* name, std::size_t n, Take take) {
  Column::Texts values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(take(i));
  return Column(name, values);
}

/// What other software sees of a network. `drawn`: with the way its lines are drawn.
Graph exported(const Network& network, bool drawn) {
  const NetworkColumns& c = network.columns();
  Graph graph{{test::table("nodes")}, {test::table("edges")}};
  for (std::size_t n = 0; n < network.node_count(); ++n)
    test::add_point(graph.nodes.table, std::to_string(n), network.point(NodeId(n)));
  graph.nodes.table.add(
      texts("mode", network.node_count(), [&](std::size_t n) { return name(c.node_mode[n]); }));
  graph.nodes.table.add(
      texts("country", network.node_count(), [&](std::size_t n) { return network.country(NodeId(n)); }));
  FeatureTable& edges = graph.edges.table;
  const std::size_t m = network.edge_count();
  Column::Integers tails, heads, directions;
  for (std::size_t e = 0; e < m; ++e) {
    test::add_line(edges, std::to_string(e), network.polyline(EdgeId(e)));
    tails.push_back(static_cast<std::int64_t>(network.tail(EdgeId(e)).index()));
    heads.push_back(static_cast<std::int64_t>(network.head(EdgeId(e)).index()));
    directions.push_back(drawn_along(network, EdgeId(e)));
  }
  edges.add(Column("tail", tails));
  edges.add(Column("head", heads));
  edges.add(texts("mode", m, [&](std::size_t e) { return name(c.mode[e]); }));
  edges.add(texts("kind", m, [&](std::size_t e) { return name(c.kind[e]); }));
  edges.add(Column("length_m", c.length_m));
  edges.add(Column("speed_kmh", c.speed_kmh));
  edges.add(Column("wait_s", c.wait_s));
  edges.add(Column("money", c.money));
  edges.add(Column("detection", c.detection));
  edges.add(texts("layer", m, [&](std::size_t e) { return network.source(EdgeId(e)).layer; }));
  edges.add(texts("feature", m, [&](std::size_t e) { return network.source(EdgeId(e)).id; }));
  if (drawn) edges.add(Column("drawn", directions));
  return graph;
}

void expect_equal_bits(const Network& a, const Network& b) {
  const NetworkColumns &x = a.columns(), &y = b.columns();
  EXPECT_EQ(x.node_point, y.node_point);
  EXPECT_EQ(x.node_mode, y.node_mode);
  EXPECT_EQ(x.tail, y.tail);
  EXPECT_EQ(x.head, y.head);
  EXPECT_EQ(x.mode, y.mode);
  EXPECT_EQ(x.kind, y.kind);
  EXPECT_EQ(x.length_m, y.length_m);
  EXPECT_EQ(x.speed_kmh, y.speed_kmh);
  EXPECT_EQ(x.wait_s, y.wait_s);
  EXPECT_EQ(x.money, y.money);
  EXPECT_EQ(x.detection, y.detection);
  EXPECT_EQ(x.sources, y.sources);
  EXPECT_EQ(x.source, y.source);
  for (std::size_t n = 0; n < a.node_count(); ++n) EXPECT_EQ(a.country(NodeId(n)), b.country(NodeId(n)));
  for (std::size_t e = 0; e < a.edge_count(); ++e) EXPECT_EQ(a.polyline(EdgeId(e)), b.polyline(EdgeId(e)));
}

class EveryGraph : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, EveryGraph, testing::Range(0U, 200U));

TEST_P(EveryGraph, OnceThroughAndTheResultStaysTheSame) {
  const Network network = random_network(GetParam());
  const Graph graph = exported(network, false);
  const Network once = network_of_graph(graph.nodes, graph.edges, {}).network;
  EXPECT_EQ(once.node_count(), network.node_count());
  EXPECT_EQ(once.edge_count(), network.edge_count());
  const Graph again = exported(once, false);
  const Network twice = network_of_graph(again.nodes, again.edges, {}).network;
  expect_equal_bits(once, twice);
  EXPECT_EQ(once.columns().twin, twice.columns().twin);
}

TEST_P(EveryGraph, OrderOfRowsDoesNotMatter) {
  const Graph graph = exported(random_network(GetParam()), GetParam() % 2 == 0);
  const Network a = network_of_graph(graph.nodes, graph.edges, {}).network;
  const Network b = network_of_graph({test::shuffled(graph.nodes.table, GetParam())},
                                     {test::shuffled(graph.edges.table, GetParam() + 1)}, {})
                        .network;
  expect_equal_bits(a, b);
  EXPECT_EQ(a.columns().twin, b.columns().twin);
  EXPECT_EQ(a.columns().shape_vertices, b.columns().shape_vertices);
}

TEST_P(EveryGraph, ARoundTripGivesTheSameNetwork) {
  const Network network = random_network(GetParam(), Sources::all_different);
  const Graph graph = exported(network, true);
  const Network back = network_of_graph(graph.nodes, graph.edges, {}).network;
  expect_equal_bits(network, back);
  EXPECT_EQ(network.columns().twin, back.columns().twin);
}

Graph two_nodes() {
  Graph graph{{test::table("nodes")}, {test::table("edges")}};
  test::add_point(graph.nodes.table, "a", {0, 0});
  test::add_point(graph.nodes.table, "b", {1, 0});
  test::add_point(graph.nodes.table, "alone", {2, 0});
  test::add_line(graph.edges.table, "there", {{0, 0}, {0.5, 0.1}, {1, 0}});
  test::add_line(graph.edges.table, "nowhere", {{0, 0}, {1, 0}});
  graph.edges.table.add(Column("tail", Column::Texts{"a", "a"}));
  graph.edges.table.add(Column("head", Column::Texts{"b", "c"}));
  return graph;
}

TEST(GraphNetwork, ReportsWhatItCannotUse) {
  const Graph graph = two_nodes();
  const BuiltNetwork built = network_of_graph(graph.nodes, graph.edges, {});
  EXPECT_EQ(built.network.node_count(), 2U);
  EXPECT_EQ(built.network.edge_count(), 1U);
  ASSERT_EQ(built.report.entries.size(), 2U);
  EXPECT_EQ(built.report.entries[0].where.feature, "nowhere");
  EXPECT_EQ(built.report.entries[1].where.feature, "alone");
  EXPECT_EQ(built.network.source(EdgeId(0)).id, "there");
}

TEST(GraphNetwork, LinesReachTheirNodes) {
  Graph graph = two_nodes();
  graph.edges.table.geometries[0] = Geometry::of_line(std::vector<Point>{{0.1, 0}, {0.9, 0}});
  const Network network = network_of_graph(graph.nodes, graph.edges, {}).network;
  EXPECT_EQ(network.polyline(EdgeId(0)), (std::vector<Point>{{0, 0}, {0.1, 0}, {0.9, 0}, {1, 0}}));
  graph.edges.table.geometries.clear();
  const Network straight = network_of_graph(graph.nodes, graph.edges, {}).network;
  EXPECT_EQ(straight.polyline(EdgeId(0)), (std::vector<Point>{{0, 0}, {1, 0}}));
}

TEST(GraphNetwork, RefusesImpossibleValues) {
  for (const auto& [column, value] : std::map<std::string, double>{
           {"length_m", -1.0}, {"speed_kmh", -1.0}, {"wait_s", -1.0}, {"money", -1.0}, {"detection", 1.1}}) {
    Graph graph = two_nodes();
    graph.edges.table.add(Column(column, Column::Reals{value, 0.0}));
    EXPECT_THROW(network_of_graph(graph.nodes, graph.edges, {}), InputError) << column;
  }
  for (const std::string column : {"mode", "kind"}) {
    Graph graph = two_nodes();
    graph.edges.table.add(Column(column, Column::Texts{"camel", "camel"}));
    EXPECT_THROW(network_of_graph(graph.nodes, graph.edges, {}), InputError) << column;
  }
  Graph graph = two_nodes();
  EXPECT_THROW(network_of_graph(graph.nodes, {graph.edges.table.take({1})}, {}), InputError);
  EXPECT_THROW(network_of_graph(graph.nodes, {graph.nodes.table}, {}), InputError);
}

}  // namespace
}  // namespace waywarden
